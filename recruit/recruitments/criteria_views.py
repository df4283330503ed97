"""Picking criteria in the house, saying what they mean here, weighing them, and amending them after the lock."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from flask import abort, flash, g, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from recruit.audit import now
from recruit.errors import EditedMeanwhile, RuleBroken
from recruit.extensions import db
from recruit.recruitments.criteria import (
    TEXTS,
    amend_criterion,
    change_criterion,
    pick_criteria,
    text_version,
    write_text,
)
from recruit.recruitments.forms import (
    AmendmentForm,
    CriterionForm,
    JudgedForm,
    criterion_form,
    criterion_values,
    judged_values,
)
from recruit.recruitments.models import Criterion, Recruitment
from recruit.recruitments.presentation import answered, examples_of, has_words, house_values
from recruit.recruitments.rules import merge_picks
from recruit.recruitments.service import amendments, charter_of, criterion_text
from recruit.recruitments.views import blueprint, find_criterion, status_of
from recruit.web.forms import sent_text, tidy
from recruit.web.guard import needs
from recruit.web.language import clock

__all__ = ["blueprint"]


@blueprint.route("/recruitments/<int:recruitment_id>/house", methods=["GET", "POST"])
@needs("criteria.edit")
def house(recruitment_id: int) -> ResponseReturnValue:
    """Picking in the house. A script posts each change and gets the panel at the side back; the form works without."""
    recruitment = g.recruitment
    picked: Collection[str] = [criterion.key for criterion in recruitment.criteria]
    unsaid: list[Criterion] = []
    if request.method == "POST":
        wanted, shown = request.form.getlist("criterion"), request.form.get("shown")
        picked = set(wanted) if shown is None else merge_picks(picked, shown.split(), wanted)
        part = request.form.get("part")
        # The script asks before it sends; a plain form is asked here, since a text goes with its criterion.
        if not (part or shown is None or "confirmed" in request.form or recruitment.criteria_locked_at):
            unsaid = [item for item in recruitment.criteria if has_words(item) and item.key not in picked]
        if not unsaid:
            pick_criteria(recruitment, picked, actor=current_user)
            db.session.commit()
            if part == "side":
                return render_template("recruitments/_chosen.html", saved_at=now(), **house_values(recruitment))
            return redirect(url_for("recruitments.criteria", recruitment_id=recruitment_id))
    values = house_values(recruitment)
    page = render_template("recruitments/house.html", picked=picked, unsaid=unsaid, saved_at=None, **values)
    return page, 400 if unsaid else 200


@blueprint.route("/recruitments/<int:recruitment_id>/criteria", methods=["GET", "POST"])
@needs("criteria.edit")
def criteria(recruitment_id: int) -> ResponseReturnValue:
    recruitment = g.recruitment
    charter = charter_of(recruitment)
    forms = {criterion.id: criterion_form(criterion) for criterion in recruitment.criteria}
    sent = [criterion for criterion in recruitment.criteria if f"{criterion.id}-weight" in request.form]
    newer = {criterion.id: _newer(forms[criterion.id], criterion) for criterion in recruitment.criteria}
    gone: list[str] = []
    if request.method == "POST":
        faulty = [criterion for criterion in sent if not forms[criterion.id].validate()]
        gone = _texts_of_removed(recruitment)
        if not (faulty or gone or any(newer.values())):
            for criterion in sent:
                change_criterion(recruitment, criterion, **criterion_values(forms[criterion.id]), actor=current_user)
            db.session.commit()
            flash(_("Kriterierne er gemt."), "success")
            return redirect(url_for("overview.recruitment", recruitment_id=recruitment_id))
    page = render_template(
        "recruitments/criteria.html",
        answers=answered(recruitment),
        examples=examples_of(recruitment),
        **house_values(recruitment),
        rows=[
            (item, criterion_text(charter, item), charter.area_of(item.key), forms[item.id], newer[item.id])
            for item in recruitment.criteria
        ],
        gone=gone,
        amendments=amendments(recruitment),
        names={item.id: item.text for _area, item in charter.criteria()},
        revealed=any(round_.revealed_at for round_ in recruitment.rounds),
    )
    return page, 409 if gone or any(newer.values()) else 400 if request.method == "POST" else 200


def _newer(form: JudgedForm, criterion: Criterion) -> dict[str, Any]:
    # What is saved as it is typed keeps the space at its end, which no form sends.
    texts = {name: tidy(getattr(criterion, name)) for name in TEXTS}
    stored = {"weight": criterion.weight, "minimum": str(criterion.minimum or ""), "here": texts["here"]}
    if isinstance(form, CriterionForm):
        stored |= {"reason": texts["reason"], "weight_reason": criterion.weight_reason}
    return form.newer(criterion.version, stored)


@blueprint.put("/recruitments/<int:recruitment_id>/criteria/<int:criterion_id>/texts/<name>")
@needs("criteria.edit")
def save_text(recruitment_id: int, criterion_id: int, name: str) -> ResponseReturnValue:
    """Saves one text of a criterion as typed. JSON in: text, version. JSON out: text, version, saved (a clock). 409
    with what the server has when another saved first."""
    criterion = find_criterion(g.recruitment, criterion_id)
    if name not in TEXTS:
        abort(404)
    text, version = sent_text()
    status = 200
    try:
        write_text(g.recruitment, criterion, name, text, version=version, actor=current_user)
        db.session.commit()
    except EditedMeanwhile:
        db.session.rollback()
        status = 409
    stored = getattr(criterion, name)
    return jsonify({"text": stored, "version": text_version(stored), "saved": clock(now())}), status


def _texts_of_removed(recruitment: Recruitment) -> list[str]:
    """What was written about criteria that another has removed from the house meanwhile."""
    known = {f"{criterion.id}-here" for criterion in recruitment.criteria}
    sent = {name: text.strip() for name, text in request.form.items() if name.endswith("-here")}
    return [text for name, text in sent.items() if text and name not in known]


@blueprint.route("/recruitments/<int:recruitment_id>/criteria/<int:criterion_id>/amend", methods=["GET", "POST"])
@needs("criteria.edit")
def amend(recruitment_id: int, criterion_id: int) -> ResponseReturnValue:
    criterion = find_criterion(g.recruitment, criterion_id)
    if not g.recruitment.criteria_locked_at:
        return redirect(url_for("recruitments.criteria", recruitment_id=recruitment_id))
    form = AmendmentForm(
        data={"weight": criterion.weight, "minimum": str(criterion.minimum or ""), "here": criterion.here}
    )
    newer = _newer(form, criterion)
    if form.validate_on_submit() and not newer:
        try:
            reason = form.reason.data
            amend_criterion(g.recruitment, criterion, **judged_values(form), reason=reason, actor=current_user)
            db.session.commit()
            flash(_("Ændringen er gemt med sin begrundelse og står i rapporten."), "success")
            return redirect(url_for("recruitments.criteria", recruitment_id=recruitment_id))
        except RuleBroken as broken:
            db.session.rollback()
            form.reason.errors = [str(broken)]
    charter = charter_of(g.recruitment)
    page = render_template(
        "recruitments/amend.html",
        form=form,
        newer=newer,
        text=criterion_text(charter, criterion),
        area=charter.area_of(criterion.key),
        charter=charter,
    )
    return page, status_of(form, newer)
