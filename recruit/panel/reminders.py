"""Reminding members of scorecards that are missing: by itself on working days, and by hand. Once a day at most."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from flask import Flask, current_app
from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import or_, select, update

from recruit.accounts.models import Person
from recruit.accounts.service import check_active
from recruit.accounts.sign_in_links import mailed_address
from recruit.audit import now, record
from recruit.errors import RuleBroken
from recruit.extensions import db
from recruit.mail.service import is_configured, queue
from recruit.panel import mails
from recruit.panel.models import PanelMember
from recruit.panel.rules import is_reminding_time
from recruit.panel.service import load_members
from recruit.recruitments.models import Recruitment, Round

SCORECARD = "scorecard"  # the kind of message
EXTENSION = "recruit.panel.missing"

# Given by create_app, because scorecards stand above this package: how many are missing, by member id. With a day
# (local time) only those that it is time to remind of on that day.
Missing = Callable[[Recruitment, date | None], Mapping[int, int]]


def install(app: Flask, missing: Missing) -> None:
    app.extensions[EXTENSION] = missing


def local_time(at: datetime) -> datetime:
    return at.astimezone(ZoneInfo(current_app.config["BABEL_DEFAULT_TIMEZONE"]))


def queue_due(at: datetime) -> None:
    """Queues today's reminders, in every recruitment with a round that waits. A job of the server's thread.

    Never on a weekend or holiday. Two processes that do this at once remind each member once.
    """
    local = local_time(at)
    if not is_configured() or not is_reminding_time(local):
        return
    waiting = select(Round.recruitment_id).where(Round.locked_at.is_not(None), Round.revealed_at.is_(None))
    for recruitment in db.session.scalars(
        select(Recruitment).where(Recruitment.id.in_(waiting), Recruitment.closed_at.is_(None)).order_by(Recruitment.id)
    ):
        missing = current_app.extensions[EXTENSION](recruitment, local.date())
        for member in load_members(recruitment):
            count = missing.get(member.id, 0)
            if count and member.person.active and _is_first_today(member, at):
                _queue(recruitment, member, count, actor=None)


def remind(recruitment: Recruitment, member: PanelMember, *, actor: Person) -> None:
    """A reminder by hand. Raises RuleBroken when nothing is missing, and for the second on one day."""
    if not is_configured():
        raise RuleBroken(_("Der er ikke sat en mailserver op, så du må selv minde medlemmet om det."))
    count = current_app.extensions[EXTENSION](recruitment, None).get(member.id, 0)
    if not count:
        raise RuleBroken(_("%(name)s mangler ingen skemaer.", name=member.person.name))
    check_active(member.person)
    if not _is_first_today(member, now()):
        raise RuleBroken(_("%(name)s er allerede mindet om det i dag.", name=member.person.name))
    _queue(recruitment, member, count, actor=actor)


def _is_first_today(member: PanelMember, at: datetime) -> bool:
    """Marks the member as reminded at this moment; False when somebody has done so on this day already."""
    midnight = local_time(at).replace(hour=0, minute=0, second=0, microsecond=0)
    before = or_(PanelMember.reminded_at.is_(None), PanelMember.reminded_at < midnight.astimezone(at.tzinfo))
    marked = db.session.execute(
        update(PanelMember)
        .where(PanelMember.id == member.id, before)
        .values(reminded_at=at)
        .returning(PanelMember.id)
        .execution_options(synchronize_session=False)
    )
    return marked.first() is not None


def _queue(recruitment: Recruitment, member: PanelMember, count: int, *, actor: Person | None) -> None:
    person = member.person
    address = mailed_address(person, "overview.recruitment", recruitment_id=recruitment.id)
    with force_locale(person.language or recruitment.language):
        subject, text = mails.scorecards_missing(recruitment, member, address, count)
    queue(SCORECARD, person.email, subject, text, recruitment_id=recruitment.id)
    record("member.reminded", actor.id if actor else None, recruitment.id, member=member.id, count=count)
