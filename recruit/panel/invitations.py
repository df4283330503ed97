"""Inviting a member by mail: who asks, to which post, what comes first, when the interviews are, and a link."""

from __future__ import annotations

from datetime import datetime

from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import select

from recruit.accounts.models import Person
from recruit.accounts.sign_in_links import check_links, mailed_address
from recruit.audit import now, record
from recruit.errors import RuleBroken
from recruit.extensions import db
from recruit.mail.service import is_configured, queue
from recruit.panel import mails
from recruit.panel.models import PanelMember
from recruit.panel.service import check_not_out, has_told
from recruit.recruitments.models import Recruitment

INVITATION = "invitation"  # the kind of message


def invite_member(recruitment: Recruitment, member: PanelMember, *, actor: Person) -> None:
    """Queues an invitation in the member's language or the recruitment's. Writes nothing where there is no mail,
    and to nobody who is shut out.
    """
    person = member.person
    if not is_configured() or not person.active:
        return
    address = mailed_address(person, "overview.recruitment", recruitment_id=recruitment.id)
    # Whoever may have a conflict is told nothing more of the case than where to sign in (rule 7).
    interviews = None if has_told(member) else planned_interviews(recruitment)
    with force_locale(person.language or recruitment.language):
        subject, text = mails.invitation(recruitment, member, address, interviews, actor=actor)
    queue(INVITATION, person.email, subject, text, recruitment_id=recruitment.id)
    record("member.invited", actor.id, recruitment.id, member=member.id)


def invite_again(recruitment: Recruitment, member: PanelMember, *, actor: Person) -> None:
    """Raises RuleBroken where there is no mail, for somebody disqualified or shut out, and for the fourth link in an
    hour.
    """
    if not is_configured():
        raise RuleBroken(_("Der er ikke sat en mailserver op. HR kan lave et link i stedet."))
    check_not_out(recruitment, member)
    check_links(member.person)
    invite_member(recruitment, member, actor=actor)


def planned_interviews(recruitment: Recruitment) -> list[datetime]:
    """When the interviews that lie ahead begin, in order; one query. By table names: they stand above this package."""
    tables = db.metadata.tables
    slot, candidate = tables["interview_slot"], tables["candidate"]
    query = (
        select(slot.c.starts_at)
        .join(candidate, candidate.c.id == slot.c.candidate_id)
        .where(candidate.c.recruitment_id == recruitment.id, candidate.c.status == "active", slot.c.starts_at > now())
        .order_by(slot.c.starts_at)
    )
    return list(db.session.scalars(query))
