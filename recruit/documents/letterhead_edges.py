"""Headers and footers of a letterhead: taken over with their pictures, without anything that runs, fetches or asks."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from docx.oxml.ns import qn
from lxml import etree

from recruit.documents.package import (
    ACTIVE,
    EXTERNAL,
    OBJECT,
    PICTURE,
    TAG,
    UNREADABLE,
    Element,
    FaultyLetterhead,
    Package,
    R,
    Relation,
    W,
    remove,
    unwrap,
)
from recruit.documents.picture_sizes import pixels

# Fields that ask for nothing outside the document. All others become the text that they showed last.
HARMLESS_FIELDS = frozenset(
    ("PAGE", "NUMPAGES", "SECTIONPAGES", "SECTION", "DATE", "TIME", "CREATEDATE", "SAVEDATE", "PRINTDATE", "TITLE")
)
TEMPLATE_FIELDS = frozenset(
    ("MERGEFIELD", "MERGEREC", "MERGESEQ", "NEXT", "NEXTIF", "SKIPIF", "ASK", "FILLIN", "ADDRESSBLOCK", "GREETINGLINE")
)
# With DOTALL the first that is opened is found at once, whatever follows.
TAGS = re.compile(r"\{\{.*?(?:\}\}|$)|\{%.*?(?:%\}|$)|\{#.*?(?:#\}|$)|«[^«»]+»|<<\w[^<>]*>>", re.DOTALL)
SAFE_ADDRESS = re.compile(r"(https?://|mailto:)[^\s]+", re.IGNORECASE)
VML, OFFICE = "urn:schemas-microsoft-com:vml", "urn:schemas-microsoft-com:office:office"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
FETCHING_ATTRIBUTES = ("src", "href", f"{{{OFFICE}}}href", f"{{{OFFICE}}}althref", f"{{{OFFICE}}}src")
RUNNING = (*(f"{{{W}}}{tag}" for tag in ("object", "control", "altChunk", "subDoc", "ocx")), f"{{{OFFICE}}}OLEObject")
# What an Office file is made of: anything else is nothing that a header shows.
KNOWN = ("http://schemas.openxmlformats.org/", "http://schemas.microsoft.com/office/", "urn:schemas-microsoft-com:")
XML_SPACE = "http://www.w3.org/XML/1998/namespace"
MOST_NESTED = 20  # fields in one another: Word's own stop at twenty
MOST_PIXELS = 40_000_000  # unpacked in the reader's memory, and again in every document
# Of no use without the parts of the file that are left behind, or only a trace of how it was written.
LEFT_OUT = (
    *("dataBinding", "placeholder", "comboBox", "dropDownList", "proofErr", "fldData", "numPr", "permStart"),
    *("commentRangeStart", "commentRangeEnd", "commentReference", "footnoteReference", "endnoteReference"),
    *("permEnd", "ffData", "bookmarkStart", "bookmarkEnd"),
    *("del", "moveFrom", "moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd"),
    *("rPrChange", "pPrChange", "tblPrChange", "trPrChange", "tcPrChange", "tblGridChange", "sectPrChange"),
)
# Pictures by the bytes they begin with.
PICTURES = (
    (b"\x89PNG\r\n\x1a\n", "png", "image/png"),
    (b"\xff\xd8\xff", "jpeg", "image/jpeg"),
    (b"GIF8", "gif", "image/gif"),
    (b"BM", "bmp", "image/bmp"),
    (b"II*\0", "tiff", "image/tiff"),
    (b"MM\0*", "tiff", "image/tiff"),
    (b"\x01\x00\x00\x00", "emf", "image/x-emf"),
    (b"\xd7\xcd\xc6\x9a", "wmf", "image/x-wmf"),
    (b"\x01\x00\x09\x00", "wmf", "image/x-wmf"),
)
PICTURE_TYPES = {extension: kind for _signature, extension, kind in PICTURES}


@dataclass
class Edge:
    """A header or footer. `relations` are rows of (id, kind, target, external) of what it refers to."""

    root: Element
    relations: list[tuple[str, str, str, bool]] = field(default_factory=list)


class Edges:
    """Takes headers and footers out of a package. `pictures` are their parts: name -> bytes.

    `has_changed_fields` says that a field was made into text.
    """

    def __init__(self, package: Package) -> None:
        self._package = package
        self.pictures: dict[str, bytes] = {}
        self.has_changed_fields = False

    def take(self, name: str) -> Edge:
        """One header or footer, cleaned. Raises FaultyLetterhead."""
        root = self._package.xml(name)
        if root.tag not in (f"{{{W}}}hdr", f"{{{W}}}ftr"):
            raise FaultyLetterhead(UNREADABLE)
        if next(root.iter(*RUNNING), None) is not None:
            raise FaultyLetterhead(ACTIVE)
        _leave_strange(root)
        for element in list(root.iter(*(f"{{{W}}}{tag}" for tag in LEFT_OUT))):
            remove(element)
        for element in list(root.iter(qn("w:ins"), qn("w:moveTo"))):
            unwrap(element)
        self._settle_fields(root)
        _refuse_tags(root)
        edge = Edge(root)
        self._settle_relations(edge, self._package.relations(name))
        if not any(child.tag in (qn("w:p"), qn("w:tbl"), qn("w:sdt")) for child in root):
            root.append(root.makeelement(qn("w:p")))
        return edge

    def _settle_fields(self, root: Element) -> None:
        for simple in list(root.iter(qn("w:fldSimple"))):
            if not _is_harmless(simple.get(qn("w:instr"), "")):
                unwrap(simple)
                self.has_changed_fields = True
        open_fields: list[_Field] = []
        for element in list(root.iter(qn("w:fldChar"), qn("w:instrText"), qn("w:t"))):
            kind = element.get(qn("w:fldCharType"))
            if kind == "begin":
                open_fields.append(_Field())
                if len(open_fields) > MOST_NESTED:
                    raise FaultyLetterhead(UNREADABLE)
            if not open_fields:
                continue
            if kind is not None:
                open_fields[-1].marks.append(element)
            for one in open_fields:
                if one.is_instruction and (kind is None or one is not open_fields[-1]):
                    one.inside.append(element)
            if element.tag == qn("w:instrText"):
                open_fields[-1].instruction += element.text or ""
            elif kind == "separate":
                open_fields[-1].is_instruction = False
            elif kind == "end":
                self._settle(open_fields.pop())
        for left in open_fields:
            self._settle(left, is_whole=False)

    def _settle(self, one: _Field, *, is_whole: bool = True) -> None:
        if not (_is_harmless(one.instruction) and is_whole):
            self.has_changed_fields = True
            for element in (*one.marks, *one.inside):
                remove(element)

    def _settle_relations(self, edge: Edge, relations: dict[str, Relation]) -> None:
        for vector in list(edge.root.iter("{*}svgBlip")):  # Word has put a PNG beside it
            remove(vector)
        for element in list(edge.root.iter()):
            for name in FETCHING_ATTRIBUTES:
                element.attrib.pop(name, None)
            for name in [name for name in element.attrib if name.startswith(f"{{{R}}}")]:
                self._settle_relation(edge, element, name, relations.get(element.attrib.pop(name)))
            if etree.QName(element).localname in ("hlinkClick", "hlinkHover") and qn("r:id") not in element.attrib:
                remove(element)

    def _settle_relation(self, edge: Edge, element: Element, name: str, relation: Relation | None) -> None:
        """Gives the attribute the id of a relation of our own, or leaves it out."""
        if relation is None:
            return
        target = relation.target
        if relation.kind == "hyperlink":
            if not (relation.external and SAFE_ADDRESS.fullmatch(target)):
                return
        elif relation.external:
            raise FaultyLetterhead(EXTERNAL)
        elif relation.kind == "image":
            target = self._picture(target)
        else:
            raise FaultyLetterhead(OBJECT)
        row = (f"rId{len(edge.relations) + 1}", relation.kind, target, relation.external)
        edge.relations.append(row)
        element.set(name, row[0])

    def _picture(self, name: str) -> str:
        """The part that a picture becomes, relative to its header. Raises FaultyLetterhead for what is no picture."""
        content = self._package.read(name)
        extension = next((extension for signature, extension, _type in PICTURES if content.startswith(signature)), None)
        if extension is None:
            raise FaultyLetterhead(OBJECT)
        _check_pixels(content, extension)
        for own, held in self.pictures.items():
            if held == content:
                return own
        own = f"media/image{len(self.pictures) + 1}.{extension}"
        self.pictures[own] = content
        return own


class _Field:
    """A field whose end has not been met. `inside` is what stands in its instruction."""

    def __init__(self) -> None:
        self.instruction = ""
        self.is_instruction = True
        self.marks: list[Element] = []
        self.inside: list[Element] = []


def _is_harmless(instruction: str) -> bool:
    words = instruction.upper().split()
    if words and words[0] in TEMPLATE_FIELDS:
        raise FaultyLetterhead(TAG, " ".join(instruction.split())[:60])
    return bool(words) and words[0] in HARMLESS_FIELDS


def _leave_strange(root: Element) -> None:
    """Takes out elements and attributes that are not of an Office file."""
    for element in list(root.iter()):
        space = etree.QName(element).namespace or ""
        if not space.startswith(KNOWN):
            remove(element)
            continue
        for name in element.attrib.keys():  # noqa: SIM118 - the names as they are before any goes
            space = etree.QName(name).namespace
            if space and space != XML_SPACE and not space.startswith(KNOWN):
                del element.attrib[name]


def _check_pixels(content: bytes, extension: str) -> None:
    """Raises FaultyLetterhead for a picture that is broken, or takes more memory than any letterhead needs."""
    if extension in ("emf", "wmf"):  # drawn from lines
        return
    try:
        count = pixels(content, extension)
    except ValueError as error:
        raise FaultyLetterhead(OBJECT) from error
    if count > MOST_PIXELS:
        raise FaultyLetterhead(PICTURE)


def _refuse_tags(root: Element) -> None:
    for paragraph in root.iter(qn("w:p")):
        found = TAGS.search("".join(part.text or "" for part in paragraph.iter(qn("w:t"))))
        if found:
            raise FaultyLetterhead(TAG, found[0][:60])


def is_blank(root: Element) -> bool:
    """Whether a header or footer shows nothing."""
    shown = root.iter(qn("w:drawing"), qn("w:pict"), qn("w:fldSimple"), qn("w:fldChar"))
    return next(shown, None) is None and not any((part.text or "").strip() for part in root.iter(qn("w:t")))


def has_page_number(root: Element) -> bool:
    """Whether it numbers the pages itself."""
    simple = (element.get(qn("w:instr"), "") for element in root.iter(qn("w:fldSimple")))
    complex_ = "".join(element.text or "" for element in root.iter(qn("w:instrText")))
    return any("PAGE" in text.upper().split() for text in (*simple, complex_))
