"""How a recruitment ends: with one or more hired, with nobody, or called off; and opening it again."""

from __future__ import annotations

from collections.abc import Callable

from flask import current_app
from flask_babel import gettext as _

from recruit.accounts.models import Person
from recruit.audit import now, record
from recruit.errors import RuleBroken
from recruit.recruitments.models import Recruitment
from recruit.recruitments.rules import CANCELLED, HIRED, check_outcome

# Given by create_app: what the recorded decision says, (outcome, how many are hired); None before there is one.
DECIDED = "recruit_decided"
Decided = Callable[[Recruitment], tuple[str, int] | None]


def decided(recruitment: Recruitment) -> tuple[str, int] | None:
    provider: Decided = current_app.extensions[DECIDED]
    return provider(recruitment)


def close(recruitment: Recruitment, *, outcome: str, hired: int, reason: str, actor: Person) -> None:
    """Ends it. Everything in it stays as it is, and can be read. `reason` is needed unless somebody is hired.

    Raises RuleBroken when it has ended already, when the decision says otherwise, and as `check_outcome` does.
    """
    if recruitment.closed_at:
        raise RuleBroken(_("Forløbet er allerede afsluttet."))
    check_outcome(outcome, hired, recruitment.posts, reason)
    found = decided(recruitment)
    if found and outcome != CANCELLED and found != (outcome, hired if outcome == HIRED else 0):
        raise RuleBroken(_("Afgørelsen i sagen siger noget andet. Ret den først, hvis den ikke er rigtig."))
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
