"""The same card in two tabs, or on two devices: the later edit never silently wins."""

from __future__ import annotations

import pytest
from browser.cards import (
    MEMBER,
    PHONE,
    evidence,
    kept,
    open_card,
    status,
    wait_until_nothing_is_kept,
    wait_until_saved,
    write_offline,
)
from browser.hands import Keyboard
from browser.visitors import Faults, Visitors
from playwright.sync_api import Locator, Page, expect

FIRST, SECOND = "Fra det første sted.", "Fra det andet sted."


def two_windows(visitors: Visitors, card: str, kind: str) -> tuple[Page, Page, Faults]:
    """Two pages of one person on the same card, both loaded before anything is written."""
    first, faults = visitors.open(MEMBER)
    if kind == "tabs":
        second = first.context.new_page()
    else:
        second, faults = visitors.open(MEMBER, **PHONE)
    for page in (first, second):
        open_card(page, card)
    faults.allow(409, card + r"/(ratings/\d+|overall)")
    return first, second, faults


def panel(page: Page) -> Locator:
    return page.locator("[data-conflict]:visible")


@pytest.mark.parametrize(
    ("kind", "choice", "outcome"),
    [
        ("tabs", "Saml begge tekster", f"{FIRST}\n\n{SECOND}"),
        ("tabs", "Brug den anden", FIRST),
        ("devices", "Saml begge tekster", f"{FIRST}\n\n{SECOND}"),
        ("devices", "Behold teksten her", SECOND),
    ],
)
def test_both_texts_are_shown_and_nothing_is_lost(
    visitors: Visitors, card: str, kind: str, choice: str, outcome: str
) -> None:
    first, second, _ = two_windows(visitors, card, kind)
    evidence(first).fill(FIRST)
    wait_until_saved(first)
    evidence(second).fill(SECOND)
    expect(panel(second)).to_contain_text(FIRST)
    expect(panel(second)).to_contain_text(SECOND)
    expect(panel(second)).to_contain_text("Det andet sted, gemt kl.")
    expect(status(second)).to_contain_text("Ikke gemt: Du har rettet det samme et andet sted.")
    assert SECOND in "".join(kept(second))
    first.reload()
    expect(evidence(first)).to_have_value(FIRST)  # until the member has chosen
    panel(second).get_by_role("button", name=choice).click()
    wait_until_saved(second)
    wait_until_nothing_is_kept(second)
    first.reload()
    expect(evidence(first)).to_have_value(outcome)


def test_third_text_that_comes_while_the_member_chooses_is_shown_too(visitors: Visitors, card: str) -> None:
    first, second, _ = two_windows(visitors, card, "devices")
    evidence(first).fill(FIRST)
    wait_until_saved(first)
    evidence(second).fill(SECOND)
    expect(panel(second)).to_contain_text(FIRST)
    evidence(first).fill("Og så noget tredje.")
    wait_until_saved(first)
    panel(second).get_by_role("button", name="Behold teksten her").click()
    expect(panel(second)).to_contain_text("Og så noget tredje.")
    panel(second).get_by_role("button", name="Saml begge tekster").click()
    wait_until_saved(second)
    first.reload()
    expect(evidence(first)).to_have_value(f"Og så noget tredje.\n\n{SECOND}")


def test_rating_and_impression_meet_the_other_window_too(visitors: Visitors, card: str) -> None:
    first, second, _ = two_windows(visitors, card, "tabs")
    for page, key in ((first, "2"), (second, "5")):
        page.keyboard.press(key)
        if page is first:
            wait_until_saved(page)
    expect(panel(second)).to_contain_text("Vurdering: 2")
    expect(panel(second)).to_contain_text("Vurdering: 5")
    panel(second).get_by_role("button", name="Brug den anden").click()
    expect(second.locator("[data-step]:visible [type=radio]:checked")).to_have_attribute("value", "2")
    wait_until_saved(second)
    for _step in range(2):
        second.keyboard.press("Escape")
        second.locator("[data-step]:visible h2").focus()
        second.keyboard.press("ArrowRight")
        second.keyboard.press("n")
    wait_until_saved(second)
    first.reload()
    for page, text in ((first, FIRST), (second, SECOND)):
        page.get_by_role("link", name="Helhed").click()
        page.get_by_label("Dit helhedsindtryk").fill(text)
        if page is first:
            wait_until_saved(page)
    expect(panel(second)).to_contain_text(FIRST)
    expect(panel(second)).not_to_contain_text("Vurdering:")
    panel(second).get_by_role("button", name="Saml begge tekster").click()
    wait_until_saved(second)
    first.reload()
    expect(first.get_by_label("Dit helhedsindtryk")).to_have_value(f"{FIRST}\n\n{SECOND}")


def test_same_text_at_both_places_is_no_conflict(visitors: Visitors, card: str) -> None:
    first, second, _ = two_windows(visitors, card, "devices")
    for page in (first, second):
        evidence(page).fill(FIRST)
        wait_until_saved(page)
    evidence(second).fill(f"{FIRST} Og lidt til.")
    wait_until_saved(second)


def test_draft_from_a_lost_connection_meets_a_newer_text(visitors: Visitors, card: str) -> None:
    device, faults = visitors.open(MEMBER, **PHONE)
    faults.allow_unreachable()
    write_offline(device, card, SECOND)
    elsewhere, _ = visitors.open(MEMBER)
    open_card(elsewhere, card)
    evidence(elsewhere).fill(FIRST)
    wait_until_saved(elsewhere)
    again = device.context.new_page()
    open_card(again, card)
    expect(panel(again)).to_contain_text(FIRST)
    expect(panel(again)).to_contain_text(SECOND)
    elsewhere.reload()
    expect(evidence(elsewhere)).to_have_value(FIRST)
    panel(again).get_by_role("button", name="Saml begge tekster").tap()
    wait_until_saved(again)
    elsewhere.reload()
    expect(evidence(elsewhere)).to_have_value(f"{FIRST}\n\n{SECOND}")


def test_two_tabs_that_were_closed_offline_both_come_back(visitors: Visitors, card: str) -> None:
    first, second, faults = two_windows(visitors, card, "tabs")
    faults.allow_unreachable()
    first.context.set_offline(True)
    for page, text in ((first, FIRST), (second, SECOND)):
        evidence(page).fill(text)
        expect(status(page)).to_contain_text("Ikke gemt")
    spare = first.context.new_page()
    first.close()
    second.close()
    spare.context.set_offline(False)
    open_card(spare, card)
    expect(panel(spare)).to_contain_text("Et vindue, der blev lukket, ikke gemt")
    spare.reload()  # nothing is lost before the choice either
    expect(panel(spare)).to_contain_text(FIRST)
    expect(panel(spare)).to_contain_text(SECOND)
    panel(spare).get_by_role("button", name="Saml begge tekster").click()
    wait_until_saved(spare)
    wait_until_nothing_is_kept(spare)
    text = evidence(spare).input_value()
    assert FIRST in text and SECOND in text


def test_choice_between_two_texts_is_made_by_keyboard_alone(visitors: Visitors, card: str) -> None:
    first, second, _ = two_windows(visitors, card, "tabs")
    evidence(first).fill(FIRST)
    wait_until_saved(first)
    hands = Keyboard(second)
    hands.write(evidence(second), SECOND)
    expect(panel(second)).to_be_visible()
    hands.press(second.get_by_role("link", name="Vælg, hvad der skal gælde"))
    hands.press(panel(second).get_by_role("button", name="Brug den anden"))
    expect(evidence(second)).to_be_focused()
    expect(evidence(second)).to_have_value(FIRST)
    wait_until_saved(second)
