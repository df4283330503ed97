from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, RadioField, SelectField, SelectMultipleField
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from recruit.candidates.models import Candidate
from recruit.decisions.references import questions_of
from recruit.decisions.rules import (
    AGAINST,
    CONSENTS,
    ENDINGS,
    OTHER,
    PASS_LIMIT,
    REASON_LIMIT,
    RELATIONS,
    SPEAKS_AGAINST,
    SUMMARY,
    TASKS,
    TEXT_LIMIT,
)
from recruit.recruitments.models import Criterion, Recruitment
from recruit.recruitments.rules import HIRED, NOBODY
from recruit.web.forms import AlwaysAnswered, BaseForm, DayField, LineField, SharedForm, TextField, options
from recruit.wording.forms import KeptWording
from recruit.wording.models import Finding, Language
from recruit.wording.service import check

MOST_PLACES = 9


def choice_form(candidates: Sequence[Candidate], places: Mapping[int, int], *, nobody: bool, version: int) -> BaseForm:
    """A place for each candidate, or nobody: fields `place_<id>`, `nobody` and `version`."""

    class ChoiceForm(BaseForm):
        nobody = BooleanField(_l("Vi indstiller ingen af kandidaterne"))
        version = HiddenField()

    numbers = options({"": _("Ingen")} | {str(place): str(place) for place in places_for(len(candidates))})
    for item in candidates:
        field = SelectField(
            _("Plads til %(ref)s %(name)s", ref=item.ref, name=item.name),
            choices=numbers,
            default="",
            validators=[AlwaysAnswered()],
        )
        setattr(ChoiceForm, f"place_{item.id}", field)
    data: dict[str, Any] = {f"place_{item}": str(place) for item, place in places.items()}
    return ChoiceForm(data=data | {"nobody": nobody, "version": str(version)})


def places_for(count: int) -> range:
    return range(1, min(count, MOST_PLACES) + 1)


def texts_form(recruitment: Recruitment, criteria: Sequence[Criterion], labels: Mapping[str, str]) -> BaseForm:
    """The texts of a recommendation, in the shape that `web.forms.catch_up` takes: `<key>_text` and so on."""

    class TextsForm(BaseForm):
        pass

    fields = [
        (SUMMARY, _("Samlet begrundelse"), _("Hvorfor det er den bedst egnede til netop denne stilling.")),
        (AGAINST, _("Begrundelse for at vælge anderledes end tallet"), ""),
        *((criterion.key, labels[criterion.key], "") for criterion in criteria),
    ]
    for key, label, hint in fields:
        add_text(TextsForm, key, label, hint)
    return TextsForm()


def answers_form(labels: Mapping[str, str], **sent: Any) -> BaseForm:
    """What a referee said, question by question, in the same shape. `sent` goes to the form."""

    class AnswersForm(BaseForm):
        pass

    for key, label in labels.items():
        add_text(AnswersForm, key, label, "")
    return AnswersForm(**sent)


def answer_labels(recruitment: Recruitment, language: str) -> dict[str, str]:
    """The questions of the bank, what else was said, and what speaks against the candidate, by key."""
    labels = {question.id: question.text.within(language) for _criterion, question in questions_of(recruitment)}
    return labels | {
        OTHER: _("Andet, der blev sagt om arbejdet"),
        SPEAKS_AGAINST: _("Oplysninger, der taler imod kandidaten"),
    }


def add_text(form: type[BaseForm], key: str, label: str, hint: str) -> None:
    # Each of many may stay empty: a page that says so at every one says nothing.
    quiet = [AlwaysAnswered()]
    field = TextField(label, description=hint, limit=TEXT_LIMIT, required=False, name=key, validators=quiet)
    setattr(form, f"{key}_text", field)
    setattr(form, f"{key}_version", HiddenField(default="0"))
    setattr(form, f"{key}_shown", HiddenField())


class FinalForm(KeptWording, BaseForm):
    """The chair makes final what they have read. A wording that the checks call unlawful stays only with a reason."""

    version = HiddenField()

    def of_texts(self, texts: Sequence[str], language: Language) -> None:
        """The texts that become final. Before the form is validated."""
        self._texts, self._language = texts, language

    def red_findings(self) -> list[Finding]:
        return [
            finding
            for text in self._texts
            for finding in check(text, kind="person", language=self._language).findings
            if finding.severity == "red"
        ]


class ReopenForm(BaseForm):
    reason = TextField(_l("Hvorfor åbnes indstillingen igen?"), limit=REASON_LIMIT)


class DecisionForm(SharedForm):
    outcome = RadioField(
        _l("Hvad er besluttet?"),
        choices=options({HIRED: _l("Ansættelse"), NOBODY: _l("Ingen bliver ansat")}),
        validators=[InputRequired(_l("Vælg, hvad der er besluttet."))],
    )
    hired = SelectMultipleField(
        _l("Hvem er ansat?"),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        validators=[AlwaysAnswered()],
    )
    decided_on = DayField(_l("Dato for afgørelsen"))
    decided_by = LineField(
        _l("Hvem har besluttet?"), description=_l("Navn og titel på den, der har ansættelsesretten.")
    )
    approved_by = LineField(
        _l("Hvem har godkendt?"),
        description=_l("Hvis en anden skal godkende ansættelsen, for eksempel direktionen eller byrådet."),
        required=False,
    )
    reason = TextField(
        _l("Begrundelse"),
        description=_l("De vigtigste grunde, så de kan stå i sagen. Skriv ikke om andre end dem, afgørelsen vedrører."),
        limit=REASON_LIMIT,
    )
    differs_because = TextField(
        _l("Hvorfor afgørelsen er en anden end indstillingen"),
        description=_l("Kun når der er besluttet noget andet, end udvalget indstillede."),
        limit=REASON_LIMIT,
        required=False,
    )
    ends = BooleanField(
        _l("Afslut forløbet med det samme"),
        description=_l("Vent, hvis I vil se, hvad der mangler, til alle har fået svar."),
    )


class TakeBackForm(BaseForm):
    why = TextField(_l("Hvorfor tages afgørelsen tilbage?"), limit=REASON_LIMIT)


class ConsentForm(SharedForm):
    candidate = SelectField(_l("Kandidat"), validators=[InputRequired(_l("Vælg en kandidat."))])
    referee = LineField(_l("Hvem må vi kontakte?"), description=_l("Navn, titel og arbejdsplads."))
    relation = SelectField(_l("Forhold til kandidaten"), choices=options(RELATIONS))
    consent_on = DayField(_l("Samtykke givet den"))
    consent_how = RadioField(
        _l("Hvordan er samtykket givet?"),
        choices=options(CONSENTS),
        validators=[InputRequired(_l("Vælg, hvordan samtykket er givet."))],
    )


class CallForm(SharedForm):
    called_on = DayField(_l("Samtalen blev holdt den"), required=False)
    called_by = LineField(_l("Hvem førte samtalen?"), required=False)


class TaskForm(BaseForm):
    kind = RadioField(_l("Hvad er det?"), choices=options(TASKS), validators=[InputRequired(_l("Vælg en af delene."))])
    candidate = SelectField(_l("Kandidat"), validators=[InputRequired(_l("Vælg en kandidat."))])
    what = TextField(
        _l("Hvad handler det om?"),
        description=_l(
            "Ved partshøring: de oplysninger, kandidaten skal kende, som de skal stå i brevet. "
            "Ved aktindsigt: hvad kandidaten har bedt om at se."
        ),
        limit=TEXT_LIMIT,
    )
    opened_on = DayField(_l("Begynder"))
    due_on = DayField(_l("Frist"))
    reference = HiddenField()


class EndingForm(SharedForm):
    ending = RadioField(_l("Hvordan endte det?"), validators=[InputRequired(_l("Vælg, hvordan opgaven endte."))])
    answer = TextField(_l("Kandidatens svar, eller hvad der blev givet"), limit=TEXT_LIMIT, required=False)
    closed_on = DayField(_l("Afsluttet den"))

    def of_kind(self, kind: str) -> None:
        """The endings of a kind of task. Before the form is validated."""
        self.ending.choices = options({key: item.label for key, item in ENDINGS.items() if item.kind == kind})


class PassForm(SharedForm):
    passed_because = TextField(
        _l("Hvorfor går I videre, mens opgaven er åben?"),
        description=_l("Kun når loven giver plads til det. Lad feltet stå tomt for at vente igen."),
        limit=PASS_LIMIT,
        required=False,
    )
