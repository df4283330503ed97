"""What a whole document wears: its title and language for those who find it or hear it, its paper, its brand."""

from datetime import UTC, datetime

from docx.document import Document
from docx.enum.section import WD_ORIENTATION
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Twips

from recruit.documents.base import BRAND
from recruit.documents.frame import twips

# Margins of a document with little room, in twentieths of a point: sides, top and bottom, header and footer.
CLOSE_SIDES, CLOSE_ENDS, CLOSE_EDGE = 1134, 1077, 482


def describe(document: Document, title: str, tag: str) -> None:
    """`tag` is the language as Word names it: da-DK."""
    about = document.core_properties
    about.title = title[:255]  # python-docx refuses more
    about.language = tag
    about.created = about.modified = datetime.now(UTC)
    for default in document.styles.element.iter(qn("w:lang")):
        default.set(qn("w:val"), tag)


def lay_out(section: Section, *, landscape: bool, close: bool) -> None:
    """Turns the paper, and narrows its margins."""
    if landscape:
        width, height = twips(section.page_width), twips(section.page_height)
        section.orientation = WD_ORIENTATION.LANDSCAPE
        section.page_width, section.page_height = Twips(height), Twips(width)
    if close:
        section.left_margin = section.right_margin = Twips(CLOSE_SIDES)
        section.top_margin = section.bottom_margin = Twips(CLOSE_ENDS)
        section.header_distance = section.footer_distance = Twips(CLOSE_EDGE)


def paint(document: Document, brand: str) -> None:
    """Puts `brand`, RRGGBB, wherever the base document and its lists have the project's own colour."""
    if brand == BRAND:
        return
    for root in (document.styles.element, document.part.numbering_part.element):
        for element in root.iter():
            for name in (qn("w:val"), qn("w:color")):
                if element.get(name) == BRAND:
                    element.set(name, brand)
