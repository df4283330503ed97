"""A wording that the checks call unlawful is kept only with a written reason.

A form with checked fields puts `KeptWording` before its other base:

    class GuideQuestionForm(KeptWording, SharedForm):
        text = TextField(…)
        probes = TextField(…)                  # one question a line: every line is checked as a question of its own

Its view says which fields are checked, each in the language it is written in, before the form is validated:

    stored = {"text": …, "probes": …, "kept_because": row.kept_because}
    form = GuideQuestionForm(data=stored)
    form.checks("question", text=language, probes=language)
    newer = form.newer(row.version, stored)
    if form.validate_on_submit() and not newer:        # a red finding without a reason is an error of kept_because
        edit_question(…, kept_because=form.kept())     # "" when nothing is red (any more)
        record("wording.kept", …, rules=form.kept_rules())      # when form.kept() says something

Its template marks the findings as one types, and asks for the reason when there is a red one:

    {% import "components/wording.html" as wording %}
    {% block scripts %}{{ wording.script() }}{% endblock %}
    {{ wording.checked(form.text, "question", recruitment.language, rows=3) }}     {# takes what forms.field takes #}
    {{ wording.checked(form.probes, "question", recruitment.language, rows=4) }}
    {{ wording.kept(form) }}{{ forms.newer(newer.kept_because) }}
"""

from __future__ import annotations

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from recruit.web.forms import AlwaysAnswered, BaseForm, TextField
from recruit.wording.models import Finding, Kind, Language
from recruit.wording.service import check

# How many findings the error names; all of them stand at their fields.
NAMED = 3


class KeptWording(BaseForm):
    """A form of which some fields are checked. See the top of this file for how to use it."""

    kept_because = TextField(
        _l("Begrundelse for at beholde ordlyden"),
        description=_l("Den bliver gemt sammen med teksten og står i dokumentets bilag."),
        limit=2_000,
        required=False,
        validators=[AlwaysAnswered()],  # not called optional: the page shows the field only where it is needed
    )

    def checks(self, kind: Kind, **languages: Language) -> None:
        """Which fields are checked: name of the field -> the language it is written in. Before `validate`."""
        self._kind, self._languages = kind, languages

    def red_findings(self) -> list[Finding]:
        """What the fields hold now that is against the law, field by field. An empty field has none."""
        return [
            finding
            for name, language in self._languages.items()
            for finding in check(self[name].data or "", kind=self._kind, language=language).findings
            if finding.severity == "red"
        ]

    def kept(self) -> str:
        """The reason to store: empty when nothing is red, whatever the field says."""
        return self.kept_because.data or "" if self.red_findings() else ""

    def kept_rules(self) -> str:
        """The ids of the rules that the reason is about, with spaces between, for the log."""
        return " ".join(sorted({finding.rule for finding in self.red_findings()}))

    def validate(self, extra_validators: Any = None) -> bool:
        valid = bool(super().validate(extra_validators))
        words = list(dict.fromkeys(finding.text for finding in self.red_findings()))
        if not words or self.kept_because.data:
            return valid
        named = ", ".join(f"”{text}”" for text in words[:NAMED]) + (" …" if len(words) > NAMED else "")
        text = gettext("Skriv, hvorfor %(words)s skal blive stående, eller brug forslaget ved teksten.", words=named)
        self.kept_because.errors = [*self.kept_because.errors, text]
        return False
