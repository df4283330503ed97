"""What an ad takes of a longer text: whole sentences and items, from the first on."""

from __future__ import annotations

import re
from collections.abc import Sequence

from recruit.profiles.rules import blocks

MOST_ITEMS = 6
SENTENCE_ENDS = (".", "!", "?", "”", '"')
SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-ZÆØÅ”“\"])")
# What stands in square brackets for somebody to fill in.
BRACKETS = re.compile(r"\[[^\[\]\n]{1,80}\]")
PARAGRAPH_END = re.compile(r"\n\s*\n")


def paragraphs(text: str) -> list[str]:
    return [part.strip() for part in PARAGRAPH_END.split(text) if part.strip()]


def shortened(
    text: str, words: int, *, whole_lists: bool = False, only_filled: bool = False
) -> list[tuple[bool, bool, str]]:
    """What stands first in a text, up to this many words, as (is it an item, does it go on a paragraph, text).

    Of the first paragraph as many whole sentences as there is room for, at least one; of those after it none that does
    not fit whole; of a list at least two items or none, and no line that only announces what is cut off. A list that
    is counted up (`whole_lists`: so many staff, so many places) stands whole or not at all. With `only_filled` what
    still has something to fill in is left out.
    """
    found: list[tuple[bool, bool, str]] = []
    left, is_cut = words, False
    for is_list, lines in blocks(text):
        pieces = [line for line in lines if line] if is_list else SENTENCE_END.split(" ".join(lines))
        if only_filled:
            filled = [piece for piece in pieces if not BRACKETS.search(piece)]
            pieces, is_cut = filled, is_cut or filled != pieces
        room = _fitting(pieces, left)
        taken = min(room, MOST_ITEMS) if is_list else room
        if not found:
            taken = max(taken, 1)
        elif taken < (min(2, len(pieces)) if is_list and not whole_lists else len(pieces)):
            is_cut = True
            break
        found += [(is_list, not is_list and place > 0, piece) for place, piece in enumerate(pieces[:taken])]
        left -= sum(len(piece.split()) for piece in pieces[:taken])
        if taken < len(pieces):
            is_cut = True
            break
    while is_cut and len(found) > 1 and not found[-1][0] and not found[-1][2].endswith(SENTENCE_ENDS):
        found.pop()
    return found


def _fitting(pieces: Sequence[str], words: int) -> int:
    """How many of the pieces, from the first, have room within so many words."""
    for place, piece in enumerate(pieces):
        words -= len(piece.split())
        if words < 0:
            return place
    return len(pieces)
