"""One of HR's questions as a part of the bank's own file, so that it can be offered to everybody who uses the bank."""

from __future__ import annotations

from typing import Any

import yaml

from recruit.datafiles import Localised
from recruit.questions.bank import KIND_LETTERS, Entry, Question

TEXTS = ("text", "material", "probes", "listen_for", "warning_signs")


def next_id(entry: Entry, kind: str) -> str:
    """The next free id of a kind, for example performance.2.b4."""
    start = f"{entry.key}.{KIND_LETTERS[kind]}"
    taken = [int(item.id.removeprefix(start)) for item in entry.questions if item.kind == kind]
    return f"{start}{max(taken, default=0) + 1}"


def offered(entry: Entry, question: Question) -> tuple[str, str]:
    """The id and the YAML of a question under the next free id of its kind. `entry` is the entry as it was shipped.

    The document has the entry's key and `questions`, in the order and the style of the bank's files: what stands
    below `questions:` can be put at the end of those in the shipped file.
    """
    new_id = next_id(entry, question.kind)
    part: dict[str, Any] = {
        "id": new_id,
        "kind": question.kind,
        "minutes": question.minutes,
        "rounds": _Row(question.rounds),
        "roles": _Row(question.roles),
    }
    for name in TEXTS:
        value = getattr(question, name)
        if value is not None:
            part[name] = [_text(text) for text in value] if isinstance(value, list) else _text(value)
    document = {"statement" if entry.statement else "area": entry.key, "questions": [part]}
    return new_id, yaml.dump(document, Dumper=_BankStyle, allow_unicode=True, sort_keys=False, width=10_000)


def _text(text: Localised) -> dict[str, str]:
    return text.model_dump()


class _Row(list[Any]):
    """A list that is written on one line."""


class _BankStyle(yaml.SafeDumper):
    """Lists are indented, texts of several lines stand as they are read."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def _row(dumper: _BankStyle, value: _Row) -> yaml.Node:
    return dumper.represent_sequence("tag:yaml.org,2002:seq", value, flow_style=True)


def _string(dumper: _BankStyle, value: str) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style="|" if "\n" in value else None)


_BankStyle.add_representer(_Row, _row)
_BankStyle.add_representer(str, _string)
