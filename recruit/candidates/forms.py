from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectMultipleField
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from recruit.candidates.rules import DECISIONS
from recruit.web.forms import BaseForm, LineField, TextField, options


class CandidateForm(BaseForm):
    name = LineField(_l("Navn"), render_kw={"autocomplete": "off"})
    email = LineField(_l("E-mail"), limit=254, required=False, render_kw={"autocomplete": "off", "type": "email"})


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
