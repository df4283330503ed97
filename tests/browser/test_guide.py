"""The interview guide under the hand: dragged with mouse and finger, moved by keys and buttons, given out, swapped."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from browser.hands import Keyboard
from browser.server import Server
from browser.test_pages import NARROW, WIDE, axe, sideways
from browser.visitors import HR, Faults, Visitors
from playwright.sync_api import Locator, Page, expect
from support import case, declared, load

Open = Callable[..., tuple[Page, Faults]]
MOST_TESTS = 20
# As long as four questions need: a second for the heaviest criterion only.
ROUNDS = [{"number": 1, "name": "1. samtale", "minutes": 45}]
PHONE = {"viewport": NARROW, "has_touch": True, "is_mobile": True}


@pytest.fixture(scope="session")
def unused(server: Server) -> Iterator[int]:
    """Recruitments that no test has touched yet."""
    with server.database():
        ids = [load(case(impartiality=declared(), rounds=ROUNDS)).id for _ in range(MOST_TESTS)]
    return iter(ids)


@pytest.fixture
def guide(unused: Iterator[int], visitors: Visitors) -> Open:
    """HR at the guide of a new recruitment: four questions, one each but for the heaviest criterion."""

    def open_guide(**options: object) -> tuple[Page, Faults]:
        page, faults = visitors.open(HR, **options)
        page.goto(f"/recruitments/{next(unused)}/rounds/1/guide")
        page.wait_for_load_state("load")
        if options.get("java_script_enabled", True):
            page.evaluate("window.isTheSamePage = true")
        return page, faults

    return open_guide


def cards(page: Page) -> list[str | None]:
    return [card.get_attribute("data-question") for card in page.locator("[data-question]").all()]


def grip(page: Page, question: str | None) -> Locator:
    return page.locator(f"[data-question='{question}'] [data-grip]")


def expect_order(page: Page, wanted: list[str | None]) -> None:
    """On the page with its numbers, saved, and in the database."""
    expect(page.locator("[data-note]")).to_contain_text("Gemt.")
    assert cards(page) == wanted
    numbers = page.locator("[data-number]").all_inner_texts()
    assert numbers == [str(number) for number in range(1, len(wanted) + 1)]
    assert page.evaluate("window.isTheSamePage") is True
    page.reload()
    assert cards(page) == wanted


def middle(target: Locator) -> tuple[float, float]:
    box = target.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_question_is_dragged_with_the_mouse(guide: Open) -> None:
    page, _ = guide()
    one, two, three, four = cards(page)
    grip(page, one).scroll_into_view_if_needed()
    page.mouse.move(*middle(grip(page, one)))
    page.mouse.down()
    x, y = middle(grip(page, one))
    page.mouse.move(x, y + 20, steps=4)
    expect(page.locator(".is-held")).to_have_count(1)
    for _ in range(40):  # the others make way one by one
        if cards(page) == [two, three, one, four]:
            break
        y += 10
        page.mouse.move(x, y)
    page.mouse.up()
    expect(grip(page, one)).to_be_focused()
    expect(page.locator(".is-held")).to_have_count(0)
    expect(page.locator(f"[data-question='{two}'] [data-move=up]")).to_be_hidden()
    expect(page.locator(f"[data-question='{one}'] [data-move=up]")).to_be_visible()
    expect_order(page, [two, three, one, four])


def test_drag_is_given_up_with_escape_and_a_click_moves_nothing(guide: Open) -> None:
    page, _ = guide()
    before = cards(page)
    grip(page, before[0]).click()
    assert page.locator(".is-held").count() == 0
    x, y = middle(grip(page, before[0]))
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, y + 400, steps=10)
    assert cards(page) != before
    page.keyboard.press("Escape")
    page.mouse.up()
    assert cards(page) == before
    expect(page.locator("[data-said]")).to_have_text("Ikke flyttet.")
    page.reload()
    assert cards(page) == before


def test_question_is_dragged_with_a_finger(guide: Open) -> None:
    page, _ = guide(**PHONE)
    one, two, three, four = cards(page)
    grip(page, two).scroll_into_view_if_needed()
    hand = page.context.new_cdp_session(page)

    def touch(kind: str, *points: tuple[float, float]) -> None:
        hand.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y} for x, y in points]})

    x, y = middle(grip(page, two))
    touch("touchStart", (x, y))
    for _ in range(40):
        if cards(page) == [two, one, three, four]:
            break
        y -= 8
        touch("touchMove", (x, y))
    touch("touchEnd")
    expect_order(page, [two, one, three, four])


def test_question_is_moved_with_the_arrow_keys_and_keeps_the_focus(guide: Open) -> None:
    page, _ = guide()
    one, two, three, four = cards(page)
    Keyboard(page).tab_to(grip(page, one))
    said = page.locator("[data-said]")
    page.keyboard.press("ArrowUp")  # already first
    assert cards(page) == [one, two, three, four]
    for key, place in (("ArrowDown", 2), ("ArrowDown", 3), ("ArrowUp", 2)):
        page.keyboard.press(key)
        expect(said).to_have_text(f"Nummer {place} af 4. Gemt.")
        expect(grip(page, one)).to_be_focused()
        expect(grip(page, one)).to_be_in_viewport()
    expect(page.locator("[data-note]")).to_have_attribute("role", "status")
    expect_order(page, [two, one, three, four])


def test_buttons_move_without_a_reload_and_the_focus_is_not_lost(guide: Open) -> None:
    page, _ = guide()
    one, two, three, four = cards(page)
    up = page.locator(f"[data-question='{two}'] [data-move=up] button")
    Keyboard(page).press(up)
    expect(page.locator(f"[data-question='{two}'] [data-move=down] button")).to_be_focused()
    expect_order(page, [two, one, three, four])


def test_guide_is_made_without_scripts(guide: Open) -> None:
    page, _ = guide(java_script_enabled=False)
    one, two, three, four = cards(page)
    expect(page.locator("[data-grip]").first).to_be_hidden()
    page.locator(f"[data-question='{one}'] [data-move=down] button").click()
    expect(page.locator("[data-question]").first).to_have_attribute("data-question", str(two))
    assert cards(page) == [two, one, three, four]
    card = page.locator(f"[data-question='{one}']")
    card.locator("select").select_option(label="Bo Berg")
    card.get_by_role("button", name="Gem").click()
    expect(card.locator("option:checked")).to_have_text("Bo Berg")
    page.get_by_role("button", name="Fordel spørgsmålene").click()
    expect(page.locator("option:checked", has_text="Ingen endnu")).to_have_count(0)


def test_order_is_refused_when_another_window_has_changed_the_guide(guide: Open) -> None:
    page, faults = guide()
    one, two, *rest = cards(page)
    other = page.context.new_page()
    other.goto(page.url)
    grip(other, one).press("ArrowDown")
    expect(other.locator("[data-note]")).to_contain_text("Gemt.")
    faults.allow(409, r"/recruitments/\d+/rounds/1/guide/order")
    grip(page, rest[0]).press("ArrowDown")
    note = page.locator("[data-note]")
    expect(note).to_contain_text("Guiden er ændret, siden du åbnede siden. Genindlæs den, og flyt igen.")
    expect(grip(page, one)).to_be_hidden()
    assert axe(page) == []
    note.get_by_role("button", name="Genindlæs siden").click()
    expect(grip(page, one)).to_be_visible()
    expect(page.locator("[data-question]").first).to_have_attribute("data-question", str(two))
    assert cards(page) == [two, one, *rest]


def test_order_waits_for_the_connection(guide: Open) -> None:
    page, faults = guide()
    one, two, *rest = cards(page)
    faults.allow_unreachable()
    page.context.set_offline(True)
    grip(page, one).press("ArrowDown")
    expect(page.locator("[data-note]")).to_contain_text("Det er ikke gemt endnu.")
    page.context.set_offline(False)
    expect_order(page, [two, one, *rest])


def test_who_asks_is_saved_as_it_is_chosen(guide: Open) -> None:
    page, _ = guide()
    card = page.locator("[data-question]").first
    expect(card.get_by_role("button", name="Gem")).to_be_hidden()
    minutes = card.locator(".card-head").inner_text().split(" minutter")[0].split("· ")[-1]
    card.locator("select").select_option(label="Bo Berg")
    expect(page.locator("[data-said]")).to_have_text("Gemt.")
    line = page.locator("[data-askers] li", has_text="Bo Berg")
    expect(line).to_contain_text(f"1 spørgsmål · {minutes} min.")
    assert page.evaluate("window.isTheSamePage") is True
    page.get_by_role("button", name="Fordel spørgsmålene").click()
    expect(page.locator("[data-askers]")).not_to_contain_text("Ingen endnu")
    expect(page.locator("[data-question]").first.locator("option:checked")).to_have_text("Bo Berg")


def test_question_is_swapped_and_put_back(guide: Open) -> None:
    page, _ = guide()
    card = page.locator("[data-question]").nth(2)
    text = card.locator("h3").inner_text()
    card.get_by_role("button", name="Skift ud").click()
    expect(card.locator("h3")).not_to_have_text(text)
    expect(card).to_be_in_viewport()
    card.get_by_role("button", name="Fortryd").click()
    expect(card.locator("h3")).to_have_text(text)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_guide_is_accessible_with_what_its_script_shows(guide: Open, scheme: str) -> None:
    page, _ = guide(color_scheme=scheme)
    for size in (WIDE, NARROW):
        page.set_viewport_size(size)
        page.locator("[data-question]").nth(1).get_by_role("button", name="Skift ud").click()
        page.wait_for_load_state("load")
        page.locator("[data-grip]").first.press("ArrowDown")
        expect(page.locator("[data-note]")).to_contain_text("Gemt.")
        assert sideways(page) + axe(page) == []
