"""Composing an ad: plain values in, sections out, each line with the place it came from. The same in, the same out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from recruit.profiles.ads.phrases import Phrases
from recruit.profiles.ads.shortening import SENTENCE_END, paragraphs, shortened
from recruit.profiles.rules import BULLET

FULL, SHORT = LENGTHS = "full", "short"
SECTIONS = {
    FULL: ("headline", "intro", "post", "leader", "offer", "pay", "apply"),
    SHORT: ("headline", "intro", "leader", "apply"),
}
# Where a line came from; "own" is what somebody wrote.
CRITERION, STANDARD, PROFILE, TIMETABLE, CHARTER, FACTS, PHRASE = (
    "criterion", "standard", "profile", "timetable", "charter", "facts", "phrase",
)  # fmt: skip
# Words that an ad takes of a longer text at most. The sections are not weighed against each other: what is written in
# one must not change what another says.
MOST = {
    "purpose": 55, "organisation": 50, "tasks": 65, "success": 45, "competences": 60, "terms": 60, "process": 60,
    "offer": 65, "about": 30, "pay": 45, "application": 60, "contact": 75, "diversity": 30,
}  # fmt: skip
BRIEF = 45
# 46.000 or 52,000: an amount of kroner as it is written in either language.
AMOUNT = re.compile(r"\b\d{2,3}[.,]\d{3}\b")
# What the ad knows from elsewhere and says itself: of these a line with something to fill in is not taken.
SAID_ANYWAY = ("terms", "process")
ADDRESS = re.compile(r"https?://[^\s<>\"]*[^\s<>\".,;:!?)”]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


# What somebody is reached by: a telephone number of eight figures, or a mail address.
REACHED_BY = re.compile(r"(?<!\d)(?:\d{2} ?){3}\d{2}(?!\d)|[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


@dataclass(frozen=True)
class Line:
    """A sentence, or an item of a list. `joined` lines go on in the paragraph of the line before."""

    text: str
    kind: str
    key: str = ""
    item: bool = False
    joined: bool = False


@dataclass(frozen=True)
class Part:
    """A section as it is composed."""

    heading: str
    lines: tuple[Line, ...] = ()

    @property
    def text(self) -> str:
        """As people type it: paragraphs with a blank line between, items with a hyphen."""
        written = ""
        before: Line | None = None
        for line in self.lines:
            said = BULLET + line.text if line.item else line.text
            if before is None:
                written = said
            elif line.joined and not line.item and not before.item:
                written += " " + said
            elif line.item and before.item:
                written += "\n" + said
            else:
                written += "\n\n" + said
            before = line
        return written


@dataclass(frozen=True)
class Material:
    """All that is known. Dates and amounts stand as the ad's language writes them; empty is not known.

    `criteria` (key, the bank's sentence or None) in the panel's order; `sections` the profile's texts, `standard` the
    organisation's; `interviews` (code, when).
    """

    title: str
    organisation: str
    charter: str
    role: str
    language: str
    tone: str
    criteria: Sequence[tuple[str, str | None]] = ()
    sections: Mapping[str, str] = field(default_factory=dict)
    standard: Mapping[str, str] = field(default_factory=dict)
    deadline: str = ""
    start: str = ""
    interviews: Sequence[tuple[str, str]] = ()
    apply_at: str = ""
    workplace: str = ""
    pay: tuple[str, str] = ("", "")
    address: str = ""


def compose(material: Material, phrases: Phrases, length: str) -> dict[str, Part]:
    """Every section of an ad of this length, by key, in order."""
    return {key: _Composer(material, phrases, length).part(key) for key in SECTIONS[length]}


def within_sentence(title: str, names: Iterable[str]) -> str:
    """A post's title as it stands inside a sentence: ”Leder af Havhuset” as ”leder af Havhuset”.

    Abbreviations (HR-chef) and a first word that is part of one of `names` keep their capital letter.
    """
    first = re.split(r"[\s-]", title, maxsplit=1)[0]
    is_name = any(first.casefold() in name.casefold().split() for name in names)
    if is_name or not first[:1].isupper() or first[1:] != first[1:].lower() or len(first) == 1:
        return title
    return title[0].lower() + title[1:]


def fill(phrase: str, values: Mapping[str, str]) -> str:
    """Puts each value in its place, once: a value that holds braces is not read as a place."""
    return re.sub(r"\{(\w+)\}", lambda place: values.get(place[1], place[0]), phrase)


class _Composer:
    def __init__(self, material: Material, phrases: Phrases, length: str) -> None:
        self.known, self.phrases, self.length = material, phrases, length

    def part(self, key: str) -> Part:
        heading = self.phrases.headings.get(key)
        lines = tuple(getattr(self, f"_{key}")())
        return Part(heading.within(self.known.tone, self.known.language) if heading else "", lines)

    def said(
        self,
        name: str,
        kind: str = PHRASE,
        key: str = "",
        *,
        joined: bool = False,
        values: Mapping[str, str] | None = None,
    ) -> Line:
        phrase = self.phrases.sentences[name].within(self.known.tone, self.known.language)
        return Line(fill(phrase, values or {}), kind, key, joined=joined)

    def source(self, kind: str, key: str) -> str:
        return (self.known.sections if kind == PROFILE else self.known.standard).get(key, "")

    def taken(self, kind: str, key: str, *, intro: str = "", words: int = 0, text: str | None = None) -> Iterator[Line]:
        """A text of the profile or the organisation, or what is given of it as `text`, cut after a whole sentence or
        item. `intro` opens a bare list."""
        lines = shortened(
            self.source(kind, key) if text is None else text,
            words or MOST[key],
            whole_lists=key == "organisation",
            only_filled=key in SAID_ANYWAY,
        )
        if intro and lines and lines[0][0]:
            yield self.said(intro)
        for is_item, is_joined, text in lines:
            yield Line(text, kind, key, item=is_item, joined=is_joined)

    def _headline(self) -> Iterator[Line]:
        yield self.said("headline", values=self._names())

    def _intro(self) -> Iterator[Line]:
        yield self.said("opening", values=self._names())
        yield from self.taken(PROFILE, "purpose", words=0 if self.length == FULL else BRIEF)

    def _post(self) -> Iterator[Line]:
        # What the profile says with the organisation's standard text, the ad says by that text in another section.
        about = paragraphs(self.source(STANDARD, "about"))
        own = [text for text in paragraphs(self.source(PROFILE, "organisation")) if text not in about]
        organisation = list(self.taken(PROFILE, "organisation", text="\n\n".join(own)))
        tasks = list(self.taken(PROFILE, "tasks", intro="tasks"))
        role = self.phrases.roles.get(self.known.role)
        if role and not (organisation and tasks):
            yield Line(role.within(self.known.tone, self.known.language), PHRASE, "role")
        yield from organisation
        yield from tasks or self.taken(PROFILE, "success", intro="success")

    def _leader(self) -> Iterator[Line]:
        yield self.said(
            "charter", CHARTER, values={"charter": self.known.charter, "organisation": self.known.organisation}
        )
        for key, sentence in self.known.criteria:
            if sentence:
                yield Line(sentence, CRITERION, key, item=True)
        if self.length == FULL:
            yield self.said("same_for_all")
            yield from self.taken(PROFILE, "competences", intro="competences")

    def _offer(self) -> Iterator[Line]:
        yield from self.taken(STANDARD, "offer")
        yield from self.taken(STANDARD, "about")

    def _pay(self) -> Iterator[Line]:
        own = list(self.taken(PROFILE, "terms"))
        if not any(AMOUNT.search(line.text) for line in own):
            yield from self._pay_expected()
        yield from own or self.taken(STANDARD, "pay")
        dates = []
        if self.known.start:
            dates.append(self.said("start", TIMETABLE, "start", values={"start": self.known.start}))
        if self.known.workplace:
            dates.append(
                self.said("workplace", FACTS, "workplace", joined=bool(dates), values={"address": self.known.workplace})
            )
        yield from dates

    def _pay_expected(self) -> Iterator[Line]:
        """The expected pay as it is known, else what the profile says of an amount."""
        low, high = self.known.pay
        if low and high and low != high:
            yield self.said("pay_range", FACTS, "pay", values={"low": low, "high": high})
        elif low:
            yield self.said("pay_from", FACTS, "pay", values={"low": low})
        else:
            terms = SENTENCE_END.split(" ".join(self.known.sections.get("terms", "").split()))
            yield from [Line(sentence, PROFILE, "terms") for sentence in terms if AMOUNT.search(sentence)][:1]

    def _apply(self) -> Iterator[Line]:
        address = self.known.apply_at
        if address:
            name = "apply_mail" if "@" in address and "://" not in address else "apply_page"
            yield self.said(name, FACTS, "apply_at", values={"address": address})
        if self.known.deadline:
            yield self.said(
                "deadline", TIMETABLE, "deadline", joined=bool(address), values={"deadline": self.known.deadline}
            )
        if self.length == SHORT:
            yield from self._pay_expected()
            yield self.said("more", FACTS, "address", values={"address": self.known.address})
            yield from self._contact(BRIEF)
            return
        yield from self.taken(STANDARD, "application")
        for place, (code, when) in enumerate(self.known.interviews):
            yield self.said(code, TIMETABLE, code, joined=place > 0, values={"when": when})
        if not self.known.deadline:
            yield from self.taken(PROFILE, "process")
        yield from self._contact()
        yield from self.taken(STANDARD, "diversity")

    def _contact(self, words: int = 0) -> Iterator[Line]:
        """Where there is no room for everything, the one who can be reached stands before the words of welcome."""
        kind = PROFILE if self.source(PROFILE, "contact").strip() else STANDARD
        lines = list(self.taken(kind, "contact", words=words))
        if not any(REACHED_BY.search(line.text) for line in lines):
            reached = [text for text in paragraphs(self.source(kind, "contact")) if REACHED_BY.search(text)]
            lines = list(self.taken(kind, "contact", words=words, text="\n\n".join(reached))) or lines
        yield from lines

    def _names(self) -> dict[str, str]:
        known = self.known
        return {
            "title": known.title,
            "post": within_sentence(known.title, [known.organisation]),
            "organisation": known.organisation,
        }


def whole_text(parts: Iterable[tuple[str, str, str]]) -> tuple[str, list[tuple[int, str]]]:
    """The ad as one text, and where each section begins: parts (key, heading, text) in order."""
    written, begins = "", []
    for key, heading, text in parts:
        if not text:
            continue
        written += "\n\n" if written else ""
        begins.append((len(written), key))
        written += "\n\n".join(piece for piece in (heading, text) if piece)
    return written, begins


def section_at(begins: Sequence[tuple[int, str]], place: int) -> str:
    """The section that a place of the whole text stands in."""
    return next((key for start, key in reversed(begins) if start <= place), "")
