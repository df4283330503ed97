"""Opening the sift, who reads, who has submitted, and the reveal of the answers. Nothing of what was answered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import select

from recruit.accounts.models import Person
from recruit.audit import AuditEvent, now, record
from recruit.candidates.impartiality import load_standings
from recruit.candidates.rules import NOT_RECORDED, OUT, OUT_FOR_CANDIDATE, must_declare
from recruit.candidates.service import load_candidates
from recruit.errors import RuleBroken
from recruit.extensions import db
from recruit.panel.models import PanelMember
from recruit.panel.service import load_members
from recruit.questions.service import freeze_criteria
from recruit.recruitments.models import Recruitment, Round
from recruit.recruitments.service import hold
from recruit.sifting.models import Sift, SiftRating, SiftSubmission
from recruit.sifting.rules import EXCUSES, MISSING, SUBMITTED, reader_state
from recruit.sifting.service import hold_sift

READING_ROLES = ("chair", "member")

# Why somebody of the panel cannot read now.
UNDECLARED, DISQUALIFIED = "undeclared", "disqualified"


@dataclass(frozen=True)
class Progress:
    """Who reads and who has submitted, by member id. `obstacles`: why others of the panel cannot read; None: they can.

    `excused`: those who were taken out again, with the code.
    """

    members: dict[int, PanelMember]
    states: dict[int, str]
    obstacles: dict[int, str | None]
    excused: dict[int, str]

    @property
    def missing(self) -> list[PanelMember]:
        return [self.members[item] for item, state in self.states.items() if state == MISSING]

    @property
    def submitted(self) -> int:
        return sum(state == SUBMITTED for state in self.states.values())

    @property
    def expected(self) -> int:
        return self.submitted + len(self.missing)

    @property
    def ready(self) -> bool:
        return bool(self.submitted) and not self.missing


def first_round(recruitment: Recruitment) -> Round | None:
    return min(recruitment.rounds, key=lambda round_: round_.number, default=None)


def load_progress(recruitment: Recruitment, *, revealed: bool = False) -> Progress:
    """Who reads, and who has submitted; six queries whatever their number. After the reveal as it stood then."""
    members = {member.id: member for member in load_members(recruitment) if member.role in READING_ROLES}
    declared = load_standings(recruitment)
    active = [item.id for item in load_candidates(recruitment) if item.status == "active"]
    answered: dict[int, set[tuple[int, int]]] = defaultdict(set)
    for member_id, criterion_id, candidate_id in db.session.execute(
        select(SiftRating.member_id, SiftRating.criterion_id, SiftRating.candidate_id).where(
            SiftRating.member_id.in_(list(members))
        )
    ):
        answered[member_id].add((criterion_id, candidate_id))
    submitted = set(
        db.session.scalars(select(SiftSubmission.member_id).where(SiftSubmission.member_id.in_(list(members))))
    )
    states: dict[int, str] = {}
    obstacles: dict[int, str | None] = {}
    for member in members.values():
        own = declared.get(member.id, {})
        # An applicant on whom the member has still to declare is waited for as well.
        wanted = {
            (criterion.id, item)
            for criterion in recruitment.criteria
            for item in active
            if own.get(item) != OUT_FOR_CANDIDATE
        }
        if member.sifts:
            states[member.id] = reader_state(
                own.values(), submitted=member.id in submitted, complete=revealed or wanted <= answered[member.id]
            )
        elif OUT in own.values():
            obstacles[member.id] = DISQUALIFIED
        elif must_declare(own.get(item, NOT_RECORDED) for item in active):
            obstacles[member.id] = UNDECLARED
        else:
            obstacles[member.id] = None
    excused = {item: code for item, code in _excuses(recruitment).items() if item in obstacles}
    return Progress(members, states, obstacles, excused)


def _excuses(recruitment: Recruitment) -> dict[int, str]:
    """The code with which members were last taken out, by member id. The log is where it stands; one query."""
    rows = db.session.scalars(
        select(AuditEvent.subject)
        .where(AuditEvent.recruitment_id == recruitment.id, AuditEvent.event == "sift.member_excused")
        .order_by(AuditEvent.id)
    )
    return {subject["member"]: subject["code"] for subject in rows if subject}


def open_sift(recruitment: Recruitment, member_ids: Collection[int], *, actor: Person) -> None:
    """Begins the sift with these readers, and locks the criteria: what applications are read for must not move.

    Raises RuleBroken without criteria or applicants, with a reader who has not declared or has a conflict, or when the
    first round is locked.
    """
    hold(*recruitment.rounds)
    first = first_round(recruitment)
    if hold_sift(recruitment) is not None:
        raise RuleBroken(_("Grovsorteringen er allerede begyndt."))
    if first is not None and first.locked_at:
        raise RuleBroken(_("%(round)s er låst, så der er intet at sortere til.", round=first.name))
    if not recruitment.criteria:
        raise RuleBroken(_("Vælg kriterier i huset, før ansøgningerne læses."))
    if not any(item.status == "active" for item in load_candidates(recruitment)):
        raise RuleBroken(_("Tilføj ansøgerne først."))
    if not member_ids:
        raise RuleBroken(_("Vælg mindst ét medlem, der læser ansøgningerne."))
    moment = now()
    db.session.add(Sift(recruitment_id=recruitment.id, opened_at=moment))
    freeze_criteria(recruitment)
    recruitment.criteria_locked_at = recruitment.criteria_locked_at or moment
    record("sift.opened", actor.id, recruitment.id)
    progress = load_progress(recruitment)
    for member_id in sorted(member_ids):
        _let_read(recruitment, progress, member_id, actor)
    db.session.flush()


def _let_read(recruitment: Recruitment, progress: Progress, member_id: int, actor: Person) -> None:
    member = progress.members.get(member_id)
    if member is None or member_id not in progress.obstacles:
        raise RuleBroken(_("Vælg et medlem på listen."))
    if progress.obstacles[member_id] is not None:
        raise RuleBroken(_("%(name)s kan ikke læse ansøgningerne lige nu.", name=member.person.name))
    member.sifts = True
    record("sift.member_added", actor.id, recruitment.id, member=member_id)


def _hold_open(recruitment: Recruitment) -> Sift:
    sift = hold_sift(recruitment)
    if sift is None:
        raise RuleBroken(_("Grovsorteringen er ikke begyndt."))
    if sift.revealed_at:
        raise RuleBroken(_("Resultatet er allerede åbnet."))
    return sift


def add_reader(recruitment: Recruitment, member_id: int, *, actor: Person) -> None:
    """One more who reads, before the result is opened. Raises RuleBroken."""
    _hold_open(recruitment)
    _let_read(recruitment, load_progress(recruitment), member_id, actor)


def excuse_reader(recruitment: Recruitment, member_id: int, *, code: str, actor: Person) -> None:
    """A member who has not submitted is not waited for any longer; what they answered counts in nothing."""
    _hold_open(recruitment)
    if code not in EXCUSES:
        raise RuleBroken(_("Vælg en grund på listen."))
    progress = load_progress(recruitment)
    state = progress.states.get(member_id)
    if state == SUBMITTED:
        raise RuleBroken(_("Medlemmet har afgivet sin sortering og kan ikke tages ud."))
    if state != MISSING:
        raise RuleBroken(_("Der ventes ikke på medlemmet."))
    progress.members[member_id].sifts = False
    record("sift.member_excused", actor.id, recruitment.id, member=member_id, code=code)


def reveal_sift(recruitment: Recruitment, *, actor: Person) -> None:
    """Opens the answers to those who read, HR and the chair, once, when nothing is missing. Raises RuleBroken."""
    sift = _hold_open(recruitment)
    progress = load_progress(recruitment)
    if progress.missing:
        raise RuleBroken(
            ngettext(
                "%(num)s medlem mangler at afgive. Vent, eller tag medlemmet ud med en grund.",
                "%(num)s medlemmer mangler at afgive. Vent, eller tag dem ud med en grund.",
                len(progress.missing),
            )
        )
    if not progress.submitted:
        raise RuleBroken(_("Ingen har afgivet sin sortering, så der er intet at åbne."))
    sift.revealed_at = now()
    record("sift.revealed", actor.id, recruitment.id)
