"""What the tests of documents read a finished file with."""

import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from lxml import etree

from recruit.documents.word import WordDocument

# The order of children in ISO/IEC 29500-1, the ones that the project writes. Word refuses files that break it.
SCHEMA_ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore numPr pBdr tabs suppressAutoHyphens spacing ind jc outlineLvl sectPr",
    "rPr": "rFonts b bCs i iCs color sz szCs shd lang",
    "tblPr": "tblStyle tblW tblInd tblBorders tblLayout tblCellMar tblLook tblCaption tblDescription",
    "tcPr": "tcW gridSpan tcBorders shd vAlign",
    "tcBorders": "top left bottom right",
    "lvl": "start numFmt pStyle lvlText lvlJc pPr rPr",
    "sectPr": "headerReference footerReference type pgSz pgMar cols",
}


@pytest.fixture
def build() -> Callable[..., WordDocument]:
    """An empty document; every argument but the title can be replaced."""

    def make(
        *,
        language: str = "da",
        header: str = "Odder Kommune",
        footer: str = "Lavet af sag 26/1234",
        brand: str = "#0b5560",
        landscape: bool = False,
        close: bool = False,
    ) -> WordDocument:
        return WordDocument(
            "Sammenligning",
            language=language,
            header=header,
            footer=footer,
            brand=brand,
            landscape=landscape,
            close=close,
        )

    return make


@pytest.fixture
def reopen() -> Callable[[WordDocument], Document]:
    """The finished document as another program reads it."""
    return lambda document: docx.Document(BytesIO(document.to_bytes()))


@pytest.fixture
def package() -> Callable[[bytes], dict[str, bytes]]:
    """The parts of a finished file."""

    def read(content: bytes) -> dict[str, bytes]:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            assert archive.testzip() is None
            assert len(set(archive.namelist())) == len(archive.namelist())
            return {name: archive.read(name) for name in archive.namelist()}

    return read


@pytest.fixture
def misplaced() -> Callable[[bytes], list[str]]:
    """The properties in a part that stand in another order than the schema's, or that the list above lacks."""

    def find(xml: bytes) -> Iterator[str]:
        root = etree.fromstring(xml)
        for parent, order in SCHEMA_ORDER.items():
            names = order.split()
            for element in root.iter(qn(f"w:{parent}")):
                found = [etree.QName(child).localname for child in element]
                if found != sorted(set(found), key=lambda name: names.index(name) if name in names else -1):
                    yield f"{parent}: {' '.join(found)}"
                elif not set(found) <= set(names):
                    yield f"{parent}: {' '.join(set(found) - set(names))}"

    return lambda xml: list(find(xml))
