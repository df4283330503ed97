from __future__ import annotations

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired, MultipleFileField
from wtforms import (
    BooleanField,
    Field,
    Form,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    ValidationError,
)
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from recruit.audit import now
from recruit.candidates.cpr import holds_cpr
from recruit.candidates.rules import DECISIONS
from recruit.web.forms import BaseForm, LineField, TextField, options


def _without_cpr(form: Form, field: Field) -> None:
    if holds_cpr(field.data or "", now().date()):
        raise ValidationError(gettext("Her står et cpr-nummer. Det hører ingen steder til i forløbet."))


class CandidateForm(BaseForm):
    name = LineField(_l("Navn"), validators=[_without_cpr], render_kw={"autocomplete": "off"})
    email = LineField(_l("E-mail"), limit=254, required=False, render_kw={"autocomplete": "off", "type": "email"})


class SpreadsheetForm(BaseForm):
    file = FileField(
        _l("Regneark"),
        validators=[FileRequired(_l("Vælg en fil."))],
        render_kw={"accept": ".csv,.txt,.xlsx"},
    )


class ColumnsForm(BaseForm):
    carried = HiddenField()
    name = SelectField(_l("Navn, eller fornavn"), validators=[InputRequired(_l("Vælg den kolonne, navnet står i."))])
    surname = SelectField(_l("Efternavn"))
    email = SelectField(_l("E-mail"))
    partly = BooleanField(_l("Tag de rigtige rækker med, og lad de andre ligge"))


class AttachmentsForm(BaseForm):
    files = MultipleFileField(
        _l("Dokumenter"),
        validators=[FileRequired(_l("Vælg en fil."))],
        render_kw={"accept": ".pdf,.docx", "multiple": True},
    )


class RoundCandidatesForm(BaseForm):
    candidates = SelectMultipleField(
        _l("Kandidater i runden"),
        coerce=int,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )


class DecisionForm(BaseForm):
    decision = RadioField(
        _l("Afgørelse"), choices=options(DECISIONS), validators=[InputRequired(_l("Vælg en afgørelse."))]
    )
    reason = TextField(_l("Begrundelse"), limit=4_000)
