"""One member's part of the sift: answered one criterion at a time, submitted, opened again.

Nothing here gives one member's answers to another: every function takes the member whose they are.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import func, select

from recruit.accounts.models import Person
from recruit.audit import now, record
from recruit.candidates.impartiality import standings_of
from recruit.candidates.models import Candidate
from recruit.candidates.service import load_candidates
from recruit.errors import EditedMeanwhile, RuleBroken
from recruit.extensions import db
from recruit.panel.models import PanelMember
from recruit.recruitments.models import Criterion, Recruitment
from recruit.sifting.models import Sift, SiftRating, SiftSubmission
from recruit.sifting.rules import ANSWERS, reads, shuffled


@dataclass(frozen=True)
class Sheet:
    """A member's own sheet: whom they read, in their own order, and what they have answered."""

    candidates: list[Candidate]
    criteria: Sequence[Criterion]
    answers: dict[tuple[int, int], str]  # by (criterion id, candidate id)
    submission: SiftSubmission | None

    @property
    def missing(self) -> list[tuple[Criterion, list[Candidate]]]:
        """What is not answered yet: the criteria that lack something, with whom."""
        found = [
            (criterion, [item for item in self.candidates if (criterion.id, item.id) not in self.answers])
            for criterion in self.criteria
        ]
        return [(criterion, candidates) for criterion, candidates in found if candidates]

    @property
    def answered(self) -> int:
        return self.total - sum(len(candidates) for _criterion, candidates in self.missing)

    @property
    def total(self) -> int:
        return len(self.criteria) * len(self.candidates)

    def answered_on(self, criterion: Criterion) -> int:
        return sum((criterion.id, item.id) in self.answers for item in self.candidates)

    @property
    def is_submitted(self) -> bool:
        """Submitted, and nobody has come in since."""
        return self.submission is not None and not self.missing


def load_sift(recruitment: Recruitment) -> Sift | None:
    """The sift of the recruitment; None while it has not been opened. One query."""
    return db.session.scalar(select(Sift).where(Sift.recruitment_id == recruitment.id))


def is_open(sift: Sift | None) -> bool:
    """Whether answers are given: opened, and not opened to one another."""
    return sift is not None and sift.revealed_at is None


def is_sifting(recruitment: Recruitment, member: PanelMember, ahead: bool = False) -> bool:
    """Whether the member reads applications in an open sift, and so must not know the names; one query.

    `ahead`: or may still be asked to. Whoever reads has declared on every name first: could they see name and number
    together until then, the numbers would hide nothing.
    """
    sift = load_sift(recruitment)
    if not ahead:
        return member.sifts and is_open(sift)
    return is_open(sift) if sift else not any(round_.locked_at for round_ in recruitment.rounds)


def hold_sift(recruitment: Recruitment, *, only_against_reveal: bool = False) -> Sift | None:
    """The sift as it is now, held until the commit, so that no answer is given while it is opened to all.

    `only_against_reveal` lets others hold it in the same way. SQLite has one writer at a time and ignores the clause.
    """
    return db.session.scalar(
        select(Sift)
        .where(Sift.recruitment_id == recruitment.id)
        .with_for_update(read=only_against_reveal)
        .execution_options(populate_existing=True)
    )


def load_sheet(recruitment: Recruitment, member: PanelMember) -> Sheet:
    """The member's own sheet; four queries."""
    active = {item.id: item for item in load_candidates(recruitment) if item.status == "active"}
    own = reads(standings_of(member), active)
    rows = db.session.execute(
        select(SiftRating.criterion_id, SiftRating.candidate_id, SiftRating.answer).where(
            SiftRating.member_id == member.id
        )
    )
    return Sheet(
        candidates=[active[item] for item in shuffled(recruitment.id, member.id, own)],
        criteria=recruitment.criteria,
        answers={(criterion, candidate): answer for criterion, candidate, answer in rows},
        submission=db.session.scalar(select(SiftSubmission).where(SiftSubmission.member_id == member.id)),
    )


def _writable(recruitment: Recruitment, member: PanelMember) -> Sheet:
    """The sheet of a member who may write on it now. Raises RuleBroken."""
    sift = hold_sift(recruitment, only_against_reveal=True)
    if sift is None or not member.sifts:
        raise RuleBroken(_("Du er ikke med i grovsorteringen."))
    if sift.revealed_at:
        raise RuleBroken(_("Resultatet er åbnet. Svarene ligger fast."))
    return load_sheet(recruitment, member)


def save_answer(
    recruitment: Recruitment,
    member: PanelMember,
    candidate: Candidate,
    criterion: Criterion,
    answer: str,
    *,
    shown: str,
    actor: Person,
) -> SiftRating:
    """One answer, as chosen. `shown` is the answer that the page stood with, "" for none.

    Raises EditedMeanwhile when another window has answered otherwise since: the later one never wins unseen.
    """
    sheet = _writable(recruitment, member)
    if sheet.is_submitted:
        raise RuleBroken(_("Du har afgivet din sortering. Åbn den igen, hvis du vil rette."))
    if answer not in ANSWERS:
        raise RuleBroken(_("Vælg et af svarene."))
    if candidate not in sheet.candidates:
        raise RuleBroken(_("Du skal ikke vurdere denne ansøger."))
    row = db.session.scalar(
        select(SiftRating).where(
            SiftRating.member_id == member.id,
            SiftRating.candidate_id == candidate.id,
            SiftRating.criterion_id == criterion.id,
        )
    )
    if row is not None and row.answer == answer:
        return row  # a double click, or a request whose answer was lost, sent again
    if shown != (row.answer if row else ""):
        raise EditedMeanwhile(_("Du har svaret andet i et andet vindue. Dit svar derfra står her nu."))
    if sheet.submission is not None:  # somebody came in after it
        reopen(recruitment, member, actor=actor)
    if row is None:
        row = SiftRating(member_id=member.id, candidate_id=candidate.id, criterion_id=criterion.id)
        db.session.add(row)
    row.answer, row.saved_at = answer, now()
    db.session.flush()
    return row


def answers_left(members: Sequence[PanelMember], readable: Mapping[int, Collection[int]]) -> dict[int, int | None]:
    """How many answers a person still owes in the open sifts, by recruitment id; None where they owe none.

    `members` are the person's own seats, `readable` the applicants they may judge in each, by member id. Nought means
    that only the submitting is left. Three queries.
    """
    ids = [member.id for member in members]
    rows = db.session.execute(
        select(Sift.recruitment_id, func.count(Criterion.id))
        .join(Criterion, Criterion.recruitment_id == Sift.recruitment_id)
        .where(Sift.recruitment_id.in_([member.recruitment_id for member in members]), Sift.revealed_at.is_(None))
        .group_by(Sift.recruitment_id)
    )
    criteria = {row[0]: row[1] for row in rows}
    answered = db.session.execute(
        select(SiftRating.member_id, SiftRating.candidate_id).where(SiftRating.member_id.in_(ids))
    ).all()
    submitted = set(db.session.scalars(select(SiftSubmission.member_id).where(SiftSubmission.member_id.in_(ids))))
    found: dict[int, int | None] = {}
    for member in members:
        if member.recruitment_id not in criteria:
            continue
        own = readable.get(member.id, ())
        given = sum(member_id == member.id and candidate in own for member_id, candidate in answered)
        left = criteria[member.recruitment_id] * len(own) - given
        found[member.recruitment_id] = left if member.sifts and (left or member.id not in submitted) else None
    return found


def submit(recruitment: Recruitment, member: PanelMember, *, actor: Person) -> Sheet:
    """Submits the sheet when it is complete; else nothing is changed. Returns it, with what is missing."""
    sheet = _writable(recruitment, member)
    if sheet.missing or sheet.is_submitted or not sheet.total:
        return sheet
    db.session.add(SiftSubmission(member_id=member.id, submitted_at=now()))
    record("sift.submitted", actor.id, recruitment.id, member=member.id)
    return sheet


def reopen(recruitment: Recruitment, member: PanelMember, *, actor: Person) -> None:
    """Takes a submission back for correction: by its owner, before the result is opened, logged."""
    sheet = _writable(recruitment, member)
    if sheet.submission is None:
        raise RuleBroken(_("Du har ikke afgivet din sortering."))
    db.session.delete(sheet.submission)
    record("sift.reopened", actor.id, recruitment.id, member=member.id)
