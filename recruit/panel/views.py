"""The panel of a recruitment: who sits on it. Inviting and reminding is in invitation_views.py."""

from __future__ import annotations

from flask import Blueprint, abort, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from recruit.accounts.service import signed_in_at
from recruit.errors import RuleBroken
from recruit.extensions import db
from recruit.mail.service import is_configured, standings
from recruit.panel.forms import ChangeMemberForm, MemberForm
from recruit.panel.invitations import INVITATION, invite_member
from recruit.panel.models import PanelMember
from recruit.panel.presentation import seats, sides, stuck
from recruit.panel.rules import FEW_MEMBERS, ROLES, SIDES, may_join
from recruit.panel.service import (
    add_member,
    change_member,
    hand_over_chair,
    load_members,
    may_change_person,
    members_out,
    remove_member,
    step_in,
)
from recruit.web.guard import may, needs

blueprint = Blueprint("panel", __name__)


def find_member(member_id: int) -> PanelMember:
    """The member of this recruitment's panel; aborts with 404."""
    return next((member for member in load_members(g.recruitment) if member.id == member_id), None) or abort(404)


def _page(form: MemberForm) -> str:
    members, may_edit = load_members(g.recruitment), may("panel.edit")
    if not form.is_submitted() and not any(member.role == "chair" for member in members):
        form.role.data = "chair"
    messages = standings(g.recruitment.id, kinds=(INVITATION,)) if may_edit else []
    signed_in = signed_in_at([member.person_id for member in members]) if may_edit else {}
    out = members_out(g.recruitment) if may("impartiality.see") else set()
    rating = [member for member in members if member.role != "substitute" and member.id not in out]
    return render_template(
        "panel/members.html",
        form=form,
        seats=seats(members, signed_in, messages, out=out, asks_hr=not (is_configured() or may("people.edit"))),
        stuck=stuck(members, messages),
        sides=sides(rating),
        roles=ROLES,
        side_names=SIDES,
        few=len(rating) < FEW_MEMBERS,
        has_chair=any(member.role == "chair" for member in members),
        chair_is_out=any(member.role == "chair" and member.id in out for member in members),
        may_edit=may_edit,
        may_link=may("people.edit"),
        sends_mail=is_configured(),
        locked=any(round_.locked_at for round_ in g.recruitment.rounds),
        revealed=any(round_.revealed_at for round_ in g.recruitment.rounds),
        may_join=may_join([round_.revealed_at is not None for round_ in g.recruitment.rounds]),
    )


@blueprint.get("/recruitments/<int:recruitment_id>/panel")
@needs("panel.see")
def members(recruitment_id: int) -> ResponseReturnValue:
    return _page(MemberForm(formdata=None))


@blueprint.post("/recruitments/<int:recruitment_id>/panel")
@needs("panel.edit")
def add(recruitment_id: int) -> ResponseReturnValue:
    form = MemberForm()
    if form.validate_on_submit():
        try:
            member = add_member(
                g.recruitment,
                email=form.email.data,
                name=form.name.data,
                role=form.role.data,
                side=form.side.data,
                actor=current_user,
            )
            invite_member(g.recruitment, member, actor=current_user)
            db.session.commit()
            flash(_added(member), "success")
            return redirect(url_for("panel.members", recruitment_id=recruitment_id))
        except RuleBroken as broken:
            db.session.rollback()
            form.email.errors = [str(broken)]
    return _page(form), 400


def _added(member: PanelMember) -> str:
    name = member.person.name
    if not member.person.active:
        return _("%(name)s er med i udvalget, men kan ikke logge ind. HR kan slå det til under Brugere.", name=name)
    if is_configured():
        return _("%(name)s er med i udvalget, og en invitation er på vej.", name=name)
    if member.person.password_hash:
        return _("%(name)s er med i udvalget og kan logge ind med sin adgangskode.", name=name)
    if may("people.edit"):
        return _("%(name)s er med i udvalget. Lav et link, og giv %(name)s det.", name=name)
    return _("%(name)s er med i udvalget. Bed HR om at lave et link til at logge ind med.", name=name)


@blueprint.route("/recruitments/<int:recruitment_id>/panel/<int:member_id>", methods=["GET", "POST"])
@needs("panel.edit")
def edit(recruitment_id: int, member_id: int) -> ResponseReturnValue:
    member = find_member(member_id)
    address = member.person.email
    form = ChangeMemberForm(name=member.person.name, email=member.person.email, side=member.side)
    changes_name, changes_email = may_change_person(member.person, actor=current_user)
    if not changes_name:
        del form.name
    if not changes_email:
        del form.email
    if form.validate_on_submit():
        try:
            change_member(
                g.recruitment,
                member,
                name=form.name.data if form.name else member.person.name,
                email=form.email.data if form.email else member.person.email,
                side=form.side.data,
                actor=current_user,
            )
            if member.person.email != address:  # what went to the old one opens nothing any more
                invite_member(g.recruitment, member, actor=current_user)
            db.session.commit()
            flash(_("Gemt."), "success")
            return redirect(url_for("panel.members", recruitment_id=recruitment_id))
        except RuleBroken as broken:
            db.session.rollback()
            (form.email or form.side).errors = [str(broken)]
    page = render_template(
        "panel/edit.html",
        form=form,
        member=member,
        locked=any(round_.locked_at for round_ in g.recruitment.rounds),
        may_chair=member.role == "member" and member.person.active and member.id not in members_out(g.recruitment),
        role=ROLES[member.role],
    )
    return page, 400 if form.errors else 200


@blueprint.post("/recruitments/<int:recruitment_id>/panel/<int:member_id>/step-in")
@needs("panel.edit")
def substitute(recruitment_id: int, member_id: int) -> ResponseReturnValue:
    step_in(g.recruitment, find_member(member_id), actor=current_user)
    db.session.commit()
    flash(_("Suppleanten er trådt ind og skal vurdere på lige fod med de andre."), "success")
    return redirect(url_for("panel.members", recruitment_id=recruitment_id))


@blueprint.post("/recruitments/<int:recruitment_id>/panel/<int:member_id>/chair")
@needs("panel.edit")
def chair(recruitment_id: int, member_id: int) -> ResponseReturnValue:
    hand_over_chair(g.recruitment, find_member(member_id), actor=current_user)
    db.session.commit()
    flash(_("Rollen som forperson er overdraget."), "success")
    return redirect(url_for("panel.members", recruitment_id=recruitment_id))


@blueprint.post("/recruitments/<int:recruitment_id>/panel/<int:member_id>/remove")
@needs("panel.edit")
def remove(recruitment_id: int, member_id: int) -> ResponseReturnValue:
    remove_member(g.recruitment, find_member(member_id), actor=current_user)
    db.session.commit()
    flash(_("Medlemmet er taget ud af udvalget."), "success")
    return redirect(url_for("panel.members", recruitment_id=recruitment_id))
