"""Who asks the questions of a guide."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _
from sqlalchemy import select

from recruit.accounts.models import Person
from recruit.audit import record
from recruit.errors import RuleBroken
from recruit.extensions import db
from recruit.questions.guide import askers, load_guide
from recruit.questions.models import GuideQuestion
from recruit.questions.rules import share_out
from recruit.recruitments.models import Recruitment, Round
from recruit.recruitments.service import hold


def give_to(
    recruitment: Recruitment, round_: Round, row: GuideQuestion, person_id: int | None, *, actor: Person
) -> None:
    """Says who asks a question; None takes it away. Until the reveal, and no amendment: the question is the same.

    Raises RuleBroken for somebody who is not, or no longer, on the panel.
    """
    _check_not_revealed(round_)
    if person_id is not None and person_id not in [each for each, _name in askers(recruitment)]:
        raise RuleBroken(_("Vælg et medlem af udvalget på listen."))
    if row.asker_id != person_id:
        row.asker_id = person_id
        record("guide.asker_set", actor.id, recruitment.id, round=round_.number, question=row.id, person=person_id)


def share_questions(recruitment: Recruitment, round_: Round, *, actor: Person) -> None:
    """Shares the questions that nobody on the panel asks out evenly, by minutes. Raises RuleBroken without a panel."""
    _check_not_revealed(round_)
    people = [person_id for person_id, _name in askers(recruitment)]
    if not people:
        raise RuleBroken(_("Sæt udvalget, før spørgsmålene fordeles."))
    rows = load_guide(round_)
    asked = [(row.minutes, row.asker_id if row.asker_id in people else None) for row in rows]
    for row, person_id in zip(rows, share_out(asked, people), strict=True):
        row.asker_id = person_id
    record("guide.questions_shared", actor.id, recruitment.id, round=round_.number)


def _check_not_revealed(round_: Round) -> None:
    hold(round_)
    if round_.revealed_at:
        raise RuleBroken(_("Runden er afsløret. Hvem der spurgte, kan ikke længere ændres."))


def asker_names(rows: Sequence[GuideQuestion]) -> dict[int, str]:
    """The names of all who ask, by person id, whether or not they are still on the panel; one query."""
    ids = {row.asker_id for row in rows if row.asker_id is not None}
    found = db.session.execute(select(Person.id, Person.name).where(Person.id.in_(ids)))
    return {row[0]: row[1] for row in found}
