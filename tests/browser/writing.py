"""Somebody who writes an interview question, and the marks that come."""

from __future__ import annotations

import re
from typing import Any

from browser.visitors import HR, Faults, Visitors
from playwright.sync_api import Page

CHECK = re.compile("/wording/check$")
LAWFUL, UNLAWFUL = "Fortæl om en beslutning, du måtte stå alene med.", "Er du gravid?"
LONG = " Ledelsesgrundlagsarbejdsgruppen, medarbejderrepræsentanterne og arbejdsmiljørepræsentanterne var uenige."
# What is not yet revealed can still be edited.
TITLE = "Stabschef for Økonomi og Digitalisering"


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
