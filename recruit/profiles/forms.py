from __future__ import annotations

from collections.abc import Iterable

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField

from recruit.profiles.rules import SECTION_LIMIT, SECTIONS
from recruit.web.forms import BaseForm, SharedForm, TextField
from recruit.wording.forms import KeptWording
from recruit.wording.models import Finding, Language
from recruit.wording.service import check

REASON_LIMIT = 2_000


class ProfileForm(BaseForm):
    """For every section that is written by hand: its text, and the version and fingerprint of what the page showed.

    The text's attribute is `<key>_text`, its name on the page the bare key: `process` is a method of every form.
    """


for _section in SECTIONS:
    if _section.written:
        setattr(
            ProfileForm,
            f"{_section.key}_text",
            TextField(
                _section.heading, description=_section.hint, limit=SECTION_LIMIT, required=False, name=_section.key
            ),
        )
        setattr(ProfileForm, f"{_section.key}_version", HiddenField(default="0"))
        setattr(ProfileForm, f"{_section.key}_shown", HiddenField())


class ApprovalForm(KeptWording, BaseForm):
    """The chair approves what they have read. A wording that the checks call unlawful stays only with a reason."""

    seen = HiddenField()

    def of_texts(self, texts: Iterable[str], language: Language) -> None:
        """The texts that are approved. Before the form is validated."""
        self._texts, self._language = list(texts), language

    def red_findings(self) -> list[Finding]:
        return [
            finding
            for text in self._texts
            for finding in check(text, kind="ad_part", language=self._language).findings
            if finding.severity == "red"
        ]


class SectionAmendmentForm(SharedForm):
    """A section of a locked profile, and why it is changed."""

    text = TextField(_l("Afsnittet"), limit=SECTION_LIMIT, required=False)
    reason = TextField(_l("Hvorfor ændres afsnittet?"), limit=REASON_LIMIT)
