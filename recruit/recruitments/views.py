"""Making a recruitment, picking its criteria in the house, weighing them, planning rounds."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from recruit.audit import now
from recruit.charter.service import charters
from recruit.errors import RuleBroken
from recruit.extensions import db
from recruit.recruitments.forms import (
    AmendmentForm,
    CriterionForm,
    RecruitmentForm,
    RoundForm,
    criterion_form,
    criterion_values,
)
from recruit.recruitments.models import Criterion, Recruitment, Round
from recruit.recruitments.presentation import house_values
from recruit.recruitments.rules import merge_picks, round_name
from recruit.recruitments.service import (
    add_round,
    amend_criterion,
    amendments,
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
from recruit.web.forms import BaseForm, options
from recruit.web.guard import needs
from recruit.web.language import localised

blueprint = Blueprint("recruitments", __name__)

EDITABLE = ("title", "role", "department", "case_number", "superior", "language")


def find_round(recruitment: Recruitment, number: int) -> Round:
    """The round with this number in the recruitment of this request; 404 otherwise."""
    return next((round_ for round_ in recruitment.rounds if round_.number == number), None) or abort(404)


def find_criterion(recruitment: Recruitment, criterion_id: int) -> Criterion:
    return next((item for item in recruitment.criteria if item.id == criterion_id), None) or abort(404)


def _recruitment_form(recruitment: Recruitment | None) -> RecruitmentForm:
    form = RecruitmentForm(obj=recruitment)
    form.charter.choices = options({charter.id: localised(charter.title) for charter in charters().values()})
    charter_id = recruitment.charter if recruitment else form.charter.data
    charter = charters().get(charter_id or "") or next(iter(charters().values()))
    form.role.choices = options({role.id: localised(role.name) for role in charter.roles})
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
        add_round(recruitment, name=round_name(recruitment.language, 1), minutes=60, actor=current_user)
        db.session.commit()
        flash(_("Forløbet er oprettet. Vælg nu de kriterier, lederen skal vurderes på."), "success")
        return redirect(url_for("recruitments.house", recruitment_id=recruitment.id))
    return render_template("recruitments/create.html", form=form), 400 if form.errors else 200


@blueprint.route("/recruitments/<int:recruitment_id>/edit", methods=["GET", "POST"])
@needs("recruitment.edit")
def edit(recruitment_id: int) -> ResponseReturnValue:
    form = _recruitment_form(g.recruitment)
    del form.charter
    newer = form.newer(g.recruitment.version, {name: getattr(g.recruitment, name) for name in EDITABLE})
    if form.validate_on_submit() and not newer:
        change_recruitment(g.recruitment, **{name: form[name].data for name in EDITABLE}, actor=current_user)
        db.session.commit()
        flash(_("Gemt."), "success")
        return redirect(url_for("overview.recruitment", recruitment_id=recruitment_id))
    page = render_template("recruitments/edit.html", form=form, newer=newer, charter=charter_of(g.recruitment))
    return page, _status(form, newer)


def _status(form: BaseForm, newer: Mapping[str, Any]) -> int:
    return 409 if newer else 400 if form.errors else 200


# Criteria


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
            unsaid = [item for item in recruitment.criteria if item.here and item.key not in picked]
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
        rows=[
            (item, criterion_text(charter, item), charter.area_of(item.key), forms[item.id], newer[item.id])
            for item in recruitment.criteria
        ],
        charter=charter,
        gone=gone,
        amendments=amendments(recruitment),
        names={item.id: item.text for _area, item in charter.criteria()},
        revealed=any(round_.revealed_at for round_ in recruitment.rounds),
    )
    return page, 409 if gone or any(newer.values()) else 400 if request.method == "POST" else 200


def _newer(form: CriterionForm, criterion: Criterion) -> dict[str, Any]:
    stored = {"weight": criterion.weight, "minimum": str(criterion.minimum or ""), "here": criterion.here}
    return form.newer(criterion.version, stored)


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
    form = AmendmentForm(obj=criterion)
    if request.method == "GET":
        form.minimum.data = str(criterion.minimum or "")
    newer = _newer(form, criterion)
    if form.validate_on_submit() and not newer:
        try:
            reason = form.reason.data
            amend_criterion(g.recruitment, criterion, **criterion_values(form), reason=reason, actor=current_user)
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
    return page, _status(form, newer)


# Rounds


def _round_form(round_: Round | None) -> RoundForm:
    charter = charter_of(g.recruitment)
    form = RoundForm(obj=round_)
    form.criteria.choices = options(
        {criterion.key: localised(criterion_text(charter, criterion)) for criterion in g.recruitment.criteria}
    )
    if not form.criteria.choices:
        del form.criteria
    elif request.method == "GET":
        chosen = round_criteria(g.recruitment, round_) if round_ else g.recruitment.criteria
        form.criteria.data = [criterion.key for criterion in chosen]
    if request.method == "GET" and round_ is None:
        number = max((item.number for item in g.recruitment.rounds), default=0) + 1
        form.name.data = round_name(g.recruitment.language, number)
    return form


def _chosen(form: RoundForm) -> list[Criterion]:
    keys = (form.criteria.data if "criteria" in form else None) or []
    return [criterion for criterion in g.recruitment.criteria if criterion.key in keys]


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
    return render_template("recruitments/round.html", form=form, round=None, newer={}), 400 if form.errors else 200


@blueprint.route("/recruitments/<int:recruitment_id>/rounds/<int:number>/edit", methods=["GET", "POST"])
@needs("guide.edit")
def edit_round(recruitment_id: int, number: int) -> ResponseReturnValue:
    round_ = find_round(g.recruitment, number)
    form = _round_form(round_)
    newer = form.newer(round_.version, {"name": round_.name, "minutes": round_.minutes})
    if form.validate_on_submit() and not newer:
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
    return render_template("recruitments/round.html", form=form, round=round_, newer=newer), _status(form, newer)


@blueprint.post("/recruitments/<int:recruitment_id>/rounds/<int:number>/remove")
@needs("guide.edit")
def drop_round(recruitment_id: int, number: int) -> ResponseReturnValue:
    remove_round(g.recruitment, find_round(g.recruitment, number), actor=current_user)
    db.session.commit()
    flash(_("Runden er slettet."), "success")
    return redirect(url_for("questions.guides", recruitment_id=recruitment_id))
