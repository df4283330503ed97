"""The panel's link in the chain."""

from __future__ import annotations

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from recruit.panel.rules import FEW_MEMBERS
from recruit.panel.service import load_members
from recruit.recruitments.models import Recruitment
from recruit.web.chain import DONE, MISSING, TODO, Link
from recruit.web.guard import may


def link(recruitment: Recruitment) -> Link:
    members = [member for member in load_members(recruitment) if member.role != "substitute"]
    url = url_for("panel.members", recruitment_id=recruitment.id) if may("panel.see") else None
    if not any(member.role == "chair" for member in members):
        state, note = MISSING, _("Vælg en forperson")
    else:
        state = DONE if len(members) >= FEW_MEMBERS else TODO
        note = ngettext("%(num)s medlem", "%(num)s medlemmer", len(members))
    return Link(_("Udvalg"), url, note, state, ("panel",))
