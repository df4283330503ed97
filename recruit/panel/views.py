"""The panel of a recruitment."""

from __future__ import annotations

from flask import Blueprint, abort, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from recruit.errors import RuleBroken
from recruit.extensions import db
from recruit.panel.forms import MemberForm
from recruit.panel.models import PanelMember
from recruit.panel.rules import FEW_MEMBERS, ROLES, SIDES
from recruit.panel.service import add_member, hand_over_chair, load_members, remove_member, step_in
from recruit.web.guard import may, needs

blueprint = Blueprint("panel", __name__)


def _find_member(member_id: int) -> PanelMember:
    return next((member for member in load_members(g.recruitment) if member.id == member_id), None) or abort(404)


def _page(form: MemberForm) -> str:
    members = load_members(g.recruitment)
    rating = [member for member in members if member.role != "substitute"]
    return render_template(
        "panel/members.html",
        form=form,
        members=members,
        roles=ROLES,
        sides=SIDES,
        few=len(rating) < FEW_MEMBERS,
        has_chair=any(member.role == "chair" for member in members),
        may_edit=may("panel.edit"),
        locked=any(round_.locked_at for round_ in g.recruitment.rounds),
        revealed=any(round_.revealed_at for round_ in g.recruitment.rounds),
    )


@blueprint.get("/recruitments/<int:recruitment_id>/panel")
@needs("panel.see")
def members(recruitment_id: int) -> ResponseReturnValue:
    form = MemberForm(formdata=None)
    return _page(form)


@blueprint.post("/recruitments/<int:recruitment_id>/panel")
@needs("panel.edit")
def add(recruitment_id: int) -> ResponseReturnValue:
    form = MemberForm()
    if form.validate_on_submit():
        try:
            add_member(
                g.recruitment,
                email=form.email.data,
                name=form.name.data,
                role=form.role.data,
                side=form.side.data,
                actor=current_user,
            )
            db.session.commit()
            flash(_("%(name)s er med i udvalget.", name=form.name.data), "success")
            return redirect(url_for("panel.members", recruitment_id=recruitment_id))
        except RuleBroken as broken:
            db.session.rollback()
            form.email.errors = [str(broken)]
    return _page(form), 400


@blueprint.post("/recruitments/<int:recruitment_id>/panel/<int:member_id>/step-in")
@needs("panel.edit")
def substitute(recruitment_id: int, member_id: int) -> ResponseReturnValue:
    step_in(g.recruitment, _find_member(member_id), actor=current_user)
    db.session.commit()
    flash(_("Suppleanten er trådt ind og skal vurdere på lige fod med de andre."), "success")
    return redirect(url_for("panel.members", recruitment_id=recruitment_id))


@blueprint.post("/recruitments/<int:recruitment_id>/panel/<int:member_id>/chair")
@needs("panel.edit")
def chair(recruitment_id: int, member_id: int) -> ResponseReturnValue:
    hand_over_chair(g.recruitment, _find_member(member_id), actor=current_user)
    db.session.commit()
    flash(_("Rollen som forperson er overdraget."), "success")
    return redirect(url_for("panel.members", recruitment_id=recruitment_id))


@blueprint.post("/recruitments/<int:recruitment_id>/panel/<int:member_id>/remove")
@needs("panel.edit")
def remove(recruitment_id: int, member_id: int) -> ResponseReturnValue:
    remove_member(g.recruitment, _find_member(member_id), actor=current_user)
    db.session.commit()
    flash(_("Medlemmet er taget ud af udvalget."), "success")
    return redirect(url_for("panel.members", recruitment_id=recruitment_id))
