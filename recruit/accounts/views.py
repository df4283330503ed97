"""Signing in and out, one's own account, choosing a language."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import refresh
from flask_login import current_user, login_user, logout_user

from recruit.accounts.forms import AskForm, ChangePasswordForm, PasswordForm, SignInForm
from recruit.accounts.models import Person
from recruit.accounts.service import check_sign_in, invited_person, set_password
from recruit.accounts.sign_in_links import ask_for_link, open_link, use_link
from recruit.audit import record
from recruit.config import SUPPORTED_LANGUAGES
from recruit.errors import RuleBroken
from recruit.extensions import db
from recruit.mail.service import is_configured
from recruit.web.guard import needs

blueprint = Blueprint("accounts", __name__)


def safe_target(target: str | None) -> str:
    """A path on this server, or the overview: a link from outside must not lead a fresh sign-in elsewhere."""
    target = target or ""
    # Browsers drop a tab or line break and take a backslash for a slash; a header cannot hold a line break at all.
    if target.startswith("/") and not target.startswith(("//", "/\\")) and target.isprintable():
        return target
    return url_for("overview.home")


def begin_session(person: Person, *, by_link: bool = False) -> None:
    """Signs in with a fresh session, so that nothing planted before survives."""
    language = session.get("language")
    session.clear()
    if language:
        session["language"] = language
    # Whoever shows that the mailbox is theirs may choose a new password without the old one.
    session["by_link"] = by_link
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
        form.password.errors = [
            _("E-mail og adgangskode passer ikke sammen. Prøv igen, eller få et link på mail.")
            if is_configured()
            else _("E-mail og adgangskode passer ikke sammen. Prøv igen, eller bed HR om et nyt link.")
        ]
    return _sign_in_page(form, AskForm(formdata=None, prefix="link-", next=form.next.data))


def _sign_in_page(form: SignInForm, asking: AskForm) -> ResponseReturnValue:
    page = render_template("accounts/sign_in.html", form=form, asking=asking, sends_mail=is_configured())
    return page, 400 if request.method == "POST" else 200


@blueprint.post("/sign-in/link")
@needs("sign_in")
def ask() -> ResponseReturnValue:
    """The same answer, after the same work, whoever the address belongs to."""
    form = AskForm(prefix="link-")
    if not is_configured():
        abort(404)
    if not form.validate_on_submit():
        return _sign_in_page(SignInForm(formdata=None, next=form.next.data), form)
    ask_for_link(form.email.data, safe_target(form.next.data))
    db.session.commit()
    return render_template("accounts/asked.html", email=form.email.data)


@blueprint.route("/link/<token>", methods=["GET", "POST"])
@needs("sign_in")
def link(token: str) -> ResponseReturnValue:
    """Where a sign-in link leads. Programs that look at mail open links too: only the button uses it up."""
    target = safe_target(request.args.get("next"))
    if request.method == "POST":
        person = use_link(token)
        if person is not None:
            begin_session(person, by_link=True)
            db.session.commit()
            return redirect(target)
        db.session.rollback()
    found = open_link(token)
    if found is not None and current_user.is_authenticated and current_user.id == found[0].id:
        return redirect(target)
    if found is None or not found[1]:
        known = found is not None and found[0].active and is_configured()
        return render_template("accounts/link_gone.html", token=token, target=target, may_ask=known), 400
    return render_template("accounts/sign_in_by_link.html", person=found[0])


@blueprint.post("/link/<token>/again")
@needs("sign_in")
def ask_again(token: str) -> ResponseReturnValue:
    """A new link for whoever holds one that is used or too old, to the address of its person."""
    found = open_link(token)
    if found is None or not is_configured():
        abort(404)
    ask_for_link(found[0].email, safe_target(request.form.get("next")))
    db.session.commit()
    return render_template("accounts/asked.html", email=None)


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
    """Where the other kind of link leads: choose a password and be signed in."""
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


@blueprint.route("/me", methods=["GET", "POST"])
@needs("account.edit")
def me() -> ResponseReturnValue:
    """One's own account: for a panel member, a password in place of links, if they want one."""
    person, by_link = db.session.get_one(Person, current_user.id), bool(session.get("by_link"))
    form = ChangePasswordForm()
    if by_link or person.password_hash is None:
        del form.current
    if form.validate_on_submit():
        try:
            if form.current and check_sign_in(person.email, form.current.data or "") is None:
                form.current.errors = [_("Det er ikke din nuværende adgangskode.")]
            else:
                set_password(person, form.password.data or "", actor=person)
                begin_session(person)
                db.session.commit()
                flash(_("Adgangskoden er gemt. Andre steder, hvor du var logget ind, er du nu logget ud."), "success")
                return redirect(url_for("accounts.me"))
        except RuleBroken as broken:
            db.session.rollback()
            form.password.errors = [str(broken)]
    page = render_template("accounts/me.html", form=form, person=person, sends_mail=is_configured())
    return page, 400 if form.errors else 200
