"""The profile's link in the chain."""

from __future__ import annotations

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from recruit.recruitments.models import Recruitment
from recruit.web.chain import DONE, MISSING, Link
from recruit.web.guard import may

CRITERIA = ("recruitments.house", "recruitments.criteria", "recruitments.amend")


def link(recruitment: Recruitment) -> Link:
    count = len(recruitment.criteria)
    label, blueprints = _("Profil"), ("profiles", *CRITERIA)
    if not count and may("criteria.edit"):
        url = url_for("recruitments.house", recruitment_id=recruitment.id)
        return Link(label, url, _("Vælg kriterier"), MISSING, blueprints)
    url = url_for("profiles.profile", recruitment_id=recruitment.id)
    note = ngettext("%(num)s kriterium", "%(num)s kriterier", count)
    return Link(label, url if may("profile.see") else None, note, DONE if count else MISSING, blueprints)
