"""Rule 1 in the sift: two worlds differ only in what Anna answered; to everybody else every door looks the same."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

import pytest
from doors import doors, ids_of
from flask import Flask
from sieve import Sieve
from support import empty_database, make_person, signed_in

from recruit.casefile.export import export_case
from recruit.extensions import db
from recruit.recruitments.service import load_recruitment

# tests/views/test_blindness.py looks as everybody else, too, and into the documents of every other package.
OTHERS = ("hr", "chair", "bo", "dan")


def world(app: Flask, answer: str, *, submitted: bool) -> Sieve:
    empty_database()
    sieve = Sieve(app)
    make_person("auditor@example.org", "auditor")
    sieve.open()
    sieve.answer("anna", lambda _ref, _place: answer)
    sieve.answer("bo", lambda _ref, _place: "partly")
    sieve.submit("bo")
    if submitted:
        sieve.submit("anna")
    return sieve


def neutral(text: str) -> str:
    """Without tokens and times."""
    text = re.sub(r'name="csrf[-_]token"[^>]*', "", text)
    return re.sub(r"\d{1,2}[.:]\d{2}|[\w.-]{60,}", "", text)


def seen(app: Flask, answer: str, *, submitted: bool) -> dict[tuple[str, str], tuple[int, str]]:
    sieve = world(app, answer, submitted=submitted)
    recruitment = load_recruitment(sieve.id)
    assert recruitment is not None
    ids = ids_of(recruitment)
    found = {}
    for name in OTHERS:
        browser = signed_in(app, f"{name}@example.org")
        for _endpoint, method, path in doors(app, ids):
            if method == "GET" and ("/sift" in path or "." not in path):
                got = browser.get(path)
                found[name, path] = got.status_code, neutral(readable(got.mimetype, got.get_data()))
    browser = signed_in(app, "chair@example.org")
    for path in (f"{sieve.base}/reveal", f"{sieve.base}/accept", f"{sieve.base}/call"):
        got = browser.post(path)
        found["chair", "POST " + path] = got.status_code, neutral(got.get_data(as_text=True))
    found["file", ""] = 200, neutral(export_case(recruitment, actor=None))
    db.session.rollback()
    return found


def readable(mimetype: str, body: bytes) -> str:
    if body.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(body)) as archive:
            return "".join(
                archive.read(name).decode("utf-8", "replace")
                for name in sorted(archive.namelist())
                if "core" not in name
            )
    return body.decode("utf-8", "replace")


@pytest.mark.parametrize("submitted", [False, True], ids=["on the way", "submitted"])
def test_nothing_another_member_answered_shows_before_the_result_is_opened(app: Flask, submitted: bool) -> None:
    low, high = seen(app, "not_shown", submitted=submitted), seen(app, "shown", submitted=submitted)
    assert [place for place in low if low[place] != high[place]] == []
    assert sum(status == 200 for status, _text in low.values()) > 50


def test_the_same_doors_differ_when_the_result_is_open(app: Flask) -> None:
    """The test above can fail."""
    pages = []
    for answer in ("not_shown", "shown"):
        sieve = world(app, answer, submitted=True)
        sieve.answer("chair", lambda _ref, _place: "partly")
        sieve.submit("chair")
        assert sieve.reveal() == 302
        pages.append({name: neutral(sieve.page(name, "/result")) for name in ("hr", "chair", "bo", "dan")})
    for name in ("hr", "chair", "bo"):
        assert pages[0][name] != pages[1][name]
    assert pages[0]["dan"] == pages[1]["dan"]  # who did not read meets the candidates without knowing the sift


def test_result_and_its_parts_are_closed_before_it_is_opened(app: Flask) -> None:
    sieve = world(app, "shown", submitted=True)
    candidate = sieve.candidates["K1"]
    for name in ("hr", "chair", "bo", "dan"):
        browser = sieve.as_(name)
        for path in ("/result", f"/candidates/{candidate}"):
            assert browser.get(sieve.base + path).status_code == 302
    assert sieve.decide("K1", "A", "x").status_code == 404


def test_disqualified_member_sees_nothing_of_the_sift(app: Flask) -> None:
    sieve = world(app, "shown", submitted=True)
    sieve.as_("hr").post(f"/recruitments/{sieve.id}/candidates", data={"name": "Sen", "email": ""})
    late = db.session.execute(db.text("SELECT id FROM candidate WHERE ref = 'K4'")).scalar_one()
    bo = sieve.as_("bo")
    bo.post(f"/recruitments/{sieve.id}/impartiality", data={f"answer-{late}": "conflict", f"kind-{late}": "family"})
    for path in ("", "/result", f"/criteria/{sieve.criteria[0]}", f"/candidates/{sieve.candidates['K1']}"):
        assert bo.get(sieve.base + path).status_code == 403
    assert sieve.save("bo", "K1", 0, "shown", shown="partly").status_code == 403


def test_log_holds_ids_and_codes_and_no_answers(app: Flask) -> None:
    sieve = world(app, "not_evidenced", submitted=True)
    log = sieve.as_("auditor").get("/log").get_data(as_text=True)
    assert "Grovsortering afgivet" in log
    for secret in ("not_evidenced", "partly", "Ikke belyst", "Åse"):
        assert secret not in log
