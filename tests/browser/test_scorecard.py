"""The score page: saved as typed, never called saved when it is not, and worked with thumb, mouse or keys alone."""

from __future__ import annotations

import re
import signal
import time
from typing import Any

import pytest
from browser.cards import (
    MEMBER,
    PHONE,
    RATINGS,
    THIRD,
    evidence,
    kept,
    open_card,
    status,
    wait_until_nothing_is_kept,
    wait_until_saved,
)
from browser.hands import Keyboard
from browser.server import Server
from browser.visitors import Visitors, sign_in
from playwright.sync_api import Locator, Page, Request, Route, expect


def test_text_is_saved_within_two_seconds_of_a_pause(visitors: Visitors, card: str) -> None:
    page, _ = visitors.open(MEMBER)
    open_card(page, card)
    held: list[Route] = []
    page.route(RATINGS, lambda route: held.append(route))
    with page.expect_request(RATINGS, timeout=2_000):
        evidence(page).press_sequentially("Fulgte op hver måned.")
    expect(status(page)).to_have_text("Gemmer …")
    page.wait_for_timeout(300)  # the server has not said anything
    expect(status(page)).to_have_text("Gemmer …")
    held[0].continue_()
    wait_until_saved(page)
    page.unroute(RATINGS)
    page.reload()
    expect(evidence(page)).to_have_value("Fulgte op hver måned.")
    wait_until_saved(page)


def test_text_is_saved_while_somebody_types_on(visitors: Visitors, card: str) -> None:
    page, _ = visitors.open(MEMBER)
    open_card(page, card)
    sent: list[float] = []
    page.on("request", lambda request: sent.append(time.monotonic()) if RATINGS.search(request.url) else None)
    start = time.monotonic()
    evidence(page).press_sequentially("Skriver uden at holde en eneste pause undervejs", delay=250, timeout=30_000)
    assert time.monotonic() - start > 10
    assert [at - start for at in sent if at - start < 10], "nothing was sent in the first ten seconds"


def test_offline_text_is_said_to_be_unsaved_and_saved_when_back(visitors: Visitors, card: str) -> None:
    page, faults = visitors.open(MEMBER)
    open_card(page, card)
    faults.allow_unreachable()
    page.context.set_offline(True)
    evidence(page).press_sequentially("Skrevet uden net.")
    expect(status(page)).to_contain_text("Ikke gemt: Der er ingen forbindelse.")
    expect(status(page)).to_contain_text("Din tekst er så længe gemt i denne browser.")
    page.context.set_offline(False)
    wait_until_saved(page)
    wait_until_nothing_is_kept(page)
    page.reload()
    expect(evidence(page)).to_have_value("Skrevet uden net.")


def test_lost_session_is_said_and_text_is_saved_after_signing_in(visitors: Visitors, card: str) -> None:
    page, faults = visitors.open(MEMBER)
    open_card(page, card)
    page.context.clear_cookies()
    faults.allow(401, card + r"/ratings/\d+")
    faults.allow(400, card + r"/ratings/\d+")  # the old token, before it is renewed
    evidence(page).press_sequentially("Skrevet efter udlogning.")
    expect(status(page)).to_contain_text("Ikke gemt: Du er blevet logget ud.")
    assert "Skrevet efter udlogning." in "".join(kept(page))
    with page.expect_popup() as popup:
        page.get_by_role("link", name="Log ind i et nyt vindue").click()
    expect(popup.value.get_by_text("Der ligger tekst i browseren, som ikke er gemt")).to_be_visible()
    sign_in(popup.value, MEMBER)
    popup.value.close()
    wait_until_saved(page, 10_000)
    wait_until_nothing_is_kept(page)
    page.reload()
    expect(evidence(page)).to_have_value("Skrevet efter udlogning.")


def test_somebody_else_who_signs_in_writes_nothing_on_the_card(visitors: Visitors, card: str) -> None:
    page, faults = visitors.open(MEMBER)
    open_card(page, card)
    page.context.clear_cookies()
    sign_in(page.context.new_page(), THIRD)
    faults.allow(400, card + r"/ratings/\d+")
    evidence(page).press_sequentially("Kun mit eget.")
    expect(status(page)).to_contain_text("En anden er logget ind")
    other, _ = visitors.open(THIRD)
    open_card(other, card)
    expect(evidence(other)).to_have_value("")


def test_killed_server_loses_nothing(visitors: Visitors, server: Server, card: str) -> None:
    page, faults = visitors.open(MEMBER)
    open_card(page, card)
    evidence(page).press_sequentially("Før: ")
    wait_until_saved(page)
    faults.allow_unreachable()
    server.stop(signal.SIGKILL)
    try:
        evidence(page).press_sequentially("og efter.")
        expect(status(page)).to_contain_text("Ikke gemt")
    finally:
        server.start()
    wait_until_saved(page, 20_000)
    page.reload()
    expect(evidence(page)).to_have_value("Før: og efter.")


def test_text_that_the_server_refuses_is_never_called_saved(visitors: Visitors, card: str) -> None:
    page, faults = visitors.open(MEMBER)
    open_card(page, card)
    faults.allow(400, card + r"/ratings/\d+")
    evidence(page).fill("å" * 20_001)
    expect(status(page)).to_have_text("Ikke gemt: Teksten må højst have 20000 tegn.")
    evidence(page).fill("Kort nok.")
    wait_until_saved(page)


def test_keys_rate_only_while_nobody_writes(visitors: Visitors, card: str) -> None:
    page, _ = visitors.open(MEMBER)
    open_card(page, card)
    chosen = page.locator("[data-step]:visible [type=radio]:checked")
    for key, value in (("1", "1"), ("5", "5"), ("n", "not_evidenced"), ("3", "3")):
        page.keyboard.press(key)
        expect(chosen).to_have_attribute("value", value)
    evidence(page).press_sequentially("4 eller 5, n")
    expect(chosen).to_have_attribute("value", "3")
    page.locator("[data-step]:visible h2").focus()
    first = page.locator("[data-step]:visible").get_attribute("id")
    page.keyboard.press("ArrowRight")
    expect(page.locator("[data-step]:visible")).not_to_have_attribute("id", str(first))
    page.get_by_text("Genvejstaster", exact=True).click()
    page.get_by_label("Brug genvejstaster").uncheck()
    page.locator("[data-step]:visible h2").focus()
    page.keyboard.press("2")
    expect(chosen).to_have_count(0)
    wait_until_saved(page)


def test_saving_is_announced_when_the_field_is_left_and_not_at_every_key(visitors: Visitors, card: str) -> None:
    page, _ = visitors.open(MEMBER)
    open_card(page, card)
    page.evaluate(
        """window.heard = [];
        const news = document.querySelector("[data-save-news]");
        new MutationObserver(() => window.heard.push(news.textContent)).observe(news, { childList: true });"""
    )
    evidence(page).press_sequentially("Et ord ad gangen, og så en pause.", delay=20)
    wait_until_saved(page)
    assert page.evaluate("window.heard") == []
    page.keyboard.press("Tab")
    expect(page.locator("[data-save-news]")).to_have_text(re.compile("^Gemt kl"))
    assert len(page.evaluate("window.heard")) == 1


def navigations(page: Page) -> list[Request]:
    found: list[Request] = []
    page.on("request", lambda request: found.append(request) if request.is_navigation_request() else None)
    return found


@pytest.mark.parametrize("options", [{}, PHONE], ids=["wide", "phone"])
def test_whole_card_is_there_after_a_reload_and_can_be_handed_in(
    visitors: Visitors, card: str, options: dict[str, Any]
) -> None:
    page, _ = visitors.open(MEMBER, **options)
    open_card(page, card)
    loaded = navigations(page)
    steps = page.locator("[data-step]")
    press = Locator.tap if options else Locator.click
    for place, score in enumerate((4, 2, 5)):
        expect(page.get_by_label("Dit helhedsindtryk")).to_be_disabled()
        evidence(page).fill(f"Belæg {place}")
        press(steps.nth(place).locator(".rating-step").nth(score - 1))
        press(page.get_by_role("button", name="Næste"))
    page.get_by_label("Dit helhedsindtryk").fill("Et godt menneske.")
    wait_until_saved(page)
    assert loaded == []
    page.reload()
    expect(page.locator("[data-done-status]")).to_have_text("3 af 3 kriterier vurderet")
    for place, score in enumerate((4, 2, 5)):
        expect(steps.nth(place).locator("textarea")).to_have_value(f"Belæg {place}")
        expect(steps.nth(place).locator("[type=radio]:checked")).to_have_attribute("value", str(score))
    expect(page.get_by_label("Dit helhedsindtryk")).to_have_value("Et godt menneske.")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    press(page.get_by_role("button", name="Afgiv skemaet"))
    expect(page).to_have_url(re.compile("/scorecards$"))
    expect(page.get_by_text(re.compile(r"Skemaet om K\d+ er afgivet"))).to_be_visible()
    wait_until_nothing_is_kept(page)


def test_handing_in_asks_for_what_is_missing_by_link_to_the_place(visitors: Visitors, card: str) -> None:
    page, _ = visitors.open(MEMBER)
    open_card(page, card)
    steps = page.locator("[data-step]")
    page.keyboard.press("4")  # a rating without evidence; the second criterion gets nothing, the third is not evidenced
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("n")
    page.keyboard.press("ArrowRight")
    page.get_by_role("button", name="Afgiv skemaet").click()
    asked = page.get_by_role("heading", name="Det mangler, før skemaet kan afgives")
    expect(asked).to_be_focused()
    expect(page.get_by_role("alert")).to_have_text("Skemaet er ikke afgivet endnu. Tryk på det, der mangler.")
    links = page.locator("[data-missing] li:visible")
    expect(links).to_have_count(2)
    expect(links.nth(0)).to_contain_text("mangler belæg")
    expect(links.nth(1)).to_contain_text("mangler vurdering")
    links.nth(0).get_by_role("link").click()
    expect(steps.nth(0).locator("textarea")).to_be_focused()
    page.keyboard.insert_text("Fulgte op.")
    page.get_by_role("link", name="Helhed").click()
    expect(links).to_have_count(1)
    links.first.get_by_role("link").click()
    expect(steps.nth(1).locator("[type=radio]").first).to_be_focused()
    page.keyboard.press("n")
    page.get_by_role("link", name="Helhed").click()
    page.get_by_role("button", name="Afgiv skemaet").click()
    expect(page).to_have_url(re.compile("/scorecards$"))


def test_whole_card_is_written_and_handed_in_by_keyboard_alone(visitors: Visitors, card: str) -> None:
    page, _ = visitors.open(MEMBER)
    open_card(page, card)
    hands = Keyboard(page)
    for place, key in enumerate("4n2"):
        step = page.locator("[data-step]").nth(place)
        hands.tab_to(step.locator("textarea"))
        page.keyboard.type(f"Belæg {place}, 1-5 og n er bogstaver her.")
        page.keyboard.press("Tab")
        page.keyboard.press(key)
        expect(step.locator("[type=radio]:checked")).to_have_count(1)
        page.keyboard.press("ArrowRight")
        expect(step).to_be_hidden()
    hands.write(page.get_by_label("Dit helhedsindtryk"), "Klar tale.")
    hands.press(page.get_by_role("button", name="Afgiv skemaet"))
    expect(page).to_have_url(re.compile("/scorecards$"))


def test_clock_runs_from_its_start_over_a_reload_until_it_is_stopped(visitors: Visitors, card: str) -> None:
    page, _ = visitors.open(MEMBER)
    page.clock.install()
    open_card(page, card)
    clock = page.get_by_role("group", name="Ur til samtalen")
    clock.get_by_role("button", name="Start uret").click()
    expect(clock.get_by_role("timer")).to_have_text("0 af 60 min.")
    page.clock.run_for(18 * 60_000 + 1_000)
    expect(clock.get_by_role("timer")).to_have_text("18 af 60 min.")
    page.reload()
    expect(clock.get_by_role("timer")).to_have_text("18 af 60 min.")
    clock.get_by_role("button", name="Stop").click()
    page.clock.run_for(10 * 60_000)
    expect(clock.get_by_role("timer")).to_have_text("18 af 60 min.")
    clock.get_by_role("button", name="Fortsæt").click()
    page.clock.run_for(50 * 60_000)
    expect(clock.get_by_role("timer")).to_have_text("68 af 60 min.")
    clock.get_by_role("button", name="Stop").click()
    clock.get_by_role("button", name="Forfra").click()
    expect(clock.get_by_role("timer")).to_have_text("0 af 60 min.")
    other = visitors.open(THIRD)[0]
    open_card(other, card)
    expect(other.get_by_role("button", name="Start uret")).to_be_visible()
