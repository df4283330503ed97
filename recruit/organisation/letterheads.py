"""The organisation's letterheads: added, taken into use and out of use, deleted."""

from __future__ import annotations

import re

from flask_babel import lazy_gettext as _l
from sqlalchemy import select, update

from recruit.accounts.models import Person
from recruit.audit import now, record
from recruit.documents import letterhead as made
from recruit.documents import package
from recruit.errors import RuleBroken
from recruit.extensions import db
from recruit.organisation.models import Letterhead

NAME_LIMIT = 120

FAULT_WORDS = {
    package.TOO_LARGE: _l("Filen er større end 5 MB. Gør billederne i den mindre, og prøv igen."),
    package.BOMB: _l(
        "Filen bliver alt for stor, når den pakkes ud. Lav brevpapiret i en ny, tom fil, og prøv med den."
    ),
    package.PROTECTED: _l(
        "Filen har en adgangskode eller er i det gamle Word-format. Gem den som .docx uden adgangskode."
    ),
    package.NOT_WORD: _l("Filen er ikke et Word-dokument (.docx)."),
    package.UNREADABLE: _l("Filen kan ikke læses. Åbn den i Word, gem den igen som .docx, og prøv med den nye."),
    package.ACTIVE: _l(
        "Filen har makroer eller indlejrede objekter, der kan køre. Gem den som et almindeligt Word-dokument uden dem."
    ),
    package.EXTERNAL: _l(
        "Sidehovedet eller sidefoden henter et billede fra en anden fil eller fra nettet. "
        "Sæt billedet ind i filen selv."
    ),
    package.TAG: _l(
        "Sidehovedet eller sidefoden har en flettekode, ”%(detail)s”. Skriv det, der skal stå, eller slet koden."
    ),
    package.OBJECT: _l(
        "Sidehovedet eller sidefoden har noget, vi ikke kan tage med, for eksempel et diagram. "
        "Sæt det ind som billede (PNG eller JPG)."
    ),
    package.PICTURE: _l(
        "Et billede i sidehovedet eller sidefoden er alt for stort. "
        "Gør det mindre, højst 2.000 billedpunkter på hver led."
    ),
    package.NARROW: _l(
        "Papiret og margenerne giver for lidt plads. Der skal være mindst 9 cm i bredden og 14 cm i højden til tekst."
    ),
    package.STRICT_FORMAT: _l("Filen er gemt som Strict Open XML. Gem den som et almindeligt Word-dokument (.docx)."),
}
REPAIR_WORDS = {
    made.EMPTY: _l("Filen har intet i sidehoved eller sidefod. Sæt logo og adresse ind der, hvis de skal med."),
    made.BODY: _l(
        "Det, der står på selve siden, er ikke taget med. Brevpapiret er sidehoved, sidefod, margener og typografier."
    ),
    made.STYLES: _l(
        "Filen mangler typografier til titel eller overskrifter. Vi bruger vores egne i filens skrift og farve."
    ),
    made.LINKS: _l("Henvisninger til skabeloner og filer uden for dokumentet er ikke taget med."),
    made.FIELDS: _l("Felter, der slår noget op andre steder, er gjort til almindelig tekst."),
    made.FONTS: _l("Skrifttyper inde i filen er ikke taget med. De bliver vist, når læseren selv har dem."),
}


def all_letterheads() -> list[Letterhead]:
    """The letterheads without their content, the newest first; one query."""
    return list(db.session.scalars(select(Letterhead).order_by(Letterhead.id.desc())))


def in_use(rows: list[Letterhead]) -> Letterhead | None:
    """The one that documents come out on."""
    used = [row for row in rows if row.used_since is not None]
    return max(used, key=lambda row: (row.used_since, row.id), default=None)


def add_letterhead(name: str, content: bytes, *, actor: Person) -> Letterhead:
    """Takes a file over and into use. Raises RuleBroken with one sentence when it cannot be used."""
    try:
        prepared = made.prepare(content)
    except package.FaultyLetterhead as fault:
        raise RuleBroken(str(FAULT_WORDS[fault.code]) % {"detail": fault.detail}) from fault
    row = Letterhead(
        name=_safe_name(name),
        size=len(prepared.content),
        content=prepared.content,
        repairs=list(prepared.repairs),
        added_by_id=actor.id,
        added_at=now(),
    )
    db.session.add(row)
    db.session.flush()
    record("letterhead.added", actor.id, letterhead=row.id)
    use_letterhead(row, actor=actor)
    return row


def use_letterhead(row: Letterhead, *, actor: Person) -> None:
    """From now on documents come out on this one."""
    db.session.execute(update(Letterhead).where(Letterhead.id != row.id).values(used_since=None))
    row.used_since = now()
    record("letterhead.used", actor.id, letterhead=row.id)


def use_none(*, actor: Person) -> None:
    """From now on documents come out in the product's own look. The letterheads are kept."""
    if in_use(all_letterheads()) is None:
        return
    db.session.execute(update(Letterhead).values(used_since=None))
    record("letterhead.unused", actor.id)


def delete_letterhead(row: Letterhead, *, actor: Person) -> None:
    """Raises RuleBroken for the one in use."""
    if row.used_since is not None:
        raise RuleBroken(_l("Brevpapiret er i brug. Tag det ud af brug, før du sletter det."))
    record("letterhead.deleted", actor.id, letterhead=row.id)
    db.session.delete(row)


def _safe_name(name: str) -> str:
    """The file's own name without folders, ending and signs that are not shown."""
    last = re.split(r"[/\\]", name)[-1]
    plain = "".join(sign for sign in last if sign.isprintable())
    return re.sub(r"\.(docx|dotx)$", "", plain, flags=re.IGNORECASE).strip()[:NAME_LIMIT] or "brevpapir"
