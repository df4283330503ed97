"""The answers of a recruitment: each as it stands, and the draft it begins with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import force_locale
from sqlalchemy import ColumnElement, and_, func, or_, select

from recruit.accounts.models import Person
from recruit.candidates.models import Candidate
from recruit.decisions.models import HiredCandidate, HiringDecision
from recruit.extensions import db
from recruit.letters import compose
from recruit.letters.material import Field, known_of, load_frame, load_heard, load_sifted
from recruit.letters.models import Answer, AnswerText
from recruit.letters.rules import DRAFTED, HIRED, LETTER, NONE, READY, WAITING, WITHDRAWN, state_of
from recruit.letters.texts import load_answers, load_texts, write_text
from recruit.recruitments.models import Recruitment


@dataclass(frozen=True)
class Letter:
    """One candidate's answer as it stands. `state` is one of none, draft, ready and outdated."""

    candidate: Candidate
    stage: str
    waits_for: str
    answer: Answer | None
    row: AnswerText | None

    @property
    def text(self) -> str:
        return self.row.text if self.row else ""

    @property
    def version(self) -> int:
        return self.row.version if self.row else 0

    @property
    def state(self) -> str:
        return state_of(self.stage, self.text, self.answer.ready_as if self.answer else "")

    @property
    def is_open(self) -> bool:
        """Whether it can be written in now."""
        return not self.waits_for and self.state != READY


def load_letters(field: Field) -> list[Letter]:
    """Every candidate's, by ref; two queries."""
    answers, texts = load_answers(field.recruitment), load_texts(field.recruitment)
    return [
        Letter(item, *field.stages[item.id], answers.get(item.id), texts.get((item.id, LETTER)))
        for item in field.candidates
    ]


def letter_of(field: Field, candidate: Candidate) -> Letter:
    """One query for the answer, one for its text."""
    return next(item for item in load_letters(field) if item.candidate.id == candidate.id)


def left_to_do(letters: Sequence[Letter]) -> int:
    """How many answers are still to be written or marked ready, those that wait aside."""
    return sum(item.state != READY for item in letters if not item.waits_for)


def _holds() -> ColumnElement[bool]:
    """Whether an answer is ready and still the one that the candidate gets, as `state_of` says of one: a decision that
    is changed, or a candidate who withdraws, overtakes what was ready."""
    is_hired = select(HiredCandidate.candidate_id).where(HiredCandidate.candidate_id == Candidate.id).exists()
    is_withdrawn = Candidate.status == "withdrawn"
    return or_(
        and_(is_withdrawn, Answer.ready_as == WITHDRAWN),
        and_(~is_withdrawn, is_hired, Answer.ready_as == HIRED),
        and_(~is_withdrawn, ~is_hired, Answer.ready_as.not_in(["", HIRED, WITHDRAWN])),
    )


def answers_missing(recruitment_ids: Sequence[int]) -> dict[int, int]:
    """How many answers are not ready, by recruitment id, where it is decided whom to hire; one query."""
    rows = db.session.execute(
        select(Candidate.recruitment_id, func.count(Candidate.id))
        .join(HiringDecision, HiringDecision.recruitment_id == Candidate.recruitment_id)
        .outerjoin(Answer, Answer.candidate_id == Candidate.id)
        .where(Candidate.recruitment_id.in_(recruitment_ids), or_(Answer.id.is_(None), ~_holds()))
        .group_by(Candidate.recruitment_id)
    )
    return {row[0]: row[1] for row in rows}


def count_ready(recruitment: Recruitment) -> tuple[int, int, bool]:
    """How many answers are marked ready, how many candidates there are, and whether it is decided whom to hire; one
    query."""
    decided = select(HiringDecision.id).where(HiringDecision.recruitment_id == recruitment.id).exists()
    count, ready, is_decided = db.session.execute(
        select(func.count(Candidate.id), func.count(Answer.id).filter(_holds()), decided)
        .select_from(Candidate)
        .outerjoin(Answer, Answer.candidate_id == Candidate.id)
        .where(Candidate.recruitment_id == recruitment.id)
    ).one()
    return ready, count, bool(is_decided)


def drafts(field: Field, candidates: Sequence[Candidate]) -> dict[int, str]:
    """The composed letter of each candidate that has one, by id: a fixed number of queries."""
    recruitment = field.recruitment
    heard = load_heard(recruitment, candidates[0] if len(candidates) == 1 else None)
    frame, sifted = load_frame(recruitment), load_sifted(recruitment)
    found = {}
    with force_locale(recruitment.language):
        for item in candidates:
            stage, waits_for = field.stages[item.id]
            if not waits_for and stage != WAITING:
                found[item.id] = compose.letter(stage, known_of(field, heard, frame, sifted, item))
    return found


def write_drafts(field: Field, letters: Sequence[Letter], *, actor: Person) -> int:
    """Writes the composed draft of those letters that hold nothing and do not wait; returns how many."""
    empty = [item for item in letters if item.state == NONE and not item.waits_for]
    if not empty:
        return 0
    texts = drafts(field, [item.candidate for item in empty])
    for item in empty:
        write_text(
            field.recruitment,
            item.candidate,
            LETTER,
            texts[item.candidate.id],
            version=item.version,
            what=DRAFTED,
            actor=actor,
        )
    return len(empty)
