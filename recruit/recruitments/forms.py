from __future__ import annotations

from typing import Any

from flask import request
from flask_babel import lazy_gettext as _l
from wtforms import (
    Field,
    Form,
    RadioField,
    SelectField,
    SelectMultipleField,
    ValidationError,
)
from wtforms.validators import InputRequired, NumberRange
from wtforms.widgets import CheckboxInput, ListWidget

from recruit.errors import RuleBroken
from recruit.recruitments.models import Criterion
from recruit.recruitments.rules import MAX_MINUTES, check_weight
from recruit.web.forms import AlwaysAnswered, LineField, NumberField, SharedForm, TextField, WholeField, options

HERE_LIMIT = 2_000


class RecruitmentForm(SharedForm):
    title = LineField(_l("Stilling"), description=_l("For eksempel: Leder af Børnehuset Skovbrynet"))
    role = RadioField(_l("Lederrolle"), validators=[InputRequired(_l("Vælg en lederrolle."))])
    department = LineField(_l("Forvaltning"))
    case_number = LineField(_l("Sagsnummer"), limit=60, required=False)
    superior = LineField(
        _l("Ansættende leders overordnede"),
        description=_l("Afgør, om forpersonen er inhabil, hvis forpersonen selv er i tvivl."),
        required=False,
    )
    language = RadioField(
        _l("Sprog i dokumenter"),
        choices=options({"da": _l("Dansk"), "en": _l("Engelsk")}),
        default="da",
        validators=[InputRequired(_l("Vælg et sprog."))],
    )
    charter = SelectField(_l("Ledelsesgrundlag"), validators=[AlwaysAnswered()])


def sensible_weight(_form: Form, field: Field) -> None:
    """WTForms validator for `check_weight`."""
    try:
        if field.data is not None:
            check_weight(field.data)
    except RuleBroken as broken:
        raise ValidationError(str(broken)) from broken


class CriterionForm(SharedForm):
    here = TextField(_l("Hvad betyder det i denne stilling?"), limit=HERE_LIMIT, required=False)
    weight = NumberField(
        _l("Vægt"),
        default=1.0,
        validators=[InputRequired(_l("Skriv en vægt.")), sensible_weight],
    )
    minimum = SelectField(
        _l("Mindstekrav"),
        choices=options({"": _l("Intet")} | {str(score): str(score) for score in range(1, 6)}),
        coerce=str,
        default="",
        validators=[AlwaysAnswered()],
    )


def criterion_form(criterion: Criterion) -> CriterionForm:
    """Filled from what was sent, else from the criterion: one that was picked meanwhile is not in what was sent."""
    prefix = f"{criterion.id}-"
    sent = request.form if f"{prefix}weight" in request.form else None
    form = CriterionForm(sent, prefix=prefix, obj=criterion)
    for field in form:
        field.id = f"criterion-{field.id}"
    if sent is None:
        form.minimum.data = str(criterion.minimum or "")
    return form


def criterion_values(form: CriterionForm) -> dict[str, Any]:
    """What `change_criterion` and `amend_criterion` take."""
    minimum = int(form.minimum.data) if form.minimum.data else None
    return {"weight": form.weight.data, "minimum": minimum, "here": form.here.data or ""}


class AmendmentForm(CriterionForm):
    reason = TextField(_l("Hvorfor ændres kriteriet?"), limit=HERE_LIMIT)


class RoundForm(SharedForm):
    name = LineField(_l("Navn"))
    minutes = WholeField(
        _l("Minutter pr. kandidat"),
        default=60,
        validators=[
            InputRequired(_l("Skriv et helt tal.")),
            NumberRange(10, MAX_MINUTES, _l("En samtale varer mellem 10 og 480 minutter.")),
        ],
    )
    criteria = SelectMultipleField(
        _l("Kriterier i runden"),
        description=_l("Tre til fem kriterier pr. time giver plads til gode svar."),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        validators=[InputRequired(_l("Vælg mindst ét kriterium."))],
    )
