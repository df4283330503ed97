"""The weights of what-if. They travel in the address, and are stored nowhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import Field, Form, ValidationError

from recruit.recruitments.forms import sensible_weight
from recruit.recruitments.models import Criterion
from recruit.web.forms import BaseForm, NumberField


class WeightsForm(BaseForm):
    """A weight for each criterion of the round, in its order; the round's own where none was sent."""

    class Meta(BaseForm.Meta):
        csrf = False

    criteria: Sequence[Criterion] = ()
    is_asked = False

    @property
    def weights(self) -> dict[str, float]:
        """By the criterion's key, once the form is valid."""
        return {criterion.key: float(self[name_of(criterion)].data) for criterion in self.criteria}

    @property
    def is_changed(self) -> bool:
        return any(self.weights[criterion.key] != criterion.weight for criterion in self.criteria)

    @property
    def address(self) -> dict[str, str]:
        """What was sent, for a link to the same."""
        return {name_of(criterion): self[name_of(criterion)]._value() for criterion in self.criteria}


def name_of(criterion: Criterion) -> str:
    return f"w{criterion.id}"


def needed(_form: Form, field: Field) -> None:
    if field.data is None and not field.errors:
        raise ValidationError(_l("Skriv en vægt."))


def weights_form(labels: Mapping[int, str], criteria: Sequence[Criterion], sent: MultiDict[str, str]) -> WeightsForm:
    """`labels`: by criterion id. A criterion that is not among what was sent keeps its weight."""
    fields: dict[str, Any] = {
        name_of(criterion): NumberField(labels[criterion.id], validators=[needed, sensible_weight])
        for criterion in criteria
    }
    own = {name_of(criterion): criterion.weight for criterion in criteria}
    form_class = type("RoundWeightsForm", (WeightsForm,), fields)
    form: WeightsForm = form_class(formdata=None, data=own)
    given = {name: sent[name] for name in fields if name in sent}
    for name, text in given.items():
        form[name].process(MultiDict({name: text}))
    form.criteria, form.is_asked = list(criteria), bool(given)
    return form
