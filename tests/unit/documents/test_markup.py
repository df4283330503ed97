import pytest
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from recruit.documents.markup import NAMESPACES, Run, clean, colour_value, escape_attribute, runs

ANYTHING = st.text(st.characters(exclude_categories=()))


@given(ANYTHING)
def test_clean_leaves_only_what_xml_can_hold(text: str) -> None:
    kept = [character for character in text.replace("\r\n", "\n").replace("\r", "\n") if _in_xml(ord(character))]
    assert clean(text) == "".join(kept)
    etree.fromstring(f"<a>{runs(text)}</a>".replace("w:", "").replace("xml:space", "space"))


def _in_xml(code: int) -> bool:
    """Char in https://www.w3.org/TR/xml/#charsets, written out again so that the pattern has something against it."""
    return code in (9, 10, 13) or 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or 0x10000 <= code <= 0x10FFFF


@given(ANYTHING)
def test_escape_attribute_gives_the_text_back(text: str) -> None:
    assert etree.fromstring(f'<a b="{escape_attribute(text)}"/>').get("b") == clean(text)


@pytest.mark.parametrize("colour", ["0b5560", "#0b556", "#0b55600", "red", "#0b556g", '#"/><x', "#0b5560\n", ""])
def test_colour_value_not_written_as_hex_is_refused(colour: str) -> None:
    with pytest.raises(ValueError, match="#rrggbb"):
        colour_value(colour)


def _properties(xml: str) -> list[tuple[str, list[str]]]:
    root = etree.fromstring(f"<w:p {NAMESPACES}>{xml}</w:p>")
    (look,) = root.iter(qn("w:rPr"))
    return [(etree.QName(child).localname, [str(value) for value in child.attrib.values()]) for child in look]


def test_run_says_only_what_it_was_told() -> None:
    assert "rPr" not in runs(["a", Run("b")])
    assert _properties(runs(Run("a", bold=False, italic=True, colour="#0b5560", size=8.5))) == [
        ("b", ["0"]),
        ("bCs", ["0"]),
        ("i", []),
        ("iCs", []),
        ("color", ["0B5560"]),
        ("sz", ["17"]),
        ("szCs", ["17"]),
    ]


def test_run_of_its_own_stands_above_what_holds_for_all() -> None:
    assert _properties(runs(Run("a", bold=False, colour="#ffffff"), bold=True, colour="#000000")) == [
        ("b", ["0"]),
        ("bCs", ["0"]),
        ("color", ["FFFFFF"]),
    ]
    assert _properties(runs("a", bold=True, colour="#000000"))[0] == ("b", [])
