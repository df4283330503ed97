"""What was asked otherwise than in the guide. Part of the blueprint in views.py."""

from __future__ import annotations

from textwrap import shorten
from typing import Any

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from recruit.candidates.conflicts import barred_from
from recruit.candidates.names import hides_names
from recruit.candidates.service import round_candidates
from recruit.errors import EditedMeanwhile, RuleBroken
from recruit.extensions import db
from recruit.questions.guide import load_guide
from recruit.recruitments.models import Round
from recruit.recruitments.views import find_round
from recruit.scoring.calibration_views import blueprint
from recruit.scoring.deviations import (
    DeviationValues,
    change_deviation,
    check_owner,
    find_deviation,
    record_deviation,
    remove_deviation,
    version_of,
)
from recruit.scoring.forms import DeviationForm
from recruit.scoring.models import Deviation
from recruit.scoring.presentation import localised_question
from recruit.web.forms import options
from recruit.web.guard import needs

__all__ = ["blueprint"]

LABEL_LENGTH = 110
DEVIATIONS = "/recruitments/<int:recruitment_id>/rounds/<int:number>/deviations"


def _form(round_: Round, row: Deviation | None) -> DeviationForm:
    """The candidates are those whom this person may judge and who are still there, and the one it is about."""
    barred, nameless = barred_from(g.member), hides_names()
    candidates = {
        item.id: item.ref if nameless else f"{item.ref} {item.name}"
        for item in round_candidates(g.recruitment, round_)
        if (item.status == "active" and item.id not in barred) or (row is not None and row.candidate_id == item.id)
    }
    questions = {
        question.id: shorten(f"{place}. {localised_question(question)['text']}", LABEL_LENGTH, placeholder=" …")
        for place, question in enumerate(load_guide(round_), 1)
    }
    form = DeviationForm(data=_stored(row) if row else {"candidate": request.args.get("candidate", "")})
    form.candidate.choices = options({"": _("Vælg")} | {str(key): label for key, label in candidates.items()})
    form.question.choices = options(
        {"": _("Intet bestemt spørgsmål")} | {str(key): label for key, label in questions.items()}
    )
    return form


def _stored(row: Deviation) -> dict[str, str]:
    return {
        "candidate": str(row.candidate_id),
        "question": str(row.guide_question_id or ""),
        "code": row.code,
        "reason": row.reason,
    }


def _values(form: DeviationForm) -> DeviationValues:
    question = form.question.data
    return DeviationValues(
        int(form.candidate.data), int(question) if question else None, form.code.data, form.reason.data
    )


def _page(
    round_: Round, form: DeviationForm, row: Deviation | None, newer: dict[str, str], broken: RuleBroken | None
) -> ResponseReturnValue:
    """`newer`: what another window has saved, in values. `broken`: why it could not be saved."""
    for name in {"candidate", "question", "code"} & set(newer):
        newer[name] = str({item.value: item.label for item in form[name].choices}[newer[name]])
    if broken is not None:
        form.form_errors.append(str(broken))
    page = render_template("scoring/deviation.html", round=round_, form=form, row=row, newer=newer, back=_back(round_))
    if newer or isinstance(broken, EditedMeanwhile):
        return page, 409
    return page, 400 if form.errors else 200


def _back(round_: Round) -> str:
    """Where the person came from: their scorecard on a candidate, else the round."""
    place: dict[str, Any] = {"recruitment_id": g.recruitment.id, "number": round_.number}
    card = request.args.get("card", 0, int)
    if card:
        return url_for("scoring.scorecard", candidate_id=card, **place)
    return url_for("scoring.overview", _anchor="deviations", **place)


@blueprint.route(DEVIATIONS + "/new", methods=["GET", "POST"])
@needs("deviation.write")
def new_deviation(recruitment_id: int, number: int) -> ResponseReturnValue:
    round_ = find_round(g.recruitment, number)
    form, problem = _form(round_, None), None
    if form.validate_on_submit():
        try:
            record_deviation(g.recruitment, round_, _values(form), member=g.member, actor=current_user)
            db.session.commit()
            flash(_("Afvigelsen er noteret. Den kommer med i rapporten."), "success")
            return redirect(_back(round_))
        except RuleBroken as broken:
            db.session.rollback()
            problem = broken
    return _page(round_, form, None, {}, problem)


def _own(round_: Round, deviation_id: int) -> Deviation:
    """One that this person has written; 404 when there is none. Raises RuleBroken for somebody else's."""
    row = find_deviation(round_, deviation_id) or abort(404)
    check_owner(row, current_user)
    return row


@blueprint.route(DEVIATIONS + "/<int:deviation_id>", methods=["GET", "POST"])
@needs("deviation.write")
def deviation(recruitment_id: int, number: int, deviation_id: int) -> ResponseReturnValue:
    round_ = find_round(g.recruitment, number)
    row = _own(round_, deviation_id)
    form, problem = _form(round_, row), None
    version = version_of(row)
    newer = form.newer(version, _stored(row))
    if form.validate_on_submit() and not newer:
        try:
            change_deviation(
                g.recruitment, round_, row, _values(form), version=version, member=g.member, actor=current_user
            )
            db.session.commit()
            flash(_("Gemt."), "success")
            return redirect(_back(round_))
        except RuleBroken as broken:
            db.session.rollback()
            problem = broken
    return _page(round_, form, row, newer, problem)


@blueprint.post(DEVIATIONS + "/<int:deviation_id>/remove")
@needs("deviation.write")
def drop_deviation(recruitment_id: int, number: int, deviation_id: int) -> ResponseReturnValue:
    round_ = find_round(g.recruitment, number)
    remove_deviation(g.recruitment, round_, _own(round_, deviation_id), actor=current_user)
    db.session.commit()
    flash(_("Afvigelsen er slettet."), "success")
    return redirect(_back(round_))
