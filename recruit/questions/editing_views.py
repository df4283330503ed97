"""Changing the interview guide of a round: what stands in it, in which order, and who asks."""

from __future__ import annotations

import json
import zlib
from typing import Any

from flask import flash, g, jsonify, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from pydantic import ValidationError

from recruit.datafiles import Frozen
from recruit.errors import EditedMeanwhile, RuleBroken
from recruit.extensions import db
from recruit.questions.asking import give_to, share_questions
from recruit.questions.editing import (
    add_question,
    move_question,
    put_back,
    remove_question,
    reorder,
    swap_question,
)
from recruit.questions.guide import load_guide
from recruit.questions.guide_views import SWAPPED, asker_values, find_question, guide_url, time_values
from recruit.questions.views import blueprint
from recruit.recruitments.models import Round
from recruit.recruitments.views import find_criterion, find_round
from recruit.web.forms import whole
from recruit.web.guard import needs, wants_json

# A cookie holds four kilobytes; a question that would not fit beside the rest cannot be put back.
LONGEST_KEPT = 1_500

GUIDE = "/recruitments/<int:recruitment_id>/rounds/<int:number>/guide"


class Order(Frozen):
    """What guide.js sends: all questions in their new order, and the state of the guide that it was shown."""

    order: list[int]
    state: str


@blueprint.post(f"{GUIDE}/add")
@needs("guide.edit")
def add(recruitment_id: int, number: int) -> ResponseReturnValue:
    criterion = find_criterion(g.recruitment, request.form.get("criterion", 0, int))
    round_ = find_round(g.recruitment, number)
    add_question(g.recruitment, round_, criterion, request.form.get("question", ""), actor=current_user)
    db.session.commit()
    return redirect(url_for("questions.guide", recruitment_id=recruitment_id, number=number))


@blueprint.post(f"{GUIDE}/<int:question_id>/move")
@needs("guide.edit")
def move(recruitment_id: int, number: int, question_id: int) -> ResponseReturnValue:
    round_ = find_round(g.recruitment, number)
    step = 1 if request.form.get("step") == "down" else -1
    move_question(g.recruitment, round_, find_question(round_, question_id), step, actor=current_user)
    db.session.commit()
    return redirect(guide_url(recruitment_id, number, question_id))


@blueprint.post(f"{GUIDE}/order")
@needs("guide.edit")
def order(recruitment_id: int, number: int) -> ResponseReturnValue:
    """JSON in: see Order. JSON out: the guide's new state, and the bar of how its time is spent."""
    round_ = find_round(g.recruitment, number)
    try:
        sent = Order.model_validate_json(request.get_data())
    except ValidationError:
        raise RuleBroken(_("Det kunne ikke læses. Genindlæs siden.")) from None
    state = reorder(g.recruitment, round_, sent.order, sent.state, actor=current_user)
    db.session.commit()
    time = render_template("questions/_guide_time.html", **time_values(round_, load_guide(round_)))
    return jsonify(state=state, time=time)


@blueprint.post(f"{GUIDE}/<int:question_id>/remove")
@needs("guide.edit")
def remove(recruitment_id: int, number: int, question_id: int) -> ResponseReturnValue:
    round_ = find_round(g.recruitment, number)
    remove_question(g.recruitment, round_, find_question(round_, question_id), actor=current_user)
    db.session.commit()
    return redirect(url_for("questions.guide", recruitment_id=recruitment_id, number=number))


@blueprint.post(f"{GUIDE}/<int:question_id>/swap")
@needs("guide.edit")
def swap(recruitment_id: int, number: int, question_id: int) -> ResponseReturnValue:
    round_ = find_round(g.recruitment, number)
    row = find_question(round_, question_id)
    try:
        before = swap_question(g.recruitment, round_, row, request.form.get("shown", ""), actor=current_user)
        db.session.commit()
        _keep(question_id, before)
    except EditedMeanwhile as edited:  # or a second click on a slow machine
        db.session.rollback()
        flash(str(edited), "info")
    return redirect(guide_url(recruitment_id, number, question_id))


def _keep(question_id: int, before: dict[str, Any]) -> None:
    """Remembers what a swap took away until the next one."""
    session.pop(SWAPPED, None)
    if len(zlib.compress(json.dumps(before).encode())) <= LONGEST_KEPT:
        session[SWAPPED] = {"question_id": question_id} | before


@blueprint.post(f"{GUIDE}/<int:question_id>/swap-back")
@needs("guide.edit")
def swap_back(recruitment_id: int, number: int, question_id: int) -> ResponseReturnValue:
    round_ = find_round(g.recruitment, number)
    row = find_question(round_, question_id)
    before = session.get(SWAPPED, {})
    if before.get("question_id") != question_id:
        raise RuleBroken(_("Der er ikke noget at fortryde. Skift videre, eller find spørgsmålet herunder."))
    put_back(g.recruitment, round_, row, before, actor=current_user)
    db.session.commit()
    session.pop(SWAPPED)
    return redirect(guide_url(recruitment_id, number, question_id))


@blueprint.post(f"{GUIDE}/<int:question_id>/asker")
@needs("guide.edit")
def asker(recruitment_id: int, number: int, question_id: int) -> ResponseReturnValue:
    """Who asks a question. JSON out for guide.js: who asks how much now."""
    round_ = find_round(g.recruitment, number)
    row = find_question(round_, question_id)
    sent = request.form.get("asker", "")
    give_to(g.recruitment, round_, row, whole(sent) if sent else None, actor=current_user)
    db.session.commit()
    if wants_json():
        return jsonify(askers=_askers(round_))
    return redirect(guide_url(recruitment_id, number, question_id))


@blueprint.post(f"{GUIDE}/share")
@needs("guide.edit")
def share(recruitment_id: int, number: int) -> ResponseReturnValue:
    round_ = find_round(g.recruitment, number)
    share_questions(g.recruitment, round_, actor=current_user)
    db.session.commit()
    flash(_("Spørgsmålene er fordelt."), "success")
    return redirect(url_for("questions.guide", recruitment_id=recruitment_id, number=number, _anchor="askers"))


def _askers(round_: Round) -> str:
    return render_template("questions/_guide_askers.html", **asker_values(round_, load_guide(round_)))
