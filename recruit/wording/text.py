"""A text cut into sentences and words, each with its place. Every step passes over the text once.

Sentences end at line breaks and at . ! ? and …, but not in abbreviations, ordinals, clock times and decimals.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

# Accents that stand apart (text from a Mac or a PDF), and what Word and web pages hide inside words.
_JOINED = "[\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff]"
_HIDDEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_SAME = str.maketrans({"’": "'", "ʼ": "'", "‐": "-", "‑": "-"})
_PART = rf"[^\W_]+(?:{_JOINED}[^\W_]*)*"
WORD = re.compile(rf"{_PART}(?:[-‐‑'’ʼ]{_PART})*")

CHUNK = re.compile(r"(\S+)(\s*)")
MARK = re.compile(r"[.!?…]+")
ADDRESS = re.compile(
    r"(?:https?://|www\.)\S+"
    r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|[\w-]+(?:\.[\w-]+)*\.(?:dk|com|eu|org|net|info|uk|gov|edu)(?:[/?#]\S*)?",
    re.IGNORECASE,
)
ADDRESS_LENGTHS = range(4, 2_000)
LIST_MARKER = re.compile(r"\(?(?:\d{1,3}|[^\W\d_])[.):]|\d{1,2}(?:\.\d{1,2})+\.?")
BULLETS = frozenset("-–—•·*▪◦")
ORDINAL = re.compile(r"\d{1,3}(?:\.?[-–/]\d{1,3})*")
OPENING = "\"'«»„“”‘’([{*_<#-–—•·"
CLOSING = "\"'«»“”‘’)]}*_>"


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


MONTHS = _set("""
    januar februar marts april maj juni juli august september oktober november december
    jan feb mar apr jun jul aug sep sept okt nov dec
""")
# A full stop after these never ends a sentence, other than at the end of a paragraph.
ABBREVIATIONS = _set("""
    adr. afd. afs. alm. ang. approx. att. bl. bl.a. ca. cand. cand.jur. cand.mag. cand.merc. cand.oecon.
    cand.polit. cand.polyt. cand.psych. cand.pæd. cand.pæd.psyk. cand.scient. cand.scient.adm. cand.scient.pol.
    cand.scient.soc. cand.theol. cf. chr. d.v.s. dept. dir. dr. dvs. e.g. eks. ekskl. esp. evt. ex. excl. ext.
    f.eks. f.x. forb. forts. fr. frk. fx. gns. henh. hhv. hr. i.e. ibid. iflg. ifm. ift. iht. incl. ing. inkl. jf.
    jr. jvf. kap. kbh. kl. kld. lic. mag. maks. max. mdl. merc. mht. mr. mrs. ms. ndr. nos. nr. nuv. oecon. opr.
    pga. pkt. polit. polyt. pr. prof. psych. psyk. pæd. ref. resp. scient. sct. sdr. sec. sml. st. stud. tel.
    theol. tidl. tlf. uddan. vedr. vha. vs.
""")
# A full stop after these ends a sentence when a capital letter follows: they often stand last, or are words as well.
CLOSING_ABBREVIATIONS = _set("""
    a.m. adm. apr. art. aug. co. d.d. d.å. dec. div. e.kr. e.l. eftf. el.lign. est. etc. f.kr. feb. hen. hrs. if.
    inc. int. jan. jur. kr. lign. ltd. m.fl. m.m. m.v. md. mdr. mfl. mia. min. mio. mm. mobil. mv. no. nov. o.a.
    o.l. o.lign. o.m.a. o.s.v. okt. ol. osv. p.a. p.m. p.t. pct. ph.d. pol. pt. red. s.d. s.m. s.u. sek. sept.
    soc. sr. stk. str. t.kr. th. tv. u.k. u.s. udd. årl.
""")


class Chunk(NamedTuple):
    """What stands between two white spaces. `ends` are the places in the text just past a mark that ends a sentence.

    `opens_line`: nothing but a bullet stands before it in its line.
    """

    start: int
    text: str
    line: int
    opens_line: bool
    address: bool
    ends: tuple[int, ...]

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@dataclass(slots=True)
class Sentence:
    """The words of one sentence: their keys (see `word_key`) and where each starts and ends in the text.

    `opening` is the first word that is not the number or letter of a list item; the sentence starts there.
    """

    line: int
    keys: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    opening: int = 0
    end: int = 0

    @property
    def start(self) -> int:
        return self.starts[min(self.opening, len(self.starts) - 1)]


CAPITAL_I = "I"
FIRST_I = "Ii"  # "I" where a sentence begins: the pronoun or the preposition
ADDRESS_KEY = "@"


def word_key(word: str) -> str:
    """The word as it is compared: case folded, accents joined, hidden characters taken out."""
    if word.isascii():
        return word.lower()
    return unicodedata.normalize("NFC", word.translate(_HIDDEN).translate(_SAME).casefold())


def sentences(chunks: Iterable[Chunk]) -> list[Sentence]:
    """The sentences of a text, given as its chunks, that hold a word.

    A line break always ends one. An address is one word, `@`.
    """
    found: list[Sentence] = []
    keys: dict[str, str] = {}
    now = Sentence(0)
    for chunk in chunks:
        if chunk.line != now.line:
            now = _closed(found, now, now.end)
            now.line = chunk.line
        marker = chunk.opens_line and LIST_MARKER.fullmatch(chunk.text) is not None
        ends = iter(chunk.ends)
        end = next(ends, None)
        for start, stop, word in _words(chunk):
            if end is not None and start >= end:
                now = _closed(found, now, end)
                end = next(ends, None)
            if marker:
                now.opening += 1
            key = keys.get(word)
            if key is None:
                key = keys[word] = ADDRESS_KEY if chunk.address else word_key(word)
            if word == CAPITAL_I:
                key = FIRST_I if len(now.keys) == now.opening else CAPITAL_I
            now.keys.append(key)
            now.starts.append(start)
            now.ends.append(stop)
        bare = chunk.text.rstrip(CLOSING)
        now.end = chunk.start + len(bare) if bare and MARK.match(bare[-1]) else chunk.end
        if end is not None:
            now = _closed(found, now, end)
    _closed(found, now, now.end)
    return found


def _closed(found: list[Sentence], now: Sentence, end: int) -> Sentence:
    """Puts the sentence that ends here among those found, if it holds a word; gives the next one, empty."""
    if now.keys:
        now.end = end
        found.append(now)
    return Sentence(now.line)


def _words(chunk: Chunk) -> Iterator[tuple[int, int, str]]:
    if chunk.address:
        bare = chunk.text.lstrip(OPENING)
        start = chunk.end - len(bare)
        yield start, start + len(_without_end(bare)), bare
        return
    for match in WORD.finditer(chunk.text):
        yield chunk.start + match.start(), chunk.start + match.end(), match.group()


def _without_end(chunk: str) -> str:
    return chunk.rstrip(CLOSING + ".,;:!?…")


def cut(text: str) -> list[Chunk]:
    """The chunks of a text in their order, each with the sentence ends in it."""
    found: list[Chunk] = []
    pairs = CHUNK.findall(text)
    start, line, opens_line = len(text) - len(text.lstrip()), 0, True
    for place, (chunk, gap) in enumerate(pairs):
        following = pairs[place + 1][0] if place + 1 < len(pairs) else ""
        breaks = 0 if gap == " " else len(f"{gap}.".splitlines()) - 1
        # A paragraph closes at an empty line, at the end, and where the next list item begins.
        closes = breaks > 1 or not following
        if breaks == 1 and following:
            closes = following[0] in BULLETS or LIST_MARKER.fullmatch(following) is not None
        address = _is_address(chunk)
        ends: tuple[int, ...] = ()
        if MARK.search(chunk):
            ends = tuple(start + end for end in _ends(chunk, address, opens_line, following, closes))
        found.append(Chunk(start, chunk, line, opens_line, address, ends))
        start += len(chunk) + len(gap)
        line += breaks
        opens_line = breaks > 0 or (opens_line and chunk in BULLETS)
    return found


def _is_address(chunk: str) -> bool:
    if len(chunk) not in ADDRESS_LENGTHS or not ("." in chunk or "://" in chunk):
        return False
    return ADDRESS.fullmatch(_without_end(chunk.lstrip(OPENING))) is not None


def _ends(chunk: str, address: bool, opens_line: bool, following: str, closes: bool) -> Iterator[int]:
    """The places in the chunk just past a mark that ends a sentence. `closes`: the chunk is a paragraph's last."""
    tail = len(chunk.rstrip(CLOSING))
    follow = following.lstrip(OPENING)
    first = len(_without_end(chunk)) if address else 0
    for mark in MARK.finditer(chunk, first):
        run = mark.group()
        asks = "?" in run or "!" in run
        if mark.end() < tail:
            if asks and chunk[mark.end()].isalnum():
                yield mark.end()
        elif closes or _ends_last(chunk[:tail], run, asks, opens_line, follow, quoted=tail < len(chunk)):
            yield mark.end()


def _ends_last(chunk: str, run: str, asks: bool, opens_line: bool, follow: str, *, quoted: bool) -> bool:
    """Whether the mark at the end of the chunk ends a sentence that `follow` comes after in the same paragraph."""
    fades = not asks and (len(run) > 1 or "…" in run)
    if (quoted or fades) and follow[:1].islower():
        return False
    if asks or fades:
        return True
    word = chunk.lstrip(OPENING)
    if opens_line and LIST_MARKER.fullmatch(word):
        return False
    if ORDINAL.fullmatch(word[:-1]):
        first = WORD.match(follow)
        month = first is not None and word_key(first.group()) in MONTHS
        return not (month or follow[:1].islower() or follow[:1].isdecimal())
    # "HR." is the department and "KL." the association, not "hr." and "kl."
    folded = word.casefold() if not (word.isupper() and len(word) > 2) else ""
    folded = folded.rpartition("/")[2]
    if folded in CLOSING_ABBREVIATIONS:
        return follow[:1].isupper()
    if len(folded) == 2 and folded[0].isalpha() and folded[0] not in "iåø":
        return False
    return folded not in ABBREVIATIONS
