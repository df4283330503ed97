"""Making a recruitment, picking its criteria in the house, weighing them, planning rounds."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from recruit.charter.service import charters
from recruit.errors import EditedMeanwhile, RuleBroken
from recruit.extensions import db
from recruit.recruitments.forms import AmendmentForm, CriterionForm, RecruitmentForm, RoundForm
from recruit.recruitments.models import Criterion, Recruitment, Round
from recruit.recruitments.service import (
    MANY_CRITERIA,
    add_round,
    amend_criterion,
    change_criterion,
    change_recruitment,
    change_round,
    charter_of,
    create_recruitment,
    criterion_text,
    pick_criteria,
    remove_round,
    round_criteria,
)
from recruit.web.guard import needs
from recruit.web.language import localised

blueprint = Blueprint("recruitments", __name__)


def find_round(recruitment: Recruitment, number: int) -> Round:
    """The round with this number in the recruitment of this request; 404 otherwise."""
    return next((round_ for round_ in recruitment.rounds if round_.number == number), None) or abort(404)


def find_criterion(recruitment: Recruitment, criterion_id: int) -> Criterion:
    return next((item for item in recruitment.criteria if item.id == criterion_id), None) or abort(404)


def _recruitment_form(recruitment: Recruitment | None) -> RecruitmentForm:
    form = RecruitmentForm(obj=recruitment)
    form.charter.choices = [(charter.id, localised(charter.title)) for charter in charters().values()]
    charter_id = recruitment.charter if recruitment else form.charter.data
    charter = charters().get(charter_id or "") or next(iter(charters().values()))
    form.role.choices = [(role.id, localised(role.name)) for role in charter.roles]
    return form


@blueprint.route("/recruitments/new", methods=["GET", "POST"])
@needs("recruitment.create")
def create() -> ResponseReturnValue:
    form = _recruitment_form(None)
    if form.validate_on_submit():
        recruitment = create_recruitment(
            charter_id=form.charter.data,
            title=form.title.data,
            role=form.role.data,
            department=form.department.data,
            case_number=form.case_number.data,
            language=form.language.data,
            superior=form.superior.data,
            actor=current_user,
        )
        name = "1. samtale" if recruitment.language == "da" else "First interview"
        add_round(recruitment, name=name, minutes=60, actor=current_user)
        db.session.commit()
        flash(_("Forløbet er oprettet. Vælg nu de kriterier, lederen skal vurderes på."), "success")
        return redirect(url_for("recruitments.house", recruitment_id=recruitment.id))
    return render_template("recruitments/create.html", form=form), 400 if form.errors else 200


@blueprint.route("/recruitments/<int:recruitment_id>/edit", methods=["GET", "POST"])
@needs("recruitment.edit")
def edit(recruitment_id: int) -> ResponseReturnValue:
    form = _recruitment_form(g.recruitment)
    del form.charter
    if form.validate_on_submit():
        values = {name: value for name, value in form.data.items() if name != "csrf_token"}
        change_recruitment(g.recruitment, **values, actor=current_user)
        db.session.commit()
        flash(_("Gemt."), "success")
        return redirect(url_for("overview.recruitment", recruitment_id=recruitment_id))
    return render_template("recruitments/edit.html", form=form), 400 if form.errors else 200


def _house_values(recruitment: Recruitment) -> dict[str, Any]:
    charter = charter_of(recruitment)
    chosen = {criterion.key: criterion for criterion in recruitment.criteria}
    balance = [
        (area, sum(1 for key in chosen if charter.find(key) and charter.area_of(key).id == area.id))
        for area in charter.areas
    ]
    return {
        "charter": charter,
        "chosen": chosen,
        "shorts": {item.id: item.short for _area, item in charter.criteria()},
        "balance": balance,
        "empty_areas": [area for area, count in balance if count == 0],
        "many": len(chosen) > MANY_CRITERIA,
        "most": MANY_CRITERIA,
    }


@blueprint.route("/recruitments/<int:recruitment_id>/house", methods=["GET", "POST"])
@needs("criteria.edit")
def house(recruitment_id: int) -> ResponseReturnValue:
    """Picking in the house. A script posts each change and gets the panel at the side back; the form works without."""
    if request.method == "POST":
        pick_criteria(g.recruitment, request.form.getlist("criterion"), actor=current_user)
        db.session.commit()
        if request.form.get("part") == "side":
            return render_template("recruitments/_chosen.html", saved=True, **_house_values(g.recruitment))
        return redirect(url_for("recruitments.criteria", recruitment_id=recruitment_id))
    return render_template("recruitments/house.html", **_house_values(g.recruitment))


@blueprint.route("/recruitments/<int:recruitment_id>/criteria", methods=["GET", "POST"])
@needs("criteria.edit")
def criteria(recruitment_id: int) -> ResponseReturnValue:
    recruitment = g.recruitment
    charter = charter_of(recruitment)
    forms = []
    for criterion in recruitment.criteria:
        form = CriterionForm(prefix=f"{criterion.id}-", obj=criterion)
        if request.method == "GET":
            form.minimum.data = str(criterion.minimum or "")
        forms.append((criterion, criterion_text(charter, criterion), charter.area_of(criterion.key), form))
    faulty = False
    if request.method == "POST":
        valid = [form.validate() for *_rest, form in forms]
        faulty = not all(valid)
        if not faulty:
            check_versions(recruitment)
            for criterion, _text, _area, form in forms:
                change_criterion(
                    recruitment,
                    criterion,
                    weight=float(form.weight.data),
                    minimum=int(form.minimum.data) if form.minimum.data else None,
                    here=form.here.data or "",
                    actor=current_user,
                )
            db.session.commit()
            flash(_("Kriterierne er gemt."), "success")
            return redirect(url_for("overview.recruitment", recruitment_id=recruitment_id))
    return render_template("recruitments/criteria.html", forms=forms, charter=charter), 400 if faulty else 200


def check_versions(recruitment: Recruitment) -> None:
    """The page carries the version of every criterion it showed. Raises EditedMeanwhile when one has moved on."""
    for criterion in recruitment.criteria:
        shown = request.form.get(f"{criterion.id}-version", type=int)
        if shown is not None and shown != criterion.version:
            raise EditedMeanwhile(_("En anden har ændret kriterierne imens. Intet er overskrevet. Genindlæs siden."))


@blueprint.route("/recruitments/<int:recruitment_id>/criteria/<int:criterion_id>/amend", methods=["GET", "POST"])
@needs("criteria.edit")
def amend(recruitment_id: int, criterion_id: int) -> ResponseReturnValue:
    criterion = find_criterion(g.recruitment, criterion_id)
    form = AmendmentForm(obj=criterion)
    if request.method == "GET":
        form.minimum.data = str(criterion.minimum or "")
    if form.validate_on_submit():
        try:
            amend_criterion(
                g.recruitment,
                criterion,
                weight=float(form.weight.data),
                minimum=int(form.minimum.data) if form.minimum.data else None,
                here=form.here.data or "",
                reason=form.reason.data,
                actor=current_user,
            )
            db.session.commit()
            flash(_("Ændringen er gemt med sin begrundelse og står i rapporten."), "success")
            return redirect(url_for("recruitments.criteria", recruitment_id=recruitment_id))
        except RuleBroken as broken:
            db.session.rollback()
            form.reason.errors = [str(broken)]
    charter = charter_of(g.recruitment)
    text = criterion_text(charter, criterion)
    page = render_template("recruitments/amend.html", form=form, criterion=criterion, text=text)
    return page, 400 if form.errors else 200


def _round_form(round_: Round | None) -> RoundForm:
    charter = charter_of(g.recruitment)
    form = RoundForm(obj=round_)
    form.criteria.choices = [
        (criterion.key, localised(criterion_text(charter, criterion))) for criterion in g.recruitment.criteria
    ]
    if request.method == "GET":
        chosen = round_criteria(g.recruitment, round_) if round_ else g.recruitment.criteria
        form.criteria.data = [criterion.key for criterion in chosen]
        if round_ is None:
            number = len(g.recruitment.rounds) + 1
            form.name.data = f"{number}. samtale" if g.recruitment.language == "da" else f"Interview {number}"
    return form


def _chosen(form: RoundForm) -> list[Criterion]:
    return [criterion for criterion in g.recruitment.criteria if criterion.key in (form.criteria.data or [])]


@blueprint.route("/recruitments/<int:recruitment_id>/rounds/new", methods=["GET", "POST"])
@needs("guide.edit")
def new_round(recruitment_id: int) -> ResponseReturnValue:
    form = _round_form(None)
    if form.validate_on_submit():
        chosen = _chosen(form)
        everything = len(chosen) == len(g.recruitment.criteria)
        add_round(
            g.recruitment,
            name=form.name.data,
            minutes=form.minutes.data,
            criteria=[] if everything else chosen,
            actor=current_user,
        )
        db.session.commit()
        return redirect(url_for("questions.guides", recruitment_id=recruitment_id))
    return render_template("recruitments/round.html", form=form, round=None), 400 if form.errors else 200


@blueprint.route("/recruitments/<int:recruitment_id>/rounds/<int:number>/edit", methods=["GET", "POST"])
@needs("guide.edit")
def edit_round(recruitment_id: int, number: int) -> ResponseReturnValue:
    round_ = find_round(g.recruitment, number)
    form = _round_form(round_)
    if form.validate_on_submit():
        change_round(
            g.recruitment,
            round_,
            name=form.name.data,
            minutes=form.minutes.data,
            criteria=_chosen(form),
            actor=current_user,
        )
        db.session.commit()
        flash(_("Gemt."), "success")
        return redirect(url_for("questions.guide", recruitment_id=recruitment_id, number=number))
    return render_template("recruitments/round.html", form=form, round=round_), 400 if form.errors else 200


@blueprint.post("/recruitments/<int:recruitment_id>/rounds/<int:number>/remove")
@needs("guide.edit")
def drop_round(recruitment_id: int, number: int) -> ResponseReturnValue:
    remove_round(g.recruitment, find_round(g.recruitment, number), actor=current_user)
    db.session.commit()
    flash(_("Runden er slettet."), "success")
    return redirect(url_for("questions.guides", recruitment_id=recruitment_id))
