"""A recruitment's life: created, changed, its rounds planned, later changes noted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from recruit.accounts.models import Person
from recruit.audit import now, record
from recruit.charter.models import Charter
from recruit.charter.service import EXTENSION, charters
from recruit.datafiles import Localised
from recruit.errors import RuleBroken
from recruit.extensions import db
from recruit.recruitments.models import Amendment, Criterion, Recruitment, Round
from recruit.recruitments.rules import check_minutes


def load_recruitment(recruitment_id: int) -> Recruitment | None:
    """The recruitment with its criteria and rounds, in four queries whatever their number."""
    return db.session.scalar(
        select(Recruitment)
        .where(Recruitment.id == recruitment_id)
        .options(
            selectinload(Recruitment.criteria),
            selectinload(Recruitment.rounds).selectinload(Round.chosen_criteria),
        )
    )


def charter_of(recruitment: Recruitment) -> Charter:
    """Raises RuleBroken when the charter's folder has gone since the recruitment was made."""
    charter = current_app.extensions[EXTENSION].get(recruitment.charter)
    if charter is None:
        raise RuleBroken(_("Ledelsesgrundlaget ”%(name)s” er ikke installeret.", name=recruitment.charter))
    return charter


def criterion_text(charter: Charter, criterion: Criterion) -> Localised:
    """The statement, or the area's heading: as frozen at the lock, else as the charter has it."""
    if criterion.frozen:
        return Localised.model_validate(criterion.frozen["text"])
    found = charter.find(criterion.key)
    if found is None:
        return Localised(da=criterion.key, en=criterion.key)
    return found[1].text


def round_criteria(recruitment: Recruitment, round_: Round) -> list[Criterion]:
    """The criteria that are rated in a round: its own choice, else all of them."""
    return list(round_.chosen_criteria or recruitment.criteria)


def create_recruitment(
    *,
    charter_id: str,
    title: str,
    role: str,
    department: str,
    case_number: str,
    language: str,
    superior: str = "",
    posts: int = 1,
    starts_on: date | None = None,
    actor: Person | None,
) -> Recruitment:
    """A recruitment without criteria, panel or rounds. Raises RuleBroken for an unknown charter or role."""
    charter = charters().get(charter_id)
    if charter is None:
        raise RuleBroken(_("Ledelsesgrundlaget ”%(name)s” er ikke installeret.", name=charter_id))
    if charter.role(role) is None:
        raise RuleBroken(_("Lederrollen ”%(role)s” findes ikke i ledelsesgrundlaget.", role=role))
    recruitment = Recruitment(
        charter=charter_id,
        title=title,
        role=role,
        department=department,
        case_number=case_number,
        language=language,
        superior=superior,
        posts=posts,
        starts_on=starts_on,
        created_at=now(),
    )
    db.session.add(recruitment)
    db.session.flush()
    record("recruitment.created", actor.id if actor else None, recruitment.id)
    return recruitment


def change_recruitment(
    recruitment: Recruitment,
    *,
    title: str,
    role: str,
    department: str,
    case_number: str,
    language: str,
    superior: str,
    posts: int = 1,
    actor: Person,
) -> None:
    if charter_of(recruitment).role(role) is None:
        raise RuleBroken(_("Lederrollen ”%(role)s” findes ikke i ledelsesgrundlaget.", role=role))
    recruitment.title, recruitment.role, recruitment.department = title, role, department
    recruitment.case_number, recruitment.language, recruitment.superior = case_number, language, superior
    recruitment.posts = posts
    record("recruitment.changed", actor.id, recruitment.id)


def amend(
    recruitment: Recruitment, *, part: str, subject: str, before: str, after: str, reason: str, actor: Person
) -> None:
    db.session.add(
        Amendment(
            recruitment_id=recruitment.id,
            at=now(),
            person_id=actor.id,
            part=part,
            subject=subject,
            before=before,
            after=after,
            reason=reason.strip(),
        )
    )


def amendments(recruitment: Recruitment) -> Sequence[tuple[Amendment, str]]:
    """What was changed after the lock, oldest first, each with the name of who changed it."""
    rows = db.session.execute(
        select(Amendment, Person.name)
        .outerjoin(Person, Person.id == Amendment.person_id)
        .where(Amendment.recruitment_id == recruitment.id)
        .order_by(Amendment.id)
    )
    return [(amendment, name or "") for amendment, name in rows]


def add_round(
    recruitment: Recruitment,
    *,
    name: str,
    minutes: int,
    criteria: Sequence[Criterion] = (),
    number: int | None = None,
    actor: Person | None,
) -> Round:
    """A round with the next number (or the one given by a case file). Raises RuleBroken."""
    check_minutes(minutes)
    taken = {round_.number for round_ in recruitment.rounds}
    number = number or max(taken, default=0) + 1
    if number in taken:
        raise RuleBroken(_("Runde %(number)s findes allerede.", number=number))
    round_ = Round(number=number, name=name, minutes=minutes, chosen_criteria=list(criteria))
    recruitment.rounds.append(round_)
    db.session.flush()
    record("round.added", actor.id if actor else None, recruitment.id, round=number)
    return round_


def change_round(
    recruitment: Recruitment, round_: Round, *, name: str, minutes: int, criteria: Sequence[Criterion], actor: Person
) -> None:
    """Raises RuleBroken when the round is locked."""
    if round_.locked_at:
        raise RuleBroken(_("Runden er låst. Navn, tid og kriterier ligger fast."))
    check_minutes(minutes)
    round_.name, round_.minutes = name, minutes
    round_.chosen_criteria = [] if len(criteria) == len(recruitment.criteria) else list(criteria)
    record("round.changed", actor.id, recruitment.id, round=round_.number)


def remove_round(recruitment: Recruitment, round_: Round, *, actor: Person) -> None:
    if round_.locked_at:
        raise RuleBroken(_("Runden er låst og kan ikke slettes."))
    recruitment.rounds.remove(round_)
    record("round.removed", actor.id, recruitment.id, round=round_.number)


def hold(*rounds: Round) -> None:
    """Holds the rounds' rows until the commit, so that nothing changes hands with a lock or a reveal in between.

    SQLite has one writer at a time and ignores the clause.
    """
    ids = [round_.id for round_ in rounds]
    db.session.execute(select(Round.id).where(Round.id.in_(ids)).order_by(Round.id).with_for_update())
    for round_ in rounds:
        db.session.refresh(round_, ["revealed_at", "locked_at", "version"])


def hold_list(recruitment: Recruitment) -> None:
    """Two who add to a list of the recruitment's people at once come one after the other. SQLite ignores the clause."""
    row = select(Recruitment.id).where(Recruitment.id == recruitment.id)
    db.session.execute(row.with_for_update(key_share=True))
