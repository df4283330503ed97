"""Readability: LIX = words / sentences + 100 × long words / words (Björnsson 1968)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from recruit.wording.text import Chunk

LONG = 6  # letters; a word with more is long
BETWEEN = re.compile(r"[/–—]")


@dataclass(frozen=True, slots=True)
class Counts:
    """What LIX is made of: the number of words, of sentences and of long words."""

    words: int
    sentences: int
    long_words: int

    @property
    def lix(self) -> float | None:
        """None for a text without words."""
        if not self.words:
            return None
        return self.words / self.sentences + 100 * self.long_words / self.words


def count(chunks: Iterable[Chunk]) -> Counts:
    """The counts of a text, given as its chunks.

    Headings and list items without a full stop do not end a sentence; a text without any end is one sentence.
    Numbers and abbreviations are words, an e-mail or web address is one word.
    """
    words = sentences = long_words = 0
    open_sentence = False
    for chunk in chunks:
        parts = [chunk.text]
        if not chunk.address and any(letter.isalpha() for letter in chunk.text):
            parts = BETWEEN.split(chunk.text)
        for part in parts:
            if any(letter.isalnum() for letter in part):
                words += 1
                open_sentence = True
                long_words += sum(letter.isalpha() for letter in part) > LONG
        if chunk.ends and open_sentence:
            sentences += 1
            open_sentence = False
    return Counts(words, max(sentences, 1), long_words)
