from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms.validators import InputRequired, NumberRange

from recruit.web.forms import SharedForm, TextField, WholeField
from recruit.wording.forms import KeptWording


class GuideQuestionForm(KeptWording, SharedForm):
    text = TextField(_l("Spørgsmål"), limit=2_000)
    probes = TextField(_l("Opfølgende spørgsmål"), description=_l("Ét på hver linje."), limit=4_000, required=False)
    minutes = WholeField(
        _l("Minutter"),
        validators=[InputRequired(_l("Skriv et helt tal.")), NumberRange(1, 60, _l("Skriv et tal fra 1 til 60."))],
    )
    reason = TextField(_l("Hvorfor ændres spørgsmålet?"), limit=2_000, required=False)
