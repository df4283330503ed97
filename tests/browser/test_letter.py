"""Writing an answer in the browser: whom it names is said while it is typed, and what is marked ready is what stands
there."""

from __future__ import annotations

from answers import decided_case
from browser.server import Server
from browser.test_pages import axe
from browser.visitors import HR, Visitors
from playwright.sync_api import expect
from support import load

from recruit.candidates.models import Candidate
from recruit.extensions import db
from recruit.letters.models import Answer, AnswerText


def test_letter_is_checked_while_typed_and_marked_ready_with_the_last_words(server: Server, visitors: Visitors) -> None:
    with server.database():
        recruitment = load(decided_case())
        place = Candidate.recruitment_id == recruitment.id, Candidate.ref == "K2"
        candidate, base = db.session.scalars(db.select(Candidate.id).where(*place)).one(), recruitment.id
    page, _faults = visitors.open(HR)
    page.goto(f"/recruitments/{base}/letters/{candidate}")
    field = page.get_by_role("textbox", name="Svaret")
    field.fill("Du var næsten som Åse Ørsted.")
    expect(page.locator(".named")).to_contain_text("”Åse Ørsted” er en anden ansøger")
    assert axe(page) == []
    field.fill("Tak for samtalen.")
    expect(page.locator(".named")).not_to_contain_text("Åse")
    field.press_sequentially(" Alt godt.")
    page.get_by_role("button", name="Markér klar").click()
    expect(page.get_by_text("Svaret er markeret klar.")).to_be_visible()
    with server.database():
        rows = db.session.execute(
            db.select(AnswerText.text, Answer.ready_as)
            .join(Answer, Answer.candidate_id == AnswerText.candidate_id)
            .where(Answer.candidate_id == candidate)
        ).all()
    assert [tuple(row) for row in rows] == [("Tak for samtalen. Alt godt.", "interview")]
