"""Writing a profile in the browser: saved as typed, suggested, ordered; and what another wrote is never overwritten."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator

import pytest
from browser.server import Server
from browser.test_pages import NARROW, WIDE, axe, sideways
from browser.visitors import HR, Faults, Visitors
from playwright.sync_api import Page, expect
from support import case, declared, load

from recruit.profiles.rules import SECTIONS
from recruit.profiles.service import load_rows, section_order
from recruit.recruitments.service import load_recruitment

MOST_TESTS = 12
SOON = 2.0  # seconds after the last key
Open = Callable[..., tuple[Page, Faults]]


@pytest.fixture(scope="session")
def untouched(server: Server) -> Iterator[int]:
    with server.database():
        ids = [load(case(impartiality=declared(), profile={"background": "Før"})).id for _ in range(MOST_TESTS)]
    return iter(ids)


class Desk:
    """A profile that no test has touched yet, in as many browsers as it takes."""

    def __init__(self, server: Server, visitors: Visitors, recruitment_id: int) -> None:
        self.server, self.visitors, self.id = server, visitors, recruitment_id

    def open(self, **options: object) -> tuple[Page, Faults]:
        page, faults = self.visitors.open(HR, **options)
        page.goto(f"/recruitments/{self.id}/profile/edit")
        page.wait_for_load_state("load")
        return page, faults

    def text(self, key: str) -> str:
        with self.server.database():
            recruitment = load_recruitment(self.id)
            assert recruitment is not None
            rows = load_rows(recruitment)
            return rows[key].text if key in rows else ""

    def order(self) -> list[str]:
        with self.server.database():
            recruitment = load_recruitment(self.id)
            assert recruitment is not None
            return [section.key for section in section_order(recruitment)]


@pytest.fixture
def desk(server: Server, visitors: Visitors, untouched: Iterator[int]) -> Desk:
    return Desk(server, visitors, next(untouched))


def test_text_is_saved_within_two_seconds_of_a_pause(desk: Desk) -> None:
    page, _ = desk.open()
    page.locator("#purpose").press_sequentially("Et formål")
    begun = time.monotonic()
    expect(page.locator("[data-save-status]")).to_contain_text("Gemt kl.", timeout=SOON * 1000)
    assert time.monotonic() - begun <= SOON
    assert desk.text("purpose") == "Et formål"


def test_saved_is_not_said_before_the_server_has_answered(desk: Desk) -> None:
    page, faults = desk.open()
    faults.allow_unreachable()
    page.context.set_offline(True)
    page.locator("#purpose").press_sequentially("Uden forbindelse")
    expect(page.locator("[data-save-status]")).to_contain_text("Ikke gemt")
    assert desk.text("purpose") == ""
    page.context.set_offline(False)
    expect(page.locator("[data-save-status]")).to_contain_text("Gemt kl.", timeout=10_000)
    assert desk.text("purpose") == "Uden forbindelse"


@pytest.mark.parametrize(("choice", "left"), [("mine", "Min"), ("other", "Den andens"), ("both", "Den andens\n\nMin")])
def test_what_another_wrote_meanwhile_is_shown_and_one_chooses(desk: Desk, choice: str, left: str) -> None:
    mine, faults = desk.open()
    theirs, _ = desk.open()
    faults.allow(409, r"/recruitments/\d+/profile/edit/sections/background")
    theirs.locator("#background").fill("Den andens")
    expect(theirs.locator("[data-save-status]")).to_contain_text("Gemt kl.")
    mine.locator("#background").fill("Min")
    expect(mine.locator("[data-conflict] [data-other-text]")).to_have_text("Den andens")
    expect(mine.locator("[data-save-status]")).to_contain_text("Ikke gemt")
    assert desk.text("background") == "Den andens"
    mine.locator(f"[data-choose={choice}]").click()
    expect(mine.locator("[data-save-status]")).to_contain_text("Gemt kl.")
    expect(mine.locator("[data-conflict]")).to_have_count(0)
    assert desk.text("background") == left


def test_suggestion_is_taken_in_with_one_click_and_one_undo_takes_it_out(desk: Desk) -> None:
    page, _ = desk.open()
    expect(page.locator("#text-background [data-suggestion]")).to_be_hidden()  # something stands there
    page.locator("[data-take][value=purpose]").click()
    expect(page.locator("#purpose")).to_have_value(re.compile("^Du skal lede hele stedet"))
    expect(page.locator("#text-purpose [data-suggestion]")).to_be_hidden()
    expect(page.locator("[data-save-status]")).to_contain_text("Gemt kl.")
    assert desk.text("purpose").startswith("Du skal lede hele stedet")
    page.locator("#purpose").press("Control+z")
    expect(page.locator("#purpose")).to_have_value("")
    expect(page.locator("#text-purpose [data-suggestion]")).to_be_visible()


def test_sections_are_moved_with_buttons_and_keys_and_keep_what_is_typed(desk: Desk) -> None:
    page, _ = desk.open()
    usual = [section.key for section in SECTIONS]
    page.locator("#contact").fill("Ring til Karl")
    page.locator("[data-section=contact] [data-move=up]").click()
    expect(page.locator("[data-order-status]")).to_contain_text("Gemt.")
    page.locator("#contact").press("Alt+ArrowUp")
    expect(page.locator("#contact")).to_be_focused()
    expect(page.locator("[data-order-status]")).to_contain_text("nummer 8 af 10. Gemt.")
    assert desk.order() == [*usual[:7], "contact", *usual[7:9]]
    expect(page.locator("#contact")).to_have_value("Ring til Karl")
    page.get_by_role("button", name="Færdig").click()
    expect(page.get_by_role("heading", name="Job- og kompetenceprofil", exact=True)).to_be_visible()
    assert desk.text("contact") == "Ring til Karl"


def test_unlawful_wording_is_marked_while_one_types(desk: Desk) -> None:
    page, _ = desk.open()
    page.locator("#tasks").press_sequentially("Vi søger en ung medarbejder.")
    expect(page.locator("#text-tasks li.finding-red")).to_be_visible()


def test_page_has_no_faults_of_accessibility_and_does_not_scroll_sideways(desk: Desk) -> None:
    for size in (WIDE, NARROW):
        page, _ = desk.open(viewport=size)
        assert axe(page) == []
        assert sideways(page) == []
        page.goto(f"/recruitments/{desk.id}/needs")
        assert axe(page) == []
        assert sideways(page) == []


def test_form_without_a_script_saves_takes_and_moves(desk: Desk) -> None:
    page, _ = desk.open(java_script_enabled=False)
    page.locator("#tasks").fill("Skrevet uden script")
    page.locator("[data-take][value=purpose]").click()
    assert desk.text("tasks") == "Skrevet uden script"
    assert desk.text("purpose").startswith("Du skal lede hele stedet")
    page.locator("[data-section=contact] [data-move=up]").click()
    assert desk.order()[-2:] == ["contact", "process"]
    page.get_by_role("button", name="Gem profilen").last.click()
    expect(page.get_by_text("Profilen er gemt.")).to_be_visible()
