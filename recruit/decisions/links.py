"""The links of the recommendation and of the decision in the chain."""

from __future__ import annotations

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from recruit.decisions.service import last_revealed
from recruit.decisions.waiting import load_stage
from recruit.recruitments.models import Recruitment
from recruit.recruitments.rules import OUTCOMES
from recruit.web.chain import DONE, LOCKED, MISSING, TODO, Link
from recruit.web.guard import may

DECISION_PAGES = (
    "decisions.decision",
    "decisions.decide",
    "decisions.take_decision_back",
    "decisions.references",
    "decisions.reference",
    "decisions.new_reference",
    "decisions.call",
    "decisions.consent",
    "decisions.new_task",
    "decisions.task",
    "decisions.end",
    "decisions.pass_over",
)
RECOMMENDATION_PAGES = (
    "decisions.recommendation",
    "decisions.finish",
    "decisions.open_again",
    "decisions.choice",
    "decisions.write",
    "decisions.evidence",
    "decisions.text_history",
)


def recommendation(recruitment: Recruitment) -> Link:
    label, url = _("Indstilling"), None
    if may("recommendation.see"):
        url = url_for("decisions.recommendation", recruitment_id=recruitment.id)
    if last_revealed(recruitment) is None:
        return Link(label, url, _("Åbner ved afsløringen"), LOCKED, RECOMMENDATION_PAGES)
    stage = load_stage(recruitment.id)
    if not stage.is_written:
        return Link(label, url, _("Ikke skrevet"), MISSING, RECOMMENDATION_PAGES)
    if not stage.is_final:
        return Link(label, url, _("Udkast"), TODO, RECOMMENDATION_PAGES)
    return Link(label, url, _("Endelig"), DONE, RECOMMENDATION_PAGES)


def decision(recruitment: Recruitment) -> Link:
    label, url = _("Afgørelse"), None
    if may("decision.see"):
        url = url_for("decisions.decision", recruitment_id=recruitment.id)
    stage = load_stage(recruitment.id)
    if stage.outcome is not None:
        return Link(label, url, str(OUTCOMES[stage.outcome]), DONE, DECISION_PAGES)
    if last_revealed(recruitment) is None:
        return Link(label, url, _("Efter indstillingen"), LOCKED, DECISION_PAGES)
    waiting = stage.tasks if may("references.see") else 0
    if waiting:
        note = ngettext("%(num)s opgave er åben", "%(num)s opgaver er åbne", waiting)
        return Link(label, url, note, TODO, DECISION_PAGES)
    if not stage.is_final:
        return Link(label, url, _("Efter indstillingen"), LOCKED, DECISION_PAGES)
    return Link(label, url, _("Ikke noteret"), MISSING, DECISION_PAGES)
