"""The interview guide of a round: composed, edited, locked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import func, select

from recruit.accounts.models import Person
from recruit.audit import now, record
from recruit.charter.models import Localised
from recruit.errors import EditedMeanwhile, RuleBroken
from recruit.extensions import db
from recruit.questions.bank import Question
from recruit.questions.models import GuideQuestion
from recruit.questions.rules import Proposal, WeighedCriterion, compose, fitting
from recruit.questions.service import bank_at_hand, frame_of, freeze
from recruit.recruitments.models import Criterion, Recruitment, Round
from recruit.recruitments.service import amend, charter_of, criterion_text, hold, round_criteria


def load_guide(round_: Round) -> list[GuideQuestion]:
    """The questions of a round in their order; one query."""
    rows = db.session.scalars(
        select(GuideQuestion).where(GuideQuestion.round_id == round_.id).order_by(GuideQuestion.position)
    )
    return list(rows)


def question_counts(recruitment: Recruitment) -> dict[int, tuple[int, int]]:
    """Number and minutes of questions by round id; one query."""
    rows = db.session.execute(
        select(GuideQuestion.round_id, func.count(), func.sum(GuideQuestion.minutes))
        .join(Round, Round.id == GuideQuestion.round_id)
        .where(Round.recruitment_id == recruitment.id)
        .group_by(GuideQuestion.round_id)
    )
    return {round_id: (count, minutes) for round_id, count, minutes in rows}


def used_elsewhere(recruitment: Recruitment, round_: Round) -> set[str]:
    """The bank's questions in the other rounds of the recruitment; one query."""
    rows = db.session.scalars(
        select(GuideQuestion.source)
        .join(Round, Round.id == GuideQuestion.round_id)
        .where(Round.recruitment_id == recruitment.id, Round.id != round_.id, GuideQuestion.source.is_not(None))
    )
    return {source for source in rows if source}


def propose(recruitment: Recruitment, round_: Round) -> Proposal:
    """What `compose` proposes for this round."""
    return compose(
        bank_at_hand(recruitment.charter),
        [WeighedCriterion(item.key, item.weight) for item in round_criteria(recruitment, round_)],
        role=recruitment.role,
        round_number=round_.number,
        minutes=round_.minutes,
        used=used_elsewhere(recruitment, round_),
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
    proposal = propose(recruitment, round_)
    for row in load_guide(round_):
        db.session.delete(row)
    db.session.flush()
    for position, (key, question) in enumerate(proposal.questions):
        db.session.add(guide_question(round_, criteria[key], question, position))
    record("guide.composed", actor.id if actor else None, recruitment.id, round=round_.number)
    return proposal


def guide_question(round_: Round, criterion: Criterion, question: Question, position: int) -> GuideQuestion:
    return GuideQuestion(
        round_id=round_.id,
        criterion_id=criterion.id,
        position=position,
        source=question.id,
        kind=question.kind,
        minutes=question.minutes,
        wording=wording_of(question),
    )


def check_unlocked(round_: Round) -> None:
    hold(round_)
    if round_.locked_at:
        raise RuleBroken(_("Guiden er låst. Ret det enkelte spørgsmål med en begrundelse."))


def alternatives(recruitment: Recruitment, round_: Round, guide: Sequence[GuideQuestion]) -> dict[int, list[Question]]:
    """For every criterion of the round (by id): the bank's questions that could be put in, case tasks included."""
    used = used_elsewhere(recruitment, round_) | {row.source for row in guide if row.source}
    bank = bank_at_hand(recruitment.charter)
    found = {}
    for criterion in round_criteria(recruitment, round_):
        entry = bank.entries[criterion.key]
        first = fitting(bank, criterion.key, recruitment.role, round_.number, used)
        cases = [item for item in entry.questions if item.kind == "case" and item.id not in used]
        rest = [item for item in entry.questions if item.id not in used and item not in first and item not in cases]
        found[criterion.id] = [*first, *cases, *rest]
    return found


def add_question(
    recruitment: Recruitment, round_: Round, criterion: Criterion, question_id: str, *, actor: Person
) -> None:
    """Puts a question of the bank in after the criterion's other questions. Raises RuleBroken."""
    check_unlocked(round_)
    question = bank_at_hand(recruitment.charter).question(question_id)
    if question is None or question_id.rpartition(".")[0] != criterion.key:
        raise RuleBroken(_("Spørgsmålet findes ikke i spørgsmålsbanken."))
    rows = load_guide(round_)
    if any(row.source == question_id for row in rows):
        raise RuleBroken(_("Spørgsmålet er allerede i guiden."))
    places = [place for place, row in enumerate(rows) if row.criterion_id == criterion.id]
    rows.insert(places[-1] + 1 if places else len(rows), new := guide_question(round_, criterion, question, 0))
    db.session.add(new)
    _number(rows)
    record("guide.changed", actor.id, recruitment.id, round=round_.number, question=question_id)


def remove_question(recruitment: Recruitment, round_: Round, row: GuideQuestion, *, actor: Person) -> None:
    check_unlocked(round_)
    rows = [item for item in load_guide(round_) if item.id != row.id]
    db.session.delete(row)
    _number(rows)
    record("guide.changed", actor.id, recruitment.id, round=round_.number, question=row.source or row.id)


def move_question(recruitment: Recruitment, round_: Round, row: GuideQuestion, step: int, *, actor: Person) -> None:
    """Moves a question up (-1) or down (+1); at the end of the list nothing happens."""
    check_unlocked(round_)
    rows = load_guide(round_)
    place = rows.index(row)
    target = place + step
    if 0 <= target < len(rows):
        rows[place], rows[target] = rows[target], rows[place]
        _number(rows)
        record("guide.changed", actor.id, recruitment.id, round=round_.number, question=row.source or row.id)


def _number(rows: Sequence[GuideQuestion]) -> None:
    for position, row in enumerate(rows):
        row.position = position


def edit_question(
    recruitment: Recruitment,
    round_: Round,
    row: GuideQuestion,
    *,
    text: str,
    probes: Sequence[str],
    minutes: int,
    language: str,
    reason: str,
    version: int,
    actor: Person,
) -> None:
    """Gives a question of the guide its own wording; after the lock only with a reason, and never after the reveal.

    The new wording is in one language and stands for both: who edits a question asks it in the recruitment's language.
    """
    hold(round_)
    if version != row.version:
        raise EditedMeanwhile(_("En anden har rettet spørgsmålet imens. Se den nye tekst, og gem igen."))
    if round_.revealed_at:
        raise RuleBroken(_("Runden er afsløret. Spørgsmålene kan ikke længere ændres."))
    wording = dict(row.wording)
    before = Localised.model_validate(wording["text"]).within(language)
    wording["text"] = {"da": text, "en": text} if text != before else wording["text"]
    kept = {Localised.model_validate(probe).within(language): probe for probe in wording["probes"]}
    wording["probes"] = [kept.get(probe, {"da": probe, "en": probe}) for probe in probes]
    if (wording, minutes) == (row.wording, row.minutes):
        return
    if round_.locked_at:
        if not reason.strip():
            raise RuleBroken(_("Guiden er låst. Skriv, hvorfor spørgsmålet ændres."))
        subject = f"{round_.number}: {row.source or row.id}"
        was = [Localised.model_validate(probe).within(language) for probe in row.wording["probes"]]
        amend(
            recruitment,
            part="guide",
            subject=subject,
            before=describe_question(before, was, row.minutes),
            after=describe_question(text, probes, minutes),
            reason=reason,
            actor=actor,
        )
        record("guide.amended", actor.id, recruitment.id, round=round_.number, question=row.source or row.id)
    else:
        record("guide.changed", actor.id, recruitment.id, round=round_.number, question=row.source or row.id)
    row.wording, row.minutes, row.edited = wording, minutes, True


def describe_question(text: str, probes: Sequence[str], minutes: int) -> str:
    """A question as an amendment prints it: everything of it that can be changed."""
    return f"{text} ({'; '.join(probes) or '–'}; {minutes} min.)"


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
