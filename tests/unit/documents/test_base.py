import io
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from lxml import etree

from recruit.documents.base import BASE_FILE, BRAND, parts, write_base

Package = Callable[[bytes], dict[str, bytes]]


def test_base_file_is_what_the_script_writes(package: Package) -> None:
    assert package(BASE_FILE.read_bytes()) == {name: xml.encode() for name, xml in parts().items()}


def test_base_written_twice_is_the_same_bytes(tmp_path: Path) -> None:
    first, second = tmp_path / "first.docx", tmp_path / "second.docx"
    write_base(first)
    write_base(second)
    assert first.read_bytes() == second.read_bytes()


def test_base_holds_nothing_of_another_template(package: Package) -> None:
    found = package(BASE_FILE.read_bytes())
    assert not [name for name in found if "thumbnail" in name or "theme" in name or "customXml" in name]
    everything = b"".join(found.values())
    for residue in (b"python-docx", b"generated", b"2013", b"Macintosh", b"Normal.dotm", b"rsid", b"heme"):
        assert residue not in everything, residue
    assert len(BASE_FILE.read_bytes()) < 10_000


def test_base_names_the_type_and_relation_of_every_part(package: Package) -> None:
    found = package(BASE_FILE.read_bytes())
    types = etree.fromstring(found["[Content_Types].xml"])
    named = {element.get("PartName", "").lstrip("/") for element in types}
    related = etree.fromstring(found["word/_rels/document.xml.rels"])
    for name in found:
        if name.endswith(".rels") or name == "[Content_Types].xml":
            continue
        assert name in named
    assert {f"word/{element.get('Target')}" for element in related} == {
        name for name in found if name.startswith("word/") and name != "word/document.xml" and "_rels" not in name
    }


@pytest.mark.parametrize("name", ["word/styles.xml", "word/numbering.xml", "word/document.xml"])
def test_base_keeps_the_order_of_the_schema(name: str, misplaced: Callable[[bytes], list[str]]) -> None:
    assert misplaced(parts()[name].encode()) == []


def test_base_is_a4_in_danish_for_word_of_today() -> None:
    document = docx.Document(str(BASE_FILE))
    section = document.sections[0]
    assert section.page_width is not None and abs(section.page_width - Cm(21)) < Cm(0.01)
    assert section.page_height is not None and abs(section.page_height - Cm(29.7)) < Cm(0.01)
    (language,) = document.styles.element.xpath("w:docDefaults//w:lang/@w:val")
    assert language == "da-DK"
    settings = etree.fromstring(parts()["word/settings.xml"].encode())
    values = {element.get(qn("w:name")): element.get(qn("w:val")) for element in settings.iter(qn("w:compatSetting"))}
    assert values["compatibilityMode"] == "15"


def test_base_styles_are_the_projects_own() -> None:
    styles = docx.Document(str(BASE_FILE)).styles
    assert (styles["Normal"].font.name, styles["Normal"].font.size) == ("Calibri", Pt(11))
    for name in ("Title", "Heading 1", "Heading 2", "Heading 3", "Table Heading"):
        assert str(styles[name].font.color.rgb) == BRAND, name
    for name in ("Heading 1", "Heading 2", "Heading 3"):
        assert styles[name].paragraph_format.keep_with_next, name
    for name in ("Subtitle", "List Bullet", "List Number", "Caption", "Quote", "Hint", "Header", "Footer"):
        assert styles[name].style_id == name.replace(" ", "")
    assert styles["Recruit Table"].style_id == "RecruitTable"


def test_base_list_styles_have_real_numbering() -> None:
    document = docx.Document(io.BytesIO(BASE_FILE.read_bytes()))
    numbering = document.part.numbering_part.element
    for style, form in (("ListBullet", "bullet"), ("ListNumber", "decimal")):
        (number,) = document.styles.element.xpath(f'w:style[@w:styleId="{style}"]//w:numId/@w:val')
        (definition,) = numbering.xpath(f'w:num[@w:numId="{number}"]/w:abstractNumId/@w:val')
        level = f'w:abstractNum[@w:abstractNumId="{definition}"]/w:lvl[@w:ilvl="0"]'
        assert numbering.xpath(f"{level}/w:numFmt/@w:val") == [form]
        assert numbering.xpath(f"{level}/w:pStyle/@w:val") == [style]
