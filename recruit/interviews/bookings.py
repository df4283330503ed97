"""Who of a panel sits in its interviews, and where else they sit: nobody is booked twice, across recruitments.

Where somebody is booked already is told as a time only, never as another recruitment's title or candidate.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select

from recruit.accounts.models import Person
from recruit.candidates.impartiality import load_standings
from recruit.candidates.models import Candidate, Declaration, round_candidate
from recruit.candidates.rules import NOT_RECORDED, is_disqualified, must_declare, standing
from recruit.errors import RuleBroken
from recruit.extensions import db
from recruit.interviews.models import InterviewSlot
from recruit.interviews.plans import Plan, entry_of
from recruit.interviews.rules import Entry, attends
from recruit.panel.models import PanelMember
from recruit.panel.service import load_members
from recruit.recruitments.models import Recruitment, Round
from recruit.web.language import clock, day

SITTING = ("chair", "member")


@dataclass(frozen=True)
class Seat:
    """A chair or member who takes part. `standings` by candidate id; `waits`: has impartiality to declare, or a doubt
    that is not decided, and so sees no plan yet (rule 7); `declares`: the former."""

    member: PanelMember
    standings: Mapping[int, str]
    waits: bool
    declares: bool

    def attends(self, candidate_id: int) -> bool:
        return attends(self.standings, candidate_id)


@dataclass(frozen=True)
class Booking:
    """A person's interview in another round, of this recruitment or of another."""

    person_id: int
    recruitment_id: int
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class Clash:
    """An entry of a plan (its place in the list that was given) during which a member sits somewhere else."""

    place: int
    name: str
    sentence: str


def seats(recruitment: Recruitment, candidates: Collection[Candidate]) -> list[Seat]:
    """Who takes part in the interviews, chair first: substitutes and the disqualified do not. Two queries.

    `candidates` are all of the recruitment's.
    """
    active = [item.id for item in candidates if item.status == "active"]
    standings = load_standings(recruitment)
    found = []
    for member in load_members(recruitment):
        own = standings.get(member.id, {})
        if member.role in SITTING and not is_disqualified(own.values()):
            answers = [own.get(candidate, NOT_RECORDED) for candidate in active]
            found.append(Seat(member, own, must_declare(answers), NOT_RECORDED in answers))
    return found


def hold_people(sitting: Sequence[Seat]) -> None:
    """Holds the people until the commit, so that two plans that book the same person come one after the other.

    SQLite has one writer at a time and ignores the clause.
    """
    ids = [seat.member.person_id for seat in sitting]
    db.session.execute(select(Person.id).where(Person.id.in_(ids)).order_by(Person.id).with_for_update(key_share=True))


def elsewhere(sitting: Sequence[Seat], round_: Round) -> list[Booking]:
    """The interviews that these people sit in besides this round's, in order; three queries whatever their number."""
    ids = {seat.member.person_id for seat in sitting}
    rows = db.session.execute(
        select(
            PanelMember.person_id,
            PanelMember.id,
            Round.recruitment_id,
            Round.id,
            InterviewSlot.candidate_id,
            InterviewSlot.starts_at,
            InterviewSlot.minutes,
        )
        .join(Round, Round.recruitment_id == PanelMember.recruitment_id)
        .join(InterviewSlot, InterviewSlot.round_id == Round.id)
        .join(Candidate, Candidate.id == InterviewSlot.candidate_id)
        .where(
            PanelMember.person_id.in_(ids),
            PanelMember.role.in_(SITTING),
            Candidate.status == "active",
            Round.id != round_.id,
            Round.revealed_at.is_(None),
        )
        .order_by(InterviewSlot.starts_at, PanelMember.person_id)
    ).all()
    standings = _standings({row[1] for row in rows})
    chosen = _chosen({row[3] for row in rows})
    found = []
    for person_id, member_id, recruitment_id, other_id, candidate_id, starts_at, minutes in rows:
        is_inside = other_id not in chosen or candidate_id in chosen[other_id]
        if is_inside and candidate_id and attends(standings.get(member_id, {}), candidate_id):
            ends_at = Entry(candidate_id, starts_at, minutes).ends_at
            found.append(Booking(person_id, recruitment_id, starts_at, ends_at))
    return found


def _standings(member_ids: Collection[int]) -> dict[int, dict[int, str]]:
    columns = (Declaration.member_id, Declaration.candidate_id, Declaration.answer, Declaration.decision)
    found: dict[int, dict[int, str]] = defaultdict(dict)
    for member, candidate, answer, decision in db.session.execute(
        select(*columns).where(Declaration.member_id.in_(member_ids))
    ):
        found[member][candidate] = standing(answer, decision)
    return found


def _chosen(round_ids: Collection[int]) -> dict[int, set[int]]:
    columns = (round_candidate.c.round_id, round_candidate.c.candidate_id)
    found: dict[int, set[int]] = {}
    for round_id, candidate in db.session.execute(select(*columns).where(round_candidate.c.round_id.in_(round_ids))):
        found.setdefault(round_id, set()).add(candidate)
    return found


@dataclass(frozen=True)
class Mine:
    """An interview that a person sits in, or would if it took place."""

    recruitment: Recruitment
    round: Round
    slot: InterviewSlot
    candidate: Candidate
    takes_place: bool


def my_interviews(person: Person) -> list[Mine]:
    """A person's interviews in every recruitment that is open to them, by beginning.

    Five queries. Where impartiality is to be declared first, or a conflict stands in the way, there are none (rule 7).
    """
    seated = select(PanelMember).where(PanelMember.person_id == person.id, PanelMember.role.in_(SITTING))
    members = {member.recruitment_id: member for member in db.session.scalars(seated)}
    standings = _standings({member.id for member in members.values()})
    active = select(Candidate.recruitment_id, Candidate.id).where(
        Candidate.recruitment_id.in_(members), Candidate.status == "active"
    )
    closed = {key for key, member in members.items() if is_disqualified(standings.get(member.id, {}).values())}
    closed |= {
        recruitment_id
        for recruitment_id, candidate in db.session.execute(active)
        if must_declare([standings.get(members[recruitment_id].id, {}).get(candidate, NOT_RECORDED)])
    }
    rows = db.session.execute(
        select(Recruitment, Round, InterviewSlot, Candidate)
        .join(Round, Round.recruitment_id == Recruitment.id)
        .join(InterviewSlot, InterviewSlot.round_id == Round.id)
        .join(Candidate, Candidate.id == InterviewSlot.candidate_id)
        .where(Recruitment.id.in_(set(members) - closed))
        .order_by(InterviewSlot.starts_at, InterviewSlot.id)
    ).all()
    chosen = _chosen({round_.id for _recruitment, round_, _slot, _candidate in rows})
    found = []
    for recruitment, round_, slot, candidate in rows:
        is_inside = round_.id not in chosen or candidate.id in chosen[round_.id]
        if attends(standings.get(members[recruitment.id].id, {}), candidate.id):
            found.append(Mine(recruitment, round_, slot, candidate, is_inside and candidate.status == "active"))
    return found


def clashes(
    recruitment: Recruitment, sitting: Sequence[Seat], booked: Sequence[Booking], entries: Sequence[Entry]
) -> list[Clash]:
    """Who is booked twice if these entries take place, in words."""
    found = []
    for place, entry in enumerate(entries):
        for seat in sitting:
            if entry.candidate is None or not seat.attends(entry.candidate):
                continue
            for booking in booked:
                if booking.person_id == seat.member.person_id and entry.meets(booking.starts_at, booking.ends_at):
                    found.append(Clash(place, seat.member.person.name, _sentence(recruitment, seat, booking)))
    return found


def plan_clashes(recruitment: Recruitment, plan: Plan, sitting: Sequence[Seat]) -> list[Clash]:
    """Who sits somewhere else during what takes place: a member may have come in after the plan was made.

    Places are those among the entries that take place.
    """
    held = [entry_of(slot) for slot in plan.slots if plan.takes_place(slot)]
    return clashes(recruitment, sitting, elsewhere(sitting, plan.round), held)


def _sentence(recruitment: Recruitment, seat: Seat, booking: Booking) -> str:
    values = {
        "name": seat.member.person.name,
        "day": day(booking.starts_at),
        "starts": clock(booking.starts_at),
        "ends": clock(booking.ends_at),
    }
    if booking.recruitment_id == recruitment.id:
        return _("%(name)s sidder i en samtale i en anden runde %(day)s kl. %(starts)s–%(ends)s.", **values)
    return _("%(name)s er optaget af et andet forløb %(day)s kl. %(starts)s–%(ends)s.", **values)


def check_nobody_is_elsewhere(
    recruitment: Recruitment, round_: Round, candidates: Collection[Candidate], entries: Sequence[Entry]
) -> None:
    """Raises RuleBroken when a member would sit in two interviews at once. Holds the people until the commit."""
    sitting = seats(recruitment, candidates)
    hold_people(sitting)
    found = clashes(recruitment, sitting, elsewhere(sitting, round_), entries)
    if found:
        sentences = list(dict.fromkeys(clash.sentence for clash in found))
        advice = _("Vælg et andet tidspunkt, eller lad en suppleant træde ind.")
        raise RuleBroken(" ".join([*sentences, advice]))
