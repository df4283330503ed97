"""Candidates: who is in, and in which round."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from flask_babel import gettext as _
from sqlalchemy import delete, func, insert, select

from recruit.accounts.models import Person
from recruit.accounts.rules import check_email
from recruit.audit import record
from recruit.candidates.models import Candidate, round_candidate
from recruit.candidates.rules import (
    MAX_CANDIDATES,
    WITHDRAWALS,
)
from recruit.errors import RuleBroken
from recruit.extensions import db
from recruit.recruitments.models import Recruitment, Round
from recruit.recruitments.service import hold, hold_list

# Candidates


def by_ref(candidate: Candidate) -> tuple[int, str]:
    """Sorts K2 before K10."""
    digits = "".join(letter for letter in candidate.ref if letter.isdigit())
    return (int(digits) if digits else 0, candidate.ref)


def load_candidates(recruitment: Recruitment) -> list[Candidate]:
    """All candidates by ref; one query."""
    rows = db.session.scalars(select(Candidate).where(Candidate.recruitment_id == recruitment.id))
    return sorted(rows, key=by_ref)


def count_active(recruitment: Recruitment) -> int:
    """How many candidates have not withdrawn; one query."""
    active = (Candidate.recruitment_id == recruitment.id, Candidate.status == "active")
    return db.session.scalar(select(func.count()).where(*active)) or 0


def chosen_candidates(recruitment: Recruitment) -> dict[int, set[int]]:
    """Candidate ids by round id, for the rounds that have chosen; one query."""
    rows = db.session.execute(
        select(round_candidate.c.round_id, round_candidate.c.candidate_id)
        .join(Round, Round.id == round_candidate.c.round_id)
        .where(Round.recruitment_id == recruitment.id)
    )
    chosen: dict[int, set[int]] = defaultdict(set)
    for round_id, candidate_id in rows:
        chosen[round_id].add(candidate_id)
    return dict(chosen)


def round_candidates(recruitment: Recruitment, round_: Round) -> list[Candidate]:
    """The candidates of a round by ref, withdrawn ones included; two queries."""
    chosen = chosen_candidates(recruitment).get(round_.id)
    return [item for item in load_candidates(recruitment) if chosen is None or item.id in chosen]


def add_candidate(
    recruitment: Recruitment,
    *,
    name: str,
    email: str = "",
    ref: str | None = None,
    actor: Person | None,
) -> Candidate:
    """With the next free ref (K1, K2, …) or the one given. Raises RuleBroken."""
    hold_list(recruitment)  # so that two who add at once get two refs
    existing = load_candidates(recruitment)
    check_room(len(existing) + 1)
    if ref is None:
        ref = f"K{next_number(existing)}"
    if any(item.ref == ref for item in existing):
        raise RuleBroken(_("Kandidaten %(ref)s findes allerede.", ref=ref))
    candidate = Candidate(
        recruitment_id=recruitment.id, ref=ref, name=name, email=check_email(email) if email else "", status="active"
    )
    db.session.add(candidate)
    db.session.flush()
    record("candidate.added", actor.id if actor else None, recruitment.id, candidate=candidate.id)
    return candidate


def check_room(count: int) -> None:
    """Raises RuleBroken when so many candidates are too many for one recruitment."""
    if count > MAX_CANDIDATES:
        raise RuleBroken(_("Et forløb kan højst have %(most)s kandidater.", most=MAX_CANDIDATES))


def next_number(existing: Collection[Candidate]) -> int:
    """The number of the next ref: none is used twice."""
    return max((by_ref(item)[0] for item in existing), default=0) + 1


def change_candidate(recruitment: Recruitment, candidate: Candidate, *, name: str, email: str, actor: Person) -> None:
    candidate.name, candidate.email = name, check_email(email) if email else ""
    record("candidate.changed", actor.id, recruitment.id, candidate=candidate.id)


def withdraw(recruitment: Recruitment, candidate: Candidate, *, code: str = "withdrew", actor: Person | None) -> None:
    """The candidate is out (see `rules.WITHDRAWALS`): nobody rates them any more, and they leave the comparison."""
    if code not in WITHDRAWALS:
        raise RuleBroken(_("Vælg en grund på listen."))
    if candidate.status == "active":
        candidate.status, candidate.withdrawal = "withdrawn", code
        record("candidate.withdrew", actor.id if actor else None, recruitment.id, candidate=candidate.id, code=code)


def take_back(recruitment: Recruitment, candidate: Candidate, *, actor: Person) -> None:
    """Undoes a withdrawal. Not after a reveal: the candidate would be rated by people who know the others' scores."""
    hold(*recruitment.rounds)
    if any(round_.revealed_at for round_ in recruitment.rounds):
        raise RuleBroken(_("En runde er afsløret. Kandidaten kan ikke komme ind igen."))
    if candidate.status == "withdrawn":
        candidate.status, candidate.withdrawal = "active", None
        record("candidate.returned", actor.id, recruitment.id, candidate=candidate.id)


def choose_candidates(
    recruitment: Recruitment, round_: Round, candidate_ids: Collection[int], *, actor: Person | None
) -> None:
    """Which candidates a round sees. All of them is stored as no choice, so that later ones are in as well."""
    hold(round_)
    if round_.revealed_at:
        raise RuleBroken(_("Runden er afsløret. Dens kandidater ligger fast."))
    everybody = {candidate.id for candidate in load_candidates(recruitment)}
    chosen = set(candidate_ids) & everybody
    if not chosen:
        raise RuleBroken(_("Vælg mindst én kandidat til runden."))
    db.session.execute(delete(round_candidate).where(round_candidate.c.round_id == round_.id))
    if chosen != everybody:
        rows = [{"round_id": round_.id, "candidate_id": candidate} for candidate in sorted(chosen)]
        db.session.execute(insert(round_candidate), rows)
    record("round.candidates_chosen", actor.id if actor else None, recruitment.id, round=round_.number)


def fix_candidates(recruitment: Recruitment, round_: Round) -> None:
    """At the reveal: whoever is added later is in no round that is revealed already."""
    if round_.id not in chosen_candidates(recruitment):
        rows = [{"round_id": round_.id, "candidate_id": item.id} for item in load_candidates(recruitment)]
        if rows:
            db.session.execute(insert(round_candidate), rows)
