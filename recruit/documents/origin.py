"""What a document was made from: printed at its end, kept inside the file, and read back from it.

The digest is of the data, not of the file: a document that is opened and saved by another program keeps its origin, and
one that is printed can be matched to the case by the digest on its last page.
"""

from __future__ import annotations

import hashlib
import io
import json
import lzma
import re
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from babel.dates import format_datetime

from recruit.documents.excel import Column, Workbook
from recruit.documents.markup import clean
from recruit.documents.package import FaultyLetterhead, parse
from recruit.documents.word import QUIET_COLOUR, Run, WordDocument

# A kind of document -> the values that one of it would be made from now, plain and JSON-able, by recruitment, round
# and candidate. Filled by `create_app`, for `recruit verify`. Each raises RuleBroken where nothing may be said.
ORIGINS: dict[str, Callable[[Any, int | None, str | None], object]] = {}

PREFIX = "recruit "  # of the properties in the file
PROPERTIES = "docProps/custom.xml"
MOST_BYTES, MOST_PROPERTIES = 100_000_000, 1_000_000
MOST_LETTERS = 255  # of a property: more is cut by some programs
_DIGEST = re.compile(r"[0-9a-f]{64}")
_NUMBER = re.compile(r"[0-9]{1,18}")

# The package knows no request, so no gettext either.
WORDS = {
    "da": {
        "made_from": "Dannet af",
        "recruitment": "Rekruttering",
        "case": "sag",
        "round": "runde",
        "candidate": "kandidat",
        "at": "d. MMMM yyyy 'kl.' HH.mm",
        "seed": "frø",
        "digest": "SHA-256 af data",
        "sheet": "Oprindelse",
        "field": "Felt",
        "value": "Værdi",
        "made": "Dannet",
    },
    "en": {
        "made_from": "Made from",
        "recruitment": "Recruitment",
        "case": "case",
        "round": "round",
        "candidate": "candidate",
        "at": "d MMMM yyyy 'at' HH:mm",
        "seed": "seed",
        "digest": "SHA-256 of the data",
        "sheet": "Origin",
        "field": "Field",
        "value": "Value",
        "made": "Made",
    },
}


class NoOrigin(Exception):
    """The file says nothing of what it was made from, or cannot be read."""


@dataclass(frozen=True)
class Origin:
    """What a document was made from. `kind` is a key of ORIGINS, `recruitment` an id, `round` a number, `candidate` a
    ref. `made_at` knows its time zone and is printed in it; `digest` is `digest_of` the values of its kind."""

    kind: str
    recruitment: int
    title: str
    case_number: str
    round: int | None
    candidate: str | None
    seed: int | None
    made_at: datetime
    language: str
    digest: str


def digest_of(values: object) -> str:
    """The SHA-256, in hexadecimal, of values as canonical JSON: keys in order, no spaces, UTF-8.

    Dates and moments are written as ISO 8601. Lists count in the order they are given: give them in one that does not
    depend on who came first. Raises TypeError for what JSON cannot hold and ValueError for NaN and infinities.
    """
    text = json.dumps(
        values, sort_keys=True, ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=_written
    )
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _written(value: object) -> str:
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value.astimezone(UTC).isoformat()  # the same from every database
    if isinstance(value, date):  # a datetime is one
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} cannot be written as JSON")


def add_origin(document: WordDocument | Workbook, origin: Origin) -> None:
    """Ends a document with what it was made from, in small print or on a sheet of its own, and keeps a copy that a
    program can read in the file's properties."""
    document.keep({f"{PREFIX}{name}": value for name, value in _properties(origin).items()})
    words = WORDS[origin.language]
    if isinstance(document, Workbook):
        rows = [(words[name][:1].upper() + words[name][1:], value) for name, value in _shown(origin, words) if value]
        document.sheet(words["sheet"], [Column(words["field"], 24), Column(words["value"], 70)], rows)
        return
    shown = dict(_shown(origin, words))
    parts = [shown.pop("recruitment")]
    parts += [f"{words[name]} {shown[name]}" for name in ("case", "round", "candidate") if shown[name]]
    parts.append(shown["made"])
    parts += [f"{words['seed']} {shown['seed']}"] if shown["seed"] else []
    first = Run(f"{words['made_from']}: ", bold=True, colour=QUIET_COLOUR)
    document.paragraph(first, " · ".join(parts), style="Origin", keep_with_next=True)
    document.paragraph(f"{words['digest']}: {shown['digest']}", style="Hint")


def _shown(origin: Origin, words: Mapping[str, str]) -> list[tuple[str, str]]:
    """What is printed: (key of WORDS, text), the text "" where there is nothing to say."""
    made_at = format_datetime(origin.made_at, words["at"], tzinfo=origin.made_at.tzinfo, locale=origin.language)
    return [
        ("recruitment", origin.title),
        ("case", origin.case_number),
        ("round", "" if origin.round is None else str(origin.round)),
        ("candidate", origin.candidate or ""),
        ("made", made_at),
        ("seed", "" if origin.seed is None else str(origin.seed)),
        ("digest", origin.digest),
    ]


def _properties(origin: Origin) -> dict[str, str]:
    """The origin as texts, without what is None."""
    fields = vars(origin) | {"made_at": origin.made_at.isoformat(timespec="seconds")}
    return {name: _short(clean(str(value))) for name, value in fields.items() if value is not None}


def _short(text: str) -> str:
    """What a property holds, which counts as UTF-16 does."""
    return text.encode("utf-16-le")[: 2 * MOST_LETTERS].decode("utf-16-le", "ignore")


def read_origin(content: bytes) -> Origin:
    """What a Word or Excel file of ours was made from. Raises NoOrigin for any other file.

    Whoever can edit a file can edit this: it says which data to look up, and proves nothing about the file's words.
    """
    found = _read_properties(content)
    try:
        return Origin(
            kind=found["kind"],
            recruitment=_number(found["recruitment"]),
            title=found.get("title", ""),
            case_number=found.get("case_number", ""),
            round=_number(found["round"]) if "round" in found else None,
            candidate=found.get("candidate"),
            seed=_number(found["seed"]) if "seed" in found else None,
            made_at=_moment(found["made_at"]),
            language=found.get("language", "da"),
            digest=_DIGEST.fullmatch(found["digest"])[0],  # type: ignore[index]
        )
    except (KeyError, TypeError, ValueError) as error:
        raise NoOrigin from error


def _read_properties(content: bytes) -> dict[str, str]:
    if len(content) > MOST_BYTES:
        raise NoOrigin
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if archive.getinfo(PROPERTIES).file_size > MOST_PROPERTIES:
                raise NoOrigin
            root = parse(archive.read(PROPERTIES))
    except (
        zipfile.BadZipFile,
        zlib.error,
        lzma.LZMAError,
        EOFError,
        KeyError,
        ValueError,
        OSError,
        RuntimeError,
        FaultyLetterhead,
    ) as error:
        raise NoOrigin from error
    found = {}
    for item in root:
        name = item.get("name", "")
        if name.startswith(PREFIX):
            found[name.removeprefix(PREFIX)] = "".join(item.itertext())
    return found


def _number(text: str) -> int:
    if not _NUMBER.fullmatch(text):
        raise ValueError(text)
    return int(text)


def _moment(text: str) -> datetime:
    found = datetime.fromisoformat(text)
    if found.tzinfo is None:
        raise ValueError(text)
    return found
