"""Practising together before the first interview: fictional answers that each member rates alone.

What one member chose goes to nobody by name: others get counts, after their own choice, and never of one member alone.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import func, select

from recruit.accounts.models import Person
from recruit.audit import now, record
from recruit.candidates.impartiality import load_standings
from recruit.candidates.rules import is_disqualified
from recruit.charter.service import charters
from recruit.errors import RuleBroken
from recruit.extensions import db
from recruit.panel.models import PanelMember
from recruit.questions.bank import CalibrationAnswer
from recruit.questions.service import bank_of
from recruit.recruitments.models import Criterion, Recruitment
from recruit.recruitments.service import hold
from recruit.scoring.models import CalibrationRating, Scorecard
from recruit.scoring.rules import SCORES, practice_answers, shown_spread


@dataclass(frozen=True)
class PracticeAnswer:
    """One answer to practise on. `number` is its place among the answers of its criterion in the bank, from 1."""

    criterion: Criterion
    number: int
    answer: CalibrationAnswer

    @property
    def id(self) -> tuple[str, int]:
        return self.criterion.key, self.number


@dataclass(frozen=True)
class Spread:
    """How the others chose: `counts` by level, over `shown` of the `others` who have rated the answer."""

    counts: dict[int, int]
    others: int

    @property
    def shown(self) -> int:
        return sum(self.counts.values())


def answers_to_practise(recruitment: Recruitment) -> list[PracticeAnswer]:
    """The same two or three for everybody on the panel; none while nothing is locked, or when the bank has none."""
    if not recruitment.criteria_locked_at or recruitment.charter not in charters():
        return []
    entries = bank_of(recruitment.charter).entries
    heaviest = sorted(recruitment.criteria, key=lambda item: (-item.weight, item.position))
    criteria = {item.key: item for item in heaviest if item.key in entries}
    chosen = practice_answers([(key, [answer.level for answer in entries[key].calibration]) for key in criteria])
    return [PracticeAnswer(criteria[key], number, entries[key].calibration[number - 1]) for key, number in chosen]


def own_choices(member: PanelMember) -> dict[tuple[str, int], int]:
    """What the member chose, by `PracticeAnswer.id`; one query. For that member's eyes."""
    rows = db.session.scalars(select(CalibrationRating).where(CalibrationRating.member_id == member.id))
    return {(row.key, row.answer): row.score for row in rows}


def choose_level(
    recruitment: Recruitment, member: PanelMember, answer: PracticeAnswer, score: int, *, actor: Person
) -> None:
    """Keeps the member's level 1–5 of an answer. It stays: afterwards the member knows what was intended."""
    if isinstance(score, bool) or score not in SCORES:
        raise RuleBroken(_("En vurdering er et helt tal fra 1 til 5."))
    hold(*recruitment.rounds)
    if answer.id in own_choices(member):
        return  # a double click, or a second window
    key, number = answer.id
    db.session.add(CalibrationRating(member_id=member.id, key=key, answer=number, score=score, rated_at=now()))
    record("calibration.rated", actor.id, recruitment.id, member=member.id, criterion=key, answer=number)


def spread(recruitment: Recruitment, member: PanelMember, answer: PracticeAnswer) -> Spread:
    """How the others chose, without names, for a member who has chosen; two queries.

    What a disqualified member chose counts in nothing (rule 7).
    """
    key, number = answer.id
    rows = db.session.execute(
        select(CalibrationRating.member_id, CalibrationRating.score)
        .join(PanelMember, PanelMember.id == CalibrationRating.member_id)
        .where(
            PanelMember.recruitment_id == recruitment.id,
            CalibrationRating.key == key,
            CalibrationRating.answer == number,
        )
        .order_by(CalibrationRating.rated_at, CalibrationRating.id)
    ).all()
    if member.id not in {row[0] for row in rows}:
        raise RuleBroken(_("Vælg først selv et niveau."))
    standings = load_standings(recruitment)
    others = [
        score for other, score in rows if other != member.id and not is_disqualified(standings.get(other, {}).values())
    ]
    return Spread(shown_spread(others), len(others))


def who_has_practised(recruitment: Recruitment, answers: Collection[PracticeAnswer]) -> set[int]:
    """The ids of the members who have rated every answer: that they have, never what they chose. One query."""
    rows = db.session.execute(
        select(CalibrationRating.member_id, CalibrationRating.key, CalibrationRating.answer)
        .join(PanelMember, PanelMember.id == CalibrationRating.member_id)
        .where(PanelMember.recruitment_id == recruitment.id)
    )
    rated = {(member, (key, number)) for member, key, number in rows}
    return {member for member, _id in rated if all((member, answer.id) in rated for answer in answers)}


def practice_waits(recruitment: Recruitment, member: PanelMember) -> bool:
    """Whether a member who has not handed in a scorecard yet has answers left to practise on; two queries."""
    answers = answers_to_practise(recruitment)
    chosen = own_choices(member)
    handed_in = db.session.scalar(
        select(func.count(Scorecard.id)).where(Scorecard.member_id == member.id, Scorecard.submitted_at.is_not(None))
    )
    return not handed_in and any(answer.id not in chosen for answer in answers)
