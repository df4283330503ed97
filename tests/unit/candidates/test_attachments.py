"""What a document may be, by its content, and what its name becomes."""

from __future__ import annotations

import contextlib
import io
import zipfile

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruit.candidates.attachments import kind_of, safe_name
from recruit.errors import RuleBroken

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\nstartxref\n9\n%%EOF\n"


def word(**parts: bytes | str) -> bytes:
    """A Word file; `parts` are put in or replaced (a name with __ for / and _dot_ for .)."""
    file = io.BytesIO()
    document = docx.Document()
    document.add_paragraph("Kære udvalg")
    document.save(file)
    changed = {name.replace("__", "/").replace("_dot_", "."): content for name, content in parts.items()}
    target = io.BytesIO()
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in old.namelist():
            if name not in changed:
                archive.writestr(name, old.read(name))
        for name, content in changed.items():
            archive.writestr(name, content)
    return target.getvalue()


def relation(kind: str, target: str) -> str:
    return f'<Relationships><Relationship Id="r1" Type="http://x/{kind}" Target="{target}" TargetMode="External"/></Relationships>'


def test_pdf_and_word_are_known_by_their_content() -> None:
    assert kind_of(PDF) == "pdf"
    assert kind_of(b"\n\n" + PDF) == "pdf"
    assert kind_of(word()) == "docx"


@pytest.mark.parametrize(
    "parts",
    [
        {"word___rels__settings_dot_xml_dot_rels": relation("hyperlink", "https://odder.dk")},
        {"word___rels__settings_dot_xml_dot_rels": relation("attachedTemplate", "file:///C:\\skabeloner\\brev.dotx")},
    ],
    ids=["link", "own template"],
)
def test_word_file_with_a_link_is_taken(parts: dict[str, str]) -> None:
    assert kind_of(word(**parts)) == "docx"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"Hej",
        b"MZ\x90\x00",
        b"<html><script>alert(1)</script>",
        b"%PDF-1.7\n",
        PDF[:-8],
        PDF.replace(b"startxref\n9", b"startxref\n99999"),
        b"x" * 2_000 + PDF,
        b"PK\x03\x04",
        b"\xd0\xcf\x11\xe0 old Word",
        PDF + b"x" * 3_000,
    ],
)
def test_anything_else_is_refused(content: bytes) -> None:
    with pytest.raises(RuleBroken):
        kind_of(content)


@pytest.mark.parametrize(
    "parts",
    [
        {"word__vbaProject_dot_bin": b"macro"},
        {"word__activeX__activeX1_dot_xml": "<x/>"},
        {"word__embeddings__oleObject1_dot_bin": b"ole"},
        {"word__document_dot_xml": "<!DOCTYPE a [<!ENTITY b 'c'>]><w:document/>"},
        {"word__document_dot_xml": "nothing"},
        {"[Content_Types]_dot_xml": '<Types><Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>'},
        {"[Content_Types]_dot_xml": '<Types><Override ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'},
        {"word___rels__settings_dot_xml_dot_rels": relation("attachedTemplate", "http://evil.example/x.dotm")},
        {"word___rels__settings_dot_xml_dot_rels": relation("attachedTemplate", "file://server/share/x.dotm")},
        {"word___rels__document_dot_xml_dot_rels": relation("image", "http://evil.example/track.png")},
        {"word__media__bomb_dot_bin": b"\0" * 101_000_000},
    ],
    ids=["macro", "activex", "ole", "entity", "no document", "docm", "excel", "template", "share", "image", "bomb"],
)  # fmt: skip
def test_word_file_that_could_do_harm_is_refused(parts: dict[str, bytes | str]) -> None:
    with pytest.raises(RuleBroken):
        kind_of(word(**parts))


def test_file_of_more_than_ten_megabytes_is_refused() -> None:
    with pytest.raises(RuleBroken):
        kind_of(PDF.replace(b"endobj", b"x" * 10_000_000))


@pytest.mark.parametrize(
    ("name", "kind", "expected"),
    [
        ("Ansøgning Åse.pdf", "pdf", "Ansøgning Åse.pdf"),
        ("C:\\Users\\åse\\cv.docx", "docx", "cv.docx"),
        ("../../etc/passwd", "pdf", "passwd.pdf"),
        ("cv.pdf", "docx", "cv.docx"),
        ("cv.pdf.exe", "pdf", "cv.pdf.exe.pdf"),
        ("  .pdf", "pdf", "Dokument.pdf"),
        ("", "docx", "Dokument.docx"),
        ("ansøg\u202efdp.exe", "pdf", "ansøgfdp.exe.pdf"),
        ('a"b<c>:d|e?*\r\nf.pdf', "pdf", "abcdef.pdf"),
        ("x" * 300 + ".pdf", "pdf", "x" * 120 + ".pdf"),
    ],
)
def test_name_is_made_safe(name: str, kind: str, expected: str) -> None:
    assert safe_name(name, kind) == expected


@pytest.mark.parametrize("name", ["Ansøgning_010170-1234.pdf", "0101701234.pdf", "cv 010170 1234 ny.docx"])
def test_name_that_holds_a_cpr_number_is_not_kept(name: str) -> None:
    assert safe_name(name, "pdf") == "Dokument.pdf"


@given(st.text(max_size=300))
def test_any_name_is_one_file_in_no_folder(name: str) -> None:
    found = safe_name(name, "pdf")
    assert found.endswith(".pdf")
    assert not found.startswith(".")
    assert 5 <= len(found) <= 130
    assert not set(found) & set('/\\<>:"|?*\r\n\0')


@given(st.binary(max_size=300) | st.binary(max_size=100).map(lambda end: PDF + end))
def test_any_bytes_are_known_or_refused(content: bytes) -> None:
    with contextlib.suppress(RuleBroken):
        assert kind_of(content) in ("pdf", "docx")
