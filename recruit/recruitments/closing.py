"""How a recruitment ends: with one or more hired, with nobody, or called off; and opening it again."""

from __future__ import annotations

from flask_babel import gettext as _

from recruit.accounts.models import Person
from recruit.audit import now, record
from recruit.errors import RuleBroken
from recruit.recruitments.models import Recruitment
from recruit.recruitments.rules import HIRED, check_outcome


def close(recruitment: Recruitment, *, outcome: str, hired: int, reason: str, actor: Person) -> None:
    """Ends it. Everything in it stays as it is, and can be read. `reason` is needed unless somebody is hired.

    Raises RuleBroken when it has ended already, and as `check_outcome` does.
    """
    if recruitment.closed_at:
        raise RuleBroken(_("Forløbet er allerede afsluttet."))
    check_outcome(outcome, hired, recruitment.posts, reason)
    recruitment.outcome, recruitment.closing_reason = outcome, reason.strip()
    recruitment.hired = hired if outcome == HIRED else 0
    recruitment.closed_at = now()
    record("recruitment.closed", actor.id, recruitment.id, code=outcome, count=recruitment.hired)


def reopen(recruitment: Recruitment, *, actor: Person) -> None:
    """Takes the ending back. Raises RuleBroken when it has not ended."""
    if not recruitment.closed_at:
        raise RuleBroken(_("Forløbet er ikke afsluttet."))
    recruitment.outcome, recruitment.closing_reason, recruitment.hired, recruitment.closed_at = "", "", 0, None
    record("recruitment.reopened", actor.id, recruitment.id)
