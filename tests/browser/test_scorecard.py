"""The score page: nothing typed is lost, and nothing is called saved that is not."""

from __future__ import annotations

import re
import signal
from typing import Any

import pytest
from browser.server import Server
from browser.visitors import REVEALED_CHAIR, REVEALED_MEMBER, Visitors, sign_in
from playwright.sync_api import Locator, Page, Route, expect
from support import case, declared, load

from recruit.candidates.models import Candidate
from recruit.extensions import db

SAVED = re.compile(r"^Gemt kl\. \d\d\.\d\d$")
RATINGS = re.compile(r"/ratings/\d+$")
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
REFS = tuple(f"K{number}" for number in range(1, 10))
THIRD = "lars.mikkelsen@odder.example"


@pytest.fixture(scope="session")
def cards(server: Server) -> dict[str, str]:
    """The number of a candidate -> the path of the card. Every test writes on a card of its own."""
    panel = [
        {"email": email, "name": email.split("@")[0].title(), "role": role, "side": side}
        for email, role, side in (
            (REVEALED_CHAIR, "chair", "chief"),
            (REVEALED_MEMBER, "member", "employee"),
            (THIRD, "member", "user"),
        )
    ]
    people = (REVEALED_CHAIR, REVEALED_MEMBER, THIRD)
    candidates = [{"ref": ref, "name": f"Kandidat {ref}"} for ref in REFS]
    with server.database():
        recruitment = load(
            case(panel=panel, candidates=candidates, locked=[1], impartiality=declared(people, REFS)),
        )
        found = db.session.scalars(db.select(Candidate).where(Candidate.recruitment_id == recruitment.id))
        return {each.ref: f"/recruitments/{recruitment.id}/rounds/1/scorecards/{each.id}" for each in found}


def evidence(page: Page) -> Locator:
    """The text of the criterion that is shown."""
    return page.locator("[data-step]:visible textarea")


def status(page: Page) -> Locator:
    return page.locator("[data-save-status]")


def wait_until_saved(page: Page, timeout: float = 5_000) -> None:
    expect(status(page)).to_have_text(SAVED, timeout=timeout)


def test_text_is_saved_within_two_seconds_of_a_pause(visitors: Visitors, cards: dict[str, str]) -> None:
    page, _ = visitors.open(REVEALED_MEMBER)
    page.goto(cards["K1"])
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


def test_offline_text_is_said_to_be_unsaved_and_saved_when_back(visitors: Visitors, cards: dict[str, str]) -> None:
    page, faults = visitors.open(REVEALED_MEMBER)
    page.goto(cards["K2"])
    faults.allow_unreachable()
    page.context.set_offline(True)
    evidence(page).press_sequentially("Skrevet uden net.")
    expect(status(page)).to_contain_text("Ikke gemt: Der er ingen forbindelse.")
    page.context.set_offline(False)
    wait_until_saved(page)
    page.reload()
    expect(evidence(page)).to_have_value("Skrevet uden net.")


def test_second_tab_sees_both_texts_and_nothing_is_lost(visitors: Visitors, cards: dict[str, str]) -> None:
    first, faults = visitors.open(REVEALED_MEMBER)
    first.goto(cards["K3"])
    second = first.context.new_page()
    second.goto(cards["K3"])
    faults.allow(409, cards["K3"] + r"/ratings/\d+")
    evidence(first).press_sequentially("Fra det første vindue.")
    wait_until_saved(first)
    evidence(second).press_sequentially("Fra det andet vindue.")
    panel = second.locator("[data-conflict]:visible")
    expect(panel).to_contain_text("Fra det første vindue.")
    expect(panel).to_contain_text("Fra det andet vindue.")
    expect(status(second)).to_contain_text("Ikke gemt")
    panel.get_by_role("button", name="Saml begge tekster").click()
    wait_until_saved(second)
    second.reload()
    expect(evidence(second)).to_have_value("Fra det første vindue.\n\nFra det andet vindue.")


def test_lost_session_is_said_and_text_is_saved_after_signing_in(visitors: Visitors, cards: dict[str, str]) -> None:
    page, faults = visitors.open(REVEALED_MEMBER)
    page.goto(cards["K4"])
    page.context.clear_cookies()
    faults.allow(401, cards["K4"] + r"/ratings/\d+")
    faults.allow(400, cards["K4"] + r"/ratings/\d+")  # the old token, before it is renewed
    evidence(page).press_sequentially("Skrevet efter udlogning.")
    expect(status(page)).to_contain_text("Ikke gemt: Du er blevet logget ud.")
    with page.expect_popup() as popup:
        page.get_by_role("link", name="Log ind i et nyt vindue").click()
    sign_in(popup.value, REVEALED_MEMBER)
    popup.value.close()
    wait_until_saved(page, 10_000)
    page.reload()
    expect(evidence(page)).to_have_value("Skrevet efter udlogning.")


def test_somebody_else_who_signs_in_writes_nothing_on_the_card(visitors: Visitors, cards: dict[str, str]) -> None:
    page, faults = visitors.open(REVEALED_MEMBER)
    page.goto(cards["K5"])
    page.context.clear_cookies()
    sign_in(page.context.new_page(), THIRD)
    faults.allow(400, cards["K5"] + r"/ratings/\d+")
    evidence(page).press_sequentially("Kun mit eget.")
    expect(status(page)).to_contain_text("En anden er logget ind")
    other, _ = visitors.open(THIRD)
    other.goto(cards["K5"])
    expect(evidence(other)).to_have_value("")


def test_killed_server_loses_nothing(visitors: Visitors, server: Server, cards: dict[str, str]) -> None:
    page, faults = visitors.open(REVEALED_MEMBER)
    page.goto(cards["K6"])
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


def test_keys_rate_only_while_nobody_writes(visitors: Visitors, cards: dict[str, str]) -> None:
    page, _ = visitors.open(REVEALED_MEMBER)
    page.goto(cards["K7"])
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


@pytest.mark.parametrize(("ref", "options"), [("K8", {}), ("K9", PHONE)], ids=["wide", "phone"])
def test_whole_card_is_there_after_a_reload_and_can_be_handed_in(
    visitors: Visitors, cards: dict[str, str], ref: str, options: dict[str, Any]
) -> None:
    page, _ = visitors.open(REVEALED_MEMBER, **options)
    page.goto(cards[ref])
    steps = page.locator("[data-step]")
    press = Locator.tap if options else Locator.click
    for place, score in enumerate((4, 2, 5)):
        evidence(page).fill(f"Belæg {place}")
        press(steps.nth(place).locator(".rating-step").nth(score - 1))
        press(page.get_by_role("button", name="Næste"))
    page.get_by_label("Dit helhedsindtryk").fill("Et godt menneske.")
    wait_until_saved(page)
    page.reload()
    expect(page.locator("[data-done-status]")).to_have_text("3 af 3 kriterier vurderet")
    for place, score in enumerate((4, 2, 5)):
        expect(steps.nth(place).locator("textarea")).to_have_value(f"Belæg {place}")
        expect(steps.nth(place).locator("[type=radio]:checked")).to_have_attribute("value", str(score))
    expect(page.get_by_label("Dit helhedsindtryk")).to_have_value("Et godt menneske.")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    press(page.get_by_role("button", name="Afgiv skemaet"))
    expect(page).to_have_url(re.compile("/scorecards$"))
    expect(page.get_by_role("status").first).to_contain_text(f"Skemaet om {ref} er afgivet.")
