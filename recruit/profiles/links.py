"""The profile's link in the chain."""

from __future__ import annotations

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from recruit.profiles.rules import WRITTEN
from recruit.profiles.service import load_profile, load_rows, standing_of
from recruit.recruitments.models import Recruitment
from recruit.web.chain import DONE, MISSING, TODO, WAITING, Link
from recruit.web.guard import may

CRITERIA = (
    "recruitments.house",
    "recruitments.criteria",
    "recruitments.amend",
    "recruitments.needs",
    "recruitments.copy",
)


def link(recruitment: Recruitment) -> Link:
    """Criteria, then the sections, then the chair's approval; two queries, none once the criteria are locked."""
    count = len(recruitment.criteria)
    label, blueprints = _("Profil"), ("profiles", *CRITERIA)
    if not count and may("criteria.edit"):
        url = url_for("recruitments.house", recruitment_id=recruitment.id)
        return Link(label, url, _("Vælg kriterier"), MISSING, blueprints)
    url = url_for("profiles.profile", recruitment_id=recruitment.id)
    note = ngettext("%(num)s kriterium", "%(num)s kriterier", count)
    state = DONE if count else MISSING
    if count and recruitment.criteria_locked_at is None:
        state, note = _writing(recruitment, note)
    return Link(label, url if may("profile.see") else None, note, state, blueprints)


def _writing(recruitment: Recruitment, criteria: str) -> tuple[str, str]:
    """(state, note) while the profile is written. The panel assesses by the criteria: after that it is never missed."""
    rows = load_rows(recruitment)
    standing = standing_of(recruitment, load_profile(recruitment), rows)
    written = sum(bool(rows[key].text.strip()) for key in WRITTEN if key in rows)
    if standing.holds or (standing.locked and standing.approved):
        return DONE, criteria
    if not written:
        return (MISSING, _("Skriv profilen")) if may("profile.edit") else (WAITING, _("Ikke skrevet"))
    if may("profile.approve"):
        return TODO, _("Godkend profilen")
    if written < len(WRITTEN) and may("profile.edit"):
        return TODO, _("%(done)s af %(all)s afsnit", done=written, all=len(WRITTEN))
    return WAITING, _("Skal godkendes")
