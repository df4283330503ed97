"""Suggested texts for the sections of a profile, made from what is known of the post. Deterministic; pure.

A suggestion is shown beside an empty section and taken in by a person. It never overwrites what is written. What only
people know stands in square brackets, for them to fill in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from recruit.profiles.rules import BULLET

FILE = Path(__file__).with_name("suggestions.yaml")
ANY_ROLE = "any"


@dataclass(frozen=True)
class Known:
    """What is known of a post, in its language.

    `needs` are the answers of the needs clarification by question, `standard` the organisation's texts by key, `start`
    the day it begins as a sentence goes on (”den 1. maj 2027”), `has_dates` whether the timetable stands below the text
    on its own, `panel` how many sit on it, `sides` who they represent.
    """

    title: str
    organisation: str
    department: str
    role: str
    language: str
    charter: str
    needs: Mapping[str, str] = field(default_factory=dict)
    standard: Mapping[str, str] = field(default_factory=dict)
    start: str = ""
    has_dates: bool = False
    panel: int = 0
    sides: str = ""


def suggest(known: Known) -> dict[str, str]:
    """A text for every section that is written by hand, by its key."""
    phrase = _Phrases(known)
    needs, standard = known.needs, known.standard
    return {
        "background": _text(
            phrase("background"),
            phrase("place") if known.department else "",
            _with(phrase("left"), needs.get("left")),
            _with(phrase("hardest"), needs.get("hardest")),
            phrase("reading"),
        ),
        "organisation": _text(standard.get("about", ""), phrase("reports"), _with(phrase("team"), needs.get("team"))),
        "purpose": _text(phrase.of_role("purpose"), _with(phrase("change"), needs.get("change"))),
        "tasks": _text(phrase("tasks"), _list(phrase.list_of_role("tasks_list"))),
        "success": _text(phrase("success"), needs.get("success") or _list(phrase.list_of_role("success_list"))),
        "competences": _text(
            phrase("must"),
            _list(phrase.list_of_role("must_list")),
            phrase("may"),
            _list(phrase.list("may_list")),
            phrase("personal"),
        ),
        "terms": _text(phrase("pay_of_post"), standard.get("pay", ""), phrase("starts"), standard.get("offer", "")),
        "process": _text(
            phrase("panel") if known.panel and known.sides else phrase("no_panel"),
            phrase("same"),
            phrase("dates_below") if known.has_dates else _text(phrase("dates"), _list(phrase.list("no_dates"))),
            standard.get("application", ""),
        ),
        "contact": _text(standard.get("contact", ""), phrase("call")),
    }


class _Phrases:
    """The phrases of the file in one language, filled in."""

    def __init__(self, known: Known) -> None:
        self.known, self.file = known, _file()
        start = known.start or ("[dato]" if known.language == "da" else "on [date]")
        self.values = {
            "title": in_a_sentence(known.title),
            "organisation": known.organisation,
            "department": known.department,
            "charter": known.charter,
            "start": start,
            "count": str(known.panel),
            "sides": known.sides,
            "from_day": "",
        }
        if known.start:
            self.values["from_day"] = self("from_day")

    def __call__(self, name: str) -> str:
        return self._filled(self.file[name][self.known.language])

    def list(self, name: str) -> Sequence[str]:
        return [self._filled(text) for text in self.file[name][self.known.language]]

    def of_role(self, name: str) -> str:
        return self._filled(self._of_role(name))

    def list_of_role(self, name: str) -> Sequence[str]:
        return [self._filled(text) for text in self._of_role(name)]

    def _of_role(self, name: str) -> Any:
        roles = self.file[name]["roles"]
        return roles.get(self.known.role, roles[ANY_ROLE])[self.known.language]

    def _filled(self, text: str) -> str:
        # Not str.format: what people have written may hold braces.
        for name, value in self.values.items():
            text = text.replace(f"{{{name}}}", value)
        return text


@cache
def _file() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return found


def in_a_sentence(title: str) -> str:
    """A title as it stands inside a sentence: ”leder af Skovbrynet”. Abbreviations and names of two capitals stay."""
    return title[:1].lower() + title[1:] if title[1:2].islower() else title


def _text(*parts: str) -> str:
    """Paragraphs with a blank line between; empty ones are left out."""
    return "\n\n".join(part.strip() for part in parts if part.strip())


def _with(opening: str, answer: str | None) -> str:
    return f"{opening}\n\n{answer.strip()}" if answer and answer.strip() else ""


def _list(items: Iterable[str]) -> str:
    return "\n".join(f"{BULLET}{item}" for item in items)
