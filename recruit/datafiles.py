"""YAML and JSON files from outside: read within limits, with the line of every field.

PyYAML's loader forgets where a value stood and lets a later key replace an earlier one, so the values are built here
from the parser's events. Aliases are refused: a few lines of them can stand for gigabytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Generic, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from yaml.constructor import SafeConstructor
from yaml.resolver import Resolver

from recruit.errors import Fault, FaultyFile

MAX_BYTES = 5_000_000
MAX_DEPTH = 20

Path_ = tuple[str | int, ...]
Model = TypeVar("Model", bound=BaseModel)
Part = TypeVar("Part")
Text = Annotated[str, Field(min_length=1, max_length=2_000)]


class Frozen(BaseModel):
    """Data of a file: nothing is changed, nothing unknown is taken, no type is guessed."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Bilingual(Frozen, Generic[Part]):
    """The same in Danish and in English."""

    da: Part
    en: Part

    def within(self, language: str) -> Part:
        return self.en if language == "en" else self.da


class Localised(Bilingual[Text]):
    """One text in Danish and in English."""


def data_dir(name: str) -> Path:
    """The folder `name` that ships with the product: inside the installed package, else beside it in a checkout."""
    package = Path(__file__).parent
    inside = package / name
    return inside if inside.is_dir() else package.parent / name


@dataclass(frozen=True)
class Document:
    """The values of one file and the line (from 1) on which each field begins."""

    file: str
    values: Any
    lines: dict[Path_, int]

    def line(self, path: Path_) -> int | None:
        """The line of the field, or of the nearest field around it."""
        for length in range(len(path), -1, -1):
            if path[:length] in self.lines:
                return self.lines[path[:length]]
        return None

    def fault(self, path: Path_, sentence: str) -> Fault:
        return Fault(self.file, self.line(path), field_name(path), sentence)


def field_name(path: Path_) -> str:
    """`("candidates", 0, "ref")` as people write it: `candidates[1].ref`, counted from 1."""
    name = ""
    for part in path:
        if isinstance(part, int):
            name += f"[{part + 1}]"
        else:
            name += f".{part}" if name else str(part)
    return name


def read(path: Path, name: str | None = None) -> Document:
    """Reads a YAML or JSON file of at most 5 MB. Raises FaultyFile with the place of the fault."""
    file = name or path.name
    try:
        if path.stat().st_size > MAX_BYTES:
            raise FaultyFile([Fault(file, None, "", f"the file is larger than {MAX_BYTES // 1_000_000} MB")])
        raw = path.read_bytes()
    except OSError as error:
        raise FaultyFile([Fault(file, None, "", f"the file cannot be read: {error.strerror}")]) from error
    return parse(raw, file)


def parse(raw: bytes, file: str) -> Document:
    """The same for bytes at hand. Text that starts with a brace is JSON, everything else YAML."""
    if len(raw) > MAX_BYTES:
        raise FaultyFile([Fault(file, None, "", f"the file is larger than {MAX_BYTES // 1_000_000} MB")])
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise FaultyFile([Fault(file, line, "", "the file is not UTF-8 text")]) from error
    if text.lstrip().startswith("{"):
        return _parse_json(text, file)
    return _Builder(text, file).document()


def _parse_json(text: str, file: str) -> Document:
    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        values = dict(pairs)
        if len(values) < len(pairs):
            seen: set[str] = set()
            again = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
            raise FaultyFile([Fault(file, None, again, "the key is given twice")])
        return values

    try:
        values = json.loads(text, object_pairs_hook=unique)
    except json.JSONDecodeError as error:
        raise FaultyFile([Fault(file, error.lineno, "", f"this is not JSON ({error.msg})")]) from error
    except RecursionError as error:
        raise FaultyFile([Fault(file, None, "", "the file is nested too deeply")]) from error
    except ValueError as error:
        raise FaultyFile([Fault(file, None, "", "a number in the file has too many digits")]) from error
    try:  # JSON is close enough to YAML to say where a field stands
        lines = _Builder(text, file).document().lines
    except FaultyFile:
        lines = {(): 1}
    return Document(file, values, lines)


class _Builder:
    """Builds values from the events of PyYAML's C parser, keeping lines and refusing what the design refuses."""

    def __init__(self, text: str, file: str) -> None:
        self.file = file
        self.lines: dict[Path_, int] = {}
        self.text = text
        self.resolver = Resolver()
        self.constructor = SafeConstructor()

    def document(self) -> Document:
        try:
            events = iter(yaml.parse(self.text, Loader=yaml.CSafeLoader))
            next(events)  # the stream starts
            start = next(events)
            if isinstance(start, yaml.StreamEndEvent):
                raise self.refuse(None, "", "the file is empty")
            values = self.value(next(events), events, ())
            next(events)  # the document ends
            if not isinstance(next(events), yaml.StreamEndEvent):
                raise self.refuse(None, "", "the file holds more than one document")
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            problem = getattr(error, "problem", None) or "it cannot be read"
            raise self.refuse(mark.line + 1 if mark else None, "", f"this is not YAML ({problem})") from error
        return Document(self.file, values, self.lines)

    def refuse(self, line: int | None, field: str, sentence: str) -> FaultyFile:
        return FaultyFile([Fault(self.file, line, field, sentence)])

    def value(self, event: Any, events: Iterator[Any], path: Path_) -> Any:
        line = event.start_mark.line + 1
        self.lines.setdefault(path, line)
        if isinstance(event, yaml.AliasEvent):
            raise self.refuse(line, field_name(path), "aliases are not allowed: write the value out")
        if len(path) > MAX_DEPTH:
            raise self.refuse(line, field_name(path[:MAX_DEPTH]), "the file is nested too deeply")
        if event.tag is not None and event.tag.startswith(("!", "tag:")):
            raise self.refuse(line, field_name(path), "tags are not allowed: write the plain value")
        if isinstance(event, yaml.MappingStartEvent):
            return self.mapping(events, path)
        if isinstance(event, yaml.SequenceStartEvent):
            items: list[Any] = []
            while not isinstance(item := next(events), yaml.SequenceEndEvent):
                items.append(self.value(item, events, (*path, len(items))))
            return items
        return self.scalar(event, line, path)

    def mapping(self, events: Iterator[Any], path: Path_) -> dict[Any, Any]:
        values: dict[Any, Any] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            line = event.start_mark.line + 1
            if not isinstance(event, yaml.ScalarEvent):
                raise self.refuse(line, field_name(path), "a key must be a single word or number")
            key = self.scalar(event, line, path)
            if isinstance(key, bool) or not isinstance(key, str | int):
                raise self.refuse(line, field_name(path), f"the key {event.value!r} must be text: put it in quotes")
            if key in values:
                raise self.refuse(line, field_name((*path, str(key))), "the key is given twice")
            self.lines[(*path, key)] = line
            values[key] = self.value(next(events), events, (*path, key))
        return values

    def scalar(self, event: Any, line: int, path: Path_) -> Any:
        if not event.implicit[0]:
            return event.value
        tag = self.resolver.resolve(yaml.ScalarNode, event.value, (True, False))  # type: ignore[no-untyped-call]
        if tag in ("tag:yaml.org,2002:merge", "tag:yaml.org,2002:value"):
            return event.value
        try:
            return self.constructor.construct_object(yaml.ScalarNode(tag, event.value))
        except (ValueError, yaml.YAMLError) as error:
            raise self.refuse(line, field_name(path), f"{event.value!r} cannot be read: put it in quotes") from error


def fit(model: type[Model], document: Document) -> Model:
    """The document as `model`. Raises FaultyFile that names every field that does not fit."""
    try:
        return model.model_validate(document.values)
    except ValidationError as error:
        faults = [_fault(document, dict(found)) for found in error.errors(include_url=False)]
        unique = {(fault.line, fault.field, fault.sentence): fault for fault in faults}
        raise FaultyFile(sorted(unique.values(), key=lambda fault: (fault.line or 0, fault.field))) from error


SENTENCES = {
    "missing": "the field is missing",
    "extra_forbidden": "the field is unknown",
    "string_type": "must be text (put it in quotes)",
    "string_too_short": "must not be empty",
    "string_too_long": "must be at most {max_length} characters",
    "string_pattern_mismatch": "must match {pattern}",
    "int_type": "must be a whole number",
    "float_type": "must be a number",
    "bool_type": "must be true or false",
    "list_type": "must be a list",
    "tuple_type": "must be a list",
    "dict_type": "must be a mapping of keys to values",
    "model_type": "must be a mapping of keys to values",
    "model_attributes_type": "must be a mapping of keys to values",
    "greater_than": "must be greater than {gt}",
    "greater_than_equal": "must be at least {ge}",
    "less_than": "must be less than {lt}",
    "less_than_equal": "must be at most {le}",
    "finite_number": "must be a finite number",
    "literal_error": "must be {expected}",
    "too_short": "must have at least {min_length} items",
    "too_long": "must have at most {max_length} items",
    "date_type": "must be a date (2026-11-27)",
}


def _fault(document: Document, found: dict[str, Any]) -> Fault:
    path = tuple(part for part in found["loc"] if part != "[key]")
    while path and path not in document.lines and found["type"] != "missing":
        path = path[:-1]  # pydantic names the branch of a union; the file has no such field
    if found["type"] == "value_error":
        sentence = str(found["ctx"]["error"])
    else:
        length = found["type"] in ("too_long", "too_short") and isinstance(found["input"], str)
        known = SENTENCES.get(f"string_{found['type']}" if length else found["type"])
        sentence = known.format(**found.get("ctx", {})) if known else found["msg"]
    return document.fault(path, sentence)
