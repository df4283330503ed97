"""The comparison on the screen: a field opens in its place, weights move the order at once, a phone shows one candidate."""

from __future__ import annotations

import json
import re

import pytest
from browser.server import Server
from browser.visitors import REVEALED_CHAIR, REVEALED_MEMBER, Visitors
from playwright.sync_api import Page, expect

from recruit.extensions import db
from recruit.recruitments.models import Round

PHONE = {"width": 390, "height": 844}


@pytest.fixture
def path(server: Server) -> str:
    with server.database():
        round_ = db.session.scalars(db.select(Round).where(Round.revealed_at.is_not(None))).first()
        assert round_ is not None
        return f"/recruitments/{round_.recruitment_id}/rounds/{round_.number}/comparison"


def column(page: Page, name: str) -> list[str]:
    return page.locator(f'[data-new="{name}"]').all_inner_texts()


def test_sliders_move_score_and_rank_at_once_and_the_server_says_the_same(visitors: Visitors, path: str) -> None:
    page, faults = visitors.open(REVEALED_MEMBER)
    faults.allow_unreachable()
    page.goto(path)
    official, matrix = column(page, "new_score"), page.locator("[data-score]").all_inner_texts()
    page.context.set_offline(True)  # score and rank need no server
    slider = page.locator("[data-slider]").nth(2)
    slider.focus()
    page.keyboard.press("End")
    expect(page.locator(".what-if")).to_have_class(re.compile("is-moved"))
    moved = [column(page, "new_score"), column(page, "new_rank")]
    assert moved[0] != official
    expect(slider).to_have_attribute("aria-valuetext", "5")
    page.context.set_offline(False)
    with page.expect_response(lambda answer: "/what-if?" in answer.url) as answered:
        page.keyboard.press("ArrowLeft")
        page.keyboard.press("End")
    served = json.loads(answered.value.text())["candidates"]
    refs = page.locator("[data-ref]").evaluate_all("rows => rows.map((row) => row.dataset.ref)")
    assert moved == [[served[ref][name] for ref in refs] for name in ("new_score", "new_rank")]
    expect(page.locator("[data-said]")).to_contain_text("Med disse vægte:")
    assert page.locator("[data-score]").all_inner_texts() == matrix  # the round's own numbers stay
    page.get_by_role("link", name="Nulstil").click()
    expect(page.locator("[data-said]")).to_have_text("Vægtene er rundens.")
    assert column(page, "new_score") == official


def test_field_opens_in_its_place_and_gives_the_focus_back(visitors: Visitors, path: str) -> None:
    page, _ = visitors.open(REVEALED_CHAIR)
    page.goto(path)
    field = page.locator("a.heat-body").first
    field.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Vurderinger og belæg")
    expect(dialog.locator(".given")).to_have_count(6)
    expect(dialog.locator("form[method=post], textarea")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(field).to_be_focused()


def test_phone_shows_one_candidate_at_a_time_also_without_a_script(visitors: Visitors, path: str) -> None:
    page, _ = visitors.open(REVEALED_CHAIR, viewport=PHONE, java_script_enabled=False)
    page.goto(path)
    seen = page.locator(".matrix-candidate:visible")
    expect(seen).to_have_count(1)
    page.locator(".matrix-pick label").nth(1).click()
    expect(seen).to_have_count(1)
    expect(seen).to_contain_text("K5")
    page.locator(".matrix-pick label").last.click()
    expect(seen).to_have_count(5)
    page.locator(".what-if-number").first.fill("5")
    page.get_by_role("button", name="Regn med disse vægte").click()
    expect(page.get_by_text("tallene her er regnet med andre vægte")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
