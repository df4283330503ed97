"""Picking criteria in the house: by mouse, keyboard and touch, and without scripts."""

from __future__ import annotations

from typing import Any

import pytest
from browser.hands import Keyboard
from browser.server import Server
from browser.visitors import HR, Visitors
from playwright.sync_api import Locator, Page, expect
from support import case, load

WAYS = ("mouse", "keyboard", "touch", "no_script")


@pytest.fixture(scope="session")
def houses(server: Server) -> dict[str, str]:
    """A recruitment with three criteria for every way of picking."""
    with server.database():
        return {way: f"/recruitments/{load(case()).id}/house" for way in WAYS}


def box(page: Page, key: str) -> Locator:
    return page.locator(f"input[name=criterion][value='{key}']")


@pytest.mark.parametrize(
    ("way", "options"),
    [
        ("mouse", {}),
        ("keyboard", {}),
        ("touch", {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}),
    ],
    ids=["mouse", "keyboard", "touch"],
)
def test_picking_updates_the_panel_without_a_reload(
    visitors: Visitors, houses: dict[str, str], way: str, options: dict[str, Any]
) -> None:
    page, _ = visitors.open(HR, **options)
    page.goto(houses[way])
    page.evaluate("window.isTheSamePage = true")
    target = box(page, "emergence.2")
    label = page.locator("label.pick").filter(has=target)
    for count in (4, 3):
        if way == "keyboard":
            Keyboard(page).tab_to(target)
            page.keyboard.press("Space")
        elif way == "touch":
            label.tap()
        else:
            label.click()
        expect(page.locator("[data-chosen] h2")).to_have_text(f"{count} kriterier valgt")
        expect(page.locator("[data-key='emergence.2']")).to_have_count(count - 3)
        expect(page.locator("[data-count]")).to_have_text(f"{count} kriterier valgt")
        expect(page.locator("[data-save-status]")).to_contain_text("Gemt kl.")
    assert page.evaluate("window.isTheSamePage") is True
    page.reload()
    expect(target).not_to_be_checked()


def test_picking_works_without_scripts(visitors: Visitors, houses: dict[str, str]) -> None:
    page, _ = visitors.open(HR, java_script_enabled=False)
    page.goto(houses["no_script"])
    box(page, "emergence.2").check()
    page.get_by_role("button", name="Videre til hvert kriterium").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hvert kriterium i denne stilling")
    expect(page.locator(".criteria-form section")).to_have_count(4)
