"""A Word file from outside: opened within limits, part by part, and never unpacked to disk.

Everything that is read is checked first: sizes before they are unpacked, XML for what could make it grow or fetch.
"""

from __future__ import annotations

import io
import lzma
import posixpath
import re
import zipfile
import zlib
from dataclasses import dataclass
from typing import Any, TypeAlias

from lxml import etree

# An element of lxml: what a search in it gives is not known to a type checker.
Element: TypeAlias = Any

MOST_BYTES = 5_000_000
MOST_UNPACKED = 40_000_000
MOST_PARTS = 500
MOST_XML = 3_000_000  # of one part: text this long is no letterhead, and its elements would take a thousand times more
# XML packs well, a hundred times smaller at most; only what was made to deceive packs better.
MOST_RATIO, SMALL_PART = 200, 1_000_000
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT = b"http://purl.oclc.org/ooxml/"

# What may be wrong with a letterhead: the codes of FaultyLetterhead.
TOO_LARGE, BOMB, PROTECTED, NOT_WORD, UNREADABLE = "too_large", "bomb", "protected", "not_word", "unreadable"
ACTIVE, EXTERNAL, TAG, OBJECT, NARROW, STRICT_FORMAT = "active", "external", "tag", "object", "narrow", "strict"
PICTURE = "picture"

_CONTAINER = b"\xd0\xcf\x11\xe0"  # an old .doc, and what Word puts around a file with a password
_ACTIVE_PARTS = re.compile(r"(^|/)(vba|activeX|embeddings/|oleObject|macros?/)", re.IGNORECASE)
_ACTIVE_TYPES = re.compile(rb"macroEnabled|vbaProject|activeX|oleObject", re.IGNORECASE)
_ENCODING = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']*)", re.IGNORECASE)
_DTD = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
# What Python raises for a part that is missing, broken, locked, or said to begin before the file does.
BROKEN = (KeyError, zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, RuntimeError, ValueError)
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_MAIN = (b"wordprocessingml.document.main+xml", b"wordprocessingml.template.main+xml")


class FaultyLetterhead(Exception):
    """A file that cannot be a letterhead. `code` is one of the codes above, `detail` what it is about, or empty."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code, detail)
        self.code, self.detail = code, detail


@dataclass(frozen=True, slots=True)
class Relation:
    """What a part refers to. `kind` is the last word of the type, `target` a part's name or an address outside."""

    kind: str
    target: str
    external: bool


class Package:
    """The parts of a .docx or .dotx file. Raises FaultyLetterhead where the file cannot be used."""

    def __init__(self, content: bytes) -> None:
        if len(content) > MOST_BYTES:
            raise FaultyLetterhead(TOO_LARGE)
        if content.startswith(_CONTAINER):
            raise FaultyLetterhead(PROTECTED)
        if not content.startswith(b"PK"):
            raise FaultyLetterhead(NOT_WORD)
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(content))
            parts = self._archive.infolist()
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            raise FaultyLetterhead(UNREADABLE) from error
        _check_sizes(parts)
        self.names = {part.filename for part in parts}
        if "[Content_Types].xml" not in self.names:
            raise FaultyLetterhead(NOT_WORD)
        types = self.read("[Content_Types].xml")
        self.xml("[Content_Types].xml")
        if _ACTIVE_TYPES.search(types) or any(_ACTIVE_PARTS.search(name) for name in self.names):
            raise FaultyLetterhead(ACTIVE)
        if not any(kind in types for kind in _MAIN):
            raise FaultyLetterhead(NOT_WORD)
        main = (item.target for item in self.relations("").values() if item.kind == "officeDocument")
        self.main = next(main, "word/document.xml")

    def read(self, name: str) -> bytes:
        """The bytes of one part."""
        try:
            return self._archive.read(name)
        except BROKEN as error:
            raise FaultyLetterhead(UNREADABLE) from error

    def xml(self, name: str) -> Element:
        """The root of one part."""
        if name in self.names and self._archive.getinfo(name).file_size > MOST_XML:
            raise FaultyLetterhead(BOMB)
        return parse(self.read(name))

    def related(self, kind: str) -> str | None:
        """The name of the part of this kind that the document refers to, when there is one."""
        found = (item.target for item in self.relations(self.main).values() if item.kind == kind and not item.external)
        return next((name for name in found if name in self.names), None)

    def relations(self, name: str) -> dict[str, Relation]:
        """What a part refers to, by id; of the package itself for the name ""."""
        folder, file = posixpath.split(name)
        rels = posixpath.join(folder, "_rels", f"{file}.rels")
        if rels not in self.names:
            return {}
        found = {}
        for item in self.xml(rels):
            target, external = item.get("Target", ""), item.get("TargetMode", "").lower() == "external"
            if not external:
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found[item.get("Id", "")] = Relation(item.get("Type", "").rpartition("/")[2], target, external)
        return found


def _check_sizes(parts: list[zipfile.ZipInfo]) -> None:
    """By the archive's own list: Python unpacks no more of a part than its size there."""
    if len({part.filename for part in parts}) != len(parts):
        raise FaultyLetterhead(UNREADABLE)
    if any(part.flag_bits & 0x1 for part in parts):
        raise FaultyLetterhead(PROTECTED)
    if any(part.compress_type not in _METHODS for part in parts):
        raise FaultyLetterhead(UNREADABLE)
    swollen = (
        part.file_size > SMALL_PART and part.file_size > MOST_RATIO * max(part.compress_size, 1) for part in parts
    )
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED or any(swollen):
        raise FaultyLetterhead(BOMB)


def parse(content: bytes) -> Element:
    """The root of an XML part, without comments. One that defines entities, or could hide them, is refused."""
    declared = _ENCODING.match(content.removeprefix(b"\xef\xbb\xbf"))
    if (declared and declared[1].lower() not in (b"utf-8", b"us-ascii")) or b"\0" in content or _DTD.search(content):
        raise FaultyLetterhead(UNREADABLE)
    if STRICT in content:
        raise FaultyLetterhead(STRICT_FORMAT)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root: Element = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise FaultyLetterhead(UNREADABLE) from error
    if root.getroottree().docinfo.doctype:
        raise FaultyLetterhead(UNREADABLE)
    return root


def remove(element: Element) -> None:
    """Takes an element out of its tree; the text after it stays."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def unwrap(element: Element) -> None:
    """Puts the children of an element in its place."""
    for child in list(element):
        element.addprevious(child)
    remove(element)
