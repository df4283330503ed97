from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import DecimalField, IntegerField, RadioField, SelectField, SelectMultipleField
from wtforms.validators import InputRequired, NumberRange
from wtforms.widgets import CheckboxInput, ListWidget

from recruit.recruitments.rules import MAX_MINUTES, MAX_WEIGHT
from recruit.web.forms import BaseForm, LineField, TextField

HERE_LIMIT = 2_000


class RecruitmentForm(BaseForm):
    title = LineField(_l("Stilling"), description=_l("For eksempel: Leder af Børnehuset Skovbrynet"))
    role = RadioField(_l("Lederrolle"), validators=[InputRequired(_l("Vælg en lederrolle."))])
    department = LineField(_l("Forvaltning"))
    case_number = LineField(_l("Sagsnummer"), limit=60, required=False)
    superior = LineField(
        _l("Ansættende leders overordnede"),
        description=_l("Afgør, om forpersonen er inhabil, hvis forpersonen selv er i tvivl."),
        required=False,
    )
    language = RadioField(_l("Sprog i dokumenter"), choices=[("da", _l("Dansk")), ("en", _l("Engelsk"))], default="da")
    charter = SelectField(_l("Ledelsesgrundlag"))


class CriterionForm(BaseForm):
    weight = DecimalField(
        _l("Vægt"),
        use_locale=True,
        default=1,
        validators=[
            InputRequired(_l("Skriv en vægt.")),
            NumberRange(min=0.01, max=MAX_WEIGHT, message=_l("En vægt skal være et tal over 0 og højst 100.")),
        ],
    )
    minimum = SelectField(
        _l("Mindstekrav"),
        choices=[("", _l("Intet")), *[(str(score), str(score)) for score in range(1, 6)]],
        coerce=str,
        default="",
    )
    here = TextField(_l("Hvad betyder det i denne stilling?"), limit=HERE_LIMIT, required=False)


class AmendmentForm(CriterionForm):
    reason = TextField(_l("Hvorfor ændres kriteriet?"), limit=HERE_LIMIT)


class RoundForm(BaseForm):
    name = LineField(_l("Navn"))
    minutes = IntegerField(
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
    )


