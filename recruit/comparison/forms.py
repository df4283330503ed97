"""Which two candidates, and which rounds, to see beside each other: in the address, so that it can be linked to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField, SelectMultipleField, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from recruit.candidates.models import Candidate
from recruit.recruitments.models import Round
from recruit.web.forms import BaseForm, options


class PairForm(BaseForm):
    """Two different candidates of `ranked`; the first two of them where nothing was chosen."""

    class Meta(BaseForm.Meta):
        csrf = False

    a = SelectField(_l("Første kandidat"), default="")
    b = SelectField(_l("Anden kandidat"), default="")
    nameless = BooleanField(_l("Vis medlemmernes side, ikke deres navn"))

    def __init__(self, ranked: Sequence[Candidate], given: Any) -> None:
        chosen = {name: given[name] for name in ("a", "b", "nameless") if given.get(name)}
        ids = [str(item.id) for item in ranked]
        for name, other in (("a", "b"), ("b", "a")):
            chosen.setdefault(name, next((one for one in ids if one != chosen.get(other)), ""))
        super().__init__(formdata=None, data=chosen)
        labels = {str(item.id): f"{item.ref} · {item.name}" for item in ranked}
        self.a.choices = self.b.choices = options(labels)

    def validate_b(self, field: SelectField) -> None:
        if field.data == self.a.data:
            raise ValidationError(_l("Vælg to forskellige kandidater."))


class RoundsForm(BaseForm):
    """Some of the revealed rounds; all where none was chosen."""

    class Meta(BaseForm.Meta):
        csrf = False

    round = SelectMultipleField(
        _l("Runder"), option_widget=CheckboxInput(), widget=ListWidget(prefix_label=False), coerce=str
    )

    def __init__(self, rounds: Sequence[Round], given: Any) -> None:
        numbers = [str(item.number) for item in rounds]
        super().__init__(formdata=None, data={"round": given.getlist("round") or numbers})
        self.round.choices = options({str(item.number): item.name for item in rounds})
