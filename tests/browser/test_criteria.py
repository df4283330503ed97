"""Saying what a criterion means, in the browser: what is written is saved as typed, what is weighed with the form."""

from __future__ import annotations

import pytest
from browser.server import Server
from browser.visitors import HR, Visitors
from playwright.sync_api import Dialog, expect
from support import case, load


@pytest.fixture
def criteria(server: Server) -> str:
    with server.database():
        return f"/recruitments/{load(case()).id}/criteria"


def test_words_are_saved_as_typed_and_weights_with_the_form(visitors: Visitors, criteria: str) -> None:
    page, _ = visitors.open(HR)
    page.goto(criteria)
    reason = page.get_by_label("Hvorfor er det et kriterium her?").first
    reason.fill("Huset har savnet retning")
    expect(page.locator("[data-save-status]")).to_contain_text("Gemt kl.")
    page.reload()
    expect(reason).to_have_value("Huset har savnet retning")

    page.get_by_label("Mindstekrav").nth(1).select_option("4")
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.once("dialog", stay)
    page.get_by_role("link", name="Tilbage til huset").click(no_wait_after=True)
    reason.fill("Huset har savnet en retning")
    page.get_by_role("button", name="Gem kriterierne").click()
    expect(page.get_by_text("Kriterierne er gemt.")).to_be_visible()
    assert asked == ["beforeunload"]
    page.goto(criteria)
    expect(reason).to_have_value("Huset har savnet en retning")
    expect(page.get_by_label("Mindstekrav").nth(1)).to_have_value("4")
