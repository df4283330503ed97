"""My recruitments, and what waits for me in them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Select, select

from recruit.accounts.models import Person
from recruit.audit import now
from recruit.candidates.models import Candidate, Declaration, round_candidate
from recruit.candidates.rules import CLEAR, DOUBT, NOT_RECORDED, is_disqualified, standing
from recruit.decisions.waiting import Steps, load_steps
from recruit.extensions import db
from recruit.interviews.bookings import SITTING
from recruit.interviews.plans import next_interviews
from recruit.letters.service import answers_missing
from recruit.panel.models import PanelMember
from recruit.recruitments.models import Recruitment, Round
from recruit.scoring.models import Excuse, Scorecard
from recruit.sifting.rules import reads
from recruit.sifting.service import answers_left

DECLARE, WAIT, DECIDE, SCORE, REVEAL = "declare", "wait", "decide", "score", "reveal"
SIFT, OPEN_SIFT = "sift", "open_sift"
ANSWER = "answer"
RECOMMEND, HIRE, HEARING = "recommend", "hire", "hearing"


@dataclass(frozen=True)
class Waiting:
    """One thing that waits for the person. `wait`: they themselves wait for a decision on their doubt.

    `count` candidates to declare on, doubts to decide, answers of the first sift to give, scorecards to submit,
    letters to write or hearings to close;
    `round` the one to score or reveal.
    """

    kind: str
    count: int = 0
    round: Round | None = None


@dataclass(frozen=True)
class Mine:
    """One recruitment on the overview: what the person is in it, where it stands, and what waits in it."""

    recruitment: Recruitment
    role: str | None
    # The last round that is locked; None while the recruitment is prepared, or while nothing is open to the person.
    round: Round | None
    waiting: list[Waiting] = field(default_factory=list)
    # When, and in which room, the next interview begins that the person sits in.
    next_interview: tuple[datetime, str] | None = None
    # Who is hired is decided, if anybody is.
    is_decided: bool = False
    # Disqualified: they see nothing more of it than that.
    is_out: bool = False


def my_recruitments(person: Person) -> list[Mine]:
    """What a person sees: HR all, others those they sit on. Newest first.

    Seventeen queries whatever their number.
    """
    memberships = {
        row.recruitment_id: row
        for row in db.session.scalars(select(PanelMember).where(PanelMember.person_id == person.id))
    }
    query = select(Recruitment).order_by(Recruitment.id.desc())
    if person.role != "hr":
        query = query.where(Recruitment.id.in_(list(memberships)))
    recruitments = db.session.scalars(query).all()
    own_ids = [member.id for member in memberships.values()]
    active = _grouped(
        select(Candidate.recruitment_id, Candidate.id).where(
            Candidate.status == "active", Candidate.recruitment_id.in_(list(memberships))
        )
    )
    declared: dict[int, dict[int, str]] = {}
    for row in db.session.scalars(select(Declaration).where(Declaration.member_id.in_(own_ids))):
        declared.setdefault(row.member_id, {})[row.candidate_id] = standing(row.answer, row.decision)
    rounds: dict[int, list[Round]] = {}
    ids = [recruitment.id for recruitment in recruitments]
    for round_ in db.session.scalars(select(Round).where(Round.recruitment_id.in_(ids)).order_by(Round.number)):
        rounds.setdefault(round_.recruitment_id, []).append(round_)
    done = _cards(own_ids)
    chosen = _grouped(select(round_candidate.c.round_id, round_candidate.c.candidate_id))
    doubts = _doubts(person, memberships)
    seats = list(memberships.values())
    sifting = answers_left(
        seats,
        {seat.id: reads(declared.get(seat.id, {}), active.get(seat.recruitment_id, [])) for seat in seats},
    )
    interviews = next_interviews(list(memberships), now())
    letters = answers_missing(ids)
    steps = load_steps(ids)
    found = []
    for recruitment in recruitments:
        member = memberships.get(recruitment.id)
        own = declared.get(member.id, {}) if member else {}
        if is_disqualified(own.values()):
            found.append(Mine(recruitment, None, None, is_out=True))
            continue
        candidates = active.get(recruitment.id, [])
        closed = _impartiality(candidates, own) if member else []
        role = member.role if member else None
        if closed:
            found.append(Mine(recruitment, role, None, closed))
            continue
        locked = [round_ for round_ in rounds.get(recruitment.id, []) if round_.locked_at]
        waiting = [Waiting(DECIDE, doubts[recruitment.id])] if recruitment.id in doubts else []
        waiting += _deciding(recruitment.id, role, person, rounds.get(recruitment.id, []), steps)
        if recruitment.id in letters and (role == "chair" or person.role == "hr"):
            waiting.append(Waiting(ANSWER, letters[recruitment.id]))
        if member and recruitment.id in sifting:
            waiting += _sift(member, sifting[recruitment.id])
        for round_ in locked:
            if member is None or member.role == "substitute" or round_.revealed_at:
                continue
            waiting += _round(round_, member, _expected(round_, candidates, chosen, own), done)
        coming = interviews.get(recruitment.id) if role in SITTING else None
        last = locked[-1] if locked else None
        found.append(Mine(recruitment, role, last, waiting, coming, is_decided=recruitment.id in steps.decided))
    return found


def _impartiality(candidates: Collection[int], own: Mapping[int, str]) -> list[Waiting]:
    """What keeps the recruitment closed to a member (rule 7); empty when it is open."""
    states = [own.get(candidate, NOT_RECORDED) for candidate in candidates]
    if NOT_RECORDED in states:
        return [Waiting(DECLARE, states.count(NOT_RECORDED))]
    return [Waiting(WAIT)] if DOUBT in states else []


def _sift(member: PanelMember, left: int | None) -> list[Waiting]:
    """What an open sift asks of a member."""
    if left is not None:
        return [Waiting(SIFT, left)]
    return [Waiting(OPEN_SIFT)] if member.role == "chair" else []


def _deciding(
    recruitment_id: int, role: str | None, person: Person, rounds: Sequence[Round], steps: Steps
) -> list[Waiting]:
    """What stands between the last reveal and the letters: the chair recommends, HR records and keeps the deadlines."""
    found = []
    tasks = steps.tasks.get(recruitment_id, 0)
    if tasks and (person.role == "hr" or role == "chair"):
        found.append(Waiting(HEARING, tasks))
    if role == "chair" and rounds and recruitment_id not in steps.final and all(item.revealed_at for item in rounds):
        found.append(Waiting(RECOMMEND))
    if person.role == "hr" and recruitment_id in steps.final and recruitment_id not in steps.decided and not tasks:
        found.append(Waiting(HIRE))
    return found


def _expected(
    round_: Round, candidates: Sequence[int], chosen: Mapping[int, Collection[int]], own: Mapping[int, str]
) -> list[int]:
    """The candidates of a round that the member may rate."""
    return [
        candidate
        for candidate in candidates
        if (round_.id not in chosen or candidate in chosen[round_.id]) and own.get(candidate) == CLEAR
    ]


def _round(
    round_: Round,
    member: PanelMember,
    expected: Sequence[int],
    done: Collection[tuple[int, int]],
) -> list[Waiting]:
    left = [candidate for candidate in expected if (round_.id, candidate) not in done]
    if left:
        return [Waiting(SCORE, len(left), round_)]
    return [Waiting(REVEAL, 0, round_)] if member.role == "chair" else []


def _cards(own_ids: Sequence[int]) -> set[tuple[int, int]]:
    """(round id, candidate id) of the person's cards that are submitted or not waited for."""
    submitted = select(Scorecard.round_id, Scorecard.candidate_id).where(
        Scorecard.member_id.in_(own_ids), Scorecard.submitted_at.is_not(None)
    )
    excused = select(Excuse.round_id, Excuse.candidate_id).where(Excuse.member_id.in_(own_ids))
    return {(round_, candidate) for query in (submitted, excused) for round_, candidate in db.session.execute(query)}


def _doubts(person: Person, memberships: Mapping[int, PanelMember]) -> dict[int, int]:
    """Number of doubts by recruitment id that this person decides: the chair the members', HR the chair's."""
    rows = db.session.execute(
        select(PanelMember.recruitment_id, PanelMember.role)
        .join(Declaration, Declaration.member_id == PanelMember.id)
        .join(Candidate, Candidate.id == Declaration.candidate_id)
        .where(
            Declaration.answer == "doubt",
            Declaration.decision.is_(None),
            Candidate.status == "active",
            PanelMember.person_id != person.id,
        )
    )
    found: dict[int, int] = {}
    for recruitment_id, role in rows:
        own = memberships.get(recruitment_id)
        if person.role == "hr" if role == "chair" else own is not None and own.role == "chair":
            found[recruitment_id] = found.get(recruitment_id, 0) + 1
    return found


def _grouped(query: Select[int, int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for key, value in db.session.execute(query):
        found.setdefault(key, []).append(value)
    return found
