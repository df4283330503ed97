"""Word and Excel files are zip archives: opened only when nothing in them can harm whoever opens them later."""

from __future__ import annotations

import io
import re
import zipfile

from flask_babel import gettext as _

from recruit.documents.package import BROKEN
from recruit.errors import RuleBroken

MOST_PARTS = 2_000
ACTIVE = re.compile(r"(^|/)(vbaProject\.bin|vbaData\.xml|macrosheets/|activeX/|oleObject[^/]*\.bin)", re.IGNORECASE)
# What Word writes down of the writer's own template: on another machine there is nothing to fetch.
OWN_TEMPLATE = re.compile(rb"Target\s*=\s*[\"']file:///[A-Za-z]:", re.IGNORECASE)
OUTSIDE = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*TargetMode\s*=\s*[\"']External[\"'][^>]*>", re.IGNORECASE)


def open_office_file(content: bytes, *, most_unpacked: int) -> zipfile.ZipFile:
    """The archive. Raises RuleBroken when it cannot be read, is larger than `most_unpacked` bytes, or holds macros.

    Python reads no more of a part than its size in the archive's list, so that the list can be relied on.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise unreadable() from error
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > most_unpacked:
        raise RuleBroken(_("Filen er for stor, når den pakkes ud."))
    if any(part.flag_bits & 0x1 for part in parts):
        raise RuleBroken(_("Filen er beskyttet med en adgangskode."))
    types = read_part(archive, "[Content_Types].xml")
    if any(ACTIVE.search(part.filename) for part in parts) or b"macroEnabled" in types:
        raise RuleBroken(_("Filen har makroer eller andet, der kan køre. Gem den uden."))
    for part in parts:
        if part.filename.endswith(".rels"):
            _check_links(read_part(archive, part.filename))
    return archive


def _check_links(relations: bytes) -> None:
    """Raises RuleBroken when opening the file would fetch something: only what somebody must click may lead out."""
    for found in OUTSIDE.findall(relations):
        if b"/hyperlink" not in found and not (b"/attachedTemplate" in found and OWN_TEMPLATE.search(found)):
            raise RuleBroken(
                _(
                    "Filen henter noget fra andre filer eller fra nettet. "
                    "Gem en kopi, der ikke gør det, for eksempel som PDF eller CSV."
                )
            )


def read_part(archive: zipfile.ZipFile, name: str) -> bytes:
    """One part of the archive. Raises RuleBroken when it is missing, broken, or defines entities of its own."""
    try:
        content = archive.read(name)
    except BROKEN as error:
        raise unreadable() from error
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise unreadable()
    return content


def unreadable() -> RuleBroken:
    return RuleBroken(_("Filen kan ikke læses. Åbn den, gem den igen, og prøv med den nye."))
