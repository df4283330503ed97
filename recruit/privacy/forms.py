"""Which part of the log to show."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import DateField, SelectField, ValidationError
from wtforms.validators import NumberRange, Optional

from recruit.privacy.rules import EVENT_WORDS
from recruit.web.forms import BaseForm, WholeField, options
from recruit.web.guard import LARGEST_ID

DAY_FORMATS = ["%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y"]
YEARS = range(2000, 2200)


class DayField(DateField):
    """A day, as the browser's calendar sends it or as a Dane writes it; may be left empty."""

    data: Any  # a date or None, once the form is valid

    def __init__(self, label: object = None, **more: Any) -> None:
        super().__init__(label, [Optional(), _near], format=DAY_FORMATS, **more)  # type: ignore[arg-type]


def _near(form: BaseForm, field: DateField) -> None:
    if isinstance(field.data, date) and field.data.year not in YEARS:
        raise ValidationError(field.gettext("Not a valid date value."))


class LogForm(BaseForm):
    """Travels in the address: a part of the log can be linked to."""

    class Meta(BaseForm.Meta):
        csrf = False

    recruitment = WholeField(
        _l("Rekruttering nr."), validators=[Optional(), NumberRange(1, LARGEST_ID, _l("Skriv et helt tal."))]
    )
    event = SelectField(_l("Hændelse"), default="")
    since = DayField(_l("Fra og med"))
    until = DayField(_l("Til og med"))

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        words = sorted(EVENT_WORDS.items(), key=lambda item: str(item[1]))
        self.event.choices = options({"": _l("Alle hændelser"), **dict(words)})
