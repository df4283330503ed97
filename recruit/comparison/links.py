"""The comparison's link in the chain."""

from __future__ import annotations

from flask import url_for
from flask_babel import gettext as _

from recruit.recruitments.models import Recruitment
from recruit.web.chain import DONE, LOCKED, Link
from recruit.web.guard import may


def link(recruitment: Recruitment) -> Link:
    url = url_for("comparison.latest", recruitment_id=recruitment.id) if may("comparison.see") else None
    revealed = [round_ for round_ in recruitment.rounds if round_.revealed_at]
    if not revealed:
        return Link(_("Sammenligning"), url, _("Åbner ved afsløringen"), LOCKED, ("comparison",))
    return Link(_("Sammenligning"), url, revealed[-1].name, DONE, ("comparison",))
