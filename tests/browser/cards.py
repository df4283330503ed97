"""Scorecards to write on, and what stands on the score page."""

from __future__ import annotations

import re
from typing import Any

from browser.server import Server
from browser.visitors import REVEALED_CHAIR, REVEALED_MEMBER
from playwright.sync_api import Locator, Page, expect
from support import case, declared, load

from recruit.candidates.models import Candidate
from recruit.extensions import db

SAVED = re.compile(r"^Gemt kl\. \d\d\.\d\d$")
RATINGS = re.compile(r"/ratings/\d+$")
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
MEMBER, THIRD = REVEALED_MEMBER, "lars.mikkelsen@odder.example"
MOST = 60


def blank_cards(server: Server) -> list[str]:
    """The paths of scorecards in a locked round of three criteria. They are MEMBER's, and THIRD's."""
    refs = tuple(f"K{number}" for number in range(1, MOST + 1))
    people = ((REVEALED_CHAIR, "chair", "chief"), (MEMBER, "member", "employee"), (THIRD, "member", "user"))
    panel = [
        {"email": email, "name": email.split("@")[0].title(), "role": role, "side": side}
        for email, role, side in people
    ]
    with server.database():
        recruitment = load(
            case(
                panel=panel,
                candidates=[{"ref": ref, "name": f"Kandidat {ref}"} for ref in refs],
                locked=[1],
                impartiality=declared(tuple(email for email, _role, _side in people), refs),
            ),
        )
        found = db.session.scalars(db.select(Candidate.id).where(Candidate.recruitment_id == recruitment.id))
        return [f"/recruitments/{recruitment.id}/rounds/1/scorecards/{candidate}" for candidate in found]


def open_card(page: Page, path: str) -> None:
    """Opens a scorecard, once its script has taken over."""
    page.goto(path)
    expect(page.locator("[data-step]:visible")).to_have_count(1)


def evidence(page: Page) -> Locator:
    """The text of the criterion that is shown."""
    return page.locator("[data-step]:visible textarea")


def status(page: Page) -> Locator:
    return page.locator("[data-save-status]")


def wait_until_saved(page: Page, timeout: float = 5_000) -> None:
    expect(status(page)).to_have_text(SAVED, timeout=timeout)


def kept(page: Page) -> list[str]:
    """What the browser keeps of scorecards, as it is stored."""
    found: list[str] = page.evaluate(
        "Object.keys(localStorage).filter((name) => name.startsWith('recruit-draft')).map((name) => localStorage[name])"
    )
    return found


def wait_until_nothing_is_kept(page: Page) -> None:
    page.wait_for_function("!Object.keys(localStorage).some((name) => name.startsWith('recruit-draft'))")


def write_offline(page: Page, path: str, text: str) -> None:
    """Writes on the first criterion of a card while there is no network, and closes the tab."""
    open_card(page, path)
    page.context.set_offline(True)
    evidence(page).fill(text)
    expect(status(page)).to_contain_text("Ikke gemt: Der er ingen forbindelse.")
    close_offline(page)


def close_offline(page: Page) -> None:
    """Closes the tab while there is no network, and brings the network back.

    What a tab sends as it closes outlives the tab, and with it the browser's emulation of no network: so it is kept
    from sending.
    """
    page.evaluate("() => { window.fetch = () => Promise.reject(new TypeError('no network')); }")
    page.close()
    page.context.set_offline(False)
