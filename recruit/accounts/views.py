"""Signing in and out, choosing a language, and HR's page of people."""

from __future__ import annotations

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import refresh
from flask_login import current_user, login_user, logout_user
from sqlalchemy import select

from recruit.accounts.forms import ChangePersonForm, PasswordForm, PersonForm, SignInForm
from recruit.accounts.models import Person
from recruit.accounts.rules import ROLE_NAMES, describe_access
from recruit.accounts.service import (
    change_person,
    check_sign_in,
    create_person,
    invite,
    invited_person,
    set_password,
)
from recruit.audit import record
from recruit.config import SUPPORTED_LANGUAGES
from recruit.errors import RuleBroken
from recruit.extensions import db
from recruit.web.guard import needs

blueprint = Blueprint("accounts", __name__)


def safe_target(target: str | None) -> str:
    """A path on this server, or the overview: a link from outside must not lead a fresh sign-in elsewhere."""
    target = target or ""
    # Browsers drop a tab or line break and take a backslash for a slash; a header cannot hold a line break at all.
    if target.startswith("/") and not target.startswith(("//", "/\\")) and target.isprintable():
        return target
    return url_for("overview.home")


def begin_session(person: Person) -> None:
    """Signs in with a fresh session, so that nothing planted before survives."""
    language = session.get("language")
    session.clear()
    if language:
        session["language"] = language
    login_user(person)
    record("person.signed_in", person.id, person=person.id)


@blueprint.route("/sign-in", methods=["GET", "POST"])
@needs("sign_in")
def sign_in() -> ResponseReturnValue:
    form = SignInForm(next=request.args.get("next"))
    if form.validate_on_submit():
        person = check_sign_in(form.email.data, form.password.data or "")
        if person is not None:
            begin_session(person)
            db.session.commit()
            return redirect(safe_target(form.next.data))
        form.password.errors = [_("E-mail og adgangskode passer ikke sammen. Prøv igen, eller bed HR om et nyt link.")]
    return render_template("accounts/sign_in.html", form=form), 400 if request.method == "POST" else 200


@blueprint.post("/sign-out")
@needs("sign_in")
def sign_out() -> ResponseReturnValue:
    language = session.get("language")
    logout_user()
    session.clear()
    if language:
        session["language"] = language
    flash(_("Du er logget ud."), "success")
    return redirect(url_for("accounts.sign_in"))


@blueprint.post("/language")
@needs("sign_in")
def choose_language() -> ResponseReturnValue:
    chosen = request.form.get("language", "")
    if chosen not in SUPPORTED_LANGUAGES:
        abort(400)
    session["language"] = chosen
    if current_user.is_authenticated:
        current_user.language = chosen
        db.session.commit()
    refresh()
    return redirect(safe_target(request.form.get("next")))


@blueprint.route("/welcome/<token>", methods=["GET", "POST"])
@needs("sign_in")
def welcome(token: str) -> ResponseReturnValue:
    """Where a single-use link leads: choose a password and be signed in."""
    person = invited_person(token)
    form = PasswordForm()
    if form.validate_on_submit():
        try:
            set_password(person, form.password.data or "", actor=person)
            begin_session(person)
            db.session.commit()
            return redirect(url_for("overview.home"))
        except RuleBroken as broken:
            db.session.rollback()
            form.password.errors = [str(broken)]
    return render_template("accounts/welcome.html", form=form, person=person), 400 if request.method == "POST" else 200


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
    page = render_template(
        "accounts/people.html",
        form=form,
        people=found,
        roles=ROLE_NAMES,
        standings={person.id: _access(person) for person in found},
    )
    return page, 400 if form.errors else 200


def _access(person: Person) -> str:
    return describe_access(person.active, person.password_hash is not None)


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
    page = render_template("accounts/person.html", form=form, person=person, standing=_access(person))
    return page, 400 if form.errors else 200


@blueprint.post("/people/<int:person_id>/link")
@needs("people.edit")
def make_link(person_id: int) -> ResponseReturnValue:
    """Shows a single-use link once, for HR to hand on. It is kept nowhere."""
    person = db.session.get(Person, person_id) or abort(404)
    token = invite(person, actor=current_user)
    db.session.commit()
    link = current_app.config["BASE_URL"] + url_for("accounts.welcome", token=token)
    return render_template("accounts/link.html", person=person, link=link)
