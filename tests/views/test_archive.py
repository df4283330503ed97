"""The whole case as one zip for the records system."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from flask import Flask
from sieve import LEVELS, Sieve
from support import KEYS, MEMBERS, card, case, declared, full_case, load, make_person, signed_in

from recruit.audit import AuditEvent
from recruit.casefile import archive
from recruit.cli import main
from recruit.errors import RuleBroken
from recruit.extensions import db
from recruit.recruitments.service import load_recruitment

ROUNDS = [{"number": 1, "name": "1. samtale", "minutes": 60}, {"number": 2, "name": "2. samtale", "minutes": 60}]
HIDDEN = "Sagt i anden runde, før den er afsløret"


def half_revealed() -> dict[str, object]:
    """The first round is revealed, the second has one card with a text that nobody may see."""
    found = full_case(rounds=ROUNDS, revealed=[1])
    hidden = card(MEMBERS[1], "K1", dict(zip(KEYS, (1, 1, 1), strict=True)), number=2)
    hidden["ratings"][KEYS[0]]["evidence"] = HIDDEN
    found["scorecards"].append(hidden)
    found["recruitment"]["title"] = "Åse <b>&\"'</b> 🎉"
    return found


def unpacked(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        assert file.testzip() is None
        return {name: file.read(name) for name in file.namelist()}


def texts(content: bytes) -> str:
    """All that is in a file, however deep it is packed."""
    if not content.startswith(b"PK"):
        return content.decode("utf-8", "replace")
    return "\n".join(texts(part) for part in unpacked(content).values())


def test_archive_holds_every_document_with_its_digest_and_nothing_that_is_not_revealed(app: Flask) -> None:
    recruitment = load(half_revealed())
    answer = signed_in(app, MEMBERS[0]).post(f"/recruitments/{recruitment.id}/archive")
    assert (answer.status_code, answer.mimetype) == (200, "application/zip")
    assert answer.headers["Content-Disposition"] == "attachment; filename=Aase-b-b-sag-26-1.zip"
    files = unpacked(answer.data)
    manifest = json.loads(files.pop("manifest.json"))
    assert manifest["recruitment"]["case_number"] == "26/1"
    assert {item["name"]: (item["bytes"], item["sha256"]) for item in manifest["files"]} == {
        name: (len(content), hashlib.sha256(content).hexdigest()) for name, content in files.items()
    }
    kinds = [item["kind"] for item in manifest["files"]]
    assert kinds == ["profile", "guide", "guide", "comparison", "workbook", "case", "index"]
    index = texts(files["00-indhold.docx"])
    assert all(item["sha256"] in index for item in manifest["files"][:-1])
    assert "Ikke afsløret endnu: 2. samtale." in index
    assert HIDDEN not in texts(answer.data)
    assert "chair om K1, performance.2: sagde noget konkret" in texts(answer.data)  # the first round's is there
    (case_file,) = [content for name, content in files.items() if name.endswith(".yaml")]
    assert {item["round"] for item in yaml.safe_load(case_file)["scorecards"]} == {1}
    events = db.session.scalars(db.select(AuditEvent).order_by(AuditEvent.number.desc()).limit(2)).all()
    assert [event.event for event in events] == ["document.made", "case.exported"]


def test_archive_is_for_hr_and_the_chair(app: Flask) -> None:
    recruitment = load(full_case(revealed=[1]))
    for email, role in (("hr@odder.example", "hr"), ("revisor@odder.example", "auditor"), ("else@example.org", None)):
        make_person(email, role)
    path = f"/recruitments/{recruitment.id}/archive"
    for email, status in (
        (MEMBERS[0], 200),
        ("hr@odder.example", 200),
        (MEMBERS[1], 403),
        ("revisor@odder.example", 404),
        ("else@example.org", 404),
    ):
        browser = signed_in(app, email)
        assert [browser.get(path).status_code, browser.post(path).status_code] == [status, status], email
        front = browser.get(f"/recruitments/{recruitment.id}")
        assert (path in front.text) == (status == 200)


@pytest.mark.parametrize("values", [{}, {"candidates": [], "impartiality": []}])
def test_case_that_has_hardly_begun_is_filed_too(app: Flask, tmp_path: Path, values: dict[str, object]) -> None:
    load(case(**({"impartiality": declared()} | values)))
    db.session.remove()
    result = CliRunner().invoke(main, ["export", "1", "--to", str(tmp_path), "--format", "zip"])
    assert result.exit_code == 0, result.output
    files = unpacked((tmp_path / "case.zip").read_bytes())
    kinds = [item["kind"] for item in json.loads(files["manifest.json"])["files"]]
    assert kinds == ["profile", "guide", "case", "index"]


def test_sift_is_filed_once_its_result_is_open(app: Flask) -> None:
    sieve = Sieve(app)
    path = f"/recruitments/{sieve.id}/archive"
    sieve.open()
    assert "Grovsortering" not in sieve.as_("hr").get(path).text.partition("Det er med")[2]
    for name in ("chair", "anna", "bo"):
        sieve.answer(name, LEVELS)
        sieve.submit(name)
    sieve.reveal()
    files = unpacked(sieve.as_("hr").post(path).get_data())
    (sift,) = [item for item in json.loads(files["manifest.json"])["files"] if item["kind"] == "sift"]
    assert "Fremgår delvist" in texts(files[sift["name"]])


@pytest.mark.parametrize("fault", ["a card that is not revealed", "a file that is not what was listed"])
def test_archive_that_is_not_right_is_never_handed_over(
    app: Flask, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    recruitment = load_recruitment(load(half_revealed()).id)
    assert recruitment is not None
    if fault == "a card that is not revealed":
        monkeypatch.setattr(
            archive, "export_case", lambda *_rest, **_more: yaml.safe_dump({"scorecards": [{"round": 2}]})
        )
    else:
        real = archive.manifest
        monkeypatch.setattr(archive, "manifest", lambda of, entries, at: real(of, entries[1:], at))
    with pytest.raises(RuleBroken):
        archive.make_archive(recruitment, actor=None)
