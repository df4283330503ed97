"""What a letterhead gives to documents, and what of the file never comes along."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from hypothesis import given, settings
from hypothesis import strategies as st
from letterheads.files import NAMES, PNG, TEXT, W, letterhead_file, relation, word_file

from recruit.documents.base import BASE_FILE
from recruit.documents.letterhead import BODY, EMPTY, FIELDS, FONTS, LINKS, STYLES, prepare
from recruit.documents.package import FaultyLetterhead
from recruit.documents.word import Cell, Column, WordDocument

OURS = ("Lead", "Question", "Hint", "Quote", "Caption", "List Bullet", "List Number", "Table Text", "Recruit Table")


def written(letterhead: bytes, *, landscape: bool = False, header: str = "Leder af Havhuset") -> Document:
    document = WordDocument(
        "Guide",
        language="en",
        header=header,
        footer="Sag 26/1",
        brand="#123456",
        landscape=landscape,
        letterhead=letterhead,
    )
    document.title("Titel", "Under")
    document.heading("Overskrift", 1, ("P", "#1f5f99"))
    document.paragraph("Tekst")
    document.bullets(["a"])
    document.numbered(["b"])
    document.table([Column("A", 4), Column("B", 2)], [["x", Cell("y", fill="#0b5560")]], caption="Tabel")
    document.new_sheet()
    document.heading("Nyt ark", 2)
    return docx.Document(io.BytesIO(document.to_bytes()))


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def text_of(part: object) -> str:
    return "".join(element.text or "" for element in part._element.iter(qn("w:t")))  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", NAMES)
def test_document_is_on_the_letterheads_paper_with_its_edges(name: str) -> None:
    theirs = docx.Document(io.BytesIO(letterhead_file(name))).sections[0]
    first, second = written(prepare(letterhead_file(name)).content).sections
    for section in (first, second):
        for side in ("page_width", "page_height", "left_margin", "right_margin", "top_margin", "bottom_margin"):
            assert abs(getattr(section, side) - getattr(theirs, side)) < Cm(0.01), side
        assert text_of(theirs.footer) in text_of(section.footer)
    assert first.different_first_page_header_footer == theirs.different_first_page_header_footer
    assert not second.different_first_page_header_footer


def test_pictures_of_the_header_come_along(package: Callable[[bytes], dict[str, bytes]]) -> None:
    for name in NAMES:
        theirs = {content for part, content in parts(letterhead_file(name)).items() if "/media/" in part}
        ours = {
            content for part, content in package(prepare(letterhead_file(name)).content).items() if "/media/" in part
        }
        assert theirs and ours == theirs


def test_headings_and_text_look_as_the_letterhead_says() -> None:
    document = written(prepare(letterhead_file("strandby")).content)
    styles_ = document.styles
    assert (styles_["Normal"].font.name, styles_["Normal"].font.size) == ("Times New Roman", Pt(11))
    assert str(styles_["Heading 1"].font.color.rgb) == "7A1F3D"
    assert (styles_["Title"].font.size, styles_["Title"].font.bold) == (Pt(24), False)
    # What is ours takes its colour, and leaves its font as it is.
    assert str(styles_["Table Heading"].font.color.rgb) == "7A1F3D"
    assert b"123456" not in parts(prepare(letterhead_file("strandby")).content)["word/styles.xml"]
    for style in OURS:
        assert style in styles_, style
        assert styles_[style].font.name is None
    for heading in ("Heading 1", "Heading 2", "Heading 3", "Title"):
        assert styles_[heading].paragraph_format.keep_with_next, heading


def test_text_that_would_run_together_gets_room() -> None:
    document = written(prepare(letterhead_file("strandby")).content)
    assert document.styles["Normal"].paragraph_format.space_after == 0
    (text,) = [item for item in document.paragraphs if item.text == "Tekst"]
    assert text.style is not None and (text.style.name, text.style.paragraph_format.space_after) == (
        "Document Text",
        Pt(7),
    )
    roomy = written(prepare(letterhead_file("skovby")).content)
    assert [item.style.name for item in roomy.paragraphs if item.text == "Tekst" and item.style] == ["Normal"]


def test_our_lines_stand_where_the_letterhead_has_room() -> None:
    first, second = written(prepare(letterhead_file("strandby")).content).sections
    assert text_of(first.first_page_header) == "Strandby Kommune"
    assert text_of(first.first_page_footer).startswith(
        "Leder af Havhuset · Sag 26/1 · Page\u00a01\u00a0of\u00a01Strandby"
    )
    for section in (first, second):
        assert text_of(section.header) == "Leder af Havhuset"
        assert text_of(section.footer).startswith("Sag 26/1 · Page\u00a0")
    # It numbers its pages itself, and its header holds a picture.
    footer = text_of(written(prepare(letterhead_file("skovby")).content).sections[0].footer)
    assert footer == "Leder af Havhuset · Sag 26/1Skovby Kommune, Rådhuspladsen 2, 9998 SkovbySide 1"


def test_pages_may_lie_down_on_a_letterhead() -> None:
    upright, lying = (
        written(prepare(letterhead_file("skovby")).content, landscape=side).sections[0] for side in (False, True)
    )
    assert (lying.page_width, lying.page_height) == (upright.page_height, upright.page_width)


def test_room_for_text_is_the_letterheads() -> None:
    def room(letterhead: bytes | None) -> tuple[float, float]:
        document = WordDocument("T", language="da", header="", footer="", close=True, letterhead=letterhead)
        return round(document.text_width_cm, 1), round(document.text_height_cm, 1)

    assert room(prepare(letterhead_file("strandby")).content) == (16.0, 23.3)
    usual, tall = (room(prepare(word_file(TEXT * count)).content)[1] for count in (1, 20))
    assert 11 < usual - tall < 15  # nineteen lines that reach below the margin
    assert room(prepare(word_file(TEXT * 500)).content)[1] > 10


def test_what_is_measured_follows_the_letterheads_font() -> None:
    heights = []
    for size in ("20", "28"):
        look = f'<w:rPr><w:rFonts w:ascii="Verdana"/><w:sz w:val="{size}"/></w:rPr>'
        content = word_file(
            document_relations=(relation("rId2", "styles", "styles.xml"),),
            word__styles=f'<w:styles {W}><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
            f'<w:pPr><w:spacing w:after="200"/></w:pPr>{look}</w:style></w:styles>',
        )
        document = WordDocument("T", language="da", header="", footer="", letterhead=prepare(content).content)
        heights.append(document.height_of(lambda: document.paragraph("Vi sætter en tydelig retning. " * 12)))  # noqa: B023
    assert heights[0] * 1.5 < heights[1]


@pytest.mark.parametrize("name", NAMES)
def test_letterhead_made_again_is_the_same(name: str) -> None:
    made = prepare(letterhead_file(name)).content
    assert prepare(made).content == made
    assert prepare(BASE_FILE.read_bytes()).content == prepare(prepare(BASE_FILE.read_bytes()).content).content


@pytest.mark.parametrize("name", NAMES)
def test_nothing_but_the_letterhead_comes_along(name: str) -> None:
    kept = parts(prepare(letterhead_file(name)).content)
    everything = b"".join(kept.values())
    for residue in (b"python-docx", b"LibreOffice", b"Her skriver du", b"rsid", b"customXml", b"http://purl.oclc.org"):
        assert residue not in everything, residue
    assert {part.split("/")[-1].rstrip("0123456789.xml") for part in kept if part.startswith("docProps")} == {"core"}


@pytest.mark.parametrize("name", NAMES)
def test_every_part_is_named_and_every_relation_leads_somewhere(name: str) -> None:
    kept = parts(prepare(letterhead_file(name)).content)
    types = kept["[Content_Types].xml"].decode()
    for part in kept:
        assert part.endswith((".rels", ".png")) or part == "[Content_Types].xml" or f'"/{part}"' in types, part
    for part, xml in kept.items():
        if not part.endswith(".rels") or part == "_rels/.rels":
            continue
        owner = kept[part.replace("_rels/", "").removesuffix(".rels")].decode()
        rels = docx.oxml.parse_xml(xml)
        ids = {item.get("Id") for item in rels}
        for item in rels:
            assert item.get("TargetMode") == "External" or f"word/{item.get('Target')}" in kept, item.get("Target")
        if "document" not in part:
            assert all(f'"{id_}"' in owner for id_ in ids)


REPAIRS = {
    EMPTY: {"header": "<w:p/>"},
    BODY: {"body": "<w:p><w:r><w:t>Kære borger</w:t></w:r></w:p>"},
    LINKS: {"document_relations": (relation("rId2", "image", "https://evil.example/x.png", external=True),)},
    FIELDS: {"header": '<w:p><w:fldSimple w:instr=" AUTHOR "><w:r><w:t>Ib</w:t></w:r></w:fldSimple></w:p>'},
    FONTS: {
        "document_relations": (relation("rId2", "fontTable", "fontTable.xml"),),
        "word__fontTable": f'<w:fonts {W}><w:font w:name="X"><w:embedRegular/></w:font></w:fonts>',
    },
}


@pytest.mark.parametrize("code", REPAIRS)
def test_what_is_mended_is_told(code: str) -> None:
    found = prepare(word_file(**REPAIRS[code])).repairs  # type: ignore[arg-type]
    assert set(found) - {STYLES} == {code}
    assert STYLES in found  # it has no styles at all
    assert prepare(word_file()).repairs == (STYLES,)


def test_missing_styles_are_ours_in_the_letterheads_font() -> None:
    only_normal = (
        f'<w:styles {W}><w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Standard"/>'
        '<w:rPr><w:rFonts w:ascii="Verdana" w:hAnsi="Verdana"/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Overskrift1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/>'
        '<w:rPr><w:color w:val="AA0000"/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="Lead"><w:name w:val="Lead"/></w:style></w:styles>'
    )
    content = word_file(
        '<w:p><w:pPr><w:pStyle w:val="Overskrift1"/></w:pPr><w:r><w:t>Brevby</w:t></w:r></w:p>',
        document_relations=(relation("rId2", "styles", "styles.xml"),),
        word__styles=only_normal,
    )
    document = written(prepare(content).content)
    assert document.styles["Normal"].font.name == "Verdana"
    assert document.styles["Heading 1"].style_id == "Heading1"
    assert document.styles["Heading 1"].base_style.style_id == "Normal"
    assert str(document.styles["Heading 2"].font.color.rgb) == "AA0000"
    header = document.sections[0].header.paragraphs[0]
    assert header.style is not None and header.style.name == "Heading 1"
    ids = [style.style_id for style in document.styles]
    assert len(ids) == len(set(ids))


def test_styles_based_on_each_other_in_a_circle_are_parted() -> None:
    circle = (
        f'<w:styles {W}><w:style w:type="paragraph" w:styleId="Normal"><w:name w:val="Normal"/><w:basedOn w:val="B"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="B"><w:name w:val="B"/><w:basedOn w:val="Normal"/></w:style>'
        + "".join(
            f'<w:style w:type="paragraph" w:styleId="C{number}"><w:name w:val="C{number}"/><w:basedOn w:val="C{number + 1}"/></w:style>'
            for number in range(1500)
        )
        + "</w:styles>"
    )
    content = word_file(document_relations=(relation("rId2", "styles", "styles.xml"),), word__styles=circle)
    assert written(prepare(content).content).paragraphs


def test_even_pages_have_their_own_edges() -> None:
    section = (
        '<w:headerReference w:type="even" r:id="rId2"/><w:footerReference w:type="even" r:id="rId3"/>'
        '<w:pgSz w:w="11906" w:h="16838"/>'
    )
    content = word_file(
        section=section,
        document_relations=(
            relation("rId2", "header", "header2.xml"),
            relation("rId4", "settings", "settings.xml"),
        ),
        word__header2=f"<w:hdr {W}><w:p><w:r><w:t>Lige</w:t></w:r></w:p></w:hdr>",
        word__settings=f"<w:settings {W}><w:evenAndOddHeaders/></w:settings>",
    )
    document = written(prepare(content).content)
    assert document.settings.odd_and_even_pages_header_footer
    assert text_of(document.sections[0].even_page_header) == "Lige"
    assert "Sag 26/1" in text_of(document.sections[0].even_page_footer)


def test_links_in_the_header_stay_when_they_are_harmless() -> None:
    link = '<w:p><w:hyperlink r:id="rId1"><w:r><w:t>odder.example</w:t></w:r></w:hyperlink></w:p>'
    for target, is_kept in (
        ("https://odder.example", True),
        ("mailto:post@odder.example", True),
        ("file:///etc/passwd", False),
        ("javascript:alert(1)", False),
        ("\\\\evil\\share", False),
    ):
        content = word_file(link, header_relations=(relation("rId1", "hyperlink", target, external=True),))
        made = parts(prepare(content).content)
        assert (target.encode() in b"".join(made.values())) == is_kept, target
        assert b"odder.example" in b"".join(made.values())


def test_tracked_changes_and_vml_addresses_are_settled() -> None:
    header = (
        "<w:p><w:ins><w:r><w:t>Ny</w:t></w:r></w:ins><w:del><w:r><w:delText>Gammel</w:delText></w:r></w:del>"
        '<w:r><w:pict><v:shape o:href="https://evil.example"><v:imagedata r:id="rId1" src="https://evil.example/a"/>'
        "</v:shape></w:pict></w:r></w:p>"
    )
    content = word_file(header, header_relations=(relation("rId1", "image", "media/a.png"),), word__media__a_png=PNG)
    made = b"".join(part for name, part in parts(prepare(content).content).items() if "media" not in name)
    assert b"Gammel" not in made and b"evil" not in made and b"Ny" in made
    assert b"media/image1.png" in made


@given(st.binary(max_size=400))
def test_any_bytes_are_refused_in_words(content: bytes) -> None:
    with pytest.raises(FaultyLetterhead):
        prepare(b"PK\x03\x04" + content)


@settings(max_examples=60)
@given(st.data())
def test_a_damaged_letterhead_is_taken_or_refused_and_never_breaks(data: st.DataObject) -> None:
    """A letterhead with some of its bytes changed: what comes of it can be written on, or it is refused."""
    names = sorted(name for name in parts(letterhead_file("skovby")) if name.endswith((".xml", ".rels")))
    files: dict[str, bytes] = parts(letterhead_file("skovby"))
    name = data.draw(st.sampled_from(names))
    place = data.draw(st.integers(0, max(0, len(files[name]) - 1)))
    change = data.draw(st.sampled_from([b"", b"<", b"9999999999999", b'"', b"-", b"w:val", b"\xff", b"x"]))
    files[name] = files[name][:place] + change + files[name][place + data.draw(st.integers(0, 3)) :]
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for part, content in files.items():
            archive.writestr(part, content)
    try:
        made = prepare(target.getvalue()).content
    except FaultyLetterhead:
        return
    assert written(made).paragraphs
