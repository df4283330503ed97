"""The scoring's link in the chain."""

from __future__ import annotations

from flask import url_for
from flask_babel import gettext as _

from recruit.recruitments.models import Recruitment
from recruit.scoring.progress import progress
from recruit.web.chain import DONE, LOCKED, TODO, Link
from recruit.web.guard import may


def link(recruitment: Recruitment) -> Link:
    url = url_for("scoring.rounds", recruitment_id=recruitment.id) if may("progress.see") else None
    locked = [round_ for round_ in recruitment.rounds if round_.locked_at]
    if not locked:
        return Link(_("Vurdering"), url, _("Åbner, når guiden er låst"), LOCKED, ("scoring",))
    current = next((round_ for round_ in locked if not round_.revealed_at), locked[-1])
    if current.revealed_at:
        return Link(_("Vurdering"), url, _("Afsløret"), DONE, ("scoring",))
    found = progress(recruitment, current)
    note = _("%(done)s af %(total)s afgivet", done=found.submitted, total=found.expected)
    return Link(_("Vurdering"), url, note, DONE if found.ready else TODO, ("scoring",))
