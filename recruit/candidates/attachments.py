"""The documents of an application: what they may be, and where they are kept. Nobody meets them on the score page."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence

from flask_babel import gettext as _
from sqlalchemy import select

from recruit.accounts.models import Person
from recruit.audit import now, record
from recruit.candidates.cpr import holds_cpr
from recruit.candidates.models import Attachment, Candidate
from recruit.candidates.office_files import open_office_file, read_part, unreadable
from recruit.errors import RuleBroken
from recruit.extensions import db
from recruit.recruitments.models import Recruitment

KINDS = {"pdf": "application/pdf", "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document"}
MOST_BYTES = 10_000_000
MOST_AT_ONCE = 32_000_000  # bytes of one upload
MOST_UNPACKED = 100_000_000
MOST_DOCUMENTS = 10  # for one candidate
NAME_LIMIT = 120


def kind_of(content: bytes) -> str:
    """`pdf` or `docx`, by what the file holds and not by its name. Raises RuleBroken for anything else."""
    if len(content) > MOST_BYTES:
        raise RuleBroken(_("Filen er større end 10 MB."))
    if content.startswith(b"PK\x03\x04"):
        archive = open_office_file(content, most_unpacked=MOST_UNPACKED)
        if b"wordprocessingml.document.main+xml" not in read_part(archive, "[Content_Types].xml"):
            raise _neither()
        if not re.search(rb"<(\w+:)?document\b", read_part(archive, "word/document.xml")[:4_000]):
            raise unreadable()
        return "docx"
    if b"%PDF-" in content[:1_024]:
        trailer = re.search(rb"startxref\s+(\d{1,10})\s+%%EOF", content[-2_048:])
        if trailer is None or int(trailer[1]) >= len(content):
            raise unreadable()
        return "pdf"
    raise _neither()


def _neither() -> RuleBroken:
    return RuleBroken(_("Filen er hverken PDF eller Word (.docx)."))


def safe_name(name: str, kind: str) -> str:
    """A name without folders, control characters and signs that a file system minds; the ending is the kind's.

    A name that holds a CPR number is not kept at all.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    plain = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C" and sign not in '<>:"|?*')
    stem = re.sub(r"\.(pdf|docx)$", "", " ".join(plain.split()), flags=re.IGNORECASE)
    if holds_cpr(stem.replace("_", " "), now().date()):
        stem = ""
    return f"{stem[:NAME_LIMIT].strip('. ') or _('Dokument')}.{kind}"


def load_attachments(recruitment: Recruitment) -> dict[int, list[Attachment]]:
    """The documents by candidate id, oldest first, without their content; one query."""
    rows = db.session.scalars(
        select(Attachment)
        .join(Candidate, Candidate.id == Attachment.candidate_id)
        .where(Candidate.recruitment_id == recruitment.id)
        .order_by(Attachment.id)
    )
    found: dict[int, list[Attachment]] = defaultdict(list)
    for row in rows:
        found[row.candidate_id].append(row)
    return dict(found)


def attach(
    recruitment: Recruitment, candidate: Candidate, files: Sequence[tuple[str, bytes]], *, actor: Person
) -> list[Attachment]:
    """All of the files (name, content), or none: RuleBroken names what is wrong with each."""
    db.session.execute(select(Candidate.id).where(Candidate.id == candidate.id).with_for_update())
    had = len(load_attachments(recruitment).get(candidate.id, []))
    if had + len(files) > MOST_DOCUMENTS:
        raise RuleBroken(_("En kandidat kan højst have %(most)s dokumenter.", most=MOST_DOCUMENTS))
    rows, faults = [], []
    for name, content in files:
        try:
            kind = kind_of(content)
        except RuleBroken as broken:
            faults.append(f"{safe_name(name, 'pdf').removesuffix('.pdf')}: {broken}")
            continue
        rows.append(
            Attachment(
                candidate_id=candidate.id,
                name=safe_name(name, kind),
                kind=kind,
                size=len(content),
                content=content,
                added_by_id=actor.id,
                added_at=now(),
            )
        )
    if faults:
        raise RuleBroken(" ".join(faults))
    db.session.add_all(rows)
    db.session.flush()
    for row in rows:
        record("attachment.added", actor.id, recruitment.id, candidate=candidate.id, attachment=row.id)
    return rows


def remove_attachment(recruitment: Recruitment, attachment: Attachment, *, actor: Person) -> None:
    db.session.delete(attachment)
    record("attachment.removed", actor.id, recruitment.id, candidate=attachment.candidate_id, attachment=attachment.id)
