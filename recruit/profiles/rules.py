"""The sections of a job profile (job- og kompetenceprofil), in the order municipalities write them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from flask_babel import lazy_gettext as _l

SECTION_LIMIT = 8_000
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
