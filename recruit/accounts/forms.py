from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, PasswordField, RadioField, ValidationError
from wtforms.validators import EqualTo, InputRequired, Length

from recruit.accounts.rules import PASSWORD_LENGTH, is_email
from recruit.web.forms import REQUIRED, AlwaysAnswered, BaseForm, LineField, options

TOO_LONG = _l("Adgangskoden må højst have %(limit)s tegn.", limit=PASSWORD_LENGTH[1])


class SignInForm(BaseForm):
    email = LineField(_l("E-mail"), limit=254, render_kw={"autocomplete": "username", "type": "email"})
    password = PasswordField(
        _l("Adgangskode"),
        validators=[InputRequired(REQUIRED), Length(max=PASSWORD_LENGTH[1], message=TOO_LONG)],
        render_kw={"autocomplete": "current-password"},
    )
    next = HiddenField()


class AskForm(BaseForm):
    """For a link by mail. On the page of the sign-in form: its ids begin otherwise."""

    email = LineField(_l("E-mail"), limit=254, render_kw={"autocomplete": "username", "type": "email"})
    next = HiddenField()

    def validate_email(self, field: LineField) -> None:
        if not is_email(field.data):
            raise ValidationError(_("Skriv en e-mailadresse."))


class PasswordForm(BaseForm):
    password = PasswordField(
        _l("Ny adgangskode"),
        description=_l("Mindst 12 tegn. Tre eller fire ord er let at huske og svært at gætte."),
        validators=[InputRequired(REQUIRED), Length(max=PASSWORD_LENGTH[1], message=TOO_LONG)],
        render_kw={"autocomplete": "new-password"},
    )
    again = PasswordField(
        _l("Gentag adgangskoden"),
        validators=[InputRequired(REQUIRED), EqualTo("password", _l("De to adgangskoder er ikke ens."))],
        render_kw={"autocomplete": "new-password"},
    )


class ChangePasswordForm(PasswordForm):
    """For somebody who is signed in. Whoever came by a link, or has no password, is not asked for the one they have."""

    current = PasswordField(
        _l("Nuværende adgangskode"),
        validators=[InputRequired(REQUIRED), Length(max=PASSWORD_LENGTH[1], message=TOO_LONG)],
        render_kw={"autocomplete": "current-password"},
    )


class PersonForm(BaseForm):
    name = LineField(_l("Navn"), render_kw={"autocomplete": "off"})
    email = LineField(_l("E-mail"), limit=254, render_kw={"autocomplete": "off", "type": "email"})
    role = RadioField(
        _l("Rolle"),
        choices=options(
            {
                "": _l("Ingen: sidder i ansættelsesudvalg"),
                "hr": _l("HR: opretter forløb og ser alle"),
                "auditor": _l("Revisor: læser loggen og intet andet"),
            }
        ),
        default="",
        validators=[AlwaysAnswered()],
    )


class ChangePersonForm(PersonForm):
    email = None  # type: ignore[assignment]
    active = BooleanField(_l("Kan logge ind"))
