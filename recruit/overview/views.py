"""Where a person lands: my recruitments and what waits for me; and one recruitment with its whole chain."""

from __future__ import annotations

from flask import Blueprint, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from recruit.overview.service import WAIT, my_recruitments
from recruit.panel.rules import ROLES
from recruit.recruitments.models import Recruitment
from recruit.recruitments.needs import needs_texts
from recruit.recruitments.rules import OUTCOMES
from recruit.recruitments.service import charter_of
from recruit.recruitments.timetable import load_timetable, today
from recruit.recruitments.timetable_presentation import days_in_words
from recruit.web.chain import OPTIONAL, Link
from recruit.web.guard import may, needs

blueprint = Blueprint("overview", __name__)

COMING = 3  # steps of the timetable


@blueprint.get("/")
@needs("overview.see")
def home() -> ResponseReturnValue:
    if current_user.role == "auditor":
        return redirect(url_for("privacy.log"))
    everything = my_recruitments(current_user)
    mine = [item for item in everything if not item.is_out]
    running = [item for item in mine if item.recruitment.closed_at is None]
    waiting = [(item, waiting) for item in running for waiting in item.waiting if waiting.kind != WAIT]
    return render_template(
        "overview/home.html",
        mine=mine,
        out=[item.recruitment.title for item in everything if item.is_out],
        waiting=waiting,
        roles=ROLES,
        outcomes=OUTCOMES,
    )


@blueprint.get("/recruitments/<int:recruitment_id>")
@needs("recruitment.see")
def recruitment(recruitment_id: int) -> ResponseReturnValue:
    charter = charter_of(g.recruitment)
    mine = my_recruitments(current_user)
    own = next((item for item in mine if item.recruitment.id == recruitment_id), None)
    steps = load_timetable(g.recruitment)
    return render_template(
        "overview/recruitment.html",
        coming=[
            (_opened(days_in_words(step.starts_on, step.ends_on)), step.title)
            for step in steps
            if step.starts_on >= today()
        ][:COMING],
        has_timetable=bool(steps),
        follows=next((item.recruitment for item in mine if item.recruitment.id == g.recruitment.follows_id), None),
        followed_by=[item.recruitment for item in mine if item.recruitment.follows_id == recruitment_id],
        charter=charter,
        role=charter.role(g.recruitment.role),
        waiting=own.waiting if own and g.recruitment.closed_at is None else [],
        before=_before(g.recruitment, has_timetable=bool(steps)),
    )


def _opened(words: str) -> str:
    """With a capital first; English months keep theirs."""
    return words[:1].upper() + words[1:]


def _before(recruitment: Recruitment, *, has_timetable: bool) -> dict[str, Link]:
    """What is no link of the chain, but better done before one: that link's blueprint -> what comes first."""
    found = {}
    if not recruitment.criteria and may("needs.edit") and not needs_texts(recruitment):
        url = url_for("recruitments.needs", recruitment_id=recruitment.id)
        found["profiles"] = Link(_("Behovsafklaring"), url, _("Hvad har I brug for?"), OPTIONAL, ())
    if not has_timetable and may("timetable.edit"):
        url = url_for("recruitments.timetable", recruitment_id=recruitment.id)
        found["ads"] = Link(_("Tidsplan"), url, _("Læg en tidsplan"), OPTIONAL, ())
    return found
