"""Where a person lands: my recruitments and what waits for me; and one recruitment with its whole chain."""

from __future__ import annotations

from flask import Blueprint, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from recruit.overview.service import WAIT, my_recruitments
from recruit.panel.rules import ROLES
from recruit.recruitments.service import charter_of
from recruit.web.guard import needs

blueprint = Blueprint("overview", __name__)


@blueprint.get("/")
@needs("overview.see")
def home() -> ResponseReturnValue:
    if current_user.role == "auditor":
        return redirect(url_for("privacy.log"))
    everything = my_recruitments(current_user)
    mine = [item for item in everything if not item.is_out]
    waiting = [(item, waiting) for item in mine for waiting in item.waiting if waiting.kind != WAIT]
    return render_template(
        "overview/home.html",
        mine=mine,
        out=[item.recruitment.title for item in everything if item.is_out],
        waiting=waiting,
        roles=ROLES,
    )


@blueprint.get("/recruitments/<int:recruitment_id>")
@needs("recruitment.see")
def recruitment(recruitment_id: int) -> ResponseReturnValue:
    charter = charter_of(g.recruitment)
    own = next((item for item in my_recruitments(current_user) if item.recruitment.id == recruitment_id), None)
    return render_template(
        "overview/recruitment.html",
        charter=charter,
        role=charter.role(g.recruitment.role),
        waiting=own.waiting if own else [],
    )
