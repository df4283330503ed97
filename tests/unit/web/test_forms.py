"""What every form does with text and numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from xml.etree import ElementTree

import pytest
from flask import Flask
from flask_wtf import FlaskForm
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from recruit.extensions import babel
from recruit.web.forms import LineField, NumberField, SharedForm, TextField, WholeField, tidy, unwritable, whole

APP = Flask(__name__)
APP.config.update(SECRET_KEY="only-for-tests", WTF_CSRF_ENABLED=False)
babel.init_app(APP, locale_selector=lambda: "da")
HARD = "<b>Å & \"Ø\"</b> 'x' 🎈 שלום\u200f\tog\nny linje"


@pytest.fixture(autouse=True)
def request_of_ours() -> Iterator[None]:
    with APP.test_request_context(method="POST"):
        yield


class Sample(SharedForm):
    line = LineField("Linje")
    note = TextField("Note", required=False)
    share = NumberField("Tal")
    count = WholeField("Antal")


def filled(form: type[FlaskForm] = Sample, **values: str) -> FlaskForm:
    return form(MultiDict({"line": "x", "count": "1", "share": "1"} | values))


def test_text_of_every_alphabet_is_kept_letter_by_letter() -> None:
    form = filled(note=HARD * 100)
    assert form.validate(), form.errors
    assert form.note.data == HARD * 100


def test_text_of_twenty_thousand_characters_is_kept_and_one_more_refused() -> None:
    assert filled(note="ø" * 20_000).validate()
    longer = filled(note="ø" * 20_001)
    assert not longer.validate()
    assert longer.errors == {"note": ["Teksten må højst have 20000 tegn."]}
    assert len(longer.note.data) == 20_001


@pytest.mark.parametrize("sign", ["\x00", "\x07", "\x0b", "\x1b", "\x7f", "\x85", "\ufffe", "\ud800"], ids=ascii)
def test_hidden_sign_is_refused_with_a_sentence(sign: str) -> None:
    for values in ({"line": f"a{sign}b"}, {"note": f"a{sign}b"}):
        form = filled(**values)
        assert not form.validate()
        (sentences,) = form.errors.values()
        assert "styretegn" in sentences[0]
        assert sentences[0].endswith(".")


@given(st.text())
def test_what_is_not_refused_can_stand_in_a_word_file(text: str) -> None:
    if not unwritable(text):
        escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")
        assert (ElementTree.fromstring(f"<w>{escaped}</w>").text or "") == text


@given(st.text() | st.none())
def test_tidying_twice_changes_nothing_more(text: str | None) -> None:
    once = tidy(text)
    assert tidy(once) == once
    assert "\r" not in once


def test_line_that_was_not_sent_is_empty() -> None:
    assert Sample(MultiDict({"line": "x"})).note.data == ""


@pytest.mark.parametrize("text", [" ", "", "\n\t"])
def test_line_of_nothing_but_space_is_missing(text: str) -> None:
    form = filled(line=text)
    assert not form.validate()
    assert form.errors == {"line": ["Skriv noget her."]}


@pytest.mark.parametrize(("text", "value"), [("1,5", 1.5), ("1.5", 1.5), (" 2 ", 2.0), ("0,25", 0.25), ("", None)])
def test_number_is_read_with_comma_or_point(text: str, value: float | None) -> None:
    form = filled(share=text)
    assert form.validate(), form.errors
    assert form.share.data == value


@pytest.mark.parametrize("text", ["1e5", "nan", "inf", "-1", "1,2,3", "1.000,5", "½", "٣", "to", "0x10"])
def test_number_that_is_none_is_refused_and_shown_again(text: str) -> None:
    form = filled(share=text)
    assert not form.validate()
    assert form.errors == {"share": ["Skriv et tal, for eksempel 1,5."]}
    assert f'value="{text}"' in str(form.share())


def test_whole_number_is_whole() -> None:
    form = filled(count="1,5")
    assert not form.validate()
    assert form.errors == {"count": ["Skriv et helt tal."]}


@pytest.mark.parametrize(("text", "number"), [("12", 12), ("", 0), (None, 0), ("-1", 0), ("1" * 10, 0), ("1x", 0)])
def test_number_of_a_hidden_field_is_never_trusted(text: str | None, number: int) -> None:
    assert whole(text) == number


class Note(SharedForm):
    one = LineField("Et", required=False)
    two = LineField("To", required=False)


def opened(version: int, stored: Mapping[str, str]) -> dict[str, str]:
    form = Note(formdata=None)
    form.newer(version, stored)
    return {"version": form.version.data or "", "shown": form.shown.data or ""}


@pytest.mark.parametrize(
    ("mine", "theirs", "clash", "result"),
    [
        ("a", "a", False, "a"),  # nobody
        ("b", "a", False, "b"),  # only I
        ("a", "c", False, "c"),  # only the other
        ("c", "c", False, "c"),  # both the same
        ("b", "c", True, "b"),  # both: mine stays in the field, theirs beside it
        ("", "c", True, ""),
        ("b", "", True, "b"),
    ],
)
def test_field_that_two_have_changed_shows_both(mine: str, theirs: str, clash: bool, result: str) -> None:
    sent = opened(1, {"one": "a", "two": "z"}) | {"one": mine, "two": "z"}
    form = Note(MultiDict(sent))
    assert form.newer(2, {"one": theirs, "two": "z"}) == ({"one": theirs} if clash else {})
    assert (form.one.data, form.two.data) == (result, "z")
    again = Note(MultiDict({"version": form.version.data, "shown": form.shown.data, "one": mine, "two": "z"}))
    assert again.newer(2, {"one": theirs, "two": "z"}) == {}


def test_page_that_does_not_say_what_it_showed_overwrites_nothing_unseen() -> None:
    form = Note(MultiDict({"version": "1", "shown": "", "one": "b", "two": "z"}))
    assert form.newer(2, {"one": "c", "two": "z"}) == {"one": "c"}
