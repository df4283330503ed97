"""What a document was made from: printed, kept in the file, and read back."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from itertools import pairwise

import docx
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruit.documents.excel import Workbook
from recruit.documents.origin import PROPERTIES, NoOrigin, Origin, add_origin, digest_of, read_origin
from recruit.documents.word import WordDocument

DIGEST = digest_of({"ratings": [["a@example.org", "K1", 4]]})
ORIGIN = Origin(
    kind="comparison",
    recruitment=12,
    title="Leder af \"Skoven\" & <b>Åen</b> 🎉 '=1+1'",
    case_number="26/1234",
    round=2,
    candidate="K1",
    seed=20220111,
    made_at=datetime(2026, 11, 24, 18, 5, 9, tzinfo=timezone(timedelta(hours=1))),
    language="da",
    digest=DIGEST,
)
BARE = replace(ORIGIN, case_number="", round=None, candidate=None, seed=None, language="en")


@pytest.mark.parametrize("origin", [ORIGIN, BARE])
def test_origin_of_a_word_file_is_printed_last_and_read_back(
    build: Callable[..., WordDocument], origin: Origin
) -> None:
    document = build(language=origin.language)
    document.paragraph("Indhold")
    add_origin(document, origin)
    content = document.to_bytes()
    assert read_origin(content) == origin
    *_, made_from, digest = docx.Document(io.BytesIO(content)).paragraphs
    expected = {
        "da": f"Dannet af: {ORIGIN.title} · sag 26/1234 · runde 2 · kandidat K1 · 24. november 2026 kl. 18.05 · frø 20220111",
        "en": f"Made from: {ORIGIN.title} · 24 November 2026 at 18:05",
    }
    assert made_from.text == expected[origin.language]
    assert digest.text.endswith(f": {DIGEST}")


def test_origin_survives_a_word_file_that_is_opened_and_saved(build: Callable[..., WordDocument]) -> None:
    document = build()
    add_origin(document, ORIGIN)
    saved = io.BytesIO()
    docx.Document(io.BytesIO(document.to_bytes())).save(saved)
    assert read_origin(saved.getvalue()) == ORIGIN


@pytest.mark.parametrize("origin", [ORIGIN, BARE])
def test_origin_of_a_workbook_is_its_last_sheet_and_read_back(origin: Origin) -> None:
    book = Workbook("Tal", language=origin.language)
    add_origin(book, origin)
    content = book.to_bytes()
    assert read_origin(content) == origin
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[-1]
    shown = [tuple(cell.value for cell in row) for row in sheet.iter_rows(min_row=2)]
    assert shown[0][1] == origin.title and shown[-1][1] == DIGEST
    assert len(shown) == (7 if origin is ORIGIN else 3)


def test_title_of_any_letters_never_breaks_the_file(build: Callable[..., WordDocument]) -> None:
    origin = replace(ORIGIN, title="🎉" * 200 + "\x00\x1f")
    document, book = build(), Workbook("Tal", language="da")
    for target in (document, book):
        add_origin(target, origin)
        assert read_origin(target.to_bytes()).title == "🎉" * 127


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.text(), values, max_size=5))
def test_digest_does_not_depend_on_the_order_of_keys(made_from: dict[str, object]) -> None:
    assert digest_of(made_from) == digest_of(dict(reversed(made_from.items())))


def test_digest_tells_values_apart_that_look_alike() -> None:
    moment = datetime(2026, 11, 24, tzinfo=UTC)
    different = [None, 0, "0", "", [], {}, [[]], ["a,b"], ["a", "b"], {"a": "b"}, moment, moment.date(), 1.5]
    assert all(a != b for a, b in pairwise(sorted(map(digest_of, different))))
    with pytest.raises(ValueError):
        digest_of([float("nan")])
    with pytest.raises(TypeError):
        digest_of({1, 2})


def packed(properties: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(PROPERTIES, properties)
    return target.getvalue()


def damaged_lzma(properties: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr(PROPERTIES, properties)
    content = bytearray(target.getvalue())
    begin = 30 + len(PROPERTIES) + 9  # after the local header and the filter's options
    content[begin : begin + 20] = b"\xff" * 20
    return bytes(content)


def test_file_that_says_nothing_of_its_origin_is_refused(build: Callable[..., WordDocument]) -> None:
    document = build()
    add_origin(document, ORIGIN)
    with zipfile.ZipFile(io.BytesIO(document.to_bytes())) as archive:
        ours = archive.read(PROPERTIES)
    assert read_origin(packed(ours)) == ORIGIN
    for content in (
        b"",
        b"PK\x03\x04 and no more",
        build().to_bytes(),
        packed(b"<Properties/>"),
        packed(b"<Properties"),
        packed(b'<!DOCTYPE x [<!ENTITY a "b">]>' + ours.partition(b"?>")[2]),
        packed(ours + b" " * 1_000_000),
        packed(ours.replace(DIGEST.encode(), b"abc")),
        packed(ours.replace(b">12<", b">-12<")),
        packed(ours.replace(b"+01:00", b"")),
        packed(ours.replace(b"18:05:09", b"25:05:09")),
        damaged_lzma(ours),
    ):
        with pytest.raises(NoOrigin):
            read_origin(content)
