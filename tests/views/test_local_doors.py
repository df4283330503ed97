"""HR's own questions are HR's to change, stay with their charter, and go back to the bank as the bank writes them."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from own_questions import COPY, ENTRY, HARD, NEW, OWN, RED, VALUES, only, page_of, rows, send, sent_back
from support import ROOT, Client, case, declared, load, make_person, signed_in
from werkzeug.datastructures import MultiDict

from recruit.charter.service import read_charter
from recruit.extensions import db
from recruit.privacy.rules import EVENT_WORDS
from recruit.questions.service import as_question, read_bank


@pytest.fixture
def hr(app: Flask) -> Client:
    make_person("hr@example.org", "hr")
    return signed_in(app, "hr@example.org")


def test_nobody_but_hr_has_a_way_in(app: Flask, hr: Client) -> None:
    send(hr, NEW)
    row = only()
    load(case(impartiality=declared()))
    make_person("auditor@example.org", "auditor")
    doors = [
        ("GET", NEW), ("POST", NEW), ("GET", COPY), ("POST", COPY), ("GET", OWN), ("GET", f"{OWN}/{row.id}"),
        ("POST", f"{OWN}/{row.id}"), ("POST", f"{OWN}/{row.id}/retire"), ("POST", f"{OWN}/{row.id}/restore"),
        ("GET", f"{OWN}/{row.id}/question.yaml"),
    ]  # fmt: skip
    for email in ("chair@example.org", "anna@example.org", "auditor@example.org"):
        browser = signed_in(app, email)
        for method, path in doors:
            assert browser.open(path, method=method, data=MultiDict(VALUES)).status_code == 403, (email, method, path)
    nobody = app.test_client()
    for method, path in doors:
        assert nobody.open(path, method=method).location.startswith("/sign-in")
    assert (only().version, only().retired_at) == (row.version, None)
    assert hr.post(NEW, data=MultiDict(VALUES | {"text_da": "Uden mærke?"}), forged=True).status_code == 400
    assert len(rows()) == 1


@pytest.mark.parametrize(
    "path",
    [
        "/charters/atlantis/questions/performance.2/new", "/charters/odder/questions/performance.99/new",
        f"{ENTRY}/performance.2.b99/copy", f"{ENTRY}/performance.3.b1/copy", f"{ENTRY}/performance.2.own1/copy",
        "/charters/strandby/questions/heart.1/performance.2.b1/copy", f"{OWN}/999", f"{OWN}/{2**40}", f"{OWN}/0",
        "/charters/atlantis/own-questions", "/charters/strandby/own-questions/1",
        "/charters/strandby/own-questions/1/question.yaml",
    ],
)  # fmt: skip
def test_wrong_ids_and_another_charters_question_are_not_found(hr: Client, path: str) -> None:
    send(hr, NEW)
    assert only().id == 1 or path.startswith(OWN)
    for method in ("GET", "POST") if not path.endswith(("own-questions", ".yaml")) else ("GET",):
        assert hr.open(path, method=method, data=MultiDict(VALUES)).status_code == 404
    for step in ("retire", "restore"):
        assert hr.post(f"/charters/strandby/own-questions/{only().id}/{step}").status_code == 404
    assert only().retired_at is None


def test_question_whose_statement_has_gone_is_kept_and_harms_nothing(hr: Client) -> None:
    send(hr, NEW)
    row = only()
    row.key = "performance.99"
    db.session.commit()
    for path in (ENTRY, "/charters/odder/questions?query=kurs"):
        assert "måtte ændre kurs" not in page_of(hr, path)
    assert "findes ikke længere i ledelsesgrundlaget" in page_of(hr, OWN)
    values = sent_back(page_of(hr, f"{OWN}/{row.id}"))
    assert hr.post(f"{OWN}/{row.id}", data=MultiDict(values | {"minutes": "9"})).location == OWN
    assert hr.get(f"{OWN}/{row.id}/question.yaml").status_code == 404
    hr.post(f"{OWN}/{row.id}/retire")
    assert hr.post(f"{OWN}/{row.id}/restore").location == OWN


def test_version_whose_original_has_gone_still_stands(hr: Client) -> None:
    send(hr, COPY)
    row = only()
    row.copied_from = "performance.2.b99"
    db.session.commit()
    page = page_of(hr, ENTRY)
    assert f'id="{row.source.replace(".", "-")}"' in page
    assert 'id="performance-2-b1"' in page
    assert hr.get(f"{OWN}/{row.id}").status_code == 200


@pytest.mark.parametrize(
    "changes", [{}, {"kind": "case", "material_da": HARD + "\n\n- " + HARD, "text_da": HARD}], ids=["plain", "hard"]
)
def test_offered_question_fits_into_the_shipped_file(hr: Client, tmp_path: Path, changes: dict[str, Any]) -> None:
    send(hr, COPY, **({"text_en": "Tell us about a time you changed course."} | changes))
    row = only()
    answer = hr.get(f"{OWN}/{row.id}/question.yaml")
    new_id = "performance.2.c2" if changes else "performance.2.b4"
    assert f"{new_id}.yaml" in answer.headers["Content-Disposition"]
    folder = tmp_path / "odder"
    shutil.copytree(ROOT / "question_bank" / "odder", folder)
    file = folder / "questions" / "performance" / "performance.2.yaml"
    shipped = file.read_text()
    part = answer.get_data(as_text=True).split("\nquestions:\n", 1)[1]
    before, after = shipped.split("\nreferences:\n", 1)
    file.write_text(f"{before}\n{part}references:\n{after}")
    bank = read_bank(folder, read_charter(folder))
    pasted = bank.question(new_id)
    assert pasted is not None
    assert pasted.model_dump(exclude={"id"}) == as_question(row).model_dump(exclude={"id"})
    assert [item.id for item in bank.entries["performance.2"].questions][-1] == new_id


def test_shipped_files_are_never_written(hr: Client) -> None:
    files = sorted((ROOT / "question_bank").rglob("*.yaml"))
    before = [file.stat().st_mtime_ns for file in files]
    send(hr, COPY)
    send(hr, NEW, text_da="Noget andet, som I ville spørge om?")
    hr.post(f"{OWN}/{rows()[0].id}/retire")
    assert [file.stat().st_mtime_ns for file in files] == before


def test_every_event_has_a_sentence_and_the_log_shows_it(app: Flask, hr: Client) -> None:
    send(hr, NEW, text_da=RED, kept_because="Aftalt.")
    path = f"{OWN}/{only().id}"
    hr.post(path, data=MultiDict(sent_back(page_of(hr, path)) | {"minutes": "9"}))
    hr.post(f"{path}/retire")
    hr.post(f"{path}/restore")
    make_person("auditor@example.org", "auditor")
    log = page_of(signed_in(app, "auditor@example.org"), "/log")
    for event in ("question.added", "question.changed", "question.retired", "question.restored", "wording.kept"):
        assert str(EVENT_WORDS[event]) in log
    assert RED not in log
