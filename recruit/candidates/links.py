"""The candidates' link in the chain."""

from __future__ import annotations

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from recruit.candidates.service import count_active
from recruit.recruitments.models import Recruitment
from recruit.web.chain import DONE, MISSING, Link
from recruit.web.guard import may


def link(recruitment: Recruitment) -> Link:
    active = count_active(recruitment)
    url = url_for("candidates.candidates", recruitment_id=recruitment.id) if may("candidates.see") else None
    if not active:
        return Link(_("Kandidater"), url, _("Tilføj kandidater"), MISSING, ("candidates", "sifting"))
    note = ngettext("%(num)s kandidat", "%(num)s kandidater", active)
    return Link(_("Kandidater"), url, note, DONE, ("candidates", "sifting"))
