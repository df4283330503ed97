"""The checks of wording beside the text: marked while one writes, mended with a click, taken back with Ctrl+Z."""

from __future__ import annotations

import re
from typing import Any

import pytest
from browser.server import Server
from browser.test_pages import NARROW, WIDE, axe, sideways
from browser.visitors import HR, Faults, Visitors
from playwright.sync_api import Locator, Page, Route, expect

from recruit.extensions import db
from recruit.questions.guide import load_guide
from recruit.recruitments.models import Recruitment

CHECK = re.compile("/wording/check$")
LAWFUL, UNLAWFUL = "Fortæl om en beslutning, du måtte stå alene med.", "Er du gravid?"
LONG = " Ledelsesgrundlagsarbejdsgruppen, medarbejderrepræsentanterne og arbejdsmiljørepræsentanterne var uenige."
# What is not yet revealed can still be edited.
TITLE = "Stabschef for Økonomi og Digitalisering"


@pytest.fixture(scope="module")
def path(server: Server) -> str:
    """The address of a guide question."""
    with server.database():
        recruitment = db.session.scalars(db.select(Recruitment).where(Recruitment.title == TITLE)).one()
        question = load_guide(recruitment.rounds[0])[0]
        return f"/recruitments/{recruitment.id}/rounds/1/guide/{question.id}"


class Writing:
    """The page on which a question is edited, and its first checked field."""

    def __init__(self, page: Page, path: str, name: str = "text") -> None:
        self.page = page
        page.goto(path)
        self.field = page.locator(f"[name={name}]")
        place = page.locator(".wording", has=self.field)
        self.marks = place.locator(".wording-text mark")
        self.red_marks = place.locator(".wording-text mark.finding-red")
        self.summary = place.get_by_role("status")
        self.remarks = place.locator(".findings > li")
        self.serious = place.locator(".findings > .finding-red")

    def write(self, text: str) -> None:
        """As if typed over what was there."""
        self.field.focus()
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)

    def answered(self, text: str) -> None:
        """Writes, and waits for what the server says of it."""
        with self.page.expect_response(CHECK):
            self.write(text)

    def selected(self) -> str:
        words: str = self.field.evaluate("field => field.value.slice(field.selectionStart, field.selectionEnd)")
        return words


def writing(visitors: Visitors, path: str, **options: Any) -> tuple[Writing, Faults]:
    page, faults = visitors.open(HR, **options)
    return Writing(page, path), faults


def test_unlawful_question_is_marked_mended_with_a_click_and_brought_back(visitors: Visitors, path: str) -> None:
    page, _ = writing(visitors, path)
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


def test_when_all_is_mended_the_page_says_so(visitors: Visitors, path: str) -> None:
    page, _ = writing(visitors, path)
    page.answered(UNLAWFUL)
    expect(page.red_marks).to_have_count(1)
    page.answered(LAWFUL)
    expect(page.summary).to_have_text("Ingen bemærkninger")
    expect(page.remarks).to_have_count(0)


def test_keyboard_alone_finds_the_words_and_mends_them(visitors: Visitors, path: str) -> None:
    page, _ = writing(visitors, path)
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


def test_marks_follow_the_text_at_once(visitors: Visitors, path: str) -> None:
    page, _ = writing(visitors, path)
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


def test_one_question_at_a_time_and_late_answers_are_dropped(visitors: Visitors, path: str) -> None:
    page, _ = writing(visitors, path)
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


def test_focus_stays_on_a_button_when_an_answer_comes(visitors: Visitors, path: str) -> None:
    page, _ = writing(visitors, path)
    page.answered(f"{UNLAWFUL}\nHvor gammel er du?")
    button = page.serious.first.get_by_role("button").first
    expect(button).to_be_visible()
    with page.page.expect_response(CHECK):
        page.page.keyboard.press("Control+End")
        page.page.keyboard.type("\nHar du børn?")
        button.focus()
    expect(page.red_marks).to_have_count(3)
    expect(button).to_be_focused()


def test_every_line_of_probes_is_marked_for_itself(visitors: Visitors, path: str) -> None:
    page, _ = visitors.open(HR)
    probes = Writing(page, path, "probes")
    probes.answered("Hvad gjorde du så?\nHvor gammel er du?\nHvad lærte du?")
    expect(probes.red_marks).to_have_text(["Hvor gammel er du"])
    expect(page.locator("mark")).to_have_count(probes.marks.count())  # the other field has none
    probes.serious.get_by_role("button", name="Brug: ”").click()
    first, second, third = probes.field.input_value().split("\n")
    assert (first, third) == ("Hvad gjorde du så?", "Hvad lærte du?")
    assert second not in ("", "Hvor gammel er du?")


def test_offline_is_silent_and_comes_back(visitors: Visitors, path: str) -> None:
    page, faults = writing(visitors, path)
    page.answered(f"{LAWFUL} {UNLAWFUL}")
    expect(page.red_marks).to_have_count(1)
    faults.allow_unreachable()
    page.page.context.set_offline(True)
    page.write("Hvor gammel er du?")
    expect(page.remarks).to_have_count(0)
    expect(page.summary).to_have_text("")
    page.page.context.set_offline(False)
    expect(page.red_marks).to_have_text(["Hvor gammel er du"])


def test_server_that_fails_is_asked_again(visitors: Visitors, path: str) -> None:
    page, faults = writing(visitors, path)
    faults.allow(503, "/wording/check")
    page.page.route(CHECK, lambda route: route.fulfill(status=503, json={"error": "Nej."}))
    page.answered(UNLAWFUL)
    expect(page.remarks).to_have_count(0)
    page.page.unroute(CHECK)
    page.answered(f"{UNLAWFUL} ")
    expect(page.red_marks).to_have_count(1)


def test_text_that_is_too_long_is_said_so(visitors: Visitors, path: str) -> None:
    page, faults = writing(visitors, path)
    faults.allow(413, "/wording/check")
    with page.page.expect_response(CHECK):
        page.field.fill("å" * 50_001)
    expect(page.summary).to_contain_text("Gør den kortere end 50.000 tegn")


def test_red_wording_is_kept_only_with_a_reason(visitors: Visitors, path: str) -> None:
    page, faults = writing(visitors, path)
    before = page.field.input_value()
    reason = page.page.get_by_label("Begrundelse for at beholde ordlyden")
    expect(reason).to_be_hidden()
    page.answered(UNLAWFUL)
    expect(reason).to_be_visible()
    page.answered(LAWFUL)
    expect(reason).to_be_hidden()

    page.answered(UNLAWFUL)
    page.page.get_by_label("Hvorfor ændres spørgsmålet?").fill("For prøvens skyld.")
    faults.allow(400, path)
    page.page.get_by_role("button", name="Gem spørgsmålet").click()
    expect(page.page.get_by_role("alert")).to_contain_text("Skriv, hvorfor ”Er du gravid” skal blive stående")
    expect(page.field).to_have_value(UNLAWFUL)
    expect(page.red_marks).to_have_count(1)
    reason.fill("Aftalt med juristen.")
    page.page.get_by_role("button", name="Gem spørgsmålet").click()
    expect(page.page).to_have_url(re.compile("/guide#question-"))

    page.page.goto(path)
    expect(reason).to_have_value("Aftalt med juristen.")
    expect(page.red_marks).to_have_count(1)  # before anything is typed
    page.write(before)
    page.page.get_by_label("Hvorfor ændres spørgsmålet?").fill("Tilbage igen.")
    page.page.get_by_role("button", name="Gem spørgsmålet").click()
    expect(page.page).to_have_url(re.compile("/guide#question-"))
    page.page.goto(path)
    expect(reason).to_be_hidden()
    expect(reason).to_have_value("")


def test_without_script_the_findings_are_shown_by_the_server(visitors: Visitors, path: str) -> None:
    page, faults = writing(visitors, path, java_script_enabled=False)
    faults.allow(400, path)
    page.field.fill(UNLAWFUL)
    page.page.get_by_label("Hvorfor ændres spørgsmålet?").fill("For prøvens skyld.")
    page.page.get_by_role("button", name="Gem spørgsmålet").click()
    expect(page.serious).to_contain_text("”Er du gravid”")
    expect(page.serious).to_contain_text("Skriv i stedet:")
    expect(page.remarks.get_by_role("button")).to_have_count(0)
    expect(page.page.get_by_label("Begrundelse for at beholde ordlyden")).to_be_visible()


LINES = """field => {
  const page = field.parentElement.querySelector(".wording-text");
  const text = page.cloneNode(true);
  text.lastChild.replaceWith("\\u200b");
  page.after(text);
  const behind = text.offsetHeight;
  text.remove();
  Object.assign(field.style, { height: 0, minHeight: 0, fieldSizing: "fixed" });
  const inFront = field.scrollHeight;
  Object.assign(field.style, { height: "", minHeight: "", fieldSizing: "" });
  return [behind, inFront, page.offsetWidth, field.clientWidth];
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_marks_lie_behind_their_words_at_every_width(visitors: Visitors, path: str, scheme: str) -> None:
    page, _ = writing(visitors, path, color_scheme=scheme)
    text = (f"{LAWFUL}{LONG} {UNLAWFUL} 1.234,50  kr.\n" * 30)[:1_990]
    for width in range(340, 1300, 120):
        page.page.set_viewport_size({"width": width, "height": 700})
        page.field.fill(text)
        page.page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        behind, in_front, behind_width, in_front_width = page.field.evaluate(LINES)
        assert abs(behind - in_front) <= 1, width
        assert abs(behind_width - in_front_width) <= 1, width


def last_mark(marks: Locator) -> tuple[float, float]:
    box = marks.last.bounding_box()
    assert box is not None
    return box["x"], box["y"]


def test_marks_scroll_with_the_field(visitors: Visitors, path: str) -> None:
    page, _ = writing(visitors, path)
    with page.page.expect_response(CHECK):
        page.field.fill("\n".join([LAWFUL] * 30 + [UNLAWFUL]))
    expect(page.red_marks).to_have_count(1)
    page.field.evaluate("field => field.scrollTop = 0")
    page.page.wait_for_timeout(100)
    _, before = last_mark(page.red_marks)
    page.serious.get_by_role("button").first.click()
    page.page.wait_for_timeout(100)
    _, after = last_mark(page.red_marks)
    scrolled: float = page.field.evaluate("field => field.scrollTop")
    box = page.field.bounding_box()
    assert box is not None
    assert scrolled > 0
    assert after < before
    assert box["y"] < after < box["y"] + box["height"]


@pytest.mark.parametrize(
    "options", [{}, {"color_scheme": "dark"}, {"viewport": {"width": 640, "height": 450}, "device_scale_factor": 2}]
)
def test_page_with_findings_is_accessible_and_fits(visitors: Visitors, path: str, options: dict[str, Any]) -> None:
    page, _ = writing(visitors, path, **options)
    page.answered(f"{LAWFUL}{LONG} {UNLAWFUL} Kan du lide medarbejderrepræsentanter?")
    expect(page.red_marks).to_have_count(1)
    for size in (None, WIDE, NARROW):
        if size:
            page.page.set_viewport_size(size)
        assert sideways(page.page) + axe(page.page) == []


def finding(text: str, words: str, instead: str, replaced: str | None) -> dict[str, Any]:
    """What the server could say of `words` in `text`; `replaced` is what `instead` takes the place of."""
    start, begin = text.index(words), None if replaced is None else len(text) if not words else text.index(replaced)
    return {
        "rule": "made_up",
        "severity": "amber",
        "basis": "Loven § 1",
        "why": "Derfor.",
        "instead": instead,
        "text": words,
        "start": start,
        "end": start + len(words),
        "replace_start": begin,
        "replace_end": None if begin is None else begin + len(replaced or ""),
    }


@pytest.mark.parametrize(
    ("text", "words", "instead", "replaced", "button", "after"),
    [
        ("En. To to. Tre.", "To", "", "To to.", "Fjern sætningen", "En. Tre."),
        ("En. To to.", "To", "", "To to.", "Fjern sætningen", "En."),
        ("En.\nTo to.\nTre.", "To", "", "To to.", "Fjern sætningen", "En.\nTre."),
        ("En.\nTo to.", "To", "", "To to.", "Fjern sætningen", "En."),
        ("To to.", "To", "", "To to.", "Fjern sætningen", ""),
        ("En ung leder.", "ung", "", "ung", "Fjern ordene", "En leder."),
        ("En ung leder.", "ung", "dygtig", "ung", "Brug: ”dygtig”", "En dygtig leder."),
        ("En leder.", "", "Ring til os.", "", "Tilføj: ”Ring til os.”", "En leder.\n\nRing til os."),
        ("En leder.", "leder", "", None, None, None),
    ],
)
def test_every_offer_does_what_its_button_says(
    visitors: Visitors, path: str, text: str, words: str, instead: str, replaced: str, button: str | None, after: str
) -> None:
    page, _ = writing(visitors, path)
    answer = {"findings": [finding(text, words, instead, replaced)], "summary": "1 bemærkning"}
    page.page.route(CHECK, lambda route: route.fulfill(json=answer))
    page.answered(text)
    offers = page.remarks.locator("[data-do]")
    if button is None:
        expect(page.remarks).to_have_count(1)
        expect(offers).to_have_count(0)
        return
    expect(offers).to_have_text([button])
    offers.click()
    expect(page.field).to_have_value(after)
    page.page.keyboard.press("Control+z")
    expect(page.field).to_have_value(text)
