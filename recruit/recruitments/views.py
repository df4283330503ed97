"""Making a recruitment, changing it, planning its rounds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from recruit.charter.service import charters
from recruit.extensions import db
from recruit.recruitments.forms import RecruitmentForm, RoundForm
from recruit.recruitments.models import Criterion, Recruitment, Round
from recruit.recruitments.rules import round_name
from recruit.recruitments.service import (
    add_round,
    change_recruitment,
    change_round,
    charter_of,
    create_recruitment,
    criterion_text,
    remove_round,
    round_criteria,
)
from recruit.recruitments.timetable import follow_language
from recruit.web.forms import BaseForm, options
from recruit.web.guard import needs
from recruit.web.language import localised

blueprint = Blueprint("recruitments", __name__)

EDITABLE = ("title", "role", "department", "case_number", "posts", "superior", "language")


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
            posts=form.posts.data,
            actor=current_user,
        )
        add_round(recruitment, name=round_name(recruitment.language, 1), minutes=60, actor=current_user)
        db.session.commit()
        flash(_("Forløbet er oprettet. Begynd gerne med, hvad I har brug for."), "success")
        return redirect(url_for("recruitments.needs", recruitment_id=recruitment.id))
    return render_template("recruitments/create.html", form=form), 400 if form.errors else 200


@blueprint.route("/recruitments/<int:recruitment_id>/edit", methods=["GET", "POST"])
@needs("recruitment.edit")
def edit(recruitment_id: int) -> ResponseReturnValue:
    form = _recruitment_form(g.recruitment)
    del form.charter
    newer = form.newer(g.recruitment.version, {name: getattr(g.recruitment, name) for name in EDITABLE})
    if form.validate_on_submit() and not newer:
        former = g.recruitment.language
        change_recruitment(g.recruitment, **{name: form[name].data for name in EDITABLE}, actor=current_user)
        follow_language(g.recruitment, former)
        db.session.commit()
        flash(_("Gemt."), "success")
        return redirect(url_for("overview.recruitment", recruitment_id=recruitment_id))
    page = render_template("recruitments/edit.html", form=form, newer=newer, charter=charter_of(g.recruitment))
    return page, status_of(form, newer)


def status_of(form: BaseForm, newer: Mapping[str, Any]) -> int:
    return 409 if newer else 400 if form.errors else 200


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
    return render_template("recruitments/round.html", form=form, round=round_, newer=newer), status_of(form, newer)


@blueprint.post("/recruitments/<int:recruitment_id>/rounds/<int:number>/remove")
@needs("guide.edit")
def drop_round(recruitment_id: int, number: int) -> ResponseReturnValue:
    remove_round(g.recruitment, find_round(g.recruitment, number), actor=current_user)
    db.session.commit()
    flash(_("Runden er slettet."), "success")
    return redirect(url_for("questions.guides", recruitment_id=recruitment_id))
