from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms.validators import InputRequired, NumberRange

from recruit.web.forms import SharedForm, TextField, WholeField
from recruit.wording.forms import KeptWording


def lines(text: str | None) -> list[str]:
    """The lines of a text that say something."""
    return [line.strip() for line in (text or "").split("\n") if line.strip()]


def minutes_field() -> WholeField:
    """How long a question takes, with its answer."""
    return WholeField(
        _l("Minutter"),
        validators=[InputRequired(_l("Skriv et helt tal.")), NumberRange(1, 60, _l("Skriv et tal fra 1 til 60."))],
    )


class GuideQuestionForm(KeptWording, SharedForm):
    text = TextField(_l("Spørgsmål"), limit=2_000)
    probes = TextField(_l("Opfølgende spørgsmål"), description=_l("Ét på hver linje."), limit=4_000, required=False)
    minutes = minutes_field()
    reason = TextField(_l("Hvorfor ændres spørgsmålet?"), limit=2_000, required=False)
