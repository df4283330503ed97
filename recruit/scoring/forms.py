from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import SelectField

from recruit.scoring.rules import EXCUSES
from recruit.web.forms import BaseForm, TextField


class ExcuseForm(BaseForm):
    card = SelectField(_l("Skema, der mangler"))
    code = SelectField(_l("Grund"), choices=list(EXCUSES.items()))
    note = TextField(_l("Bemærkning"), limit=500, required=False)


class ConsensusForm(BaseForm):
    score = SelectField(
        _l("Konsensus"), choices=[(str(score), str(score)) for score in range(1, 6)], coerce=str
    )
    reason = TextField(_l("Hvad bygger den på?"), limit=4_000)
