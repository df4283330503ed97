"""From nothing to a Word report: a recruitment as HR, a chair and two members make it, page by page."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import docx
from browser.hands import Hands
from browser.visitors import HR, Visitors
from playwright.sync_api import Page, expect

TITLE = "Leder af Fjordhuset"
PICKED = ("performance.1", "performance.3", "compliance.2", "emergence.1", "resilience", "resilience.2")
HERE = "At følge op på sprogarbejdet hver måned."
PANEL = (
    ("Clara Chef", "clara@fjord.example", "Forperson", "Ledelse"),
    ("Morten Møller", "morten@fjord.example", "Medlem", "Medarbejdere"),
    ("Åse Ørum", "aase@fjord.example", "Medlem", "Tillidsrepræsentant"),
)
CANDIDATES = ("Ida Isager", "Bent Æbelø")


def heading(page: Page, text: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(text)


def confirm(hands: Hands) -> None:
    dialog = hands.page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    hands.press(dialog.get_by_role("button", name="Ja, fortsæt"))


@dataclass
class Journey:
    hands: Hands

    @property
    def page(self) -> Page:
        return self.hands.page

    def button(self, name: str) -> None:
        self.hands.press(self.page.get_by_role("button", name=name, exact=True))

    def link(self, name: str | re.Pattern[str], first: bool = False) -> None:
        found = self.page.get_by_role("main").get_by_role("link", name=name)
        self.hands.press(found.first if first else found)

    def chain(self, name: str) -> None:
        """Opens a link of the chain, which stands on every page of a recruitment."""
        label = self.page.locator(".chain-label", has_text=re.compile(rf"^\s*{name}\b"))
        self.hands.press(self.page.locator(".chain a").filter(has=label))

    def home(self) -> None:
        self.hands.press(self.page.get_by_role("banner").get_by_role("link", name="Rekruttering", exact=True))
        heading(self.page, "Overblik")

    def label(self, name: str, text: str) -> None:
        self.hands.write(self.page.get_by_label(name).first, text)


def create(journey: Journey) -> None:
    page, hands = journey.page, journey.hands
    page.goto("/")
    journey.link("Opret en rekruttering")
    heading(page, "Nyt rekrutteringsforløb")
    journey.label("Stilling", TITLE)
    hands.pick(page.get_by_role("radio").nth(2))
    journey.label("Forvaltning", "Børn og Unge")
    journey.button("Opret forløbet")
    heading(page, "Hvad har I brug for?")
    journey.link("Spring over")
    heading(page, "Vælg kriterier i huset")
    for key in PICKED:
        hands.tick(page.locator(f"input[name=criterion][value='{key}']"))
    expect(page.get_by_role("heading", name="6 kriterier valgt")).to_be_visible()
    expect(page.locator("[data-save-status]")).to_contain_text("Gemt kl.")
    journey.button("Videre til hvert kriterium")
    heading(page, "Hvert kriterium i denne stilling")
    journey.label("Hvad betyder det i denne stilling?", HERE)
    journey.label("Vægt", "2,5")
    journey.label("Hvorfor den vægt?", "Det er det, huset mangler mest.")
    journey.button("Gem kriterierne")
    heading(page, TITLE)
    journey.chain("Guide")
    heading(page, "Interviewguide")
    journey.link("Åbn guiden")
    journey.button("Sæt guiden sammen")
    expect(page.get_by_text(re.compile(r"\d+ spørgsmål i rækkefølge"))).to_be_visible()


def invite(journey: Journey) -> dict[str, str]:
    """Seats the panel, adds the candidates. E-mail -> the link with which a member signs in."""
    page, hands = journey.page, journey.hands
    journey.chain("Udvalg")
    heading(page, "Udvalg")
    for name, email, role, side in PANEL:
        journey.label("Navn", name)
        journey.label("E-mail", email)
        hands.choose(page.get_by_label("Rolle"), role)
        hands.choose(page.get_by_label("Side", exact=True), side)
        journey.button("Tilføj")
        expect(page.locator(".row").filter(has_text=email)).to_be_visible()
    journey.chain("Kandidater")
    heading(page, "Kandidater")
    for name in CANDIDATES:
        journey.label("Navn", name)
        journey.button("Tilføj")
        expect(page.locator(".row").filter(has_text=name)).to_be_visible()
    links = {}
    for name, email, _role, _side in PANEL:
        hands.press(page.get_by_role("banner").get_by_role("link", name="Brugere"))
        heading(page, "Brugere")
        journey.link(name)
        heading(page, name)
        journey.button("Lav et link")
        heading(page, f"Link til {name}")
        links[email] = page.get_by_label("Personligt link").input_value()
    return links


def enter(journey: Journey, link: str) -> None:
    """Signs in by the link, and declares."""
    page, hands = journey.page, journey.hands
    page.goto(link)
    journey.button("Log ind")
    heading(page, "Overblik")
    journey.link("Svar")
    heading(page, "Din habilitet")
    names = page.locator("legend").all_inner_texts()
    assert names == sorted(CANDIDATES)
    for place in range(len(CANDIDATES)):
        hands.pick(page.locator("fieldset.declare").nth(place).get_by_role("radio").first)
    journey.button("Afgiv dine svar")
    confirm(hands)
    expect(page.get_by_role("status")).to_be_visible()


def lock(journey: Journey) -> None:
    journey.home()
    journey.link(TITLE)
    heading(journey.page, TITLE)
    journey.chain("Guide")
    journey.link("Åbn guiden")
    journey.button("Lås kriterier og guide")
    confirm(journey.hands)
    expect(journey.page.get_by_text("Guiden er låst")).to_be_visible()


def score(journey: Journey, scores: tuple[int, int]) -> None:
    """Every criterion of every candidate, each with evidence."""
    page, hands = journey.page, journey.hands
    journey.home()
    journey.link("Vurdér")
    for ref, value in zip(("K1", "K2"), scores, strict=True):
        journey.link(re.compile(f"^Vurdér {ref}"))
        expect(page.locator("form[data-scorecard]")).to_contain_text(HERE)
        page.wait_for_load_state("load")  # until its scripts are there the page shows every criterion at once
        for place in range(len(PICKED)):
            step = page.locator("[data-step]").nth(place)
            expect(step).to_be_visible()
            hands.write(step.locator("textarea"), f"{ref} fortalte om punkt {place + 1}.")
            hands.rate(step, value if place else min(5, value + 1))
            journey.button("Næste")
        hands.write(page.get_by_label("Dit helhedsindtryk"), f"{ref} var til at følge.")
        journey.button("Afgiv skemaet")
        expect(page.get_by_role("status").first).to_be_visible()
        heading(page, "Vurdering")


def reveal(journey: Journey, folder: Path) -> Path:
    """The chair reveals; everybody's numbers are there, and the Word report."""
    page = journey.page
    journey.home()
    journey.link(re.compile("^Gå til (runden|afsløring)$"))
    expect(page.get_by_text("6 af 6 skemaer er afgivet")).to_be_visible()
    journey.button("Afslør runden")
    confirm(journey.hands)
    heading(page, "Sammenligning")
    for name in CANDIDATES:
        expect(page.get_by_role("table").first).to_contain_text(name)
    with page.expect_download() as download:
        journey.link("Hent som Word")
    file = folder / "report.docx"
    download.value.save_as(file)
    return file


def travel(visitors: Visitors, hands: Callable[[Page], Hands], folder: Path) -> None:
    """The whole way, and what the report must hold at its end."""

    def person(email: str | None = None) -> Journey:
        return Journey(hands(visitors.open(email)[0]))

    hr = person(HR)
    create(hr)
    links = invite(hr)
    panel = [person() for _ in PANEL]
    for traveller, link in zip(panel, links.values(), strict=True):
        enter(traveller, link)
    lock(panel[0])
    for traveller, scores in zip(panel, ((4, 3), (5, 3), (4, 2)), strict=True):
        score(traveller, scores)
    report = docx.Document(str(reveal(panel[0], folder)))
    words = [paragraph.text for paragraph in report.paragraphs]
    words += [cell.text for table in report.tables for row in table.rows for cell in row.cells]
    everything = "\n".join(words)
    for expected in (TITLE, *CANDIDATES, "K1 fortalte om punkt 6.", "K2 var til at følge."):
        assert expected in everything
