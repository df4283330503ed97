"""Which scorecard of a round stands where, which are not waited for, and the reveal. Nothing of what is on a card."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import select

from recruit.accounts.models import Person
from recruit.audit import now, record
from recruit.candidates.impartiality import load_standings
from recruit.candidates.models import Candidate
from recruit.candidates.rules import NOT_RECORDED
from recruit.candidates.service import fix_candidates, round_candidates
from recruit.errors import RuleBroken
from recruit.extensions import db
from recruit.panel.models import PanelMember
from recruit.panel.service import load_members
from recruit.recruitments.models import Recruitment, Round
from recruit.recruitments.service import hold
from recruit.scoring.models import Excuse, Scorecard
from recruit.scoring.rules import (
    CONFLICT,
    EXCUSES,
    MISSING,
    NOT_EXPECTED,
    SUBMITTED,
    WITHDRAWN,
    came_late,
    card_state,
    missing,
)


@dataclass(frozen=True)
class Progress:
    """Which scorecard stands where: states by (member id, candidate id). Nothing of what is on them.

    `standings`: as `load_standings` gives them.
    """

    members: list[PanelMember]
    candidates: list[Candidate]
    states: dict[tuple[int, int], str]
    codes: dict[tuple[int, int], str]
    standings: dict[int, dict[int, str]]

    @property
    def expected(self) -> int:
        return sum(state in (SUBMITTED, MISSING) for state in self.states.values())

    @property
    def submitted(self) -> int:
        return sum(state == SUBMITTED for state in self.states.values())

    @property
    def missing(self) -> list[tuple[int, int]]:
        return missing(self.states)

    @property
    def ready(self) -> bool:
        return bool(self.submitted) and not self.missing


def progress(recruitment: Recruitment, round_: Round) -> Progress:
    """The state of every card of a round, in six queries whatever the number of cards."""
    members = load_members(recruitment)
    candidates = round_candidates(recruitment, round_)
    declared = load_standings(recruitment)
    submitted = {
        (member, candidate): at is not None
        for member, candidate, at in db.session.execute(
            select(Scorecard.member_id, Scorecard.candidate_id, Scorecard.submitted_at).where(
                Scorecard.round_id == round_.id
            )
        )
    }
    codes = {(row.member_id, row.candidate_id): row.code for row in load_excuses(round_)}
    states = {}
    for member in members:
        own = declared.get(member.id, {})
        for candidate in candidates:
            card = (member.id, candidate.id)
            states[card] = card_state(
                role=member.role,
                standings=own.values(),
                standing=own.get(candidate.id, NOT_RECORDED),
                withdrawn=candidate.status == "withdrawn",
                submitted=submitted.get(card),
                late=came_late(member.joined_at, round_.revealed_at),
                excused=card in codes,
            )
    return Progress(members, candidates, states, codes, declared)


def load_excuses(round_: Round) -> Sequence[Excuse]:
    return db.session.scalars(select(Excuse).where(Excuse.round_id == round_.id).order_by(Excuse.id)).all()


def excuse(
    recruitment: Recruitment,
    round_: Round,
    member_id: int,
    candidate_id: int,
    *,
    code: str,
    note: str = "",
    actor: Person | None,
) -> None:
    """A missing scorecard is not waited for any longer. Raises RuleBroken for a submitted one."""
    hold(round_)
    if round_.revealed_at:
        raise RuleBroken(_("Runden er afsløret."))
    if code not in EXCUSES:
        raise RuleBroken(_("Vælg en grund på listen."))
    state = progress(recruitment, round_).states.get((member_id, candidate_id))
    if state == SUBMITTED:
        raise RuleBroken(_("Skemaet er afgivet og kan ikke undskyldes."))
    if state in (None, CONFLICT, WITHDRAWN, NOT_EXPECTED):
        raise RuleBroken(_("Der ventes ikke på dette skema."))
    write_excuse(recruitment, round_, member_id, candidate_id, code=code, note=note, actor=actor)


def write_excuse(
    recruitment: Recruitment,
    round_: Round,
    member_id: int,
    candidate_id: int,
    *,
    code: str,
    note: str,
    actor: Person | None,
) -> None:
    """Writes what has been checked (see `excuse`)."""
    row = find_excuse(round_, member_id, candidate_id)
    if row is None:
        row = Excuse(round_id=round_.id, member_id=member_id, candidate_id=candidate_id)
        db.session.add(row)
    row.code, row.note = code, note
    record(
        "scorecard.excused",
        actor.id if actor else None,
        recruitment.id,
        round=round_.number,
        member=member_id,
        candidate=candidate_id,
        code=code,
    )


def remove_excuse(
    recruitment: Recruitment, round_: Round, member_id: int, candidate_id: int, *, actor: Person | None
) -> None:
    hold(round_)
    if round_.revealed_at:
        raise RuleBroken(_("Runden er afsløret."))
    row = find_excuse(round_, member_id, candidate_id)
    if row is not None:
        db.session.delete(row)
        record(
            "scorecard.excuse_removed",
            actor.id if actor else None,
            recruitment.id,
            round=round_.number,
            member=member_id,
            candidate=candidate_id,
        )


def find_excuse(round_: Round, member_id: int, candidate_id: int) -> Excuse | None:
    return db.session.scalar(
        select(Excuse).where(
            Excuse.round_id == round_.id, Excuse.member_id == member_id, Excuse.candidate_id == candidate_id
        )
    )


def reveal(recruitment: Recruitment, round_: Round, *, actor: Person | None) -> None:
    """Opens a round's ratings to the panel, once, when nothing is missing (rule 2). Raises RuleBroken."""
    hold(round_)
    if round_.revealed_at:
        raise RuleBroken(_("Runden er allerede afsløret."))
    found = progress(recruitment, round_)
    if found.missing:
        count = len(found.missing)
        raise RuleBroken(
            ngettext(
                "Der mangler %(num)s skema. Vent på det, eller undskyld det med en grund.",
                "Der mangler %(num)s skemaer. Vent på dem, eller undskyld dem med en grund.",
                count,
            )
        )
    if not found.submitted:
        raise RuleBroken(_("Ingen har afgivet et skema, så der er intet at afsløre."))
    fix_candidates(recruitment, round_)
    round_.revealed_at = now()
    record("round.revealed", actor.id if actor else None, recruitment.id, round=round_.number)
