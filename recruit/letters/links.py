"""The link of the answers in the chain."""

from __future__ import annotations

from flask import url_for
from flask_babel import gettext as _

from recruit.letters.service import count_ready
from recruit.recruitments.models import Recruitment
from recruit.web.chain import DONE, LOCKED, TODO, Link
from recruit.web.guard import may


def link(recruitment: Recruitment) -> Link:
    label, blueprints = _("Svar"), ("letters",)
    if not may("letters.see"):
        return Link(label, None, _("Til alle ansøgere"), LOCKED, blueprints)
    url = url_for("letters.letters", recruitment_id=recruitment.id)
    ready, count, is_decided = count_ready(recruitment)
    note = _("%(ready)s af %(all)s klar", ready=ready, all=count)
    if count and ready == count:
        return Link(label, url, note, DONE, blueprints)
    if ready or recruitment.closed_at or is_decided:
        return Link(label, url, note, TODO, blueprints)
    return Link(label, url, _("Efter afgørelsen"), LOCKED, blueprints)
