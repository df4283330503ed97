"""The texts of the bank that ships, with the file and the place each stands at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from support import ROOT

from recruit import datafiles
from recruit.charter.service import read_charter
from recruit.questions.service import read_bank

ODDER = ROOT / "question_bank" / "odder"
CHARTER = read_charter(ODDER)
BANK = read_bank(ODDER, CHARTER)


@dataclass(frozen=True, slots=True)
class Text:
    """One text in one language. `place` is the way to it in its file, such as questions.0.text."""

    file: str
    place: str
    language: str
    words: str


def localised(values: Any, place: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], dict[str, str]]]:
    """Every pair of a Danish and an English text below `values`, with the way to it."""
    if isinstance(values, dict) and set(values) == {"da", "en"}:
        yield place, values
    elif isinstance(values, dict | list):
        for key, value in values.items() if isinstance(values, dict) else enumerate(values):
            yield from localised(value, (*place, str(key)))


def bank_texts() -> list[Text]:
    """Every text of the frame and the entries; not the charter, whose words are the organisation's own."""
    files = [ODDER / "frame.yaml", *sorted(ODDER.glob("questions/*/*.yaml"))]
    return [
        Text(file.name, ".".join(place), language, words)
        for file in files
        for place, pair in localised(datafiles.read(file).values)
        if place != ("text",)  # the charter's statement, repeated at the head of its entry
        for language, words in pair.items()
    ]
