"""The forms of an ad: what it is composed with, its words, and publishing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, Form, HiddenField, RadioField, SelectField, ValidationError
from wtforms.validators import InputRequired, NumberRange, Optional

from recruit.profiles.ads.models import AdPart
from recruit.profiles.ads.outputs import EMPLOYMENT, address_link
from recruit.profiles.ads.rules import LENGTHS, SECTIONS
from recruit.profiles.ads.service import HEADING_LIMIT, PART_LIMIT
from recruit.web.forms import (
    AlwaysAnswered,
    BaseForm,
    DayField,
    LineField,
    SharedForm,
    TextField,
    WholeField,
    digest,
    options,
    whole,
)
from recruit.wording.forms import KeptWording
from recruit.wording.models import Finding, Language
from recruit.wording.service import check

MOST_PAY = 500_000  # kroner a month
TONE_NAMES = {"formal": _l("Formel: saglig og nøgtern"), "direct": _l("Direkte: taler til læseren")}
EMPLOYMENT_NAMES = dict(zip(EMPLOYMENT, (_l("Fuld tid"), _l("Deltid"), _l("Tidsbegrænset")), strict=True))
SECTION_NAMES = {
    "headline": _l("Overskrift"),
    "intro": _l("Indledning"),
    "post": _l("Stillingen"),
    "leader": _l("Lederen, I søger"),
    "offer": _l("Det, I tilbyder"),
    "pay": _l("Løn og vilkår"),
    "apply": _l("Ansøgning og proces"),
}


def linkable(_form: Form, field: Field) -> None:
    """WTForms validator: the address of a page or of mail."""
    if field.data and not address_link(field.data):
        raise ValidationError(_("Skriv en hel webadresse, der begynder med https://, eller en mailadresse."))


def pay_field(label: object) -> WholeField:
    return WholeField(
        label,  # type: ignore[arg-type]
        validators=[
            Optional(),
            NumberRange(1_000, MOST_PAY, _l("Skriv et beløb om måneden mellem 1.000 og 500.000 kr., uden punktum.")),
        ],
        render_kw={"inputmode": "numeric"},
    )


class FactsForm(SharedForm):
    """What the ad is composed with beside profile, timetable and standard texts."""

    tone = RadioField(
        _l("Tone"),
        choices=options(TONE_NAMES),
        default="direct",
        validators=[InputRequired(_l("Vælg en tone."))],
    )
    language = RadioField(
        _l("Sprog i opslaget"),
        choices=options({"da": _l("Dansk"), "en": _l("Engelsk")}),
        default="da",
        validators=[InputRequired(_l("Vælg et sprog."))],
    )
    apply_at = LineField(
        _l("Her søger man"),
        description=_l("Webadressen til jeres ansøgningsskema, eller en mailadresse."),
        limit=300,
        required=False,
        validators=[linkable],
    )
    workplace = LineField(
        _l("Arbejdssted"),
        description=_l("Vej, postnummer og by, for eksempel: Skovvej 1, 8300 Odder"),
        required=False,
    )
    pay_from = pay_field(_l("Løn fra, kroner om måneden"))
    pay_to = pay_field(_l("Løn til, kroner om måneden"))
    employment = SelectField(
        _l("Ansættelse"), choices=options(EMPLOYMENT_NAMES), default="FULL_TIME", validators=[AlwaysAnswered()]
    )

    def validate(self, extra_validators: Any = None) -> bool:
        valid = bool(super().validate(extra_validators))
        low, high = self.pay_from.data, self.pay_to.data
        if valid and high and (not low or low > high):
            self.pay_to.errors = [*self.pay_to.errors, _("Skriv først det laveste beløb og så det højeste.")]
            return False
        return valid

    def facts(self) -> dict[str, Any]:
        """What `create_ad` and `change_facts` take, once the form is valid."""
        return {
            "tone": self.tone.data,
            "language": self.language.data,
            "apply_at": self.apply_at.data or "",
            "workplace": self.workplace.data or "",
            "pay_from": self.pay_from.data,
            "pay_to": self.pay_to.data,
            "employment": self.employment.data,
        }


class AdForm(BaseForm):
    """The sections of an ad of one length: of each its words, and the version and fingerprint of what was shown."""

    length: str

    def keys(self) -> tuple[str, ...]:
        return SECTIONS[self.length]

    def texts(self) -> dict[str, tuple[str, str]]:
        """(heading, text) by key, as `write_parts` takes them. A section without a heading keeps none."""
        return {key: (self._heading(key), self[f"{key}_text"].data or "") for key in self.keys()}

    def versions(self) -> dict[str, int]:
        return {key: whole(self[f"{key}_version"].data) for key in self.keys()}

    def _heading(self, key: str) -> str:
        return (self[f"{key}_heading"].data or "") if f"{key}_heading" in self else ""

    def catch_up(self, stored: Mapping[str, AdPart]) -> dict[str, tuple[str, str]]:
        """(heading, text) of the sections that somebody else has saved since the page was opened, where both have
        changed them; a section that only the other has changed takes the other's words. To be called before the form
        is validated, also on GET."""
        newer = {}
        for key, part in stored.items():
            theirs = (part.heading, part.text)
            version, shown = self[f"{key}_version"], self[f"{key}_shown"]
            if not version.raw_data:
                self._put(key, theirs)
            elif whole(version.data) != part.version and self.texts()[key] != theirs:
                if shown.data == _print(self.texts()[key]):
                    self._put(key, theirs)
                elif shown.data != _print(theirs):
                    newer[key] = theirs
            version.data, shown.data = str(part.version), _print(theirs)
            if f"{key}_heading" in self:
                self[f"{key}_heading_version"].data = str(part.version)
        return newer

    def _put(self, key: str, words: tuple[str, str]) -> None:
        for name, value in zip((f"{key}_heading", f"{key}_text"), words, strict=True):
            if name in self:
                self[name].data, self[name].raw_data = value, [value]


def _print(words: tuple[str, str]) -> str:
    return digest("\n".join(words))


def _form_of(length: str) -> type[AdForm]:
    fields: dict[str, Any] = {"length": length}
    for key in SECTIONS[length]:
        name = SECTION_NAMES[key]
        if key == "headline":
            fields["headline_text"] = LineField(name, limit=HEADING_LIMIT)
        else:
            fields[f"{key}_text"] = TextField(name, limit=PART_LIMIT, required=False)
            if key != "intro":
                fields[f"{key}_heading"] = LineField(_l("Underoverskrift"), limit=HEADING_LIMIT, required=False)
                # For the script that saves the heading by itself.
                fields[f"{key}_heading_version"] = HiddenField()
        fields[f"{key}_version"] = HiddenField()
        fields[f"{key}_shown"] = HiddenField()
    return type(f"{length.title()}AdForm", (AdForm,), fields)


FORMS = {length: _form_of(length) for length in LENGTHS}


class PublishForm(KeptWording, SharedForm):
    """When the ad closes. A wording that the checks call unlawful stays only with a reason."""

    closes_on = DayField(_l("Sidste dag"), description=_l("Opslaget lukker af sig selv, når dagen er slut."))

    def of_ad(self, text: str, language: Language) -> None:
        """The words that are published. Before the form is validated."""
        self._text, self._language = text, language

    def red_findings(self) -> list[Finding]:
        found = check(self._text, kind="ad", language=self._language).findings
        return [finding for finding in found if finding.severity == "red"]
