"""The checks of wording beside the text: marked while one writes, mended with a click, taken back with Ctrl+Z."""

from __future__ import annotations

import re

from browser.visitors import HR, Visitors
from browser.writing import CHECK, LAWFUL, UNLAWFUL, Writing, writing
from playwright.sync_api import Route, expect


def test_unlawful_question_is_marked_mended_with_a_click_and_brought_back(
    visitors: Visitors, question_path: str
) -> None:
    page, _ = writing(visitors, question_path)
    expect(page.marks).to_have_count(0)
    page.answered(f"{LAWFUL} 👩‍🏫 {UNLAWFUL} Tak.")
    expect(page.red_marks).to_have_text(["Er du gravid"])
    expect(page.summary).to_have_text(re.compile("bemærkning.*, 1 alvorlig$"))
    expect(page.serious).to_contain_text("Alvorlig")
    expect(page.serious).to_contain_text("Ligebehandlingsloven")
    offer = page.serious.get_by_role("button", name="Brug: ”")
    wording = offer.inner_text().removeprefix("Brug: ”").removesuffix("”")
    offer.click()
    expect(page.field).to_have_value(f"{LAWFUL} 👩‍🏫 {wording} Tak.")
    expect(page.field).to_be_focused()
    expect(page.red_marks).to_have_count(0)
    page.page.keyboard.press("Control+z")
    expect(page.field).to_have_value(f"{LAWFUL} 👩‍🏫 {UNLAWFUL} Tak.")
    expect(page.red_marks).to_have_text(["Er du gravid"])


def test_when_all_is_mended_the_page_says_so(visitors: Visitors, question_path: str) -> None:
    page, _ = writing(visitors, question_path)
    page.answered(UNLAWFUL)
    expect(page.red_marks).to_have_count(1)
    page.answered(LAWFUL)
    expect(page.summary).to_have_text("Ingen bemærkninger")
    expect(page.remarks).to_have_count(0)


def test_keyboard_alone_finds_the_words_and_mends_them(visitors: Visitors, question_path: str) -> None:
    page, _ = writing(visitors, question_path)
    keys = page.page.keyboard
    page.answered(UNLAWFUL)
    words = page.serious.get_by_role("button", name="Vis i teksten: ”Er du gravid”")
    expect(words).to_be_visible()
    for _tab in range(9):
        keys.press("Tab")
        if words.evaluate("button => button === document.activeElement"):
            break
    keys.press("Enter")
    expect(page.field).to_be_focused()
    assert page.selected() == "Er du gravid"
    words.focus()
    keys.press("Tab")
    expect(page.serious.get_by_role("button", name="Brug: ”")).to_be_focused()
    keys.press("Enter")
    expect(page.red_marks).to_have_count(0)
    expect(page.field).not_to_have_value(UNLAWFUL)


def test_marks_follow_the_text_at_once(visitors: Visitors, question_path: str) -> None:
    page, _ = writing(visitors, question_path)
    page.answered(f"{UNLAWFUL}\nHvor gammel er du?")
    expect(page.red_marks).to_have_count(2)
    page.page.route(CHECK, lambda route: None)  # never answered: what is shown is the page's own doing
    page.page.keyboard.press("Control+Home")
    page.page.keyboard.type("Goddag. ")
    expect(page.red_marks).to_have_text(["Er du gravid", "Hvor gammel er du"])
    page.remarks.get_by_role("button", name="Vis i teksten: ”Hvor gammel er du”").click()
    assert page.selected() == "Hvor gammel er du"
    page.page.keyboard.press("Control+Home")
    for _step in range(len("Goddag. Er du g")):
        page.page.keyboard.press("ArrowRight")
    page.page.keyboard.type("x")
    expect(page.red_marks).to_have_text(["Hvor gammel er du"])


def test_one_question_at_a_time_and_late_answers_are_dropped(visitors: Visitors, question_path: str) -> None:
    page, _ = writing(visitors, question_path)
    waiting: list[Route] = []
    page.page.route(CHECK, lambda route: waiting.append(route))
    with page.page.expect_request(CHECK):
        page.write(UNLAWFUL)
    page.write(LAWFUL)
    page.page.wait_for_timeout(1_000)
    assert len(waiting) == 1
    with page.page.expect_request(CHECK):
        waiting[0].continue_()
    expect(page.marks).to_have_count(0)  # what was said of the former text is not shown on this one
    waiting[1].continue_()
    page.page.unroute(CHECK)
    page.answered(UNLAWFUL)
    expect(page.red_marks).to_have_count(1)


def test_focus_stays_on_a_button_when_an_answer_comes(visitors: Visitors, question_path: str) -> None:
    page, _ = writing(visitors, question_path)
    page.answered(f"{UNLAWFUL}\nHvor gammel er du?")
    button = page.serious.first.get_by_role("button").first
    expect(button).to_be_visible()
    with page.page.expect_response(CHECK):
        page.page.keyboard.press("Control+End")
        page.page.keyboard.type("\nHar du børn?")
        button.focus()
    expect(page.red_marks).to_have_count(3)
    expect(button).to_be_focused()


def test_every_line_of_probes_is_marked_for_itself(visitors: Visitors, question_path: str) -> None:
    page, _ = visitors.open(HR)
    probes = Writing(page, question_path, "probes")
    probes.answered("Hvad gjorde du så?\nHvor gammel er du?\nHvad lærte du?")
    expect(probes.red_marks).to_have_text(["Hvor gammel er du"])
    expect(page.locator("mark")).to_have_count(probes.marks.count())  # the other field has none
    probes.serious.get_by_role("button", name="Brug: ”").click()
    first, second, third = probes.field.input_value().split("\n")
    assert (first, third) == ("Hvad gjorde du så?", "Hvad lærte du?")
    assert second not in ("", "Hvor gammel er du?")


def test_offline_is_silent_and_comes_back(visitors: Visitors, question_path: str) -> None:
    page, faults = writing(visitors, question_path)
    page.answered(f"{LAWFUL} {UNLAWFUL}")
    expect(page.red_marks).to_have_count(1)
    faults.allow_unreachable()
    page.page.context.set_offline(True)
    page.write("Hvor gammel er du?")
    expect(page.remarks).to_have_count(0)
    expect(page.summary).to_have_text("")
    page.page.context.set_offline(False)
    expect(page.red_marks).to_have_text(["Hvor gammel er du"])


def test_server_that_fails_is_asked_again(visitors: Visitors, question_path: str) -> None:
    page, faults = writing(visitors, question_path)
    faults.allow(503, "/wording/check")
    page.page.route(CHECK, lambda route: route.fulfill(status=503, json={"error": "Nej."}))
    page.answered(UNLAWFUL)
    expect(page.remarks).to_have_count(0)
    page.page.unroute(CHECK)
    page.answered(f"{UNLAWFUL} ")
    expect(page.red_marks).to_have_count(1)


def test_text_that_is_too_long_is_said_so(visitors: Visitors, question_path: str) -> None:
    page, faults = writing(visitors, question_path)
    faults.allow(413, "/wording/check")
    with page.page.expect_response(CHECK):
        page.field.fill("å" * 50_001)
    expect(page.summary).to_contain_text("Gør den kortere end 50.000 tegn")


def test_red_wording_is_kept_only_with_a_reason(visitors: Visitors, question_path: str) -> None:
    page, faults = writing(visitors, question_path)
    before = page.field.input_value()
    reason = page.page.get_by_label("Begrundelse for at beholde ordlyden")
    expect(reason).to_be_hidden()
    page.answered(UNLAWFUL)
    expect(reason).to_be_visible()
    page.answered(LAWFUL)
    expect(reason).to_be_hidden()

    page.answered(UNLAWFUL)
    page.page.get_by_label("Hvorfor ændres spørgsmålet?").fill("For prøvens skyld.")
    faults.allow(400, question_path)
    page.page.get_by_role("button", name="Gem spørgsmålet").click()
    expect(page.page.get_by_role("alert")).to_contain_text("Skriv, hvorfor ”Er du gravid” skal blive stående")
    expect(page.field).to_have_value(UNLAWFUL)
    expect(page.red_marks).to_have_count(1)
    reason.fill("Aftalt med juristen.")
    page.page.get_by_role("button", name="Gem spørgsmålet").click()
    expect(page.page).to_have_url(re.compile("/guide#question-"))

    page.page.goto(question_path)
    expect(reason).to_have_value("Aftalt med juristen.")
    expect(page.red_marks).to_have_count(1)  # before anything is typed
    page.write(before)
    page.page.get_by_label("Hvorfor ændres spørgsmålet?").fill("Tilbage igen.")
    page.page.get_by_role("button", name="Gem spørgsmålet").click()
    expect(page.page).to_have_url(re.compile("/guide#question-"))
    page.page.goto(question_path)
    expect(reason).to_be_hidden()
    expect(reason).to_have_value("")


def test_without_script_the_findings_are_shown_by_the_server(visitors: Visitors, question_path: str) -> None:
    page, faults = writing(visitors, question_path, java_script_enabled=False)
    faults.allow(400, question_path)
    page.field.fill(UNLAWFUL)
    page.page.get_by_label("Hvorfor ændres spørgsmålet?").fill("For prøvens skyld.")
    page.page.get_by_role("button", name="Gem spørgsmålet").click()
    expect(page.serious).to_contain_text("”Er du gravid”")
    expect(page.serious).to_contain_text("Skriv i stedet:")
    expect(page.remarks.get_by_role("button")).to_have_count(0)
    expect(page.page.get_by_label("Begrundelse for at beholde ordlyden")).to_be_visible()
