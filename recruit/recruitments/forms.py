from __future__ import annotations

from typing import Any

from flask import request
from flask_babel import lazy_gettext as _l
from wtforms import (
    Field,
    Form,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    ValidationError,
)
from wtforms.validators import InputRequired, NumberRange
from wtforms.widgets import CheckboxInput, ListWidget

from recruit.errors import RuleBroken
from recruit.recruitments.criteria import TEXTS, text_version
from recruit.recruitments.models import Criterion
from recruit.recruitments.needs_rules import ANSWER_LIMIT, QUESTIONS
from recruit.recruitments.rules import (
    EQUAL_WEIGHT,
    HERE_LIMIT,
    MAX_MINUTES,
    MAX_POSTS,
    check_weight,
    check_weight_reason,
)
from recruit.web.forms import (
    AlwaysAnswered,
    BaseForm,
    LineField,
    NumberField,
    SharedForm,
    TextField,
    WholeField,
    options,
)


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
    posts = WholeField(
        _l("Antal stillinger"),
        default=1,
        validators=[NumberRange(1, MAX_POSTS, _l("Der er mellem 1 og 9 stillinger i et forløb."))],
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


class JudgedForm(SharedForm):
    """What of a criterion can be changed before the lock and after it."""

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


class CriterionForm(JudgedForm):
    reason = TextField(_l("Hvorfor er det et kriterium her?"), limit=HERE_LIMIT, required=False)
    weight_reason = TextField(
        _l("Hvorfor den vægt?"),
        limit=HERE_LIMIT,
        required=False,
        validators=[AlwaysAnswered()],  # not called optional: it is asked for when the weight is not 1
    )

    # Of what the server has, for the script that saves each text as it is typed; the form itself needs neither.
    reason_version = HiddenField()
    here_version = HiddenField()

    # The weight that the criterion has now.
    stored_weight = EQUAL_WEIGHT

    def validate(self, extra_validators: Any = None) -> bool:
        valid = bool(super().validate(extra_validators))
        if not valid or self.weight.data is None:
            return valid
        try:
            check_weight_reason(self.weight.data, self.weight_reason.data or "", was=self.stored_weight)
        except RuleBroken as broken:
            self.weight_reason.errors = [*self.weight_reason.errors, str(broken)]
            return False
        return True


def criterion_form(criterion: Criterion) -> CriterionForm:
    """Filled from what was sent, else from the criterion: one that was picked meanwhile is not in what was sent."""
    prefix = f"{criterion.id}-"
    sent = request.form if f"{prefix}weight" in request.form else None
    form = CriterionForm(sent, prefix=prefix, obj=criterion)
    form.stored_weight = criterion.weight
    for field in form:
        field.id = f"criterion-{field.id}"
    for name in TEXTS:
        form[f"{name}_version"].data = str(text_version(getattr(criterion, name)))
    if sent is None:
        form.minimum.data = str(criterion.minimum or "")
    return form


def judged_values(form: JudgedForm) -> dict[str, Any]:
    """What `amend_criterion` takes beside its reason."""
    minimum = int(form.minimum.data) if form.minimum.data else None
    return {"weight": form.weight.data, "minimum": minimum, "here": form.here.data or ""}


def criterion_values(form: CriterionForm) -> dict[str, Any]:
    """What `change_criterion` takes."""
    return judged_values(form) | {
        "reason": form.reason.data or "",
        "weight_reason": form.weight_reason.data or "",
    }


class AmendmentForm(JudgedForm):
    reason = TextField(_l("Hvorfor ændres kriteriet?"), limit=HERE_LIMIT)


class NeedsForm(BaseForm):
    """For every question its answer, and the version and fingerprint of what the page showed (`web.forms.catch_up`)."""


for _need in QUESTIONS:
    setattr(
        NeedsForm,
        f"{_need.key}_text",
        TextField(
            _need.question,
            description=_need.hint,
            limit=ANSWER_LIMIT,
            required=False,
            name=_need.key,
            validators=[AlwaysAnswered()],  # the page says once that all may be skipped
        ),
    )
    setattr(NeedsForm, f"{_need.key}_version", HiddenField(default="0"))
    setattr(NeedsForm, f"{_need.key}_shown", HiddenField())


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
