"""Hard text: kept letter by letter through page and database, or refused with a sentence."""

from __future__ import annotations

import pytest
from doors import ids_of
from flask import Flask
from support import KEYS, Client, case, declared, load, make_person, signed_in

from recruit.extensions import db
from recruit.profiles.models import ProfileSection
from recruit.recruitments.models import Criterion
from recruit.scoring.models import Rating
from recruit.web.downloads import file_name

HARD = "<b>Å & \"Ø\"</b> 'x' 🎈 שלום עולם"
LONG = (HARD + "\n") * 600


def hr(app: Flask) -> Client:
    make_person("hr@example.org", "hr")
    return signed_in(app, "hr@example.org")


@pytest.mark.parametrize("sign", ["\x00", "\x07", "\x1b", "\x7f", "\ufffe"], ids=ascii)
def test_hidden_sign_is_refused_with_a_sentence_in_every_form(app: Flask, sign: str) -> None:
    recruitment = load(case())
    base, client = f"/recruitments/{recruitment.id}", hr(app)
    text = f"Skrevet{sign}her"
    criterion = recruitment.criteria[0].id
    for path, fields in (
        ("/people", {"name": text, "email": "ny@example.org", "role": ""}),
        (
            "/recruitments/new",
            {"title": text, "role": "institution_manager", "department": "x", "language": "da", "charter": "odder"},
        ),
        (base + "/profile/edit", {"background": text}),
        (base + "/criteria", {f"{criterion}-weight": "1", f"{criterion}-minimum": "", f"{criterion}-here": text}),
        (base + "/panel", {"name": text, "email": "ny@example.org", "role": "member", "side": "peer"}),
        (base + "/candidates", {"name": text, "email": ""}),
        (base + "/rounds/new", {"name": text, "minutes": "30", "criteria": list(KEYS)}),
        ("/sign-in", {"email": text, "password": "x"}),
    ):
        answer = client.post(path, data=fields)
        assert answer.status_code == 400, path
        page = answer.get_data(as_text=True)
        assert "styretegn" in page, path
        assert "Skrevet" in page, path


def test_long_and_hard_text_survives_page_and_database(app: Flask) -> None:
    recruitment = load(case(impartiality=declared(), locked=[1]))
    base, client = f"/recruitments/{recruitment.id}", signed_in(app, "anna@example.org")
    ids = ids_of(recruitment).values
    text = LONG[:20_000].strip()
    card = f"{base}/rounds/1/scorecards/{ids['candidate_id']}"
    answer = client.put(f"{card}/ratings/{ids['criterion_id']}", json={"score": 3, "evidence": text, "version": 0})
    assert answer.status_code == 200
    assert db.session.scalars(db.select(Rating.evidence)).one() == text
    page = client.get(card).get_data(as_text=True)
    assert page.count("🎈 שלום עולם") == text.count("🎈 שלום עולם")
    assert "<b>Å" not in page
    unlocked = load(case())
    hr(app).post(f"/recruitments/{unlocked.id}/profile/edit", data={"background": text[:8_000]})
    assert db.session.scalars(db.select(ProfileSection.text)).one() == text[:8_000].strip()


def test_hard_text_stands_as_it_was_typed_wherever_it_is_shown(app: Flask) -> None:
    recruitment = load(
        case(recruitment=case()["recruitment"] | {"title": HARD, "department": HARD}, impartiality=declared())
    )
    client = hr(app)
    criterion = recruitment.criteria[0].id
    fields = {f"{criterion}-weight": "1", f"{criterion}-minimum": "", f"{criterion}-here": HARD}
    client.post(f"/recruitments/{recruitment.id}/criteria", data=fields)
    assert db.session.scalar(db.select(Criterion.here).where(Criterion.id == criterion)) == HARD
    for path in ("", "/criteria", "/house", "/profile", "/edit", "/candidates"):
        page = client.get(f"/recruitments/{recruitment.id}{path}").get_data(as_text=True)
        assert "&lt;b&gt;Å &amp; &#34;Ø&#34;&lt;/b&gt; &#39;x&#39; 🎈 שלום עולם" in page, path
        assert "<b>Å" not in page, path


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        (("Leder af Søhuset", "jobprofil"), "Leder-af-Soehuset-jobprofil"),
        (('x"\r\nSet-Cookie: a=b',), "x-Set-Cookie-a-b"),
        (("../../etc/passwd",), "etc-passwd"),
        (("🎈 שלום",), "recruit"),
        (("a" * 300,), "a" * 80),
    ],
)
def test_file_name_is_one_that_every_file_system_keeps(parts: tuple[str, ...], name: str) -> None:
    assert file_name(*parts) == name
