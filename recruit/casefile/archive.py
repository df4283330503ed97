"""The whole case as one zip for the records system: the documents, the case file, an index and a manifest.

The product is not the archive: a case is filed before it is deleted (offentlighedsloven section 15). The documents are
written in the language of the recruitment, the index in Danish, as the authority's files are.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import IO, Any

import yaml
from flask_babel import force_locale
from flask_babel import gettext as _

from recruit.accounts.models import Person
from recruit.audit import now, record
from recruit.casefile.export import export_case
from recruit.casefile.papers import filed
from recruit.documents.word import Cell, Column, Run
from recruit.errors import RuleBroken
from recruit.recruitments.documents import word_document
from recruit.recruitments.models import Recruitment
from recruit.web.downloads import EXCEL, WORD, file_name
from recruit.web.language import moment

MANIFEST = "manifest.json"
IN_MEMORY = 8_000_000  # bytes; what is larger is written to a temporary file that no folder names
CASE_FILE, INDEX = "case", "index"
MEDIA_TYPES = {
    "docx": WORD,
    "xlsx": EXCEL,
    "txt": "text/plain; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "yaml": "application/yaml",
}


@dataclass(frozen=True)
class Entry:
    """One file of the archive: `kind` is a key of PAPERS, `case` or `index`."""

    name: str
    title: str
    kind: str
    size: int
    sha256: str


def make_archive(recruitment: Recruitment, *, actor: Person | None) -> IO[bytes]:
    """The archive, open for reading from its beginning. It is made one document at a time, and read back before it is
    handed over. Writes the log's row. Raises RuleBroken when what is read back is not what was written."""
    target: IO[bytes] = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 (handed over open)
    try:
        write_archive(recruitment, target, actor)
        check_archive(target, recruitment)
    except BaseException:
        target.close()
        raise
    record("document.made", actor.id if actor else None, recruitment.id, document="archive")
    target.seek(0)
    return target


def write_archive(recruitment: Recruitment, target: IO[bytes], actor: Person | None) -> None:
    """Writes the zip, one document at a time; the log's row for the case file with it."""
    made_at = now()
    entries: list[Entry] = []
    with force_locale("da"), zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:

        def add(name: str, title: str, kind: str, content: bytes) -> None:
            archive.writestr(name, content)
            entries.append(Entry(name, title, kind, len(content), hashlib.sha256(content).hexdigest()))

        for kind, paper in filed(recruitment):
            ending = paper.name.rpartition(".")[2]
            add(f"{len(entries) + 1:02}-{file_name(paper.title)}.{ending}", paper.title, kind, paper.make())
        case = export_case(recruitment, actor=actor).encode()
        add(f"{len(entries) + 1:02}-sagsfil.yaml", _("Sagsfil, hele sagen i data"), CASE_FILE, case)
        add("00-indhold.docx", _("Indhold"), INDEX, index_document(recruitment, entries, moment(made_at)))
        archive.writestr(MANIFEST, json.dumps(manifest(recruitment, entries, made_at.isoformat()), indent=2).encode())


def manifest(recruitment: Recruitment, entries: Iterable[Entry], made_at: str) -> dict[str, Any]:
    """What manifest.json holds; every file but itself is in it."""
    return {
        "manifest": 1,
        "recruitment": {
            "id": recruitment.id,
            "title": recruitment.title,
            "department": recruitment.department,
            "case_number": recruitment.case_number,
        },
        "made_at": made_at,
        "files": [
            {
                "name": entry.name,
                "title": entry.title,
                "kind": entry.kind,
                "media_type": MEDIA_TYPES[entry.name.rpartition(".")[2]],
                "bytes": entry.size,
                "sha256": entry.sha256,
            }
            for entry in entries
        ],
    }


def index_document(recruitment: Recruitment, entries: Iterable[Entry], made: str) -> bytes:
    """What is in the archive, for whoever files it: a .docx file in Danish."""
    document = word_document(recruitment, _("Indhold"), language="da")
    document.title(_("Sagens dokumenter"), recruitment.title)
    document.paragraph(_("Samlet %(moment)s til journalisering.", moment=made))
    waiting = [round_.name for round_ in recruitment.rounds if not round_.revealed_at]
    if waiting:
        document.paragraph(
            _("Ikke afsløret endnu: %(rounds)s. Vurderingerne derfra er ikke med.", rounds=", ".join(waiting))
        )
    document.table(
        [Column(_("Dokument"), 6.0), Column(_("Fil og SHA-256"), 10.6)],
        [[entry.title, Cell([entry.name, Run(f"\n{entry.sha256}", size=7.5)])] for entry in entries],
        alt=_("Hvert dokument med navnet på sin fil og filens SHA-256"),
    )
    document.paragraph(
        _("De samme oplysninger står i manifest.json, som et system kan læse og kontrollere filerne med."), style="Hint"
    )
    return document.to_bytes()


def check_archive(target: IO[bytes], recruitment: Recruitment) -> None:
    """Reads the archive back, one file at a time. Raises RuleBroken unless every file is in the manifest with the
    digest that it has, and the case file holds no card of a round that is not revealed (rule 1)."""
    revealed = {round_.number for round_ in recruitment.rounds if round_.revealed_at}
    target.seek(0)
    with zipfile.ZipFile(target) as archive:
        files = json.loads(archive.read(MANIFEST))["files"]
        whole = sorted(archive.namelist()) == sorted([MANIFEST, *(item["name"] for item in files)])
        for item in files:
            content = archive.read(item["name"])
            whole = whole and hashlib.sha256(content).hexdigest() == item["sha256"]
            if item["kind"] == CASE_FILE:
                cards = yaml.load(content, Loader=yaml.CSafeLoader).get("scorecards") or []
                whole = whole and {card["round"] for card in cards} <= revealed
    if not whole:
        raise RuleBroken(_("Sagen kunne ikke samles rigtigt, så den er ikke hentet. Prøv igen."))
