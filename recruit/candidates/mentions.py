"""Who else stands in a text: so that a letter speaks of its reader only, and an extract tells of nobody else. Pure.

Words are compared without case and accents, with and without a genitive's s, and whatever invisible characters a copied
text carries. A single name that is also an everyday word counts only with a capital letter.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

CANDIDATE, MEMBER, OTHERS = "candidate", "member", "others"
UNSEEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_WORD = re.compile(rf"[^\W_](?:[^\W_]|[\u0300-\u036f{UNSEEN}]|[-'’.@](?=[^\W_]))*")
_PIECE = re.compile(r"[-.@]")
_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "’": "'"} | dict.fromkeys(map(ord, UNSEEN), ""))
# What stands between names, and is none.
_PARTICLES = "af von van de del della der den da di du la le el al bin ten ter te zu zur dr"
# Names that are words: they count with a capital letter only. Names of two letters do so too.
_EVERYDAY = """
liv sol mark sand lund holm skov bjerg dal bæk kær vang krog sten storm bror viola rose ros smed møller kok ravn ulv due
by borg bro eng hede høj kilde lind mose nord strand vester øster vest øst svane hjort haug bak gran eg ask else mai maj
my sky ro rask frisk friis stor lille god fin klog glad vinter sommer juul jul dam kjær hall long young brown white
black green wood hill king grace hope joy will bill rich may june april august
"""
PARTICLES, EVERYDAY = frozenset(_PARTICLES.split()), frozenset(_EVERYDAY.split())
# Words about others that hold no name: the sentence says something of somebody else's application.
_OF_OTHERS = re.compile(
    r"\b(?:(?:anden|andre|øvrige|næste|forrige|første|sidste|bedste|stærkeste|svageste)\s+"
    r"(?:kandidat|ansøger)\w*|(?:end|blandt|mellem|af)\s+(?:kandidater|ansøger)\w*|førstevalg\w*|andetvalg\w*"
    r"|(?:første|anden|tredje)prioritet\w*|(?:nummer|nr\.?)\s+(?:et|én|to|tre|fire|fem|\d+)\s+(?:i|af|på|blandt|efter)\b"
    r"|rangér\w*|ranger(?:er|et|ing)\w*|(?:first|second|third)\s+(?:choice|place)|(?:the\s+)?(?:other|next|previous|best|"
    r"strongest|weakest)\s+(?:candidate|applicant)s?|(?:than|among|of)\s+(?:the\s+)?(?:candidate|applicant)s|ranked?\b)",
    re.IGNORECASE,
)
_CALLED = "kandidat kandidaten ansoeger ansoegeren nr nummer candidate applicant no number"
_BEFORE_A_BARE_REF = frozenset(_CALLED.split())


@dataclass(frozen=True)
class Someone:
    """Somebody a text must not name. `ref` is "" for a member of the panel."""

    kind: str
    ref: str
    name: str
    email: str = ""

    @property
    def called(self) -> str:
        return f"{self.ref} {self.name}".strip()


@dataclass(frozen=True)
class Mention:
    """A place in a text that names somebody. `sure` is a whole name, a ref or an address; else one of the names, which
    may also be another word or another person."""

    start: int
    end: int
    text: str
    who: Someone
    sure: bool


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    end: int
    keys: tuple[str, ...]
    is_capital: bool


def fold(text: str) -> str:
    """Lower case, without accents: æ is ae, ø oe, å aa."""
    plain = unicodedata.normalize("NFC", text).casefold().translate(_LETTERS)
    return "".join(letter for letter in unicodedata.normalize("NFD", plain) if not unicodedata.combining(letter))


def _keys(word: str) -> tuple[str, ...]:
    whole = fold(word).rstrip(".'")
    return (whole, whole.removesuffix("'s") if whole.endswith("'s") else whole.removesuffix("s"))


def _words(text: str) -> list[_Word]:
    """The words with their places; of a compound both the whole and its pieces."""
    found = []
    for match in _WORD.finditer(text):
        found.append(_Word(match.start(), match.end(), _keys(match[0]), match[0][:1].isupper()))
        pieces = _PIECE.split(match[0])
        at = match.start()
        for piece in pieces if len(pieces) > 1 else ():
            if piece:
                found.append(_Word(at, at + len(piece), _keys(piece), piece[:1].isupper()))
            at += len(piece) + 1
    return found


class Names:
    """Those whom a text to or about one person must not name, ready to be looked for."""

    def __init__(self, others: Iterable[Someone], own: str = "", own_ref: str = "") -> None:
        """`own` is the name of the person the text is about: what they share with another does not count."""
        mine = {key for word in _words(own) for key in word.keys[:1]}
        own_refs = fold(own_ref)
        self.parts: dict[str, tuple[Someone, bool]] = {}  # a single name -> whose, and whether it needs a capital
        self.wholes: dict[str, list[tuple[tuple[str, ...], Someone, bool]]] = {}  # by their first word
        self.bare: dict[str, Someone] = {}  # refs that are a number or a letter, and count after ”kandidat” only
        self.emails: dict[str, Someone] = {}
        for other in others:
            if other.email:
                self.emails[fold(other.email)] = other
            if other.ref and fold(other.ref) != own_refs:
                self._add_ref(other)
            words = [match[0] for match in _WORD.finditer(other.name)]
            keys = tuple(fold(word).rstrip(".'") for word in words)
            if len(keys) > 1:
                self.wholes.setdefault(keys[0], []).append((keys, other, False))
            elif keys and keys[0] not in mine:
                self.wholes.setdefault(keys[0], []).append((keys, other, _needs_capital(words[0])))
            for word in words:
                key = fold(word).rstrip(".'")
                if len(key) > 1 and key not in mine and key not in PARTICLES:
                    self.parts.setdefault(key, (other, _needs_capital(word)))

    def _add_ref(self, other: Someone) -> None:
        keys = tuple(fold(match[0]).rstrip(".'") for match in _WORD.finditer(other.ref))
        whole = "".join(keys)
        if len(keys) == 1 and (whole.isdigit() or len(whole) == 1):
            self.bare[whole] = other
        elif keys:
            self.wholes.setdefault(keys[0], []).append((keys, other, False))

    def find(self, text: str) -> list[Mention]:
        """Every place that names one of them, in order; of overlapping ones the longest, and the sure one first."""
        found = sorted(self._in(_words(text), text), key=lambda item: (item.start, not item.sure, -item.end))
        kept: list[Mention] = []
        for item in found:
            if not kept or item.start >= kept[-1].end:
                kept.append(item)
        return kept

    def _in(self, words: Sequence[_Word], text: str) -> Iterator[Mention]:
        for place, word in enumerate(words):
            key = next((key for key in word.keys if key in self.emails), None)
            if key:
                yield _mention(text, word.start, word.end, self.emails[key], sure=True)
            for key in word.keys:
                for keys, who, needs_capital in self.wholes.get(key, ()):
                    end = _end(words, place, keys)
                    if end and (word.is_capital or not needs_capital):
                        yield _mention(text, word.start, end, who, sure=True)
                if key in self.parts:
                    who, needs_capital = self.parts[key]
                    if word.is_capital or not needs_capital:
                        yield _mention(text, word.start, word.end, who, sure=False)
        for before, word in pairwise(words):
            if word.keys[0] in self.bare and not _BEFORE_A_BARE_REF.isdisjoint(before.keys):
                yield _mention(text, word.start, word.end, self.bare[word.keys[0]], sure=True)


def _needs_capital(name: str) -> bool:
    return len(name) < 3 or name.casefold() in EVERYDAY


def _end(words: Sequence[_Word], place: int, keys: Sequence[str]) -> int:
    """Where the words of a name end that begins at `place`; 0 when it does not stand there."""
    end = 0
    for key in keys:
        while place < len(words) and words[place].start < end:
            place += 1  # a piece of the compound before
        if place >= len(words) or key not in words[place].keys:
            return 0
        end = words[place].end
        place += 1
    return end


def _mention(text: str, start: int, end: int, who: Someone, *, sure: bool) -> Mention:
    return Mention(start, end, text[start:end], who, sure)


@dataclass(frozen=True)
class Piece:
    """A stretch of a text. `why` it is left out: `candidate`, `others` (words about other applicants) or `phrase`; ""
    is kept."""

    text: str
    why: str = ""


def blanked(
    text: str, names: Names, phrases: Sequence[str], cut: Sequence[str], own: Names | None = None
) -> list[Piece]:
    """The text in pieces: a sentence that names another candidate or compares with others is left out whole, and so is
    what `phrases` name, wherever it stands. `cut` is the text's sentences, each as it stands in it.

    A text about the whole field is given with `own`, the names of the one whom the extract is about: of it only the
    sentences are kept that name them.
    """
    spans: list[tuple[int, int, str]] = []
    at = 0
    for sentence in cut:
        start = text.find(sentence, at)
        if start < 0:
            continue
        at = start + len(sentence)
        if names.find(sentence):
            spans.append((start, at, CANDIDATE))
        elif _OF_OTHERS.search(sentence) or (own is not None and not own.find(sentence)):
            spans.append((start, at, OTHERS))
    for phrase in phrases:
        words = [re.escape(word) for word in phrase.split()]
        if words:
            spans += [(*match.span(), "phrase") for match in re.finditer(r"\s+".join(words), text, re.IGNORECASE)]
    pieces: list[Piece] = []
    at = 0
    for start, end, why in sorted(spans, key=lambda span: (span[0], -span[1])):
        if end <= at:
            continue
        if start > at:
            pieces.append(Piece(text[at:start]))
        pieces.append(Piece(text[max(start, at) : end], why))
        at = end
    if at < len(text):
        pieces.append(Piece(text[at:]))
    return pieces
