"""Impartiality (rule 7): what members have declared, what is decided of a doubt, and to whom a case is closed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from flask_babel import gettext as _
from sqlalchemy import Select, select

from recruit.accounts.models import Person
from recruit.audit import now, record
from recruit.candidates.models import Candidate, Declaration
from recruit.candidates.rules import (
    ANSWERS,
    DECISIONS,
    DOUBT,
    KINDS,
    NOT_RECORDED,
    is_disqualified,
    must_declare,
    standing,
)
from recruit.candidates.service import load_candidates
from recruit.errors import RuleBroken
from recruit.extensions import db
from recruit.panel.models import PanelMember
from recruit.recruitments.models import Recruitment
from recruit.recruitments.service import hold


def load_declarations(recruitment: Recruitment) -> list[Declaration]:
    """Every declaration of the recruitment; one query."""
    return list(
        db.session.scalars(
            select(Declaration)
            .join(Candidate, Candidate.id == Declaration.candidate_id)
            .where(Candidate.recruitment_id == recruitment.id)
        )
    )


def load_standings(recruitment: Recruitment) -> dict[int, dict[int, str]]:
    """member id -> candidate id -> standing (see `rules.standing`); what is missing is not recorded. One query."""
    rows = db.session.execute(
        select(Declaration.member_id, Declaration.candidate_id, Declaration.answer, Declaration.decision)
        .join(Candidate, Candidate.id == Declaration.candidate_id)
        .where(Candidate.recruitment_id == recruitment.id)
    )
    found: dict[int, dict[int, str]] = defaultdict(dict)
    for member_id, candidate_id, answer, decision in rows:
        found[member_id][candidate_id] = standing(answer, decision)
    return dict(found)


def declare(
    recruitment: Recruitment,
    member: PanelMember,
    answers: Mapping[int, tuple[str, str | None]],
    *,
    actor: Person | None,
) -> None:
    """Records a member's own answers: candidate id -> (answer, kind). Raises RuleBroken for an unknown one.

    What is declared stays: a later change of mind is a decision by somebody else (but see conflicts.py).
    """
    candidates = {candidate.id for candidate in load_candidates(recruitment)}
    existing = {row.candidate_id for row in load_declarations(recruitment) if row.member_id == member.id}
    for candidate_id, (answer, kind) in answers.items():
        if candidate_id not in candidates or answer not in ANSWERS:
            raise RuleBroken(_("Vælg et svar for hver kandidat på listen."))
        if answer != "none" and kind not in KINDS:
            raise RuleBroken(_("Vælg, hvad konflikten eller tvivlen handler om."))
        if candidate_id in existing:
            continue
        db.session.add(
            Declaration(
                member_id=member.id,
                candidate_id=candidate_id,
                answer=answer,
                kind=kind if answer != "none" else None,
                declared_at=now(),
            )
        )
        record(
            "impartiality.declared",
            actor.id if actor else None,
            recruitment.id,
            member=member.id,
            candidate=candidate_id,
            answer=answer,
        )
    db.session.flush()


def may_decide(actor_is_hr: bool, actor_member: PanelMember | None, subject: PanelMember) -> bool:
    """Who decides on a member's impartiality: the chair; on the chair's own, HR records what the superior decided.

    The one in doubt never decides it (domain sheet, section 1).
    """
    if actor_member is not None and actor_member.id == subject.id:
        return False
    if subject.role == "chair":
        return actor_is_hr
    return actor_member is not None and actor_member.role == "chair"


def decide(
    recruitment: Recruitment,
    declaration: Declaration,
    subject: PanelMember,
    *,
    decision: str,
    reason: str,
    actor: Person | None,
    actor_member: PanelMember | None = None,
) -> None:
    """Decides on a declared conflict or doubt, with a written reason. Raises RuleBroken.

    After a reveal only a doubt that still waits is decided: a candidate may come in for a later round.
    """
    hold(*recruitment.rounds)
    if decision not in DECISIONS:
        raise RuleBroken(_("Vælg en afgørelse på listen."))
    if declaration.answer == "none":
        raise RuleBroken(_("Medlemmet har ikke oplyst om en konflikt eller tvivl."))
    if not reason.strip():
        raise RuleBroken(_("Skriv begrundelsen for afgørelsen."))
    if actor is not None and not may_decide(actor.role == "hr", actor_member, subject):
        raise RuleBroken(_("Du kan ikke afgøre dette medlems habilitet."))
    settled = standing(declaration.answer, declaration.decision) != DOUBT
    if settled and any(round_.revealed_at for round_ in recruitment.rounds):
        raise RuleBroken(_("En runde er afsløret. Afgørelsen kan ikke ændres."))
    declaration.decision, declaration.reason = decision, reason.strip()
    declaration.decided_by_id, declaration.decided_at = actor.id if actor else None, now()
    record(
        "impartiality.decided",
        actor.id if actor else None,
        recruitment.id,
        member=subject.id,
        candidate=declaration.candidate_id,
        decision=decision,
    )


def standings_of(member: PanelMember) -> dict[int, str]:
    """candidate id -> standing of one member; one query. What is open about a withdrawn candidate is left out."""
    rows = db.session.execute(
        select(Candidate.id, Candidate.status, Declaration.answer, Declaration.decision)
        .outerjoin(Declaration, (Declaration.candidate_id == Candidate.id) & (Declaration.member_id == member.id))
        .where(Candidate.recruitment_id == member.recruitment_id)
    )
    found = [(candidate, status, standing(answer, decision)) for candidate, status, answer, decision in rows]
    return {row[0]: row[2] for row in found if row[1] == "active" or row[2] not in (DOUBT, NOT_RECORDED)}


def open_to(person: Person) -> Select[int]:
    """The ids of the recruitments that a person prepares: HR all, others those they chair; none that is closed to them.

    One query here; what comes back is for another to be a part of.
    """
    ids = select(Recruitment.id).where(Recruitment.id.not_in(closed_to(person)))
    if person.role != "hr":
        ids = ids.join(PanelMember, PanelMember.recruitment_id == Recruitment.id).where(
            PanelMember.person_id == person.id, PanelMember.role == "chair"
        )
    return ids


def closed_to(person: Person) -> set[int]:
    """Ids of the recruitments on whose panel a person sits and that are not open to them (rule 7); one query."""
    rows = db.session.execute(
        select(PanelMember.recruitment_id, Candidate.status, Declaration.answer, Declaration.decision)
        .join(Candidate, Candidate.recruitment_id == PanelMember.recruitment_id)
        .outerjoin(Declaration, (Declaration.candidate_id == Candidate.id) & (Declaration.member_id == PanelMember.id))
        .where(PanelMember.person_id == person.id)
    )
    closed = set()
    for recruitment_id, status, answer, decision in rows:
        found = [standing(answer, decision)]
        if is_disqualified(found) or (status == "active" and must_declare(found)):
            closed.add(recruitment_id)
    return closed
