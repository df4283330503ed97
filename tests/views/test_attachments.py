"""The documents of an application: who may fetch them, how they leave, and where they never show."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from support import CASE, Client, case, declared, load, make_person, signed_in
from uploads import upload

from recruit.audit import AuditEvent
from recruit.candidates.models import Attachment, Candidate
from recruit.extensions import db

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\nstartxref\n9\n%%EOF\n"
MEMBERS = ("chair@example.org", "anna@example.org", "bo@example.org", "sub@example.org")


class Folder:
    def __init__(self, app: Flask, **changes: Any) -> None:
        self.app = app
        panel = [*CASE["panel"], {"email": "sub@example.org", "name": "Sus", "role": "substitute", "side": "peer"}]
        self.id = load(case(**({"panel": panel, "impartiality": declared(MEMBERS)} | changes))).id
        make_person("hr@example.org", "hr")
        make_person("auditor@example.org", "auditor")
        make_person("else@example.org")
        ids = db.session.scalars(db.select(Candidate.id).order_by(Candidate.id)).all()
        self.candidate, self.other = ids[0], ids[1]
        self.path = f"/recruitments/{self.id}/candidates/{self.candidate}/documents"

    def as_(self, name: str) -> Client:
        return signed_in(self.app, f"{name}@example.org")

    def add(self, *files: tuple[str, bytes], who: str = "hr") -> Any:
        named = files or (("Ansøgning Åse.pdf", PDF),)
        return self.as_(who).post(self.path, **upload("files", *named))

    def rows(self) -> list[Attachment]:
        db.session.expire_all()
        return list(db.session.scalars(db.select(Attachment).order_by(Attachment.id)))


def test_document_is_added_fetched_and_removed(app: Flask) -> None:
    folder = Folder(app)
    assert folder.add().status_code == 302
    row = folder.rows()[0]
    assert (row.name, row.kind, row.size, row.candidate_id) == ("Ansøgning Åse.pdf", "pdf", len(PDF), folder.candidate)
    answer = folder.as_("hr").get(f"{folder.path}/{row.id}")
    assert answer.get_data() == PDF
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    assert folder.as_("chair").post(f"{folder.path}/{row.id}/remove").status_code == 302
    assert folder.rows() == []
    events = [(row.event, row.subject) for row in db.session.scalars(db.select(AuditEvent).order_by(AuditEvent.id))]
    assert [event for event, _subject in events][-2:] == ["attachment.added", "attachment.removed"]
    assert set(events[-1][1]) == {"candidate", "attachment"}


@pytest.mark.parametrize(
    ("who", "status"),
    [("hr", 200), ("chair", 200), ("anna", 200), ("sub", 403), ("auditor", 404), ("else", 404)],
)
def test_those_who_read_may_fetch_and_nobody_else(app: Flask, who: str, status: int) -> None:
    folder = Folder(app)
    folder.add()
    path = f"{folder.path}/{folder.rows()[0].id}"
    assert folder.as_(who).get(path).status_code == status
    assert folder.as_(who).get(folder.path).status_code == status
    assert app.test_client().get(path).status_code == 302


@pytest.mark.parametrize("who", ["anna", "sub", "auditor", "else"])
def test_only_hr_and_the_chair_add_and_remove(app: Flask, who: str) -> None:
    folder = Folder(app)
    folder.add()
    assert folder.add(who=who).status_code in (403, 404)
    assert folder.as_(who).post(f"{folder.path}/{folder.rows()[0].id}/remove").status_code in (403, 404)
    assert len(folder.rows()) == 1


def test_member_who_must_not_judge_the_candidate_reads_nothing_of_theirs(app: Flask) -> None:
    out = {"panelist": "anna@example.org", "candidate": "K1", "conflict": True, "scope": "candidate", "reason": "x"}
    others = [row for row in declared(MEMBERS) if (row["panelist"], row["candidate"]) != ("anna@example.org", "K1")]
    folder = Folder(app, impartiality=[*others, out])
    folder.add()
    assert folder.as_("anna").get(folder.path).status_code == 403
    assert folder.as_("anna").get(f"{folder.path}/{folder.rows()[0].id}").status_code == 403
    other = folder.path.replace(f"candidates/{folder.candidate}", f"candidates/{folder.other}")
    assert folder.as_("anna").get(other).status_code == 200


def test_document_is_found_under_its_own_candidate_only(app: Flask) -> None:
    folder = Folder(app)
    folder.add()
    row = folder.rows()[0]
    wrong = folder.path.replace(f"candidates/{folder.candidate}", f"candidates/{folder.other}")
    assert folder.as_("hr").get(f"{wrong}/{row.id}").status_code == 404
    assert folder.as_("hr").post(f"{wrong}/{row.id}/remove").status_code == 404


def test_several_at_once_are_all_taken_or_none(app: Flask) -> None:
    folder = Folder(app)
    answer = folder.add(("god.pdf", PDF), ("dårlig.pdf", b"<html>"))
    assert answer.status_code == 400
    assert "dårlig: Filen er hverken PDF eller Word" in answer.get_data(as_text=True)
    assert folder.rows() == []
    assert folder.add(*[(f"{number}.pdf", PDF) for number in range(10)]).status_code == 302
    refused = folder.add()
    assert refused.status_code == 400
    assert len(folder.rows()) == 10


def test_nothing_chosen_is_asked_for(app: Flask) -> None:
    folder = Folder(app)
    assert folder.as_("hr").post(folder.path, data={}).status_code == 400


def test_only_this_door_takes_large_bodies(app: Flask) -> None:
    folder = Folder(app)
    large = PDF.replace(b"endobj", b"x" * 9_000_000)
    assert folder.add(("stor.pdf", large)).status_code == 302
    assert folder.add(("for stor.pdf", PDF.replace(b"endobj", b"x" * 10_000_000))).status_code == 400
    assert folder.add(*[(f"{number}.pdf", large) for number in range(4)]).status_code == 413
    elsewhere = f"/recruitments/{folder.id}/candidates/import"
    assert folder.as_("hr").post(elsewhere, **upload("file", ("stor.csv", large))).status_code == 413


def test_score_page_neither_shows_nor_links_a_document(app: Flask) -> None:
    """Ancillary information stays out of the interview's rating (Campion, Palmer and Campion 1997)."""
    folder = Folder(app, locked=[1])
    folder.add()
    anna = folder.as_("anna")
    for path in (f"/rounds/1/scorecards/{folder.candidate}", "/rounds/1/scorecards"):
        page = anna.get(f"/recruitments/{folder.id}{path}").get_data(as_text=True)
        assert "documents" not in page
        assert "Ansøgning" not in page
    assert "documents" in anna.get(f"/recruitments/{folder.id}/candidates").get_data(as_text=True)


def test_file_name_of_the_document_is_text(app: Flask) -> None:
    folder = Folder(app)
    folder.add(("<b>æ</b>'\".pdf", PDF))
    page = folder.as_("hr").get(folder.path).get_data(as_text=True)
    assert "<b>æ" not in page
