"""Danish and English: the page stays where it is, and numbers and dates follow."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from browser.visitors import Visitors
from browser.walk import Addresses
from playwright.sync_api import Page, expect
from support import some

PERSON = "tina.overgaard@odder.example"  # a panel member whom no other test visits as
REVEALED = "Leder af Børnehuset Skovbrynet"
MONTHS = {
    "da": [
        "januar",
        "februar",
        "marts",
        "april",
        "maj",
        "juni",
        "juli",
        "august",
        "september",
        "oktober",
        "november",
        "december",
    ],
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
}


@pytest.fixture
def page(visitors: Visitors) -> Iterator[Page]:
    page, _ = visitors.open(PERSON)
    yield page
    if page.locator("html").get_attribute("lang") == "en":
        switch(page, "Dansk")  # the choice is the person's own and outlives the browser


def switch(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()
    expect(page.locator("html")).to_have_attribute("lang", {"Dansk": "da", "English": "en"}[name])


def test_switching_language_keeps_the_page(page: Page, every_page: Addresses) -> None:
    visited = 0
    for _endpoint, path in some(every_page[REVEALED] + every_page[""], 0.4):
        if page.request.get(path, max_redirects=0).status == 200:
            page.goto(path)
            switch(page, "English" if page.locator("html").get_attribute("lang") == "da" else "Dansk")
            expect(page).to_have_url(re.compile(re.escape(path) + "$"))
            visited += 1
    assert visited >= 10


def test_numbers_and_dates_follow_the_language(page: Page, every_page: Addresses) -> None:
    path = next(path for endpoint, path in every_page[REVEALED] if endpoint == "comparison.comparison")
    page.goto(path)
    table = page.locator("table").last
    today = datetime.now(ZoneInfo("Europe/Copenhagen"))
    expect(page.locator(".lead")).to_contain_text(f"{today.day}. {MONTHS['da'][today.month - 1]} {today.year}")
    danish = table.inner_text()
    assert re.search(r"\b[1-5],\d\d\b", danish)
    assert not re.search(r"\b[1-5]\.\d\d\b", danish)
    switch(page, "English")
    expect(page.locator(".lead")).to_contain_text(f"{today.day} {MONTHS['en'][today.month - 1]} {today.year}")
    english = table.inner_text()
    numbers = re.findall(r"\b[1-5]\.\d\d\b", english)
    assert [number.replace(".", ",") for number in numbers] == re.findall(r"\b[1-5],\d\d\b", danish)
