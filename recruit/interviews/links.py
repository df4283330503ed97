"""The plan's link in the chain."""

from __future__ import annotations

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from recruit.interviews.bookings import plan_clashes, seats
from recruit.interviews.plans import current_round, load_plan, planned_rounds
from recruit.interviews.presentation import local_day, short_day
from recruit.recruitments.models import Recruitment
from recruit.web.chain import DONE, OPTIONAL, TODO, Link
from recruit.web.guard import may


def link(recruitment: Recruitment) -> Link:
    """The plan of the round that is next. A panel may do without one, so none is nothing that is missing."""
    url = url_for("interviews.rounds", recruitment_id=recruitment.id) if may("interviews.see") else None
    round_ = current_round(recruitment)
    if round_ is None or round_.id not in planned_rounds(recruitment):
        return Link(_("Samtaleplan"), url, _("Ikke lagt"), OPTIONAL, ("interviews",))
    plan = load_plan(recruitment, round_)
    missing = len(plan.unplanned)
    if missing and not round_.revealed_at:
        note = ngettext("%(num)s kandidat uden tid", "%(num)s kandidater uden tid", missing)
        return Link(_("Samtaleplan"), url, note, TODO, ("interviews",))
    if may("interviews.edit") and not round_.revealed_at:
        clashes = plan_clashes(recruitment, plan, seats(recruitment, plan.candidates.values()))
        twice = len({clash.name for clash in clashes})
        if twice:
            note = ngettext("%(num)s medlem er optaget andetsteds", "%(num)s medlemmer er optaget andetsteds", twice)
            return Link(_("Samtaleplan"), url, note, TODO, ("interviews",))
    shown = [short_day(local_day(plan.slots[place].starts_at)) for place in (0, -1)]
    return Link(_("Samtaleplan"), url, "–".join(dict.fromkeys(shown)), DONE, ("interviews",))
