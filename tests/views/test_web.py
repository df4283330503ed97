"""What every page keeps: headers, error pages, both languages, hard text, the colours of the rooms."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from doors import doors, ids_of
from flask import Flask
from sqlalchemy.exc import OperationalError
from support import CHARTERS, ROOT, Client, case, declared, full_case, load, make_person, signed_in

from recruit import create_app
from recruit.config import FaultySetting, settings
from recruit.extensions import db
from recruit.scoring.models import Rating

POLICY = ("default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'", "base-uri 'none'")


def nobody(app: Flask) -> Client:
    client = app.test_client()
    assert isinstance(client, Client)
    return client


def hr(app: Flask) -> Client:
    make_person("hr@example.org", "hr")
    return signed_in(app, "hr@example.org")


def check_headers(answer: Any) -> None:
    policy = answer.headers["Content-Security-Policy"]
    assert all(part in policy for part in POLICY)
    assert "unsafe" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Cache-Control"] == "no-store"


def test_every_page_has_the_headers_and_obeys_its_own_policy(app: Flask) -> None:
    ids = ids_of(load(full_case(revealed=[1])))
    make_person("auditor@example.org", "auditor")
    browsers = [hr(app), signed_in(app, "chair@example.org"), signed_in(app, "auditor@example.org"), nobody(app)]
    seen = set()
    for endpoint, method, path in doors(app, ids):
        if method != "GET" or endpoint == "web.theme":
            continue
        for browser in browsers:
            answer = browser.get(path)
            assert answer.status_code < 500, path
            check_headers(answer)
            if answer.status_code == 200 and answer.mimetype == "text/html":
                seen.add(endpoint)
                page = answer.get_data(as_text=True)
                assert not re.search(r"<[^>]+\s(style|on[a-z]+)=", page), path
                assert not re.search(r"<script(?![^>]*\ssrc=)", page), path
                assert page.count("<h1") == 1, path
    assert len(seen) > 20


@pytest.mark.parametrize(
    ("language", "titles"),
    [
        ("da", {403: "Det har du ikke adgang til", 404: "Siden findes ikke", 405: "Sådan kan siden ikke bruges"}),
        ("en", {403: "You do not have access", 404: "The page does not exist", 405: "cannot be used like that"}),
    ],
)
def test_error_pages_speak_the_language_of_the_person(app: Flask, language: str, titles: dict[int, str]) -> None:
    client = hr(app)
    client.post("/language", data={"language": language})
    for code, path, method in ((403, "/log", "GET"), (404, "/nowhere", "GET"), (405, "/sign-out", "GET")):
        answer = client.open(path, method=method)
        assert answer.status_code == code
        check_headers(answer)
        page = answer.get_data(as_text=True)
        assert f'<html lang="{language}">' in page
        assert titles[code] in page
        assert str(code) in page
        assert page.count("<h1") == 1
        if language == "en":
            assert not re.search("[æøåÆØÅ]", re.sub(r"<[^>]*>|Dansk", "", page))


@pytest.mark.parametrize("language", ["da", "en"])
def test_body_that_is_too_large_is_refused_with_a_page(app: Flask, language: str) -> None:
    client = hr(app)
    client.post("/language", data={"language": language})
    part = b'--b\r\nContent-Disposition: form-data; name="name"\r\n\r\n%b\r\n--b--\r\n'
    whole, field = "application/x-www-form-urlencoded", "multipart/form-data; boundary=b"
    for body, kind in ((b"name=" + b"x" * 6_100_000, whole), (part % (b"x" * 2_100_000), field)):
        answer = client.post("/people", data=body, content_type=kind)
        assert answer.status_code == 413
        check_headers(answer)
        page = answer.get_data(as_text=True)
        assert ("Det er for stort" in page) == (language == "da")


def test_script_gets_its_errors_in_json(app: Flask) -> None:
    client = hr(app)
    answer = client.put("/nowhere", json={})
    assert (answer.status_code, answer.mimetype) == (404, "application/json")
    assert answer.json["error"].startswith("Siden findes ikke.")
    answer = client.put("/log", data="{", content_type="application/json")
    assert (answer.status_code, answer.mimetype) == (405, "application/json")


def test_json_that_is_none_is_refused_in_json(app: Flask) -> None:
    recruitment = load(case(impartiality=declared(), locked=[1]))
    ids = ids_of(recruitment).values
    client = signed_in(app, "anna@example.org")
    path = f"/recruitments/{recruitment.id}/rounds/1/scorecards/{ids['candidate_id']}/ratings/{ids['criterion_id']}"
    for body in ("{", "[]", "null", '"x"', "[" * 50_000, '{"evidence": "\\ud800"}', '{"score": 1e999}'):
        for door in (path, path.replace(f"/ratings/{ids['criterion_id']}", "/overall")):
            answer = client.put(door, data=body, content_type="application/json")
            assert answer.status_code == 400, body[:20]
            assert answer.json["error"].endswith("."), body[:20]
    assert db.session.scalar(db.select(Rating.id)) is None


@pytest.mark.parametrize("number", [2**31, 2**63, 10**40], ids=["4 bytes", "8 bytes", "more"])
def test_number_that_no_row_can_have_is_not_found(app: Flask, number: int) -> None:
    recruitment = load(case(impartiality=declared(), locked=[1]))
    make_person("auditor@example.org", "auditor")
    ids = ids_of(recruitment)
    for name in (
        "recruitment_id",
        "number",
        "candidate_id",
        "criterion_id",
        "member_id",
        "question_id",
        "declaration_id",
        "person_id",
    ):
        mixed = ids_of(recruitment)
        mixed.values = ids.values | {name: number}
        browsers = [signed_in(app, "chair@example.org")] if name != "person_id" else [hr(app)]
        for endpoint, method, path in doors(app, mixed):
            if f"<int:{name}>" in str(next(app.url_map.iter_rules(endpoint))):
                answer = browsers[0].open(path, method=method, json={} if method == "PUT" else None)
                assert answer.status_code in (403, 404), path
    auditor = signed_in(app, "auditor@example.org")
    assert auditor.get(f"/log?before={number}&recruitment={number}").status_code == 200


def test_rating_of_a_thousand_digits_is_refused(app: Flask) -> None:
    recruitment = load(case(impartiality=declared(), locked=[1]))
    ids = ids_of(recruitment).values
    path = f"/recruitments/{recruitment.id}/rounds/1/scorecards/{ids['candidate_id']}"
    fields = {f"rating-{ids['criterion_id']}": "9" * 5_000, f"evidence-{ids['criterion_id']}": "x", "action": "save"}
    assert signed_in(app, "anna@example.org").post(path, data=fields).status_code == 400
    assert db.session.scalar(db.select(Rating.id)) is None


def test_head_is_answered_like_get_without_a_body(app: Flask) -> None:
    recruitment = load(case(impartiality=declared()))
    client = hr(app)
    for path in (
        "/",
        "/people",
        f"/recruitments/{recruitment.id}",
        f"/recruitments/{recruitment.id}/profile.docx",
        "/nowhere",
    ):
        head, get = client.head(path), client.get(path)
        assert (head.status_code, head.mimetype, head.data) == (get.status_code, get.mimetype, b"")
        check_headers(head)
    assert nobody(app).head("/sign-in").status_code == 200
    assert nobody(app).head("/people").status_code == 302


def test_database_that_is_away_is_told_as_just_that(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    client = hr(app)

    def away(*_values: object) -> None:
        raise OperationalError("SELECT 1", {}, Exception("gone"))

    monkeypatch.setitem(app.view_functions, "accounts.people", away)
    away.permission = "people.edit"  # type: ignore[attr-defined]
    answer = client.get("/people")
    assert answer.status_code == 503
    page = answer.get_data(as_text=True)
    assert "Databasen svarer ikke lige nu" in page
    assert "SELECT" not in page


def test_fault_of_ours_shows_nothing_of_the_inside(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    client = hr(app)

    def broken(*_values: object) -> None:
        raise RuntimeError("Kandidat Åse fik 2")

    broken.permission = "people.edit"  # type: ignore[attr-defined]
    monkeypatch.setitem(app.view_functions, "accounts.people", broken)
    monkeypatch.setitem(app.config, "TESTING", False)
    answer = client.get("/people")
    assert answer.status_code == 500
    assert "Noget gik galt hos os" in answer.get_data(as_text=True)
    assert "Åse" not in answer.get_data(as_text=True)


# Language


def test_language_is_switched_on_every_page_and_kept_for_the_person(app: Flask) -> None:
    client = hr(app)
    assert '<html lang="da">' in client.get("/people").get_data(as_text=True)
    answer = client.post("/language", data={"language": "en", "next": "/people?x=1"})
    assert answer.location == "/people?x=1"
    assert '<html lang="en">' in client.get("/people").get_data(as_text=True)
    elsewhere = signed_in(app, "hr@example.org")
    assert '<html lang="en">' in elsewhere.get("/people").get_data(as_text=True)
    assert client.post("/language", data={"language": "tlh"}).status_code == 400


def test_browser_says_the_language_until_somebody_chooses(app: Flask) -> None:
    client = nobody(app)
    for asked, found in (("en-GB,en;q=0.9", "en"), ("de", "da"), ("da,en;q=0.5", "da")):
        page = client.get("/sign-in", headers={"Accept-Language": asked}).get_data(as_text=True)
        assert f'<html lang="{found}">' in page
    client.post("/language", data={"language": "en"})
    page = client.get("/sign-in", headers={"Accept-Language": "da"}).get_data(as_text=True)
    assert '<html lang="en">' in page


# Colours and settings


def test_theme_holds_the_colour_of_every_room_of_every_charter(app: Flask) -> None:
    answer = nobody(app).get("/theme.css")
    assert answer.mimetype == "text/css"
    assert answer.headers["Cache-Control"] == "max-age=300"
    sheet = answer.get_data(as_text=True)
    for folder in (ROOT / "question_bank" / "odder", CHARTERS / "strandby"):
        charter = yaml.safe_load((folder / "charter.yaml").read_text())
        for area in charter["areas"]:
            assert f".room-{charter['charter']}-{area['id']}{{--room:{area['colour']}}}" in sheet
    assert sheet.count("--room:") == 4 + 3


@pytest.mark.parametrize("colour", ["red", "#12345", "#12345g", "#123456;}", "", "#123456\n"])
def test_brand_colour_that_is_no_colour_stops_the_start(colour: str) -> None:
    with pytest.raises(FaultySetting, match="RECRUIT_BRAND_COLOUR"):
        settings({"RECRUIT_BRAND_COLOUR": colour, "RECRUIT_SECRET_KEY": "x"})


def test_brand_colour_reaches_the_stylesheet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECRUIT_INSTANCE", str(tmp_path))
    monkeypatch.setenv("RECRUIT_BRAND_COLOUR", "#AA11BB")
    sheet = create_app().test_client().get("/theme.css").get_data(as_text=True)
    assert ":root{--brand:#aa11bb}" in sheet


def test_secret_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    first, second = (settings({"RECRUIT_INSTANCE": str(tmp_path)})["SECRET_KEY"] for _time in range(2))
    assert first == second
    assert len(first) > 40
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0


def test_cookie_is_for_https_only_where_the_address_is_https() -> None:
    def secure(**environment: str) -> object:
        return settings({"RECRUIT_SECRET_KEY": "x"} | environment)["SESSION_COOKIE_SECURE"]

    assert secure(RECRUIT_BASE_URL="https://recruit.example") is True
    assert secure() is False


def test_pages_name_no_outside_address(app: Flask) -> None:
    page = nobody(app).get("/sign-in").get_data(as_text=True)
    assert re.findall(r'\s(?:src|href|action)="(?!/[^/]|#)[^"]*"', page) == []
