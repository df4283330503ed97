"""The guide's link in the chain."""

from __future__ import annotations

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from recruit.questions.guide import question_counts
from recruit.recruitments.models import Recruitment
from recruit.web.chain import DONE, LOCKED, MISSING, TODO, Link
from recruit.web.guard import may

ROUNDS = ("recruitments.new_round", "recruitments.edit_round")


def link(recruitment: Recruitment) -> Link:
    counts = question_counts(recruitment)
    url = url_for("questions.guides", recruitment_id=recruitment.id) if may("guide.see") else None
    without = [round_ for round_ in recruitment.rounds if round_.id not in counts]
    open_ = [round_ for round_ in recruitment.rounds if not round_.locked_at]
    if not recruitment.criteria:
        state, note = LOCKED, _("Når der er kriterier")
    elif not recruitment.rounds:
        state, note = MISSING, _("Tilføj en runde")
    elif without:
        state, note = MISSING, _("Sæt guiden sammen")
    elif open_:
        state, note = TODO, _("Ikke låst")
    else:
        state, note = DONE, ngettext("%(num)s runde, låst", "%(num)s runder, låst", len(recruitment.rounds))
    return Link(_("Guide"), url, note, state, ("questions", *ROUNDS))
