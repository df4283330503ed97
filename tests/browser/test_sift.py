"""The first sift in a browser: saved as chosen, by mouse, thumb or keys alone, and never called saved when it is not."""

from __future__ import annotations

import re
from typing import Any

import pytest
from browser.cards import PHONE
from browser.hands import Keyboard
from browser.server import Server
from browser.test_pages import NARROW, WIDE, axe, sideways
from browser.visitors import REVEALED_CHAIR, REVEALED_MEMBER, Visitors
from playwright.sync_api import Page, expect
from support import case, declared, load

from recruit.candidates.models import Candidate
from recruit.extensions import db
from recruit.panel.service import load_members
from recruit.sifting.piles import accept_proposals
from recruit.sifting.progress import open_sift, reveal_sift
from recruit.sifting.service import save_answer, submit

SAVED = re.compile(r"^Gemt kl\. \d\d\.\d\d$")
REFS = ("K1", "K2", "K3")


def begin(server: Server, *, revealed: bool = False) -> tuple[str, list[int], dict[str, int]]:
    """A sift read by a chair and a member: its path, the criteria's ids, and the applicants' by ref."""
    people = ((REVEALED_CHAIR, "chair", "chief"), (REVEALED_MEMBER, "member", "employee"))
    panel = [
        {"email": email, "name": email.split("@")[0].title(), "role": role, "side": side}
        for email, role, side in people
    ]
    with server.database():
        recruitment = load(
            case(
                panel=panel,
                candidates=[{"ref": ref, "name": f"Kandidat {ref}"} for ref in REFS],
                impartiality=declared(tuple(email for email, _role, _side in people), REFS),
            )
        )
        members = load_members(recruitment)
        chair = members[0].person
        open_sift(recruitment, [member.id for member in members], actor=chair)
        candidates = list(db.session.scalars(db.select(Candidate).where(Candidate.recruitment_id == recruitment.id)))
        for member in members if revealed else []:
            for criterion in recruitment.criteria:
                for candidate, answer in zip(candidates, ("shown", "partly", "not_shown"), strict=True):
                    save_answer(recruitment, member, candidate, criterion, answer, shown="", actor=chair)
            submit(recruitment, member, actor=chair)
        if revealed:
            reveal_sift(recruitment, actor=chair)
            db.session.flush()
            accept_proposals(recruitment, actor=chair)
        db.session.commit()
        path = f"/recruitments/{recruitment.id}/sift"
        return path, [item.id for item in recruitment.criteria], {item.ref: item.id for item in candidates}


@pytest.fixture
def sift(server: Server) -> tuple[str, list[int], dict[str, int]]:
    return begin(server)


def open_page(page: Page, sift: tuple[str, list[int], dict[str, int]], place: int = 0) -> None:
    page.goto(f"{sift[0]}/criteria/{sift[1][place]}")
    expect(page.locator("details[data-with-script]:not([hidden])")).to_be_attached()


def choose(page: Page, ref: str, answer: str) -> None:
    page.get_by_role("group", name=ref, exact=True).get_by_text(answer, exact=True).click()


def is_chosen(page: Page, ref: str, answer: str) -> None:
    expect(
        page.get_by_role("group", name=ref, exact=True).get_by_role("radio", name=answer, exact=True)
    ).to_be_checked()


def status(page: Page) -> Any:
    return page.locator("[data-save-status]")


def test_answer_is_saved_as_chosen_on_a_phone(visitors: Visitors, sift: tuple[str, list[int], dict[str, int]]) -> None:
    page, _ = visitors.open(REVEALED_MEMBER, **PHONE)
    open_page(page, sift)
    choose(page, "K2", "Fremgår delvist")
    expect(status(page)).to_have_text(SAVED)
    expect(page.locator("[data-done-status]")).to_have_text("1 af 9 svar")
    page.reload()
    is_chosen(page, "K2", "Fremgår delvist")


def test_offline_answer_is_said_to_be_unsaved_and_saved_when_back(
    visitors: Visitors, sift: tuple[str, list[int], dict[str, int]]
) -> None:
    page, faults = visitors.open(REVEALED_MEMBER)
    open_page(page, sift)
    faults.allow_unreachable()
    page.context.set_offline(True)
    choose(page, "K1", "Fremgår")
    expect(status(page)).to_contain_text("Ikke gemt")
    page.context.set_offline(False)
    expect(status(page)).to_have_text(SAVED, timeout=10_000)
    page.reload()
    is_chosen(page, "K1", "Fremgår")


def test_answer_from_another_window_is_not_overwritten_unseen(
    visitors: Visitors, sift: tuple[str, list[int], dict[str, int]]
) -> None:
    page, faults = visitors.open(REVEALED_MEMBER)
    faults.allow(409, r".*/sift/criteria/\d+/candidates/\d+")
    open_page(page, sift)
    other = page.context.new_page()
    open_page(other, sift)
    choose(other, "K1", "Fremgår")
    expect(status(other)).to_have_text(SAVED)
    choose(page, "K1", "Fremgår ikke")
    expect(status(page)).to_contain_text("andet vindue")
    is_chosen(page, "K1", "Fremgår")
    choose(page, "K1", "Fremgår ikke")
    expect(status(page)).to_have_text(SAVED)


def test_whole_sheet_is_answered_and_submitted_by_keys_alone(
    visitors: Visitors, sift: tuple[str, list[int], dict[str, int]]
) -> None:
    page, _ = visitors.open(REVEALED_MEMBER)
    for place in range(3):
        open_page(page, sift, place)
        for _applicant in REFS:
            page.keyboard.press("2")
        expect(page.locator("[data-done-status]")).to_have_text(f"{3 * (place + 1)} af 9 svar")
    page.goto(sift[0])
    Keyboard(page).press(page.get_by_role("button", name="Afgiv min sortering"))
    expect(page.get_by_text("Du har afgivet din sortering.")).to_be_visible()


@pytest.mark.parametrize("revealed", [False, True])
def test_pages_of_the_sift_are_accessible_and_fit(visitors: Visitors, server: Server, revealed: bool) -> None:
    path, criteria, candidates = begin(server, revealed=revealed)
    parts = ["/result", f"/candidates/{candidates['K3']}"] if revealed else [f"/criteria/{criteria[0]}"]
    page, _ = visitors.open(REVEALED_CHAIR)
    documents = path.replace("/sift", f"/candidates/{candidates['K1']}/documents")
    found: dict[str, list[str]] = {}
    for place in (path, *(path + part for part in parts), documents, path.replace("/sift", "/candidates/import")):
        for size in (WIDE, NARROW):
            page.set_viewport_size(size)  # type: ignore[arg-type]
            page.goto(place)
            found[f"{place} {size['width']}"] = sideways(page) + axe(page)
    assert {place: faults for place, faults in found.items() if faults} == {}
