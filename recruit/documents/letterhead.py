"""Makes a letterhead of a Word file from outside: a document of our own with the file's edges, margins and styles.

Nothing of the file goes through that is not looked at: its text, properties, settings and links are left behind, and
the package is written anew.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import lru_cache

from docx.oxml.ns import qn
from lxml import etree

from recruit.documents.base import (
    FORMATS,
    MAIN_TYPE,
    MARGIN,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    RELATION,
    XML,
    pack,
    parts,
)
from recruit.documents.letterhead_edges import PICTURE_TYPES, Edge, Edges, is_blank
from recruit.documents.letterhead_styles import accent_of, fit_tables, merged, our_numbering, rename
from recruit.documents.markup import NAMESPACES, escape_attribute
from recruit.documents.measure import looks
from recruit.documents.package import NARROW, UNREADABLE, Element, FaultyLetterhead, Package, R, Relation, W, remove

# What was left out of a file or put into it: the codes of `Prepared.repairs`.
EMPTY, BODY, STYLES, LINKS, FIELDS, FONTS = "empty", "body", "styles", "links", "fields", "fonts"
TYPES = ("default", "first", "even")
NARROWEST, LOWEST = 5_100, 7_900  # 9 and 14 cm of text, in twentieths of a point
SMALLEST, LARGEST = 5_600, 31_680  # a side of the paper: 10 and 56 cm
OWN_MARGINS = {"top": 1417, "right": MARGIN, "bottom": 1304, "left": MARGIN, "header": 652, "footer": 567, "gutter": 0}


@dataclass(frozen=True, slots=True)
class Prepared:
    """A letterhead as a .docx file that documents can be based on, and the codes of what was mended."""

    content: bytes
    repairs: tuple[str, ...]


@lru_cache(maxsize=4)
def prepare(content: bytes) -> Prepared:
    """Makes a letterhead of a .docx or .dotx file. Raises FaultyLetterhead. What it makes, it makes again unchanged."""
    package = Package(content)
    body = package.xml(package.main).find(qn("w:body"))
    if body is None:
        raise FaultyLetterhead(UNREADABLE)
    sections = [item for item in body.iter(qn("w:sectPr")) if item.getparent().tag != qn("w:sectPrChange")]
    has_even = _has_even(package)
    edges = Edges(package)
    taken = _edges(package, edges, sections, has_even)
    styles, renamed, lacks = _styles(package)
    for edge in taken.values():
        rename(edge.root, renamed)
    last = sections[-1] if sections else etree.Element(qn("w:sectPr"))
    section = _section(last, list(taken))
    files = dict(parts())
    del files["[Content_Types].xml"]
    own: dict[str, str | bytes] = {**files, "word/styles.xml": _written(styles)}
    del own["word/header.xml"], own["word/footer.xml"]
    own["word/numbering.xml"] = our_numbering(accent_of(styles))
    if has_even:
        before = "<w:characterSpacingControl"
        own["word/settings.xml"] = files["word/settings.xml"].replace(before, f"<w:evenAndOddHeaders/>{before}")
    has_fonts = _fonts(package, own)
    _theme(package, own)
    for place, ((kind, _type), edge) in enumerate(taken.items()):
        name = f"{kind}{place + 1}"
        own[f"word/{name}.xml"] = _written(edge.root)
        if edge.relations:
            own[f"word/_rels/{name}.xml.rels"] = _relations(edge.relations)
    own |= {f"word/{name}": picture for name, picture in edges.pictures.items()}
    own["word/document.xml"] = f"{XML}<w:document {NAMESPACES}><w:body>{section}</w:body></w:document>"
    beside = [name[5:] for name in own if name.startswith("word/") and name.count("/") == 1]
    own["word/_rels/document.xml.rels"] = _relations(
        [(_relation_id(name), _kind(name), name, False) for name in beside if name != "document.xml"]
    )
    own = {"[Content_Types].xml": _types(own), **own}
    target = io.BytesIO()
    pack(own, target)
    repairs = {
        EMPTY: all(is_blank(edge.root) for edge in taken.values()),
        BODY: _has_text(body),
        STYLES: bool(lacks),
        LINKS: _leads_out(package),
        FIELDS: edges.has_changed_fields,
        FONTS: has_fonts,
    }
    return Prepared(target.getvalue(), tuple(code for code, is_so in repairs.items() if is_so))


def _has_even(package: Package) -> bool:
    name = package.related("settings")
    found = package.xml(name).find(qn("w:evenAndOddHeaders")) if name else None
    return _is_on(found)


def _is_on(switch: Element | None) -> bool:
    return switch is not None and switch.get(qn("w:val"), "1") not in ("0", "false", "off")


def _edges(package: Package, edges: Edges, sections: list[Element], has_even: bool) -> dict[tuple[str, str], Edge]:
    """The headers and footers of the last section, by (header or footer, type); empty ones where it has none.

    A section without one of its own has that of the section before.
    """
    relations = package.relations(package.main)
    has_first = bool(sections) and _is_on(sections[-1].find(qn("w:titlePg")))
    taken: dict[tuple[str, str], Edge] = {}
    for type_ in TYPES:
        if (type_ == "first" and not has_first) or (type_ == "even" and not has_even):
            continue
        for kind in ("header", "footer"):
            taken[kind, type_] = _edge(edges, relations, sections, kind, type_)
    return taken


def _edge(edges: Edges, relations: dict[str, Relation], sections: list[Element], kind: str, type_: str) -> Edge:
    for section in reversed(sections):
        for reference in section.findall(qn(f"w:{kind}Reference")):
            relation = relations.get(reference.get(qn("r:id"), ""))
            if reference.get(qn("w:type"), "default") == type_ and relation is not None:
                return edges.take(relation.target)
    tag = "hdr" if kind == "header" else "ftr"
    return Edge(etree.fromstring(f"<w:{tag} {NAMESPACES}><w:p/></w:{tag}>"))


def _styles(package: Package) -> tuple[Element, dict[str, str], list[str]]:
    name = package.related("styles")
    theirs = package.xml(name) if name else etree.Element(qn("w:styles"), nsmap={"w": W})
    if theirs.tag != qn("w:styles"):
        raise FaultyLetterhead(UNREADABLE)
    styles, renamed, lacks = merged(theirs)
    try:
        fit_tables(styles, looks(styles)["Normal"].breadth)
    except ValueError as error:
        raise FaultyLetterhead(UNREADABLE) from error
    return styles, renamed, lacks


def _section(last: Element, taken: list[tuple[str, str]]) -> str:
    """The section that all pages of a document have. Raises FaultyLetterhead when it leaves no room for text."""
    size, margin = last.find(qn("w:pgSz")), last.find(qn("w:pgMar"))
    width, height = _number(size, "w", PAGE_WIDTH), _number(size, "h", PAGE_HEIGHT)
    width, height = min(width, height), max(width, height)
    margins = {side: _number(margin, side, usual) for side, usual in OWN_MARGINS.items()}
    for side in ("left", "right", "header", "footer", "gutter"):
        margins[side] = max(margins[side], 0)
    across = width - margins["left"] - margins["right"] - margins["gutter"]
    down = height - abs(margins["top"]) - abs(margins["bottom"])
    if not (SMALLEST <= width <= LARGEST and SMALLEST <= height <= LARGEST and across >= NARROWEST and down >= LOWEST):
        raise FaultyLetterhead(NARROW)
    references = "".join(
        f'<w:{kind}Reference w:type="{type_}" r:id="{_relation_id(f"{kind}{place + 1}.xml")}"/>'
        for place, (kind, type_) in enumerate(taken)
    )
    edge = "".join(f' w:{side}="{value}"' for side, value in margins.items())
    first = "<w:titlePg/>" if ("header", "first") in taken else ""
    return (
        f'<w:sectPr>{references}<w:pgSz w:w="{width}" w:h="{height}"/><w:pgMar{edge}/>{_borders(last)}'
        f'<w:cols w:space="708"/>{first}</w:sectPr>'
    )


def _number(element: Element | None, name: str, usual: int) -> int:
    value = element.get(qn(f"w:{name}")) if element is not None else None
    try:
        return usual if value is None else round(float(value))
    except (ValueError, OverflowError) as error:
        raise FaultyLetterhead(UNREADABLE) from error


def _borders(last: Element) -> str:
    """The lines around a page."""
    borders = last.find(qn("w:pgBorders"))
    if borders is None:
        return ""

    def attributes(element: Element) -> str:
        own = ((etree.QName(name), value) for name, value in element.attrib.items())
        return "".join(f' w:{name.localname}="{escape_attribute(value)}"' for name, value in own if name.namespace == W)

    sides = {etree.QName(side).localname: side for side in borders}
    lines = "".join(
        f"<w:{name}{attributes(sides[name])}/>" for name in ("top", "left", "bottom", "right") if name in sides
    )
    return f"<w:pgBorders{attributes(borders)}>{lines}</w:pgBorders>"


def _fonts(package: Package, own: dict[str, str | bytes]) -> bool:
    """Puts the table of fonts in, and says whether there were fonts inside the file: those are left behind."""
    name = package.related("fontTable")
    fonts = package.xml(name) if name else etree.fromstring(parts()["word/fontTable.xml"].encode())
    inside = [item for item in fonts.iter() if etree.QName(item).localname.startswith("embed")]
    for item in inside:
        remove(item)
    own["word/fontTable.xml"] = _written(fonts)
    return bool(inside)


def _theme(package: Package, own: dict[str, str | bytes]) -> None:
    """Colours and fonts that styles refer to. Its pictures are backgrounds of slides and are replaced by a colour."""
    name = package.related("theme")
    if name is None:
        return
    theme = package.xml(name)
    space = "http://schemas.openxmlformats.org/drawingml/2006/main"
    for blip in list(theme.iter(f"{{{space}}}blipFill")):
        fill = etree.fromstring(f'<a:solidFill xmlns:a="{space}"><a:schemeClr val="phClr"/></a:solidFill>')
        blip.getparent().replace(blip, fill)
    for element in theme.iter():
        for attribute in [item for item in element.attrib if item.startswith(f"{{{R}}}")]:
            del element.attrib[attribute]
    own["word/theme1.xml"] = _written(theme)


def _has_text(body: Element) -> bool:
    """Whether there is anything in the file that is not on its edges."""
    shown = next(body.iter(qn("w:drawing"), qn("w:pict"), qn("w:tbl")), None)
    return shown is not None or any((part.text or "").strip() for part in body.iter(qn("w:t")))


def _leads_out(package: Package) -> bool:
    """Whether parts that are left behind fetch something; Word's own note of a template on the writer's disk apart."""
    found = []
    for name in (package.main, package.related("settings"), package.related("footnotes"), package.related("theme")):
        found += [item for item in package.relations(name).values() if item.external] if name else []
    return any(
        item.kind != "hyperlink" and not item.target.lower().startswith(("file:///c:", "file:///d:")) for item in found
    )


def _written(root: Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _relation_id(name: str) -> str:
    return f"rId{name.removesuffix('.xml')}"


def _kind(name: str) -> str:
    return name.removesuffix(".xml").rstrip("0123456789")


def _relations(rows: list[tuple[str, str, str, bool]]) -> str:
    written = "".join(
        f'<Relationship Id="{id_}" Type="{RELATION}/{kind}" Target="{escape_attribute(target)}"'
        + (' TargetMode="External"/>' if external else "/>")
        for id_, kind, target, external in rows
    )
    return f'{XML}<Relationships xmlns="{FORMATS}/package/2006/relationships">{written}</Relationships>'


def _types(own: dict[str, str | bytes]) -> str:
    """[Content_Types].xml for the parts of the package."""
    special = {
        "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "word/document.xml": f"{MAIN_TYPE}.document.main+xml",
        "word/theme1.xml": "application/vnd.openxmlformats-officedocument.theme+xml",
    }
    pictures = "".join(f'<Default Extension="{name}" ContentType="{kind}"/>' for name, kind in PICTURE_TYPES.items())
    overrides = "".join(
        f'<Override PartName="/{name}" ContentType="{special.get(name) or f"{MAIN_TYPE}.{_kind(name[5:])}+xml"}"/>'
        for name in own
        if name.endswith(".xml") and "_rels" not in name
    )
    return (
        f'{XML}<Types xmlns="{FORMATS}/package/2006/content-types"><Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{pictures}{overrides}</Types>'
    )
