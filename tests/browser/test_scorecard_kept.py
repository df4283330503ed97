"""What the browser keeps of a scorecard: whose it is, when it is sent, and when it goes."""

from __future__ import annotations

import json
import re
import time
from typing import Any

import pytest
from browser.cards import (
    MEMBER,
    PHONE,
    RATINGS,
    THIRD,
    close_offline,
    evidence,
    kept,
    open_card,
    status,
    wait_until_nothing_is_kept,
    wait_until_saved,
    write_offline,
)
from browser.visitors import Visitors, sign_in
from playwright.sync_api import Page, Route, expect

TEXT = "Skrevet, mens der ikke var noget net."
DAY = 24 * 60 * 60
NOTICE = "Du har skrevet noget, der ikke er gemt på serveren"


def overview(card: str) -> str:
    return card.rpartition("/")[0]


def test_nothing_is_kept_that_the_server_has(visitors: Visitors, card: str) -> None:
    page, _ = visitors.open(MEMBER)
    open_card(page, card)
    evidence(page).fill(TEXT)
    assert [json.loads(entry)["content"]["evidence"] for entry in kept(page)] == [TEXT]
    wait_until_saved(page)
    wait_until_nothing_is_kept(page)


@pytest.mark.parametrize("options", [{}, PHONE], ids=["wide", "phone"])
def test_text_is_sent_when_the_closed_tab_is_opened_again(
    visitors: Visitors, card: str, options: dict[str, Any]
) -> None:
    page, faults = visitors.open(MEMBER, **options)
    faults.allow_unreachable()
    write_offline(page, card, TEXT)
    again = page.context.new_page()
    open_card(again, card)
    expect(evidence(again)).to_have_value(TEXT)
    wait_until_saved(again)
    wait_until_nothing_is_kept(again)
    other, _ = visitors.open(MEMBER)
    open_card(other, card)
    expect(evidence(other)).to_have_value(TEXT)


def test_text_is_sent_from_another_page_too(visitors: Visitors, card: str) -> None:
    page, faults = visitors.open(MEMBER)
    faults.allow_unreachable()
    write_offline(page, card, TEXT)
    again = page.context.new_page()
    with again.expect_response(RATINGS) as saved:
        again.goto("/")
    assert saved.value.ok
    expect(again.get_by_text(NOTICE)).to_be_hidden()
    wait_until_nothing_is_kept(again)
    open_card(again, card)
    expect(evidence(again)).to_have_value(TEXT)


def test_text_that_another_page_cannot_send_is_mentioned_there(visitors: Visitors, card: str) -> None:
    page, faults = visitors.open(MEMBER)
    faults.allow_unreachable()
    faults.allow(409, card + r"/ratings/\d+")
    write_offline(page, card, TEXT)
    elsewhere, _ = visitors.open(MEMBER)
    open_card(elsewhere, card)
    evidence(elsewhere).fill("Noget andet, fra en anden telefon.")
    wait_until_saved(elsewhere)
    again = page.context.new_page()
    again.goto("/")
    expect(again.get_by_text(NOTICE)).to_be_visible()
    again.get_by_role("link", name=re.compile(r"^K\d+, 1\. samtale$")).click()
    expect(again.locator("[data-conflict]:visible")).to_contain_text(TEXT)


def test_lost_answer_is_no_conflict_when_the_tab_is_opened_again(visitors: Visitors, card: str) -> None:
    page, faults = visitors.open(MEMBER)
    open_card(page, card)
    faults.allow_unreachable()
    faults.allow(409, card + r"/ratings/\d+")

    def lose_the_answer(route: Route) -> None:
        route.fetch()
        route.abort()

    page.route(RATINGS, lose_the_answer, times=1)
    evidence(page).fill("Det her har serveren.")
    expect(status(page)).to_contain_text("Ikke gemt")
    page.context.set_offline(True)
    evidence(page).press_sequentially(" Og det her har den ikke.")
    page.wait_for_timeout(100)
    close_offline(page)
    again = page.context.new_page()
    open_card(again, card)
    expect(evidence(again)).to_have_value("Det her har serveren. Og det her har den ikke.")
    wait_until_saved(again)
    expect(again.locator("[data-conflict]:visible")).to_have_count(0)


def test_signing_out_sends_first_what_it_can_and_clears(visitors: Visitors, card: str) -> None:
    page, _ = visitors.open(MEMBER)
    open_card(page, card)
    page.get_by_role("button", name="Start uret").click()
    evidence(page).fill(TEXT)
    page.get_by_role("button", name="Log ud").click()
    expect(page).to_have_url(re.compile("/sign-in"))
    assert page.evaluate("Object.keys(localStorage).filter((name) => name.startsWith('recruit-'))") == []
    sign_in(page, MEMBER)
    open_card(page, card)
    expect(evidence(page)).to_have_value(TEXT)


def test_signing_out_asks_before_it_clears_what_cannot_be_sent(visitors: Visitors, card: str) -> None:
    page, faults = visitors.open(MEMBER)
    faults.allow_unreachable()
    open_card(page, card)
    page.route(RATINGS, lambda route: route.abort())
    evidence(page).fill(TEXT)
    expect(status(page)).to_contain_text("Ikke gemt")
    page.get_by_role("button", name="Log ud").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Logger du ud, bliver det slettet i browseren.")
    dialog.get_by_role("button", name="Fortryd").click()
    assert TEXT in "".join(kept(page))
    page.get_by_role("button", name="Log ud").click()
    dialog.get_by_role("button", name="Ja, fortsæt").click()
    expect(page).to_have_url(re.compile("/sign-in"))
    wait_until_nothing_is_kept(page)
    sign_in(page, MEMBER)
    open_card(page, card)
    expect(evidence(page)).to_have_value("")


def test_tab_left_open_keeps_nothing_after_another_has_signed_out(visitors: Visitors, card: str) -> None:
    page, faults = visitors.open(MEMBER)
    faults.allow_unreachable()
    for status_code in (400, 401):
        faults.allow(status_code, card + r"/ratings/\d+")
    open_card(page, card)
    page.route(RATINGS, lambda route: route.abort())
    evidence(page).fill(TEXT)
    expect(status(page)).to_contain_text("Ikke gemt")
    other = page.context.new_page()
    other.goto("/")
    other.get_by_role("button", name="Log ud").click()
    other.get_by_role("dialog").get_by_role("button", name="Ja, fortsæt").click()
    expect(other).to_have_url(re.compile("/sign-in"))
    evidence(page).press_sequentially(" Og videre.")
    expect(status(page)).to_contain_text("Luk ikke siden: din tekst findes kun her.")
    wait_until_nothing_is_kept(other)
    page.unroute(RATINGS)
    sign_in(other, MEMBER)
    page.bring_to_front()
    wait_until_saved(page, 20_000)


def test_another_person_on_the_same_browser_never_sees_or_sends_it(visitors: Visitors, card: str) -> None:
    page, faults = visitors.open(MEMBER)
    faults.allow_unreachable()
    write_offline(page, card, TEXT)
    shared = page.context
    shared.clear_cookies()  # the session ended; nobody signed out
    other = shared.new_page()
    sent: list[str] = []
    shared.on("request", lambda request: sent.append(request.url) if request.method == "PUT" else None)
    other.goto("/sign-in")
    expect(other.get_by_text("Der ligger tekst i browseren, som ikke er gemt")).to_be_visible()
    assert TEXT not in other.content()
    sign_in(other, THIRD)
    wait_until_nothing_is_kept(other)
    for path in (overview(card), card):
        other.goto(path)
        expect(other.get_by_text(NOTICE)).to_be_hidden()
        assert TEXT not in other.content()
    expect(evidence(other)).to_have_value("")
    assert sent == []
    for email in (THIRD, MEMBER):
        server_has, _ = visitors.open(email)
        open_card(server_has, card)
        expect(evidence(server_has)).to_have_value("")


def come_back_after(page: Page, seconds: float) -> Page:
    again = page.context.new_page()
    again.clock.set_fixed_time(time.time() + seconds)
    return again


def test_text_is_gone_after_seven_days(visitors: Visitors, card: str) -> None:
    page, faults = visitors.open(MEMBER)
    faults.allow_unreachable()
    write_offline(page, card, TEXT)
    late = come_back_after(page, 7 * DAY + 60)
    open_card(late, card)
    expect(evidence(late)).to_have_value("")
    wait_until_nothing_is_kept(late)


def test_text_is_still_sent_on_the_seventh_day(visitors: Visitors, card: str) -> None:
    page, faults = visitors.open(MEMBER)
    faults.allow_unreachable()
    write_offline(page, card, TEXT)
    in_time = come_back_after(page, 7 * DAY - 3600)
    open_card(in_time, card)
    expect(evidence(in_time)).to_have_value(TEXT)
    wait_until_saved(in_time)


def test_clock_that_was_ahead_keeps_nothing_for_longer(visitors: Visitors, card: str) -> None:
    page, faults = visitors.open(MEMBER)
    faults.allow_unreachable()
    page.clock.set_fixed_time(time.time() + 400 * DAY)
    write_offline(page, card, TEXT)
    page.context.route(RATINGS, lambda route: route.abort())
    early = come_back_after(page, 0)
    early.goto("/")
    expect(early.get_by_text(NOTICE)).to_be_visible()
    early.close()
    late = come_back_after(page, 7 * DAY + 60)
    late.goto("/")
    wait_until_nothing_is_kept(late)


FORBIDDEN = (
    "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } });"
)
FULL = """for (let size = 2 ** 22; size >= 1; size /= 2) {
  try { for (let part = 0; ; part += 1) localStorage[`filler-${size}-${part}`] = "x".repeat(size); } catch { continue; }
}"""


@pytest.mark.parametrize("obstacle", [FORBIDDEN, FULL], ids=["forbidden", "full"])
def test_page_works_without_storage_and_says_so(visitors: Visitors, card: str, obstacle: str) -> None:
    page, faults = visitors.open(MEMBER)
    page.add_init_script(obstacle)
    open_card(page, card)
    faults.allow_unreachable()
    evidence(page).fill("Uden lager.")
    expect(page.get_by_text("Browseren kan ikke selv gemme noget, kun serveren.")).to_be_visible()
    wait_until_saved(page)
    page.get_by_role("button", name="Start uret").click()
    expect(page.get_by_role("timer")).to_have_text("0 af 60 min.")
    page.context.set_offline(True)
    evidence(page).press_sequentially(" Og uden net.")
    expect(status(page)).to_contain_text("Luk ikke siden: din tekst findes kun her.")
    page.context.set_offline(False)
    wait_until_saved(page)
    page.reload()
    expect(evidence(page)).to_have_value("Uden lager. Og uden net.")


def test_text_for_a_card_that_was_handed_in_elsewhere_is_shown_to_be_copied(visitors: Visitors, card: str) -> None:
    page, faults = visitors.open(MEMBER)
    faults.allow_unreachable()
    faults.allow(400, card + r"/ratings/\d+")
    write_offline(page, card, TEXT)
    elsewhere, _ = visitors.open(MEMBER)
    open_card(elsewhere, card)
    for _step in range(3):
        elsewhere.keyboard.press("n")
        elsewhere.keyboard.press("ArrowRight")
    elsewhere.get_by_role("button", name="Afgiv skemaet").click()
    expect(elsewhere).to_have_url(re.compile("/scorecards$"))
    again = page.context.new_page()
    again.goto("/")
    again.get_by_role("link", name=re.compile(r"^K\d+, 1\. samtale$")).click()
    left = again.locator("[data-left]")
    expect(left).to_contain_text("Noget, du skrev, nåede ikke at blive gemt")
    expect(left).to_contain_text(TEXT)
    left.get_by_role("button", name="Slet teksten i browseren").click()
    expect(left).to_be_hidden()
    wait_until_nothing_is_kept(again)
