"""The interview guide of a round: composed, edited, locked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import func, select

from recruit.accounts.models import Person
from recruit.audit import now, record
from recruit.errors import RuleBroken
from recruit.extensions import db
from recruit.questions.bank import Bank, Question
from recruit.questions.choosing import WeighedCriterion
from recruit.questions.models import GuideQuestion, LocalQuestion
from recruit.questions.rules import Proposal, compose, fitting, fitting_cases
from recruit.questions.service import bank_of, frame_of, freeze, with_local
from recruit.recruitments.models import Criterion, Recruitment, Round
from recruit.recruitments.service import charter_of, criterion_text, hold, round_criteria

# Given by create_app: (recruitment) -> [(person id, name)] of those on the panel who may ask, the chair first.
ASKERS = "recruit_askers"
NOTHING: Mapping[str, str] = MappingProxyType({})


def load_guide(round_: Round) -> list[GuideQuestion]:
    """The questions of a round in their order; one query."""
    rows = db.session.scalars(
        select(GuideQuestion).where(GuideQuestion.round_id == round_.id).order_by(GuideQuestion.position)
    )
    return list(rows)


def askers(recruitment: Recruitment) -> list[tuple[int, str]]:
    """(person id, name) of those who may ask the questions, the chair first; a fixed number of queries."""
    return current_app.extensions[ASKERS](recruitment)


def question_counts(recruitment: Recruitment) -> dict[int, tuple[int, int]]:
    """Number and minutes of questions by round id; one query."""
    rows = db.session.execute(
        select(GuideQuestion.round_id, func.count(), func.sum(GuideQuestion.minutes))
        .join(Round, Round.id == GuideQuestion.round_id)
        .where(Round.recruitment_id == recruitment.id)
        .group_by(GuideQuestion.round_id)
    )
    return {round_id: (count, minutes) for round_id, count, minutes in rows}


@dataclass(frozen=True)
class AtHand:
    """The bank as it is for one round: what may be asked there, and what HR's own questions bring along.

    `used` holds the ids of questions that another round of the recruitment asks, or asks in other words: one of HR's
    that is a copy of a used one, the original of a used copy, another copy of the same.
    """

    recruitment: Recruitment
    round: Round
    bank: Bank
    used: frozenset[str]
    origins: Mapping[str, str]
    kept: Mapping[str, str]

    def like(self, sources: Iterable[str | None]) -> set[str]:
        """The ids of all questions at hand that ask the same as one of these."""
        asked = {self.origins.get(source, source) for source in sources if source}
        return {question_id for question_id in self._ids() if self.origins.get(question_id, question_id) in asked}

    def _ids(self) -> Iterator[str]:
        return (question.id for entry in self.bank.entries.values() for question in entry.questions)

    def suited(self, key: str) -> list[Question]:
        """What fits a criterion in this round, best first, case tasks last, whether or not it is asked already."""
        place = (self.bank, key, self.recruitment.role, self.round.number, ())
        return [*fitting(*place), *fitting_cases(*place)]

    def could_be_asked(self, key: str, guide: Iterable[GuideQuestion]) -> tuple[list[Question], list[Question]]:
        """What is not asked yet about a criterion: what fits, and what is meant for other roles or rounds."""
        asked = self.used | self.like(row.source for row in guide)
        suited = [item for item in self.suited(key) if item.id not in asked]
        entry = self.bank.entries.get(key)
        others = [item for item in (entry.questions if entry else []) if item.id not in asked and item not in suited]
        return suited, others

    def next_for(self, row: GuideQuestion, key: str, guide: Sequence[GuideQuestion]) -> Question | None:
        """What a question is swapped for: the next of all that could stand in its place, round and round.

        What fits comes first, then what is meant for other roles or rounds, and last the case tasks.
        """
        suited, others = self.could_be_asked(key, (other for other in guide if other is not row))
        found = sorted([*suited, *others], key=lambda question: question.kind == "case")
        ids = [question.id for question in found]
        if row.source not in ids:
            return found[0] if found else None
        place = (ids.index(row.source) + 1) % len(ids)
        return found[place] if ids[place] != row.source else None


def at_hand(recruitment: Recruitment, round_: Round) -> AtHand:
    """The bank for one round, with what the other rounds have used; two queries."""
    rows = list(
        db.session.scalars(
            select(LocalQuestion).where(LocalQuestion.charter == recruitment.charter).order_by(LocalQuestion.id)
        )
    )
    elsewhere = db.session.scalars(
        select(GuideQuestion.source)
        .join(Round, Round.id == GuideQuestion.round_id)
        .where(Round.recruitment_id == recruitment.id, Round.id != round_.id, GuideQuestion.source.is_not(None))
    )
    own = AtHand(
        recruitment,
        round_,
        with_local(bank_of(recruitment.charter), [row for row in rows if row.retired_at is None]),
        frozenset(),
        {row.source: row.copied_from for row in rows if row.copied_from},
        {row.source: row.kept_because for row in rows},
    )
    return replace(own, used=frozenset(own.like(elsewhere)))


def propose(own: AtHand) -> Proposal:
    """What `compose` proposes for the round."""
    return compose(
        own.bank,
        [WeighedCriterion(item.key, item.weight) for item in round_criteria(own.recruitment, own.round)],
        role=own.recruitment.role,
        round_number=own.round.number,
        minutes=own.round.minutes,
        used=own.used,
    )


def wording_of(question: Question) -> dict[str, Any]:
    """The wording of a bank question as a guide keeps it."""
    return question.model_dump(include={"text", "material", "probes", "listen_for", "warning_signs"})


def compose_guide(recruitment: Recruitment, round_: Round, *, actor: Person | None) -> Proposal:
    """Replaces the guide of an unlocked round by the proposal. Raises RuleBroken when locked or without criteria."""
    check_unlocked(round_)
    criteria = {criterion.key: criterion for criterion in round_criteria(recruitment, round_)}
    if not criteria:
        raise RuleBroken(_("Vælg kriterier i huset, før guiden sættes sammen."))
    own = at_hand(recruitment, round_)
    proposal = propose(own)
    for row in load_guide(round_):
        db.session.delete(row)
    db.session.flush()
    for position, item in enumerate(proposal.questions):
        row = guide_question(round_, criteria[item.key], item.question, position, own.kept)
        row.chosen_because = " ".join(item.because)
        db.session.add(row)
    record("guide.composed", actor.id if actor else None, recruitment.id, round=round_.number)
    return proposal


def guide_question(
    round_: Round, criterion: Criterion, question: Question, position: int, kept: Mapping[str, str] = NOTHING
) -> GuideQuestion:
    """A question of the bank as a row of the guide. `kept`: why a wording of HR's was kept, by the question's id."""
    return GuideQuestion(
        round_id=round_.id,
        criterion_id=criterion.id,
        position=position,
        source=question.id,
        kind=question.kind,
        minutes=question.minutes,
        wording=wording_of(question),
        kept_because=kept.get(question.id, ""),
    )


def check_unlocked(round_: Round) -> None:
    hold(round_)
    if round_.locked_at:
        raise RuleBroken(_("Guiden er låst. Ret det enkelte spørgsmål med en begrundelse."))


def alternatives(own: AtHand, guide: Sequence[GuideQuestion]) -> dict[int, tuple[list[Question], list[Question]]]:
    """For every criterion of the round (by id) what could be put in: see `AtHand.could_be_asked`."""
    criteria = round_criteria(own.recruitment, own.round)
    return {criterion.id: own.could_be_asked(criterion.key, guide) for criterion in criteria}


def swappable(own: AtHand, guide: Sequence[GuideQuestion]) -> set[int]:
    """The ids of the questions in whose place another could stand."""
    keys = {criterion.id: criterion.key for criterion in own.recruitment.criteria}
    return {row.id for row in guide if own.next_for(row, keys[row.criterion_id], guide)}


def unsuited(own: AtHand, guide: Sequence[GuideQuestion]) -> set[int]:
    """The ids of the questions that the bank means for other roles or rounds."""
    suited = {item.id for criterion in own.recruitment.criteria for item in own.suited(criterion.key)}
    return {row.id for row in guide if row.source and own.bank.question(row.source) and row.source not in suited}


def used_minutes(recruitment: Recruitment, round_: Round, guide: Sequence[GuideQuestion]) -> int:
    """Minutes of the whole interview, opening and closing included."""
    return frame_of(recruitment, round_).minutes + sum(row.minutes for row in guide)


def uncovered(recruitment: Recruitment, round_: Round, guide: Sequence[GuideQuestion]) -> list[Criterion]:
    """The criteria of the round that no question asks about."""
    asked = {row.criterion_id for row in guide}
    return [criterion for criterion in round_criteria(recruitment, round_) if criterion.id not in asked]


def outside(recruitment: Recruitment, round_: Round, guide: Sequence[GuideQuestion]) -> list[GuideQuestion]:
    """The questions about criteria that have been taken out of the round since they were put in."""
    rated = {criterion.id for criterion in round_criteria(recruitment, round_)}
    return [row for row in guide if row.criterion_id not in rated]


def lock_round(recruitment: Recruitment, round_: Round, *, actor: Person | None) -> None:
    """Locks criteria, weights and this round's guide, and freezes their wording (rule 4).

    Scorecards open only afterwards. Raises RuleBroken while a criterion has no question, or a question no criterion.
    """
    hold(round_)
    if round_.locked_at:
        return
    if not recruitment.criteria:
        raise RuleBroken(_("Vælg kriterier i huset, før runden låses."))
    guide = load_guide(round_)
    if outside(recruitment, round_, guide):
        raise RuleBroken(_("Et spørgsmål hører til et kriterium, som ikke er med i runden. Fjern det, før du låser."))
    missing = uncovered(recruitment, round_, guide)
    if missing:
        text = criterion_text(charter_of(recruitment), missing[0]).within(recruitment.language)
        raise RuleBroken(_("Der mangler et spørgsmål til ”%(criterion)s”.", criterion=text))
    seal(recruitment, round_, actor=actor)


def seal(recruitment: Recruitment, round_: Round, *, actor: Person | None) -> None:
    """Freezes the wording and sets the lock. `lock_round` checks first; a case file brings rounds that were locked."""
    freeze(recruitment, round_)
    moment = now()
    recruitment.criteria_locked_at = recruitment.criteria_locked_at or moment
    round_.locked_at = moment
    record("guide.locked", actor.id if actor else None, recruitment.id, round=round_.number)
