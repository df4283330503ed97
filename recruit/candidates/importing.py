"""Applicants from a spreadsheet: read, checked row by row, and added. Nothing but name and e-mail is kept."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from recruit.accounts.models import Person
from recruit.accounts.rules import is_email, same_email
from recruit.audit import record
from recruit.candidates.columns import Columns, left_out, names_cpr
from recruit.candidates.cpr import holds_cpr, lost_its_zero
from recruit.candidates.models import Candidate
from recruit.candidates.rules import MAX_CANDIDATES
from recruit.candidates.service import check_room, load_candidates, next_number
from recruit.candidates.spreadsheets import Grid, column_name
from recruit.errors import RuleBroken
from recruit.extensions import db
from recruit.recruitments.models import Recruitment
from recruit.recruitments.service import hold_list
from recruit.web.forms import LINE_LIMIT, unwritable

MOST_ROWS = MAX_CANDIDATES
NAMED_PLACES = 5
CARRIED_CELL = LINE_LIMIT + 100  # characters: a longer name is still seen to be too long


@dataclass(frozen=True, slots=True)
class Table:
    """What may be read of a file: headings, and rows with their numbers in the file. `dropped`: {heading: reason}."""

    headings: list[str]
    rows: list[tuple[int, list[str]]]
    dropped: dict[str, str]
    other_sheets: bool


@dataclass(frozen=True, slots=True)
class Applicant:
    row: int
    name: str
    email: str


def check_cpr(sheets: Sequence[Grid], today: date) -> None:
    """Raises RuleBroken, with the places and never the numbers, when a CPR number stands anywhere in the file."""
    places = []
    for number, grid in enumerate(sheets, 1):
        known: dict[str, bool] = {}
        headings = _headings(grid)
        meant = {place for place, heading in enumerate(headings[1]) if names_cpr(heading)}
        for row, cells in enumerate(grid, 1):
            for place, cell in enumerate(cells):
                if cell not in known:
                    known[cell] = holds_cpr(cell, today) or lost_its_zero(cell, today)
                if known[cell] or (cell and place in meant and row > headings[0]):
                    places.append(_place(row, place, number if len(sheets) > 1 else None))
    if places:
        listed = "; ".join(places[:NAMED_PLACES]) + (" …" if len(places) > NAMED_PLACES else "")
        raise RuleBroken(
            _("Der er cpr-numre i filen: %(places)s. Intet er læst ind. Slet dem, og prøv igen.", places=listed)
        )


def _place(row: int, place: int, sheet: int | None) -> str:
    if sheet:
        return _("ark %(sheet)s, række %(row)s, kolonne %(column)s", sheet=sheet, row=row, column=column_name(place))
    return _("række %(row)s, kolonne %(column)s", row=row, column=column_name(place))


def _headings(grid: Grid) -> tuple[int, list[str]]:
    """The number of the first row with anything in it, and its cells; (0, []) for an empty sheet."""
    return next(((number, cells) for number, cells in enumerate(grid, 1) if any(cells)), (0, []))


def as_table(sheets: Sequence[Grid], today: date) -> Table:
    """The first sheet without the columns that must not be read. Raises RuleBroken when it cannot be used."""
    check_cpr(sheets, today)
    grid = sheets[0] if sheets else []
    first, headings = _headings(grid)
    rows = [(number, cells) for number, cells in enumerate(grid, 1) if number > first and any(cells)]
    if not rows:
        raise RuleBroken(_("Filen har ingen ansøgere. Første række skal være overskrifter, og hver ansøger en række."))
    if any(is_email(cell) for cell in headings):
        raise RuleBroken(_("Første række ligner en ansøger. Den skal være overskrifter, for eksempel Navn og E-mail."))
    if len(rows) > MOST_ROWS:
        raise RuleBroken(_("Filen har %(rows)s ansøgere. Højst %(most)s ad gangen.", rows=len(rows), most=MOST_ROWS))
    width = max(len(headings), *(len(cells) for _number, cells in rows))
    headings = [*headings, *[""] * (width - len(headings))]
    dropped = {heading: reason for heading in headings if (reason := left_out(heading))}
    kept = [
        place
        for place, heading in enumerate(headings)
        if heading not in dropped and (heading or any(place < len(cells) and cells[place] for _number, cells in rows))
    ]
    return Table(
        [headings[place] or _("Kolonne %(name)s", name=column_name(place)) for place in kept],
        [
            (number, [cells[place][:CARRIED_CELL] if place < len(cells) else "" for place in kept])
            for number, cells in rows
        ],
        dropped,
        any(any(map(any, grid)) for grid in sheets[1:]),
    )


def check_columns(columns: Columns, width: int) -> None:
    """Raises RuleBroken when the chosen columns cannot be these."""
    chosen = [place for place in (columns.name, columns.surname, columns.email) if place is not None]
    if columns.name is None:
        raise RuleBroken(_("Vælg den kolonne, navnet står i."))
    if any(not 0 <= place < width for place in chosen) or len(set(chosen)) < len(chosen):
        raise RuleBroken(_("Den samme kolonne kan ikke bruges to gange."))


def check_rows(
    rows: Sequence[tuple[int, Sequence[str]]], columns: Columns, taken: Mapping[str, str]
) -> tuple[list[Applicant], list[tuple[int, str]]]:
    """The applicants that can be added, and what is wrong with the other rows: (number, sentence).

    `taken`: the ref of who has an e-mail already. `columns` as `check_columns` passed them.
    """
    good: list[Applicant] = []
    bad: list[tuple[int, str]] = []
    seen: dict[str, int] = {}
    for number, cells in rows:
        parts = [cells[place] for place in (columns.name, columns.surname) if place is not None]
        name = " ".join(part for part in parts if part)
        email = same_email(cells[columns.email].removeprefix("mailto:")) if columns.email is not None else ""
        sentence = _fault(name, email, taken, seen)
        if sentence:
            bad.append((number, sentence))
        else:
            good.append(Applicant(number, name, email))
        if email:
            seen.setdefault(email, number)
    return good, bad


def _fault(name: str, email: str, taken: Mapping[str, str], seen: Mapping[str, int]) -> str | None:
    if not name:
        return _("Navnet mangler.")
    if len(name) > LINE_LIMIT:
        return _("Navnet er på mere end %(limit)s tegn.", limit=LINE_LIMIT)
    if unwritable(name) or unwritable(email):
        return _("Teksten har et skjult styretegn, som ikke kan gemmes.")
    if email and not is_email(email):
        return _("”%(email)s” er ikke en e-mailadresse.", email=email[:80])
    if email in seen:
        return _("E-mailen står også i række %(row)s.", row=seen[email])
    if email and email in taken:
        return _("E-mailen står allerede på listen, ved %(ref)s.", ref=taken[email])
    return None


def taken_emails(candidates: Collection[Candidate]) -> dict[str, str]:
    """The ref of who has an e-mail, by e-mail."""
    return {candidate.email: candidate.ref for candidate in candidates if candidate.email}


def add_applicants(recruitment: Recruitment, applicants: Sequence[Applicant], *, actor: Person) -> list[Candidate]:
    """Adds them with the next refs. Raises RuleBroken when there is no room for all.

    Who gets which ref is drawn by lot: a file is often sorted by name, and so is the list on which members declare.
    """
    hold_list(recruitment)  # so that two who import at once get refs of their own
    existing = load_candidates(recruitment)
    check_room(len(existing) + len(applicants))
    number = next_number(existing)
    drawn = secrets.SystemRandom().sample(applicants, len(applicants))
    added = [
        Candidate(recruitment_id=recruitment.id, ref=f"K{number + place}", name=item.name, email=item.email)
        for place, item in enumerate(drawn)
    ]
    db.session.add_all(added)
    db.session.flush()
    for candidate in added:
        record("candidate.added", actor.id, recruitment.id, candidate=candidate.id)
    record("candidates.imported", actor.id, recruitment.id, count=len(added))
    return added
