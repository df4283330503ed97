"""HR's page of people."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import select

from recruit.accounts.forms import ChangePersonForm, PersonForm
from recruit.accounts.models import Person
from recruit.accounts.rules import ROLE_NAMES, describe_access
from recruit.accounts.service import change_person, create_person, signed_in_at
from recruit.accounts.sign_in_links import check_links, handed_address, send_link
from recruit.accounts.views import blueprint
from recruit.errors import RuleBroken
from recruit.extensions import db
from recruit.mail.service import is_configured
from recruit.web.addresses import path_of
from recruit.web.guard import needs


@blueprint.route("/people", methods=["GET", "POST"])
@needs("people.edit")
def people() -> ResponseReturnValue:
    form = PersonForm()
    if form.validate_on_submit():
        try:
            person = create_person(form.email.data, form.name.data, role=form.role.data or None, actor=current_user)
            db.session.commit()
            flash(_("%(name)s er oprettet. Lav et link, så vedkommende kan logge ind.", name=person.name), "success")
            return redirect(url_for("accounts.person", person_id=person.id))
        except RuleBroken as broken:
            db.session.rollback()
            form.email.errors = [str(broken)]
    found = db.session.scalars(select(Person).order_by(Person.name)).all()
    seen = signed_in_at([person.id for person in found])
    page = render_template(
        "accounts/people.html",
        form=form,
        people=found,
        roles=ROLE_NAMES,
        standings={person.id: _access(person, person.id in seen) for person in found},
    )
    return page, 400 if form.errors else 200


def _access(person: Person, has_signed_in: bool) -> str:
    has_password = person.password_hash is not None
    return describe_access(active=person.active, has_password=has_password, has_signed_in=has_signed_in)


@blueprint.route("/people/<int:person_id>", methods=["GET", "POST"])
@needs("people.edit")
def person(person_id: int) -> ResponseReturnValue:
    person = db.session.get(Person, person_id) or abort(404)
    form = ChangePersonForm(name=person.name, role=person.role or "", active=person.active)
    if form.validate_on_submit():
        try:
            role = form.role.data or None
            change_person(person, name=form.name.data, role=role, active=form.active.data, actor=current_user)
            db.session.commit()
            flash(_("Gemt."), "success")
            return redirect(url_for("accounts.people"))
        except RuleBroken as broken:
            db.session.rollback()
            form.role.errors = [str(broken)]
    page = render_template(
        "accounts/person.html",
        form=form,
        person=person,
        standing=_access(person, person.id in signed_in_at([person.id])),
        sends_mail=is_configured(),
        chooses_password=person.role is not None or (person.password_hash is not None and not is_configured()),
    )
    return page, 400 if form.errors else 200


@blueprint.post("/people/<int:person_id>/link")
@needs("people.edit")
def make_link(person_id: int) -> ResponseReturnValue:
    """Mails a link; where no mail can be sent, shows it once, for HR to hand on."""
    person = db.session.get(Person, person_id) or abort(404)
    if is_configured():
        check_links(person)
        send_link(person, path_of("overview.home"), actor=current_user)
        db.session.commit()
        flash(_("Et link er på vej til %(email)s.", email=person.email), "success")
        return redirect(url_for("accounts.person", person_id=person_id))
    address = handed_address(person, actor=current_user)
    db.session.commit()
    return render_template("accounts/link.html", person=person, link=address)
