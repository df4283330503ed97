"""The roles on a panel, the sides its members come from, who may come in late, and when a member is reminded."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from flask_babel import lazy_gettext as _l

from recruit.recruitments.workdays import is_working_day

ROLES = {"chair": _l("Forperson"), "member": _l("Medlem"), "substitute": _l("Suppleant")}
SIDES = {
    "chief": _l("Ledelse"),
    "hr": _l("HR"),
    "employee": _l("Medarbejdere"),
    "union": _l("Tillidsrepræsentant"),
    "peer": _l("Lederkollega"),
    "user": _l("Brugere eller forældre"),
}
FEW_MEMBERS = 3

REMINDING_HOURS = range(9, 17)  # local time


def may_join(revealed: Collection[bool]) -> bool:
    """Whether somebody may still come in, given for each round whether it is revealed.

    Whoever comes in knows the others' ratings of a revealed round before giving their own, so they rate only the rounds
    that are not: one must be left.
    """
    return not revealed or not all(revealed)


def is_reminding_time(local: datetime) -> bool:
    """Whether a reminder may go out by itself: on working days, in the hours when people read mail at work."""
    return is_working_day(local.date()) and local.hour in REMINDING_HOURS
