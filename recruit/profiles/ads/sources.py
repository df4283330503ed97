"""Where what stands in an ad came from, found again after somebody has edited it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from recruit.profiles.ads.rules import CRITERION, Line
from recruit.profiles.rules import blocks

# How alike a sentence and what it was must be for it to count as the same, edited.
ALIKE = 0.6
KEPT, EDITED = "kept", "edited"


@dataclass(frozen=True)
class Source:
    """A line that a piece of text came from. `edited`: the piece says it in other words."""

    line: Line
    edited: bool


@dataclass(frozen=True)
class Piece:
    """A paragraph or an item of a list, with all that it came from; `own` when some of it was written here."""

    text: str
    item: bool
    sources: tuple[Source, ...]
    own: bool


def pieces(text: str, lines: Sequence[Line]) -> Iterator[Piece]:
    """The paragraphs and items of a text, with the composed lines that each holds whole or in part."""
    for is_list, found in blocks(text):
        for piece in found if is_list else ["\n".join(found)]:
            if piece:
                yield _piece(piece, is_list, lines)


def _piece(text: str, item: bool, lines: Sequence[Line]) -> Piece:
    rest = text
    found = []
    for line in lines:
        if line.text and line.text in rest:
            found.append(Source(line, edited=False))
            rest = rest.replace(line.text, "", 1)
    rest = rest.strip()
    if rest:
        best = max((line for line in lines), key=lambda line: alike(line.text, rest), default=None)
        if best is not None and alike(best.text, rest) >= ALIKE:
            found.append(Source(best, edited=True))
            rest = ""
    return Piece(text, item, tuple(found), own=bool(rest))


def alike(one: str, other: str) -> float:
    """0 to 1: the share of words that two texts have in common, in their order."""
    return SequenceMatcher(None, one.split(), other.split(), autojunk=False).ratio()


@dataclass(frozen=True)
class Naming:
    """Which criteria an ad names. `unnamed` are rated but not named; `stale` named but no longer criteria."""

    unnamed: tuple[str, ...]
    stale: tuple[str, ...]


def naming(found: Collection[Piece], criteria: Sequence[str], said: Collection[str]) -> Naming:
    """From the pieces of a whole ad. `said`: criteria that somebody says stand there in other words."""
    named = {source.line.key for piece in found for source in piece.sources if source.line.kind == CRITERION}
    return Naming(
        unnamed=tuple(key for key in criteria if key not in named and key not in said),
        stale=tuple(sorted(named - set(criteria))),
    )
