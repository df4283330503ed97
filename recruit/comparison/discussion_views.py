"""The discussion after the reveal, for the screen in the meeting room, and what a member does not agree with.

Part of the blueprint in views.py.
"""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from recruit.comparison.discussion import discussion_points, point_values
from recruit.comparison.service import RevealedRound, load_revealed
from recruit.comparison.views import Attempt, blueprint, consensus_form, find_place, may_agree, take_consensus
from recruit.errors import EditedMeanwhile, RuleBroken
from recruit.extensions import db
from recruit.panel.rules import SIDES
from recruit.recruitments.models import Round
from recruit.recruitments.service import charter_of
from recruit.recruitments.views import find_round
from recruit.scoring.dissents import find_dissent, load_dissents, version_of, write_dissent
from recruit.scoring.forms import DissentForm
from recruit.scoring.models import Dissent
from recruit.web.forms import whole
from recruit.web.guard import may, needs

ROUND = "/recruitments/<int:recruitment_id>/rounds/<int:number>"
POINT = ROUND + "/discussion/<int:candidate_id>/<int:criterion_id>"
HERE = "discussion"  # the id of the part of the page that fills the screen


@blueprint.get(ROUND + "/discussion")
@needs("comparison.see")
def discussion(recruitment_id: int, number: int) -> ResponseReturnValue:
    """Everything that can be talked about: what to begin with, then each candidate's criteria, to jump to."""
    round_ = find_round(g.recruitment, number)
    if not round_.revealed_at:
        return render_template("comparison/not_revealed.html", round=round_)
    revealed = load_revealed(g.recruitment, round_)
    points = discussion_points(revealed)
    places = {criterion.id: place for place, criterion in enumerate(revealed.criteria)}
    return render_template(
        "comparison/discussion.html",
        round=round_,
        points=points,
        by_candidate=[
            (
                candidate,
                sorted(
                    (point for point in points if point.candidate is candidate),
                    key=lambda point: places[point.criterion.id],
                ),
            )
            for candidate in revealed.candidates
        ],
        settled=sum(point.consensus is not None for point in points),
        charter=charter_of(g.recruitment),
    )


@blueprint.get(POINT)
@needs("comparison.see")
def point(recruitment_id: int, number: int, candidate_id: int, criterion_id: int) -> ResponseReturnValue:
    """One candidate on one criterion: everybody's rating and evidence, and what the panel agrees on."""
    revealed = load_revealed(g.recruitment, find_round(g.recruitment, number))
    return _point_page(revealed, candidate_id, criterion_id)


def _point_page(revealed: RevealedRound, candidate_id: int, criterion_id: int, attempt: Attempt | None = None) -> str:
    candidate, criterion = find_place(revealed, candidate_id, criterion_id)
    points = discussion_points(revealed)
    place = next(
        place for place, item in enumerate(points) if (item.candidate, item.criterion) == (candidate, criterion)
    )
    shown = points[place]
    leads = may_agree(candidate)
    return render_template(
        "comparison/discussion_point.html",
        round=revealed.round,
        point=shown,
        previous=points[place - 1] if place else None,
        next=points[place + 1] if place + 1 < len(points) else None,
        total=len(points),
        settled=sum(item.consensus is not None for item in points),
        rated=revealed.is_rated(candidate, criterion),
        leads=leads,
        attempt=attempt or Attempt(consensus_form(criterion, shown.consensus)),
        here=HERE,
        sides=SIDES,
        charter=charter_of(g.recruitment),
        # The one who leads decides when the names are shown; nobody else's page holds them.
        values=point_values(revealed, shown, with_names=leads),
    )


@blueprint.post(POINT)
@needs("consensus.write")
def settle(recruitment_id: int, number: int, candidate_id: int, criterion_id: int) -> ResponseReturnValue:
    """The consensus of one point, in its place. The script of the page puts what comes back in place of the old."""
    revealed = load_revealed(g.recruitment, find_round(g.recruitment, number))
    attempt = take_consensus(revealed, *find_place(revealed, candidate_id, criterion_id))
    if attempt is not None:
        revealed = load_revealed(g.recruitment, find_round(g.recruitment, number))
        return _point_page(revealed, candidate_id, criterion_id, attempt), attempt.status
    place: dict[str, Any] = request.view_args or {}
    return redirect(url_for("comparison.point", **place, _anchor=HERE))


# Dissent


@blueprint.get(ROUND + "/dissents")
@needs("comparison.see")
def dissents(recruitment_id: int, number: int) -> ResponseReturnValue:
    round_ = find_round(g.recruitment, number)
    if not round_.revealed_at:
        return render_template("comparison/not_revealed.html", round=round_)
    return _dissents_page(round_, None, {})


def _dissents_page(round_: Round, form: DissentForm | None, newer: dict[str, Any]) -> str:
    own = find_dissent(round_, g.member) if may("dissent.write") else None
    if form is None and may("dissent.write"):
        form = DissentForm(formdata=None, text=own.text if own else "")
        form.newer(version_of(own), _stored(own))
    return render_template(
        "comparison/discussion_dissents.html",
        round=round_,
        dissents=load_dissents(g.recruitment, round_),
        own=own,
        form=form,
        newer=newer,
        sides=SIDES,
    )


def _stored(own: Dissent | None) -> dict[str, Any]:
    return {"text": own.text if own else ""}


@blueprint.post(ROUND + "/dissents")
@needs("dissent.write")
def dissent(recruitment_id: int, number: int) -> ResponseReturnValue:
    """A member's own. 409 with both texts when another window has saved since the page was opened."""
    round_ = find_round(g.recruitment, number)
    if not round_.revealed_at:
        return render_template("comparison/not_revealed.html", round=round_), 400
    form = DissentForm()
    is_ours = bool(whole(form.version.data))
    own = find_dissent(round_, g.member)
    newer = form.newer(version_of(own), _stored(own))
    if newer or not form.validate_on_submit():
        return _dissents_page(round_, form, newer), 409 if newer else 400
    text, version = form.text.data or "", version_of(own) if is_ours or own is None else 0
    try:
        write_dissent(g.recruitment, round_, g.member, text, version=version, actor=current_user)
        db.session.commit()
    except EditedMeanwhile:
        db.session.rollback()
        own = find_dissent(round_, g.member)
        newer = form.newer(version_of(own), _stored(own)) or _stored(own)
        return _dissents_page(round_, form, newer), 409
    except RuleBroken as broken:
        db.session.rollback()
        form.text.errors = [str(broken)]
        return _dissents_page(round_, form, {}), 400
    if text:
        flash(_("Din særudtalelse er gemt. Udvalget og HR kan se den, og den står i rapporten."), "success")
    else:
        flash(_("Din særudtalelse er taget tilbage."), "success")
    return redirect(url_for("comparison.dissents", recruitment_id=recruitment_id, number=number))
