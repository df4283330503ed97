"""Where the marks of wording lie, how they look, and what an offer does to the text."""

from __future__ import annotations

from typing import Any

import pytest
from browser.test_pages import NARROW, WIDE, axe, sideways
from browser.visitors import Visitors
from browser.writing import CHECK, LAWFUL, LONG, UNLAWFUL, writing
from playwright.sync_api import Locator, expect

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
def test_marks_lie_behind_their_words_at_every_width(visitors: Visitors, question_path: str, scheme: str) -> None:
    page, _ = writing(visitors, question_path, color_scheme=scheme)
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


def test_marks_scroll_with_the_field(visitors: Visitors, question_path: str) -> None:
    page, _ = writing(visitors, question_path)
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
def test_page_with_findings_is_accessible_and_fits(
    visitors: Visitors, question_path: str, options: dict[str, Any]
) -> None:
    page, _ = writing(visitors, question_path, **options)
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
    visitors: Visitors,
    question_path: str,
    text: str,
    words: str,
    instead: str,
    replaced: str,
    button: str | None,
    after: str,
) -> None:
    page, _ = writing(visitors, question_path)
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
