from __future__ import annotations

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, HiddenField, RadioField, SelectField, ValidationError
from wtforms.validators import InputRequired

from recruit.recruitments.timetable_rules import (
    APPLICATION_WEEKS,
    DAY_CARE,
    NO_BOARD,
    NOTICE_MONTHS,
    ROUNDS,
    SCHOOL,
    Frame,
)
from recruit.web.forms import AlwaysAnswered, BaseForm, DayField, LineField, SharedForm, TextField, options

NOTE_LIMIT = 2_000
CHOOSE = InputRequired(_l("Vælg en af mulighederne."))
YEARS = range(2000, 2100)


def sensible_day(_form: object, field: Field) -> None:
    """WTForms validator: a year that a calendar shows."""
    if field.data is not None and field.data.year not in YEARS:
        raise ValidationError(gettext("Vælg en dag mellem 2000 og 2099."))


class TimetableForm(BaseForm):
    """What a timetable is proposed from. Its fields are those of `timetable_rules.Frame`."""

    starts_on = DayField(_l("Første arbejdsdag"), validators=[sensible_day])
    notice_months = RadioField(
        _l("Den nye leders opsigelse i sit nuværende job"),
        description=_l(
            "Funktionærloven kræver en måned til udgangen af en måned (§ 2, stk. 6). "
            "Direktører og andre chefer har ofte aftalt tre."
        ),
        choices=options({count: _l("Løbende måned + %(count)s", count=count) for count in NOTICE_MONTHS}),
        coerce=int,
        validators=[CHOOSE],
    )
    weeks = SelectField(
        _l("Fra opslag til ansøgningsfrist"),
        choices=options({weeks: _l("%(weeks)s uger", weeks=weeks) for weeks in APPLICATION_WEEKS}),
        coerce=int,
    )
    rounds = SelectField(
        _l("Samtaler med hver kandidat"),
        choices=options({ROUNDS[0]: _l("Én runde"), ROUNDS[1]: _l("To runder")}),
        coerce=int,
    )
    tests = BooleanField(_l("Test eller case mellem samtalerne"))
    board = RadioField(
        _l("Skal en bestyrelse udtale sig?"),
        choices=options(
            {
                NO_BOARD: _l("Nej"),
                SCHOOL: _l(
                    "Skolebestyrelsen, når det er en skoleleder (folkeskoleloven § 40, stk. 6, og § 44, stk. 7)"
                ),
                DAY_CARE: _l("Forældrebestyrelsen, når det er en leder i dagtilbud (dagtilbudsloven § 15)"),
            }
        ),
        default=NO_BOARD,
        validators=[AlwaysAnswered()],
    )
    children = BooleanField(_l("Fast kontakt med børn under 15 år: børneattest på den, I vil ansætte"))
    record = BooleanField(_l("Straffeattest på den, I vil ansætte"))
    council = BooleanField(_l("Byrådet beslutter ansættelsen"))
    # The fingerprint of the timetable, and of the fields, that the page has shown the changes for.
    seen = HiddenField()
    shown = HiddenField()

    def frame(self) -> Frame:
        """The frame of a form that is valid."""
        return Frame(**{name: self[name].data for name in FRAME_FIELDS})


FRAME_FIELDS = tuple(Frame.__dataclass_fields__)


class StepForm(SharedForm):
    title = LineField(_l("Trin"))
    starts_on = DayField(_l("Dag"), validators=[sensible_day])
    ends_on = DayField(
        _l("Til og med"),
        required=False,
        description=_l("Kun når trinnet varer flere dage."),
        validators=[sensible_day],
    )
    responsible = LineField(_l("Ansvarlig"), required=False)
    note = TextField(
        _l("Bemærkning"),
        limit=NOTE_LIMIT,
        required=False,
        description=_l("Skriv ikke om ansøgerne her."),
    )

    def validate_ends_on(self, field: Any) -> None:
        if field.data and self.starts_on.data and field.data < self.starts_on.data:
            raise ValidationError(gettext("Sidste dag ligger før den første."))


STEP_FIELDS = ("title", "starts_on", "ends_on", "responsible", "note")
