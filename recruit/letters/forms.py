from __future__ import annotations

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField

from recruit.letters.rules import PHRASE_LIMIT, REASON_LIMIT, TEXT_LIMIT
from recruit.web.forms import AlwaysAnswered, BaseForm, DayField, SharedForm, TextField

PHRASES_TEXT_LIMIT = 20_000


def texts_form(labels: Mapping[str, object]) -> BaseForm:
    """A form of many texts: for every key its text, and the version and fingerprint of what the page showed.

    As `recruit.web.forms.catch_up` takes it.
    """
    fields: dict[str, object] = {}
    for key, label in labels.items():
        fields[f"{key}_text"] = TextField(
            label, limit=TEXT_LIMIT, required=False, validators=[AlwaysAnswered()], name=key
        )
        fields[f"{key}_version"] = HiddenField(default="0")
        fields[f"{key}_shown"] = HiddenField()
    form: BaseForm = type("TextsForm", (BaseForm,), fields)()
    return form


class ReadyForm(BaseForm):
    """The letter is as it is to be sent. `seen` is the version of the text that was read."""

    seen = HiddenField()
    kept_because = TextField(
        _l("Hvorfor kan ordene blive stående?"),
        description=_l("Begrundelsen hører til i sagen. Den står ikke i svaret."),
        limit=REASON_LIMIT,
        required=False,
        validators=[AlwaysAnswered()],  # not called optional: the page shows the field only where it is needed
    )


class LeaveOutForm(SharedForm):
    """What HR leaves out of an extract besides, one phrase a line."""

    phrases = TextField(
        _l("Udelad også"),
        description=_l(
            "Et ord eller en sætning på hver linje, skrevet som i teksten. Alle steder med de ord bliver udeladt."
        ),
        limit=min(PHRASES_TEXT_LIMIT, PHRASE_LIMIT * 100),
        required=False,
    )


class ToldForm(BaseForm):
    told_on = DayField(_l("Hvornår talte I om briefen?"))
