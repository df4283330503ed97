"""The form of one of HR's own questions: every part in Danish, and in English where somebody has written it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from wtforms import RadioField, SelectMultipleField
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from recruit.charter.models import Charter
from recruit.questions.bank import Question
from recruit.questions.forms import lines, minutes_field
from recruit.questions.local import Content
from recruit.questions.rules import KIND_NAMES
from recruit.web.forms import SharedForm, TextField, options
from recruit.web.language import localised
from recruit.wording.forms import KeptWording

TEXT_LIMIT = 2_000  # what the bank's model takes of one text
LIST_LIMIT = 4_000
ROUNDS = {1: _l("1. samtale"), 2: _l("2. samtale og senere")}
LISTS = ("probes", "listen_for", "warning_signs")
PARTS = ("text", *LISTS, "material")
# What the bank's own questions keep to (issue 3). Advice: nothing is refused for it.
MOST_WORDS = 60
ADVISED = {"probes": (2, 4), "listen_for": (3, 5), "warning_signs": (2, 4)}

MATERIAL_HINT = _l("Kun til en caseopgave: det, kandidaten får udleveret.")
LINES_HINT = _l("Ét på hver linje.")


def _checkboxes(label: object, error: object, **more: Any) -> SelectMultipleField:
    return SelectMultipleField(
        label,  # type: ignore[arg-type]
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        validators=[InputRequired(error)],  # type: ignore[arg-type]
        **more,
    )


class LocalQuestionForm(KeptWording, SharedForm):
    text_da = TextField(_l("Spørgsmål"), limit=TEXT_LIMIT)
    probes_da = TextField(_l("Opfølgende spørgsmål"), limit=LIST_LIMIT, required=False)
    listen_for_da = TextField(_l("Lyt efter"), limit=LIST_LIMIT, required=False)
    warning_signs_da = TextField(_l("Vær opmærksom på"), limit=LIST_LIMIT, required=False)
    kind = RadioField(_l("Slags"), choices=options(KIND_NAMES), validators=[InputRequired(_l("Vælg en slags."))])
    material_da = TextField(_l("Materiale"), description=MATERIAL_HINT, limit=TEXT_LIMIT, required=False)
    minutes = minutes_field()
    rounds = _checkboxes(_l("Runder"), _l("Vælg mindst én runde."), choices=options(ROUNDS), coerce=int)
    roles = _checkboxes(_l("Lederroller"), _l("Vælg mindst én lederrolle."))
    text_en = TextField(_l("Spørgsmål på engelsk"), limit=TEXT_LIMIT, required=False)
    probes_en = TextField(_l("Opfølgende spørgsmål på engelsk"), limit=LIST_LIMIT, required=False)
    listen_for_en = TextField(_l("Lyt efter på engelsk"), limit=LIST_LIMIT, required=False)
    warning_signs_en = TextField(_l("Vær opmærksom på, på engelsk"), limit=LIST_LIMIT, required=False)
    material_en = TextField(_l("Materiale på engelsk"), limit=TEXT_LIMIT, required=False)

    def of_charter(self, charter: Charter) -> None:
        """The roles to choose among, and which fields are checked."""
        self.roles.choices = options({role.id: localised(role.name) for role in charter.roles})
        self.checks("question", text_da="da", probes_da="da", text_en="en", probes_en="en")

    def validate(self, extra_validators: Any = None) -> bool:
        valid = super().validate(extra_validators)
        for field, sentence in self._faults():
            self[field].errors = [*self[field].errors, sentence]
            valid = False
        return valid

    def _faults(self) -> Iterator[tuple[str, str]]:
        if self.kind.data != "case":
            for field in ("material_da", "material_en"):
                if self[field].data:
                    yield field, _("Materiale hører til en caseopgave. Vælg caseopgave, eller slet materialet.")
        if self.material_en.data and not self.material_da.data:
            yield "material_en", _("Skriv også materialet på dansk.")
        for part in LISTS:
            danish, english = lines(self[f"{part}_da"].data), lines(self[f"{part}_en"].data)
            for field, written in ((f"{part}_da", danish), (f"{part}_en", english)):
                if any(len(line) > TEXT_LIMIT for line in written):
                    yield field, _("En linje må højst have %(limit)s tegn.", limit=TEXT_LIMIT)
            if english and len(english) != len(danish):
                yield (
                    f"{part}_en",
                    _(
                        "Der er %(english)s linjer på engelsk og %(danish)s på dansk. Skriv lige mange, eller lad "
                        "feltet være tomt. Så vises de danske.",
                        english=len(english),
                        danish=len(danish),
                    ),
                )

    def content(self) -> Content:
        """What was written, once the form is valid. A part without English says the Danish in both languages."""
        wording: dict[str, Any] = {"text": _both(self.text_da.data, self.text_en.data)}
        material = self.material_da.data
        wording["material"] = _both(material, self.material_en.data) if material else None
        for part in LISTS:
            danish = lines(self[f"{part}_da"].data)
            english = lines(self[f"{part}_en"].data) or danish
            wording[part] = [_both(*pair) for pair in zip(danish, english, strict=True)]
        return Content(
            kind=self.kind.data,
            minutes=self.minutes.data,
            rounds=sorted(self.rounds.data or []),
            roles=list(self.roles.data or []),
            wording=wording,
            kept_because=self.kept(),
            kept_rules=self.kept_rules(),
        )

    def advice(self) -> dict[str, str]:
        """Where the question differs from what the bank keeps to, by field; in words."""
        found = {}
        words = len((self.text_da.data or "").split())
        if words > MOST_WORDS:
            found["text_da"] = _("Nu %(words)s ord. Bankens egne har højst %(most)s.", words=words, most=MOST_WORDS)
        for part, (least, most) in ADVISED.items():
            count = len(lines(self[f"{part}_da"].data))
            if self.text_da.data and not least <= count <= most:
                found[f"{part}_da"] = ngettext(
                    "Nu %(num)s linje. Bankens egne spørgsmål har %(least)s til %(most)s.",
                    "Nu %(num)s linjer. Bankens egne spørgsmål har %(least)s til %(most)s.",
                    count,
                    least=least,
                    most=most,
                )
        if self.kind.data == "case" and not self.material_da.data:
            found["material_da"] = _("Bankens egne caseopgaver har materiale, som kandidaten får udleveret.")
        return found


def _both(danish: str, english: str | None) -> dict[str, str]:
    return {"da": danish, "en": english or danish}


def form_values(question: Question, kept_because: str = "") -> dict[str, Any]:
    """A question as the form's fields hold it. English that only repeats the Danish is left empty."""
    values: dict[str, Any] = {
        "kind": question.kind,
        "minutes": question.minutes,
        "rounds": sorted({min(number, max(ROUNDS)) for number in question.rounds}),
        "roles": list(question.roles),
        "kept_because": kept_because,
    }
    for part in PARTS:
        said = getattr(question, part)
        texts = said if isinstance(said, list) else [said] if said else []
        danish, english = "\n".join(text.da for text in texts), "\n".join(text.en for text in texts)
        values[f"{part}_da"], values[f"{part}_en"] = danish, "" if english == danish else english
    return values


def left_behind(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Whether Danish was changed and the English that said the same was not. Both as `form_values`."""
    return any(
        after[f"{part}_en"]
        and before[f"{part}_en"] == after[f"{part}_en"]
        and before[f"{part}_da"] != after[f"{part}_da"]
        for part in PARTS
    )
