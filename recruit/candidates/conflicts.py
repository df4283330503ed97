"""Conflicts that turn up later, and what one that is limited to a candidate bars a member from."""

from __future__ import annotations

from flask_babel import gettext as _
from sqlalchemy import select

from recruit.accounts.models import Person
from recruit.audit import now, record
from recruit.candidates.impartiality import standings_of
from recruit.candidates.models import Declaration
from recruit.candidates.rules import KINDS, OUT_FOR_CANDIDATE
from recruit.errors import RuleBroken
from recruit.extensions import db
from recruit.panel.models import PanelMember
from recruit.recruitments.models import Recruitment
from recruit.recruitments.service import hold


def barred_from(member: PanelMember | None) -> set[int]:
    """Ids of the candidates whom a member must not judge, though they sit on the panel; one query.

    None, who is HR and no member, judges nobody and is barred from nobody.
    """
    standings = standings_of(member) if member else {}
    return {candidate for candidate, found in standings.items() if found == OUT_FOR_CANDIDATE}


def later_answers(recruitment: Recruitment) -> list[str]:
    """What a member who has declared no conflict can say later.

    After a reveal a doubt only, on which somebody else decides: nobody takes their frozen ratings out alone (rule 3).
    """
    return ["doubt"] if any(round_.revealed_at for round_ in recruitment.rounds) else ["conflict", "doubt"]


def tell_later(
    recruitment: Recruitment, member: PanelMember, candidate_id: int, answer: str, kind: str | None, *, actor: Person
) -> None:
    """A conflict or doubt that turns up after the member has declared none (forvaltningsloven section 6). It is never
    taken back. Raises RuleBroken."""
    hold(*recruitment.rounds)
    if answer not in later_answers(recruitment):
        raise RuleBroken(_("Vælg et svar på listen."))
    if kind not in KINDS:
        raise RuleBroken(_("Vælg, hvad konflikten eller tvivlen handler om."))
    row = db.session.scalar(
        select(Declaration).where(Declaration.member_id == member.id, Declaration.candidate_id == candidate_id)
    )
    if row is None or row.answer != "none":
        raise RuleBroken(_("Vælg en kandidat, som du har svaret ”Ingen interessekonflikt” om."))
    row.answer, row.kind, row.declared_at = answer, kind, now()
    record("impartiality.declared", actor.id, recruitment.id, member=member.id, candidate=candidate_id, answer=answer)
    db.session.flush()
