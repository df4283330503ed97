from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectField
from wtforms.validators import InputRequired

from recruit.scoring.rules import DEVIATIONS, EXCUSES, SCORES
from recruit.web.forms import AlwaysAnswered, BaseForm, SharedForm, TextField, options


class ExcuseForm(BaseForm):
    card = SelectField(_l("Skema, der mangler"))
    code = SelectField(_l("Grund"), choices=options(EXCUSES))
    note = TextField(_l("Bemærkning"), limit=500, required=False)


class ConsensusForm(BaseForm):
    # The fingerprint of the consensus that the page was opened with: score and reason belong together.
    shown = HiddenField()
    score = SelectField(
        _l("Udvalgets fælles vurdering"),
        choices=options({"": _l("Vælg")} | {str(score): str(score) for score in SCORES}),
        validators=[InputRequired(_l("Vælg et tal fra 1 til 5."))],
    )
    reason = TextField(_l("Hvad bygger den på?"), limit=4_000)


class DissentForm(SharedForm):
    # May be empty: that takes it back.
    text = TextField(_l("Din særudtalelse"), required=False, validators=[AlwaysAnswered()])


class PracticeForm(BaseForm):
    score = RadioField(
        _l("Dit niveau"),
        choices=options({str(score): str(score) for score in SCORES}),
        validators=[InputRequired(_l("Vælg et niveau fra 1 til 5."))],
    )


class DeviationForm(SharedForm):
    candidate = SelectField(_l("Kandidat"), validators=[InputRequired(_l("Vælg en kandidat."))])
    code = SelectField(
        _l("Hvad skete der?"),
        choices=options({"": _l("Vælg")} | DEVIATIONS),
        validators=[InputRequired(_l("Vælg, hvad der skete."))],
    )
    question = SelectField(_l("Hvilket spørgsmål?"))
    reason = TextField(_l("Hvorfor?"), limit=2_000)
