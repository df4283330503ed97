from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, SelectMultipleField
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from recruit.sifting.rules import EXCUSES, PILES, REASON_LIMIT
from recruit.web.forms import BaseForm, SharedForm, TextField, options


class OpenForm(BaseForm):
    members = SelectMultipleField(
        _l("Hvem læser ansøgningerne?"),
        coerce=int,
        validators=[InputRequired(_l("Vælg mindst ét medlem, der læser ansøgningerne."))],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )


class AddReaderForm(BaseForm):
    member = SelectField(_l("Medlem"), coerce=int)


class ExcuseReaderForm(BaseForm):
    absent = SelectField(_l("Medlem, der ikke kan nå det"), coerce=int)
    code = SelectField(_l("Grund"), choices=options(EXCUSES))


class PileForm(SharedForm):
    letter = RadioField(
        _l("Bunke"),
        choices=options({letter: f"{letter}: {name}" for letter, name in PILES.items()}),
        validators=[InputRequired(_l("Vælg en bunke."))],
    )
    reason = TextField(_l("Begrundelse"), limit=REASON_LIMIT, required=False)
