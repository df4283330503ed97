"""The job ad: its checks follow what one types, and its public page is quiet, accessible and leaves nothing behind."""

from __future__ import annotations

from datetime import timedelta

import pytest
from browser.server import Server
from browser.test_pages import NARROW, WIDE, axe, sideways
from browser.visitors import HR, Visitors
from playwright.sync_api import expect

from recruit.extensions import db
from recruit.profiles.ads.service import create_ad, load_ad, publish
from recruit.recruitments.models import Recruitment
from recruit.recruitments.timetable import today

TITLE = "Stabschef for Økonomi og Digitalisering"
FACTS = {
    "language": "da",
    "tone": "formal",
    "apply_at": "https://odder.example/job",
    "workplace": "Rådhusgade 3, 8300 Odder",
    "pay_from": 70_000,
    "pay_to": 78_000,
    "employment": "FULL_TIME",
}


@pytest.fixture(scope="module")
def places(server: Server) -> tuple[str, str]:
    """The address of an ad that is out, and of its public page."""
    with server.database() as app, app.test_request_context("/"):
        recruitment = db.session.scalars(db.select(Recruitment).where(Recruitment.title == TITLE)).one()
        ad = load_ad(recruitment) or create_ad(recruitment, FACTS, actor=None)
        publish(recruitment, ad, closes_on=today() + timedelta(20), actor=None)
        db.session.commit()
        return f"/recruitments/{recruitment.id}/ad", f"/jobs/{ad.id}"


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_checks_of_the_whole_ad_follow_what_one_types(
    places: tuple[str, str], visitors: Visitors, size: dict[str, int]
) -> None:
    page, _faults = visitors.open(HR, viewport=size)
    page.goto(f"{places[0]}/full/edit")
    checks = page.locator("[data-ad-checks]")
    expect(checks.get_by_role("heading", level=2)).not_to_contain_text("alvorlig")
    page.locator("[name=intro_text]").fill("Vi søger en yngre leder.")
    expect(checks.get_by_role("heading", level=2)).to_contain_text("1 alvorlig bemærkning")
    expect(checks.get_by_role("link", name="yngre")).to_have_attribute("href", "#intro_text")
    page.locator("[name=intro_text]").fill("Vi søger en leder.")
    expect(checks.get_by_role("heading", level=2)).not_to_contain_text("alvorlig")
    assert axe(page) == []
    assert sideways(page) == []


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_public_page_is_quiet_accessible_and_leaves_no_cookie(
    places: tuple[str, str], visitors: Visitors, size: dict[str, int]
) -> None:
    page, _faults = visitors.open(viewport=size)  # what the browser complains about, of the data in it say, is a fault
    page.goto(places[1])
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("link", name="Søg stillingen")).to_have_attribute("href", "https://odder.example/job")
    assert page.context.cookies() == []
    assert page.evaluate("JSON.parse(document.querySelector('script').textContent)['@type']") == "JobPosting"
    assert axe(page) == []
    assert sideways(page) == []


def test_pages_of_the_ad_are_accessible(places: tuple[str, str], visitors: Visitors) -> None:
    page, _faults = visitors.open(HR, viewport=NARROW)
    for path in ("", "/short", "/facts", "/full/sections/intro", "/full/sections/intro/earlier", "/publish"):
        page.goto(places[0] + path)
        assert (path, axe(page)) == (path, [])
        assert (path, sideways(page)) == (path, [])
