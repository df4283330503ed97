"""The sections of a job profile (job- og kompetenceprofil), in the order municipalities write them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import groupby

from flask_babel import lazy_gettext as _l

SECTION_LIMIT = 8_000
# What became of a section in its history.
WRITTEN_BY_HAND, RESTORED, AMENDED = "written", "restored", "amended"
WHAT = {
    WRITTEN_BY_HAND: _l("Skrevet"),
    RESTORED: _l("Taget frem igen"),
    AMENDED: _l("Ændret efter låsen"),
}
# What one person writes with pauses shorter than this, and not for longer than that, is one entry of the history.
PAUSE, LONGEST = timedelta(minutes=5), timedelta(minutes=20)
MUCH = 0.8  # of a text: when less of it is left, what was there before stays readable
DRAFT, APPROVED, CHANGED, LOCKED = "draft", "approved", "changed", "locked"
BULLET = "- "


@dataclass(frozen=True)
class Section:
    """One section: its key, heading, and what belongs in it. `written` is False where the product writes it itself."""

    key: str
    heading: object
    hint: object
    written: bool = True


SECTIONS = (
    Section("background", _l("Indledning og baggrund"), _l("Hvorfor er stillingen ledig, og hvad skal den nu?")),
    Section(
        "organisation", _l("Organisationen"), _l("Hvor hører stillingen til, hvor mange ledes, hvem refereres til?")
    ),
    Section(
        "purpose", _l("Formål med stillingen"), _l("Hvad er anderledes for borgerne, når stillingen er løst godt?")
    ),
    Section(
        "tasks", _l("Opgaver og ansvar"), _l("De vigtigste opgaver og ansvaret for økonomi, personale og faglighed.")
    ),
    Section("success", _l("Succeskriterier"), _l("Hvad skal være nået efter 12 til 18 måneder?")),
    Section(
        "competences",
        _l("Kompetencer"),
        _l("Faglige og personlige. Skil det, lederen skal kunne, fra det, der er en fordel."),
    ),
    Section("leader_profile", _l("Lederprofil"), _l("Skrives af de kriterier, I har valgt i huset."), written=False),
    Section("terms", _l("Løn- og ansættelsesvilkår"), _l("Løn eller lønramme, overenskomst, tiltrædelse.")),
    Section("process", _l("Proces og tidsplan"), _l("Ansøgningsfrist, samtaler, test, beslutning.")),
    Section("contact", _l("Kontakt"), _l("Hvem kan ansøgere ringe til?")),
)
SECTION_KEYS = tuple(section.key for section in SECTIONS)
WRITTEN = tuple(section.key for section in SECTIONS if section.written)


def blocks(text: str) -> Iterator[tuple[bool, list[str]]]:
    """Text as people type it: paragraphs and lists in their order, each as (whether it is a list, its lines).

    A blank line parts paragraphs; lines that begin with a hyphen are a list.
    """

    def kind(line: str) -> str:
        return "" if not line else "list" if line.startswith(BULLET) else "text"

    for found, lines in groupby((line.strip() for line in text.splitlines()), key=kind):
        if found:
            yield found == "list", [line.removeprefix(BULLET).strip() for line in lines]


def in_order(order: str) -> list[Section]:
    """The sections in the order somebody has put them; those it does not name, in the usual order, at the end."""
    by_key = {section.key: section for section in SECTIONS}
    named = [by_key[key] for key in dict.fromkeys(order.split()) if key in by_key]
    return [*named, *(section for section in SECTIONS if section not in named)]


def moved(keys: Sequence[str], key: str, *, up: bool) -> list[str]:
    """The order after a section has changed places with its neighbour; the same at the end of the list."""
    order = list(keys)
    place = order.index(key)
    other = place - 1 if up else place + 1
    if 0 <= other < len(order):
        order[place], order[other] = order[other], order[place]
    return order


def goes_on(before: str, after: str, *, same_person: bool, begun: datetime, last: datetime, now: datetime) -> bool:
    """Whether a save goes on with the entry of the history that the last one made, or begins a new one."""
    is_cut = len(after.strip()) < MUCH * len(before.strip())
    return same_person and not is_cut and now - last < PAUSE and now - begun < LONGEST


def fingerprint(texts: Mapping[str, str], order: Sequence[str], criteria: Sequence[tuple[str, str]]) -> str:
    """SHA-256, in hexadecimal, of what an applicant reads: the sections in their order, (key, here) of the criteria."""
    parts = [[key, texts.get(key, "").strip()] for key in order]
    return sha256(repr((parts, [list(item) for item in criteria])).encode()).hexdigest()


def state_of(*, approved: bool, holds: bool, locked: bool) -> str:
    """Draft, approved, changed since it was approved, or locked (whatever else it is)."""
    if locked:
        return LOCKED
    if not approved:
        return DRAFT
    return APPROVED if holds else CHANGED
