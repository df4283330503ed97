from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired

from recruit.organisation.rules import LANGUAGES, STANDARD_TEXTS, TEXT_LIMIT, Texts
from recruit.web.forms import BaseForm, SharedForm, TextField
from recruit.wording.forms import KeptWording

LANGUAGE_LABELS = {"da": _l("På dansk"), "en": _l("På engelsk")}


class StandardTextsForm(KeptWording, SharedForm):
    """Every text in both languages, in fields called `<key>_<language>`."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for text in STANDARD_TEXTS:
            for language in LANGUAGES:
                label = gettext("%(text)s, %(language)s", text=text.name, language=LANGUAGE_LABELS[language])
                self[f"{text.key}_{language}"].label.text = label
        self.checks("ad_part", **{name: language for name, _key, language in fields()})  # type: ignore[arg-type]

    def texts(self) -> dict[str, dict[str, str]]:
        """What the fields hold, by key and language."""
        found: dict[str, dict[str, str]] = {}
        for name, key, language in fields():
            found.setdefault(key, {})[language] = self[name].data or ""
        return found


for _text in STANDARD_TEXTS:
    for _language in LANGUAGES:
        setattr(StandardTextsForm, f"{_text.key}_{_language}", TextField(limit=TEXT_LIMIT, required=False))


def fields() -> Iterator[tuple[str, str, str]]:
    """Each field's name, key and language."""
    return ((f"{text.key}_{language}", text.key, language) for text in STANDARD_TEXTS for language in LANGUAGES)


def field_values(texts: Texts) -> dict[str, str]:
    """Texts as the form takes them."""
    return {name: texts[key][language] for name, key, language in fields()}


class LetterheadForm(BaseForm):
    file = FileField(
        _l("Word-fil (.docx)"),
        validators=[FileRequired(_l("Vælg en fil."))],
        render_kw={"accept": ".docx,.dotx"},
    )
