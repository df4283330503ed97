from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.validators import InputRequired

from recruit.scoring.rules import EXCUSES, SCORES
from recruit.web.forms import BaseForm, TextField, options


class ExcuseForm(BaseForm):
    card = SelectField(_l("Skema, der mangler"))
    code = SelectField(_l("Grund"), choices=options(EXCUSES))
    note = TextField(_l("Bemærkning"), limit=500, required=False)


class ConsensusForm(BaseForm):
    score = SelectField(
        _l("Udvalgets fælles vurdering"),
        choices=options({"": _l("Vælg")} | {str(score): str(score) for score in SCORES}),
        validators=[InputRequired(_l("Vælg et tal fra 1 til 5."))],
    )
    reason = TextField(_l("Hvad bygger den på?"), limit=4_000)
