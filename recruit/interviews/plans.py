"""The plan of a round as it stands, and what lies ahead in all of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

from flask import current_app
from sqlalchemy import ColumnElement, Select, func, or_, select

from recruit.audit import AuditEvent
from recruit.candidates.models import Candidate, round_candidate
from recruit.candidates.service import by_ref, chosen_candidates, load_candidates
from recruit.extensions import db
from recruit.interviews.models import InterviewSlot
from recruit.interviews.rules import Entry
from recruit.recruitments.models import Recruitment, Round

PROPOSED, CHANGED, SENT = "interviews.proposed", "interviews.changed", "interviews.sent"
CANDIDATE_EVENTS = ("candidate.withdrew", "candidate.returned")
# What changes a plan, or whose interviews on it take place.
CHANGES = (PROPOSED, CHANGED, "round.candidates_chosen", *CANDIDATE_EVENTS)


def local_zone() -> ZoneInfo:
    return ZoneInfo(current_app.config["BABEL_DEFAULT_TIMEZONE"])


@dataclass(frozen=True)
class Plan:
    """The entries of a round by beginning, and its candidates: `candidates` all of the recruitment by id, `inside` the
    ids of those who are in the round."""

    round: Round
    slots: list[InterviewSlot]
    candidates: dict[int, Candidate]
    inside: frozenset[int]

    def takes_place(self, slot: InterviewSlot) -> bool:
        """A break does; an interview while its candidate is in the round and has not withdrawn."""
        if slot.candidate_id is None:
            return True
        return slot.candidate_id in self.inside and self.candidates[slot.candidate_id].status == "active"

    @property
    def active(self) -> list[Candidate]:
        """Who is to be interviewed, by ref."""
        found = [self.candidates[item] for item in self.inside]
        return sorted((item for item in found if item.status == "active"), key=by_ref)

    @property
    def unplanned(self) -> list[Candidate]:
        """Who is to be interviewed and has no time yet, by ref."""
        planned = {slot.candidate_id for slot in self.slots}
        return [item for item in self.active if item.id not in planned]

    @property
    def fingerprint(self) -> str:
        """Another one whenever the plan is changed."""
        text = " ".join(f"{slot.id}:{slot.version}" for slot in sorted(self.slots, key=lambda slot: slot.id))
        return sha256(text.encode()).hexdigest()[:16]


def entry_of(slot: InterviewSlot) -> Entry:
    return Entry(slot.candidate_id, slot.starts_at, slot.minutes)


def load_plan(recruitment: Recruitment, round_: Round) -> Plan:
    """Three queries, whatever the number of candidates."""
    query = select(InterviewSlot).where(InterviewSlot.round_id == round_.id)
    rows = db.session.scalars(query.execution_options(populate_existing=True))
    candidates = {item.id: item for item in load_candidates(recruitment)}
    chosen = chosen_candidates(recruitment).get(round_.id)
    inside = frozenset(candidates) if chosen is None else frozenset(chosen)
    return Plan(round_, sorted(rows, key=lambda slot: (slot.starts_at, slot.id)), candidates, inside)


def current_round(recruitment: Recruitment) -> Round | None:
    """The round whose interviews come next: the first that is not revealed, else the last."""
    rounds = recruitment.rounds
    return next((round_ for round_ in rounds if not round_.revealed_at), rounds[-1] if rounds else None)


def planned_rounds(recruitment: Recruitment) -> set[int]:
    """The ids of the rounds that have a plan; one query."""
    ids = [round_.id for round_ in recruitment.rounds]
    return set(db.session.scalars(select(InterviewSlot.round_id).where(InterviewSlot.round_id.in_(ids)).distinct()))


def last_events(recruitment: Recruitment, round_: Round) -> dict[str, AuditEvent]:
    """The last of each kind of event of the log that changed the plan of a round, or sent it. One query.

    How the order came about and what was sent stands nowhere else.
    """
    own = AuditEvent.subject["round"].as_integer() == round_.number
    last = (
        select(func.max(AuditEvent.number))
        .where(
            AuditEvent.recruitment_id == recruitment.id,
            AuditEvent.event.in_((*CHANGES, SENT)),
            or_(AuditEvent.event.in_(CANDIDATE_EVENTS), own),
        )
        .group_by(AuditEvent.event)
    )
    return {row.event: row for row in db.session.scalars(select(AuditEvent).where(AuditEvent.number.in_(last)))}


def last_changes(recruitment_ids: Collection[int]) -> dict[int, int]:
    """The place in the log of the last event that changed a plan, or who is on one, by recruitment id; one query."""
    query = (
        select(AuditEvent.recruitment_id, func.max(AuditEvent.number))
        .where(AuditEvent.recruitment_id.in_(recruitment_ids), AuditEvent.event.in_(CHANGES))
        .group_by(AuditEvent.recruitment_id)
    )
    return {recruitment: number for recruitment, number in db.session.execute(query) if recruitment and number}


def _choice(*more: ColumnElement[bool]) -> Select[int]:
    """What a round of the query around it has chosen."""
    return select(round_candidate.c.round_id).where(round_candidate.c.round_id == Round.id, *more)


def next_interviews(recruitment_ids: Sequence[int], at: datetime) -> dict[int, tuple[datetime, str]]:
    """When and in which room the next interview begins, by recruitment id; those that go on at the moment count too.

    One query.
    """
    query = (
        select(Round.recruitment_id, InterviewSlot.starts_at, InterviewSlot.minutes, InterviewSlot.room)
        .join(Round, Round.id == InterviewSlot.round_id)
        .join(Candidate, Candidate.id == InterviewSlot.candidate_id)
        .where(
            Round.recruitment_id.in_(recruitment_ids),
            Round.revealed_at.is_(None),
            Candidate.status == "active",
            or_(~_choice().exists(), _choice(round_candidate.c.candidate_id == Candidate.id).exists()),
            InterviewSlot.starts_at > at - timedelta(days=1),
        )
        .order_by(InterviewSlot.starts_at.desc(), InterviewSlot.id.desc())
    )
    return {
        recruitment_id: (starts_at, room)
        for recruitment_id, starts_at, minutes, room in db.session.execute(query)
        if starts_at + timedelta(minutes=minutes) > at
    }
