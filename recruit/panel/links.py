"""The panel's link in the chain."""

from __future__ import annotations

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from recruit.panel.rules import FEW_MEMBERS
from recruit.panel.service import load_members, members_out
from recruit.recruitments.models import Recruitment
from recruit.web.chain import DONE, MISSING, TODO, Link
from recruit.web.guard import may


def link(recruitment: Recruitment) -> Link:
    out = members_out(recruitment) if may("impartiality.see") else set()
    roles = [row.role for row in load_members(recruitment) if row.role != "substitute" and row.id not in out]
    url = url_for("panel.members", recruitment_id=recruitment.id) if may("panel.see") else None
    if "chair" not in roles:
        state, note = MISSING, _("Vælg en forperson")
    else:
        state = DONE if len(roles) >= FEW_MEMBERS else TODO
        note = ngettext("%(num)s medlem", "%(num)s medlemmer", len(roles))
    return Link(_("Udvalg"), url, note, state, ("panel",))
