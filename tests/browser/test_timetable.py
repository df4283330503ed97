"""The timetable's line: a picture on a wide screen and on paper, a list on a phone."""

from __future__ import annotations

from browser.visitors import SCORED_CHAIR, Visitors
from browser.walk import Addresses
from playwright.sync_api import expect

SCORED = "Stabschef for Økonomi og Digitalisering"


def test_timetable_is_proposed_and_its_line_fits_every_screen(visitors: Visitors, every_page: Addresses) -> None:
    page, _ = visitors.open(SCORED_CHAIR)
    path = next(path for endpoint, path in every_page[SCORED] if endpoint == "recruitments.timetable")
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(path)
    page.get_by_role("link", name="Lav et forslag").click()
    expect(page.get_by_label("Løbende måned + 3")).to_be_checked()  # a head of staff
    page.get_by_label("Første arbejdsdag").fill("2027-08-01")
    page.get_by_role("button", name="Læg tidsplanen").click()
    line, milestones = page.locator("svg.timeline"), page.locator(".timeline-list")
    expect(line).to_be_visible()
    expect(milestones).to_be_hidden()
    boxes = [box for mark in page.locator(".timeline-mark").all() if (box := mark.bounding_box())]
    frame = line.bounding_box()
    assert frame is not None and len(boxes) == 6
    for box in boxes:
        assert frame["x"] - 1 <= box["x"] and box["x"] + box["width"] <= frame["x"] + frame["width"] + 1
    for place, one in enumerate(boxes):
        for other in boxes[place + 1 :]:
            apart = one["x"] + one["width"] <= other["x"] or other["x"] + other["width"] <= one["x"]
            above = one["y"] + one["height"] <= other["y"] + 4 or other["y"] + other["height"] <= one["y"] + 4
            assert apart or above
    page.set_viewport_size({"width": 390, "height": 844})
    expect(line).to_be_hidden()
    expect(milestones.get_by_text("Ansøgningsfrist")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.emulate_media(media="print")
    expect(line).to_be_visible()
