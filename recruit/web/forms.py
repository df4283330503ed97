"""The base of every form: text is trimmed, measured, and free of characters that no document can hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from hashlib import sha256
from typing import Any

from flask import request
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, Field, Form, HiddenField, IntegerField, StringField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, InputRequired, Length, Optional
from wtforms.widgets import TextInput

from recruit.errors import RuleBroken
from recruit.web.language import language

# XML 1.0 (section 2.2), and so Word, cannot hold these or advises against them; PostgreSQL cannot hold NUL.
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")

LINE_LIMIT = 200
TEXT_LIMIT = 20_000
REQUIRED = _l("Skriv noget her.")

# WTForms' own messages have no Danish; these are the ones that a person can meet.
MESSAGES = {
    "Not a valid choice.": _l("Vælg en af mulighederne."),
    "Invalid Choice: could not coerce.": _l("Vælg en af mulighederne."),
    "'%(value)s' is not a valid choice for this field.": _l("Vælg blandt mulighederne."),
    "'%(value)s' are not valid choices for this field.": _l("Vælg blandt mulighederne."),
    "Invalid choice(s): one or more data inputs could not be coerced.": _l("Vælg blandt mulighederne."),
    "Not a valid integer value.": _l("Skriv et helt tal."),
    "Not a valid date value.": _l("Skriv en dag, der findes, for eksempel 12-05-2026."),
    "This field is required.": REQUIRED,
}


def unwritable(text: str) -> bool:
    """Whether the text holds a character that page, database or Word cannot keep."""
    return UNWRITABLE.search(text) is not None


def writable(form: Form, field: Field) -> None:
    """WTForms validator for `unwritable`."""
    if isinstance(field.data, str) and unwritable(field.data):
        raise ValidationError(gettext("Teksten har et skjult styretegn, som ikke kan gemmes. Skriv den igen, og prøv."))


def digest(value: object) -> str:
    """A short fingerprint of a field's value, with which a page remembers what it showed."""
    return sha256(str(value or "").encode()).hexdigest()[:16]


def whole(text: str | None) -> int:
    """The number that a page of ours carried in a hidden field; 0 for anything else."""
    return int(text) if text and re.fullmatch("[0-9]{1,9}", text) else 0


def tidy(text: str | None) -> str:
    """Line ends as one character, no space at the ends; a field that was not sent is empty."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip() if isinstance(text, str) else ""


def options(labels: Mapping[Any, object]) -> list[SelectChoice]:
    """The choices of a field, from value to label. Labels may be lazy translations."""
    return [SelectChoice(value, label) for value, label in labels.items()]


class LineField(StringField):
    """One line of text."""

    data: Any  # text, once the form is valid

    def __init__(self, label: object = None, *, limit: int = LINE_LIMIT, required: bool = True, **more: Any) -> None:
        super().__init__(label, _validators(limit, required, more), filters=[tidy], **more)  # type: ignore[arg-type]


class TextField(TextAreaField):
    """Several lines of text."""

    data: Any  # text, once the form is valid

    def __init__(self, label: object = None, *, limit: int = TEXT_LIMIT, required: bool = True, **more: Any) -> None:
        super().__init__(label, _validators(limit, required, more), filters=[tidy], **more)  # type: ignore[arg-type]


class DayField(DateField):
    """A day, as the browser's calendar sends it or as a Dane writes it."""

    data: Any  # a date, once the form is valid

    def __init__(self, label: object = None, *, required: bool = True, **more: Any) -> None:
        formats = ["%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y"]
        must = InputRequired(_l("Vælg en dag.")) if required else Optional()
        super().__init__(label, [must, *more.pop("validators", [])], format=formats, **more)  # type: ignore[arg-type]

    def process_formdata(self, valuelist: list[Any]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError(gettext("Skriv en dag, der findes, for eksempel 12-05-2026.")) from error


class WholeField(IntegerField):
    """A whole number."""

    data: Any  # a number, once the form is valid


class NumberField(Field):
    """A number with decimals, written with a comma or a point, shown as the page's language writes it."""

    widget = TextInput()

    def __init__(self, label: object = None, validators: Any = None, **more: Any) -> None:
        more.setdefault("render_kw", {"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(label, validators, **more)  # type: ignore[arg-type]

    def _value(self) -> str:
        if self.data is None:
            return str(self.raw_data[0]) if self.raw_data else ""
        exact = format(Decimal(repr(self.data)).normalize(), "f")
        return exact.replace(".", ",") if language() == "da" else exact

    def process_formdata(self, valuelist: list[Any]) -> None:
        text = str(valuelist[0]).strip() if valuelist else ""
        self.data = None
        if not text:
            return
        if not re.fullmatch(r"[0-9]{1,9}([.,][0-9]{1,15})?", text):
            raise ValueError(gettext("Skriv et tal, for eksempel 1,5."))
        self.data = float(text.replace(",", "."))


class AlwaysAnswered:
    """Marks a choice of which one possibility is none, so that the form does not call it optional."""

    field_flags = {"required": True}

    def __call__(self, form: Form, field: Field) -> None:
        """Nothing to check: the field checks its choices itself."""


class Messages:
    """What WTForms asks for the words of its own messages."""

    def gettext(self, string: str) -> str:
        return str(MESSAGES.get(string, string))

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        return self.gettext(singular if n == 1 else plural)


def _validators(limit: int, required: bool, more: dict[str, Any]) -> list[Any]:
    must = [DataRequired(REQUIRED)] if required else []
    return [*must, Length(max=limit, message=_too_long(limit)), writable, *more.pop("validators", [])]


def _too_long(limit: int) -> Any:
    return _l("Teksten må højst have %(limit)s tegn.", limit=limit)


def sent_text() -> tuple[str, int]:
    """A text and the version it builds on, from the JSON {text, version} of a script of ours. Raises RuleBroken."""
    try:
        values = request.get_json()
    except RecursionError:
        values = None
    text, version = (values.get("text"), values.get("version", 0)) if isinstance(values, dict) else (None, 0)
    if not isinstance(text, str) or type(version) is not int:
        raise RuleBroken(gettext("Det kunne ikke læses. Genindlæs siden."))
    return text.replace("\r\n", "\n").replace("\r", "\n"), version


class BaseForm(FlaskForm):
    """A form of ours, with CSRF and words of our own."""

    class Meta(FlaskForm.Meta):
        def get_translations(self, form: object) -> Messages:
            return Messages()

        def wrap_formdata(self, form: Form, formdata: Any) -> Any:
            """A form is sent as a form. JSON would bring fields that are no text, and what no browser sends."""
            is_given = formdata is None or hasattr(formdata, "getlist")
            return None if request.is_json and not is_given else super().wrap_formdata(form, formdata)


def catch_up(form: BaseForm, keys: Iterable[str], stored: Mapping[str, tuple[str, int]]) -> dict[str, str]:
    """What another wrote meanwhile, by key, where both have written; as `SharedForm.newer`, for a form of many texts.

    The form has `<key>_text`, `<key>_version` and `<key>_shown` for each key; `stored` is {key: (text, version)}. To be
    called before the form is validated, also on GET.
    """
    newer = {}
    for key in keys:
        text, version = stored.get(key, ("", 0))
        text = tidy(text)
        field, opened, shown = form[f"{key}_text"], form[f"{key}_version"], form[f"{key}_shown"]
        if request.method == "GET" or (whole(opened.data) != version and digest(field.data) == shown.data):
            field.data = text
        elif whole(opened.data) != version and field.data != text:
            newer[key] = text
        opened.data, shown.data = str(version), digest(text)
    return newer


class SharedForm(BaseForm):
    """A form for something that several people, or one in two windows, may edit at the same time."""

    version = HiddenField()
    shown = HiddenField()

    def newer(self, version: int, stored: Mapping[str, Any]) -> dict[str, Any]:
        """What another has saved since the page was opened, by field name, where both have changed the same field.

        `version` and `stored` are the row's now; those that the page was opened with stand in two hidden fields. A
        field that only the other has changed takes the other's value. The hidden fields are moved on, so that saving
        again is a choice made with both texts in view. To be called before the form is validated, also on GET.
        """
        found: dict[str, Any] = {}
        opened = whole(self.version.data) if self.version.raw_data else version
        if opened and opened != version:
            before = dict(part.split(":", 1) for part in (self.shown.data or "").split() if ":" in part)
            for name, value in stored.items():
                field = self[name]
                mine = digest(field.data)
                if mine == digest(value):
                    continue
                if mine == before.get(name):
                    field.data, field.raw_data = value, [str(value or "")]
                elif digest(value) != before.get(name):
                    found[name] = value
        self.version.data = str(version)
        self.shown.data = " ".join(f"{name}:{digest(value)}" for name, value in stored.items())
        return found
