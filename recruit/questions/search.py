"""Finding questions by their words, in one language at a time: forms of a word, and words inside compounds.

æ, ø and å are letters of their own. An acute accent is left out, as Danish itself lets the writer do (ét, idé).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer

STEMMERS = {"da": "danish", "en": "english"}
# What a stemmer takes for an ending but makes another word of it: ledelse is not led, tydelig is not tyde.
DERIVED = {"da": ("elig", "lig", "els", "ig"), "en": ()}
WORD = re.compile(r"[^\W_]+")
ACUTE = "\N{COMBINING ACUTE ACCENT}"

QUERY_LIMIT = 200
# A word of this length is found anywhere in another, one that is a letter shorter at the beginning and the end of
# others (tid is in fritid, and not in samtidig), a still shorter one only as a whole word. Likewise a stem.
LONG = 4
EXCERPT = 60  # characters on each side of the first word that was found


def fold(word: str) -> str:
    """Small letters, composed, without acute accents."""
    plain = unicodedata.normalize("NFD", word.casefold()).replace(ACUTE, "")
    return unicodedata.normalize("NFC", plain)


def words(text: str) -> Iterator[str]:
    """The words of a text, folded, in their order."""
    return (fold(found) for found in WORD.findall(unicodedata.normalize("NFC", text)))


@lru_cache(maxsize=1 << 16)
def stem(word: str, language: str) -> str:
    """What the inflected forms of a folded word have in common."""
    # A stemmer remembers its word while it works, so that threads cannot share one.
    short: str = snowballstemmer.stemmer(STEMMERS[language]).stemWord(word)
    for ending in DERIVED[language]:
        for whole in (short + ending, short + short[-1:] + ending):  # it also makes opsætt- of opsættelse opsæt
            if word.startswith(whole):
                return whole
    return short


@dataclass(frozen=True, slots=True)
class Asked:
    """One word of a search."""

    word: str
    language: str

    def meets(self, word: str) -> bool:
        """Whether a folded word is this one, another form of it, or holds it."""
        if self.word == word or (len(self.word) >= LONG and self.word in word):
            return True
        own, other = stem(self.word, self.language), stem(word, self.language)
        if own == other or (len(own) >= LONG and own in word):
            return True
        short = len(self.word) == LONG - 1
        return short and (word.startswith(self.word) or word.endswith(self.word) or other.endswith(self.word))


def asked(query: str, language: str) -> list[Asked]:
    """The different words of a search. Empty for a text without letters and digits."""
    return [Asked(word, language) for word in dict.fromkeys(words(query[:QUERY_LIMIT]))]


class Index:
    """Which texts hold which words, in one language. Made once, read by many threads."""

    def __init__(self, texts: Mapping[str, Iterable[str]], language: str) -> None:
        """`texts`: of each id all its texts in this language."""
        self.language = language
        self.ids: dict[str, set[str]] = {}
        for key, parts in texts.items():
            for part in parts:
                for word in words(part):
                    self.ids.setdefault(word, set()).add(key)
        for word in self.ids:
            stem(word, language)

    def find(self, wanted: Collection[Asked]) -> set[str]:
        """The ids whose texts hold every word that is wanted. No words are held by no text."""
        found = [set().union(*(ids for word, ids in self.ids.items() if one.meets(word))) for one in wanted]
        return set.intersection(*found) if found else set()


def holds_all(text: str, wanted: Collection[Asked]) -> bool:
    """Whether a single text holds every word that is wanted."""
    there = set(words(text))
    return all(any(one.meets(word) for word in there) for one in wanted)


def pieces(text: str, wanted: Collection[Asked]) -> list[tuple[str, bool]]:
    """The text cut where a word was found begins and ends: (piece, whether it was found). Joined they are the text."""
    text = unicodedata.normalize("NFC", text)
    found, end = [], 0
    for match in WORD.finditer(text):
        if any(one.meets(fold(match.group())) for one in wanted):
            if match.start() > end:
                found.append((text[end : match.start()], False))
            found.append((match.group(), True))
            end = match.end()
    if end < len(text):
        found.append((text[end:], False))
    return found


def excerpt(text: str, wanted: Sequence[Asked]) -> list[tuple[str, bool]]:
    """The surroundings of the first word that was found, as `pieces`; empty when none was found."""
    parts = pieces(text, wanted)
    place = next((place for place, (_piece, hit) in enumerate(parts) if hit), None)
    if place is None:
        return []
    start = sum(len(piece) for piece, _hit in parts[:place])
    stop = start + len(parts[place][0])
    whole = "".join(piece for piece, _hit in parts)
    first = whole.rfind(" ", 0, max(0, start - EXCERPT)) + 1 if start > EXCERPT else 0
    last = whole.find(" ", stop + EXCERPT)
    cut = whole[first : len(whole) if last < 0 else last]
    return pieces(("… " if first else "") + cut + (" …" if last >= 0 else ""), wanted)
