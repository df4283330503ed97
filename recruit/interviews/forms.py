from __future__ import annotations

import re
from datetime import time
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, HiddenField, RadioField, SelectField
from wtforms.validators import InputRequired, NumberRange, Optional, StopValidation
from wtforms.widgets import TimeInput

from recruit.interviews.rules import BY_LOT, BY_REF, MAX_BREAK, MAX_PAUSE, MIN_BREAK
from recruit.recruitments.rules import MAX_MINUTES
from recruit.web.forms import BaseForm, DayField, LineField, SharedForm, WholeField, options

WHOLE = InputRequired(_l("Skriv et helt tal."))
BREAK_LENGTH = NumberRange(MIN_BREAK, MAX_BREAK, _l("En pause varer mellem 5 og 240 minutter."))


class ClockField(Field):
    """A time of the day: 9, 9.30, 09:30."""

    widget = TimeInput()
    data: Any  # a time, once the form is valid

    def __init__(self, label: object = None, *, required: bool = True, **more: Any) -> None:
        validator = InputRequired(_l("Skriv et klokkeslæt.")) if required else Optional()
        super().__init__(label, [validator], **more)  # type: ignore[arg-type]

    def _value(self) -> str:
        if isinstance(self.data, time):
            return self.data.strftime("%H:%M")
        return str(self.raw_data[0]) if self.raw_data else ""

    def process_formdata(self, valuelist: list[Any]) -> None:
        text = str(valuelist[0]).strip() if valuelist else ""
        self.data = None
        if not text:
            return
        found = re.fullmatch(r"([01]?[0-9]|2[0-3])(?:[.:]([0-5][0-9])(?::00)?)?", text)
        if not found:
            raise ValueError(gettext("Skriv et klokkeslæt, for eksempel 9.30."))
        self.data = time(int(found[1]), int(found[2] or 0))


class UnlessNoLunch:
    """An empty length is no fault where there is to be no lunch."""

    def __call__(self, form: ProposalForm, field: Field) -> None:
        if not any(form.lunch_from.raw_data or ()) and not any(field.raw_data or ()):
            field.errors = []
            raise StopValidation()


class ProposalForm(BaseForm):
    first_day = DayField(_l("Første dag"))
    starts = ClockField(_l("Første samtale begynder"), default=time(9))
    latest = ClockField(_l("Sidste samtale slutter senest"), default=time(16))
    pause = WholeField(
        _l("Minutter mellem samtalerne"),
        default=15,
        description=_l("Så hver enkelt kan vurdere, mens det er friskt."),
        validators=[WHOLE, NumberRange(0, MAX_PAUSE, _l("Skriv et tal fra 0 til 120."))],
    )
    lunch_from = ClockField(
        _l("Frokost, tidligst kl."),
        default=time(11, 30),
        required=False,
        description=_l("Lad feltet stå tomt, hvis der ikke skal være frokost."),
    )
    lunch_minutes = WholeField(
        _l("Minutter til frokost"), default=30, validators=[UnlessNoLunch(), WHOLE, BREAK_LENGTH]
    )
    room = LineField(_l("Lokale"), required=False)
    order = RadioField(
        _l("Rækkefølge"),
        choices=options(
            {
                BY_LOT: _l("Trukket ved lod, så ingen vælger, hvem der kommer først"),
                BY_REF: _l("Efter kandidaternes numre"),
            }
        ),
        default=BY_LOT,
        validators=[InputRequired(_l("Vælg en rækkefølge."))],
    )
    seen = HiddenField()


class SlotForm(SharedForm):
    day = DayField(_l("Dag"))
    starts = ClockField(_l("Begynder"))
    minutes = WholeField(_l("Minutter"), validators=[WHOLE])
    room = LineField(_l("Lokale"), required=False)
    shifts = BooleanField(_l("Ryk resten af dagen tilsvarende"))

    def limit_minutes(self, *, is_break: bool) -> None:
        """A break may be shorter than an interview, and never as long."""
        limits = (
            BREAK_LENGTH
            if is_break
            else NumberRange(10, MAX_MINUTES, _l("En samtale varer mellem 10 og 480 minutter."))
        )
        self.minutes.validators = [*self.minutes.validators, limits]


class BreakForm(BaseForm):
    after = SelectField(_l("Efter"), coerce=int)
    minutes = WholeField(_l("Minutter"), default=15, validators=[WHOLE, BREAK_LENGTH])
