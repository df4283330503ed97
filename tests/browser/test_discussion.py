"""The discussion on the screen in the meeting room: by keyboard, in two windows, without a script, on a phone."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from browser.server import Server
from browser.visitors import HR, REVEALED_CHAIR, REVEALED_MEMBER, Visitors
from playwright.sync_api import Page, expect

from recruit.extensions import db
from recruit.recruitments.models import Round
from recruit.scoring.models import Consensus

SCREEN, PHONE = {"width": 1920, "height": 1080}, {"width": 390, "height": 844}
# Cap height of the font is .698 em; 16 minutes of arc at 4 m is 18.6 mm; a 75-inch screen has 0.865 mm to the pixel.
LEGIBLE = 18.6 / 0.865 / 0.698
EVIDENCE = ".discuss-card .pre-line"
PLACE = r"/recruitments/\d+/rounds/1/discussion/\d+/\d+(#discussion)?"


@pytest.fixture(autouse=True)
def as_before(server: Server) -> Iterator[None]:
    """The example's own two consensus ratings stay the only ones."""
    yield
    with server.database():
        first = db.session.scalars(db.select(Consensus.id).order_by(Consensus.id).limit(2)).all()
        db.session.execute(db.delete(Consensus).where(Consensus.id.not_in(first)))
        db.session.commit()


@pytest.fixture
def base(server: Server) -> str:
    with server.database():
        round_ = db.session.scalars(db.select(Round).where(Round.revealed_at.is_not(None))).one()
        return f"/recruitments/{round_.recruitment_id}/rounds/{round_.number}"


def begin(page: Page, base: str) -> None:
    """Opens the first point that has no consensus."""
    page.goto(f"{base}/discussion")
    page.get_by_role("link", name="Fortsæt drøftelsen").click()
    expect(page).to_have_url(re.compile(PLACE))
    page.wait_for_load_state("load")


def place(page: Page) -> str:
    return page.locator(".discuss-place").inner_text().split(",")[0]


def save(page: Page) -> None:
    page.get_by_role("button", name="Gem konsensus").click()


def reason(page: Page) -> str:
    return page.get_by_label("Hvad bygger den på?").input_value()


def test_discussion_is_led_by_keyboard_alone(visitors: Visitors, base: str) -> None:
    page, _ = visitors.open(REVEALED_CHAIR, viewport=SCREEN)
    begin(page, base)
    assert place(page).startswith("3 af 35")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".discuss-place")).to_contain_text("4 af 35")
    expect(page.locator("h1")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".discuss-place")).to_contain_text("3 af 35")
    page.keyboard.press("3")
    page.keyboard.press("5")
    expect(page.locator("[name$='-score'][value='5']")).to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.insert_text("Vi hørte det samme. 1")
    page.keyboard.press("1")  # is typed, for somebody writes
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Konsensus er gemt.")
    expect(page.locator(".discuss-agreed")).to_contain_text("Udvalget blev enigt om 5.")
    expect(page.locator(".discuss-agreed")).to_contain_text("Vi hørte det samme. 11")
    expect(page.locator(".discuss-settled")).to_have_text("3 med konsensus")
    expect(page.locator(".discuss-score")).to_have_count(6)  # the first ratings stay


def test_keys_can_be_turned_off(visitors: Visitors, base: str) -> None:
    page, _ = visitors.open(REVEALED_CHAIR, viewport=SCREEN)
    begin(page, base)
    page.get_by_label("Taster").uncheck()
    page.locator("h1").focus()
    page.keyboard.press("4")
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(300)
    assert place(page).startswith("3 af 35")
    expect(page.locator("[name$='-score'][value='4']")).not_to_be_checked()


def test_names_stay_as_the_chair_left_them_on_this_page_only(visitors: Visitors, base: str) -> None:
    page, _ = visitors.open(REVEALED_CHAIR, viewport=SCREEN)
    begin(page, base)
    name = page.locator(".discuss-member").first
    expect(name).to_be_hidden()
    page.get_by_label("Vis navne").check()
    expect(name).to_be_visible()
    page.keyboard.press("ArrowRight")  # the keys act although the box has the focus
    expect(page.locator(".discuss-place")).to_contain_text("4 af 35")
    expect(page.locator(".discuss-member").first).to_be_visible()
    page.reload()
    expect(page.locator(".discuss-member").first).to_be_hidden()
    member, _ = visitors.open(REVEALED_MEMBER)
    begin(member, base)
    expect(member.locator(".discuss-member")).to_have_count(0)
    expect(member.get_by_label("Vis navne")).to_have_count(0)


def test_what_is_typed_and_not_saved_stays_through_previous_and_next(visitors: Visitors, base: str) -> None:
    page, _ = visitors.open(REVEALED_CHAIR, viewport=SCREEN)
    begin(page, base)
    page.keyboard.press("2")
    page.get_by_label("Hvad bygger den på?").fill("Ikke færdig")
    page.locator("[data-next]").first.click()
    expect(page.locator(".discuss-place")).to_contain_text("4 af 35")
    assert reason(page) == ""
    page.go_back()
    expect(page.locator(".discuss-place")).to_contain_text("3 af 35")
    assert reason(page) == "Ikke færdig"
    expect(page.locator("[name$='-score'][value='2']")).to_be_checked()
    expect(page.get_by_role("status")).to_have_text("Ikke gemt endnu.")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto(f"{base}/comparison")
    assert asked == ["beforeunload"]


def test_nothing_typed_is_lost_while_the_network_is_gone(visitors: Visitors, base: str) -> None:
    page, faults = visitors.open(REVEALED_CHAIR, viewport=SCREEN)
    faults.allow_unreachable()
    begin(page, base)
    page.keyboard.press("2")
    page.get_by_label("Hvad bygger den på?").fill("Skrevet uden net")
    page.context.set_offline(True)
    save(page)
    expect(page.get_by_role("status")).to_contain_text("Intet er gemt.")
    page.locator("[data-next]").first.click()
    page.wait_for_timeout(200)
    assert reason(page) == "Skrevet uden net"
    page.context.set_offline(False)
    save(page)
    expect(page.locator(".discuss-agreed")).to_contain_text("Skrevet uden net")


def test_expired_session_keeps_the_text_and_goes_on_after_signing_in_again(visitors: Visitors, base: str) -> None:
    page, faults = visitors.open(REVEALED_CHAIR, viewport=SCREEN)
    faults.allow(400, PLACE)
    begin(page, base)
    page.keyboard.press("2")
    page.get_by_label("Hvad bygger den på?").fill("Skrevet, da sessionen udløb")
    kept = page.context.cookies()
    page.context.clear_cookies()
    save(page)
    expect(page.get_by_role("status")).to_contain_text("Du er logget ud.")
    assert reason(page) == "Skrevet, da sessionen udløb"
    page.context.add_cookies(kept)
    save(page)
    expect(page.locator(".discuss-agreed")).to_contain_text("Skrevet, da sessionen udløb")


def test_two_windows_show_both_texts(visitors: Visitors, base: str) -> None:
    first, faults = visitors.open(REVEALED_CHAIR, viewport=SCREEN)
    faults.allow(409, PLACE)
    begin(first, base)
    second = first.context.new_page()
    second.goto(first.url)
    for page, score, text in ((second, "2", "Fra den anden fane"), (first, "4", "Fra den første fane")):
        page.bring_to_front()
        page.keyboard.press(score)
        page.get_by_label("Hvad bygger den på?").fill(text)
        save(page)
    expect(first.locator(".newer-text")).to_have_text("2: Fra den anden fane")
    assert reason(first) == "Fra den første fane"
    expect(first.locator("[name$='-score'][value='4']")).to_be_checked()
    first.locator("[data-next]").first.click()
    expect(first.locator(".discuss-place")).to_contain_text("4 af 35")
    first.locator("[data-previous]").click()
    expect(first.locator(".discuss-place")).to_contain_text("3 af 35")
    assert reason(first) == "Fra den første fane"  # also what came back with a refusal
    save(first)
    expect(first.locator(".discuss-agreed")).to_contain_text("Fra den første fane")


def test_no_consensus_and_on_is_remembered_in_the_list(visitors: Visitors, base: str) -> None:
    page, _ = visitors.open(REVEALED_CHAIR, viewport=SCREEN)
    begin(page, base)
    page.get_by_role("link", name="Ingen konsensus, videre").click()
    expect(page.locator(".discuss-place")).to_contain_text("4 af 35")
    page.locator("[data-list]").click()
    marks = page.locator("[data-talked]:visible")
    expect(marks).to_have_count(2)  # among those to discuss first, and under its candidate
    expect(marks.first).to_have_text("Drøftet")


def test_discussion_works_without_a_script(visitors: Visitors, base: str) -> None:
    page, faults = visitors.open(REVEALED_CHAIR, viewport=SCREEN, java_script_enabled=False)
    faults.allow(400, PLACE)
    begin(page, base)
    expect(page.locator(".discuss-member").first).to_be_hidden()
    page.locator("label[for=names]").click()
    expect(page.locator(".discuss-member").first).to_be_visible()
    page.locator("[data-next]").first.click()
    expect(page.locator(".discuss-place")).to_contain_text("4 af 35")
    save(page)
    expect(page.get_by_text("Vælg et tal fra 1 til 5.").first).to_be_visible()
    page.locator(".discuss-choice label").nth(1).click()
    page.get_by_label("Hvad bygger den på?").fill("Uden script")
    save(page)
    expect(page.locator(".discuss-agreed")).to_contain_text("Uden script")
    expect(page).to_have_url(re.compile("#discussion$"))


@pytest.mark.parametrize("email", [REVEALED_CHAIR, HR])
def test_everything_is_read_at_four_metres_and_fits_a_phone(visitors: Visitors, base: str, email: str) -> None:
    page, _ = visitors.open(email, viewport=SCREEN)
    begin(page, base)
    sizes = page.locator(f"{EVIDENCE}, .discuss-criterion, h1").evaluate_all(
        "all => all.map((one) => parseFloat(getComputedStyle(one).fontSize))"
    )
    assert min(sizes) >= LEGIBLE
    top = page.locator(".discuss").bounding_box()
    assert top is not None
    assert abs(top["y"]) < 2  # the screen begins with it
    lowest = page.locator(".discuss-card").last.bounding_box()
    assert lowest is not None
    assert lowest["y"] + lowest["height"] <= SCREEN["height"]  # all six ratings in one view
    for width in (PHONE["width"], 320):
        page.set_viewport_size({"width": width, "height": PHONE["height"]})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_reader_who_zooms_gets_larger_type(visitors: Visitors, base: str) -> None:
    """WCAG 1.4.4: the type follows the window, but not only: at 400 % it is at least twice as large as at 100 %."""
    sizes = []
    for zoom in (1, 4):
        viewport = {"width": 1920 // zoom, "height": 1080 // zoom}
        page, _ = visitors.open(REVEALED_MEMBER, viewport=viewport, device_scale_factor=zoom)
        begin(page, base)
        size = page.locator(EVIDENCE).first.evaluate("one => parseFloat(getComputedStyle(one).fontSize)")
        sizes.append(size * zoom)
    assert sizes[1] >= 2 * sizes[0]
