"""Practising together: rated alone, shown with what was intended and a spread without names, and never in the way."""

from __future__ import annotations

import html
import re
import threading
from typing import Any

import pytest
from flask import Flask
from support import KEYS, MEMBERS, card, case, declared, load, make_person, signed_in

from recruit.audit import AuditEvent
from recruit.casefile.export import export_case
from recruit.extensions import db
from recruit.questions.service import bank_of
from recruit.recruitments.models import Recruitment
from recruit.scoring.models import CalibrationRating

PANEL = [
    {"email": "chair@example.org", "name": "Carla Chef", "role": "chair", "side": "chief"},
    *(
        {"email": f"{name}@example.org", "name": name.title(), "role": "member", "side": "peer"}
        for name in ("anna", "bo", "dan", "eva")
    ),
    {"email": "sub@example.org", "name": "Sus", "role": "substitute", "side": "peer"},
]
EMAILS = tuple(str(member["email"]) for member in PANEL)


class Practice:
    """A locked round, in which nobody has rated anything yet."""

    def __init__(self, app: Flask, **changes: Any) -> None:
        self.app = app
        self.recruitment: Recruitment = load(
            case(**({"panel": PANEL, "impartiality": declared(EMAILS), "locked": [1]} | changes))
        )
        make_person("hr@example.org", "hr")
        self.base = f"/recruitments/{self.recruitment.id}/practice"
        self.overview = f"/recruitments/{self.recruitment.id}/rounds/1/scorecards"

    def get(self, name: str, path: str) -> str:
        answer = signed_in(self.app, f"{name}@example.org").get(path)
        assert answer.status_code == 200, (name, path)
        return html.unescape(answer.get_data(as_text=True))

    def choose(self, name: str, place: int, score: object) -> int:
        path = f"{self.base}/{place}"
        return signed_in(self.app, f"{name}@example.org").post(path, data={"score": score}).status_code

    def counts(self, name: str, place: int) -> list[str]:
        """How many others the page says chose each of the levels 1–5."""
        scale = self.get(name, f"{self.base}/{place}").partition('class="practice-scale"')[2].partition("</ol>")[0]
        return [
            found[1] if (found := re.search(r"(\d+) and(en|re)<", step)) else "0"
            for step in re.findall(r"<li.*?</li>", scale, re.DOTALL)
        ]


def test_answers_are_those_of_the_recruitments_own_criteria(app: Flask) -> None:
    practice = Practice(app)
    bank = bank_of("odder")
    shown = [practice.get("anna", f"{practice.base}/{place}") for place in (1, 2, 3)]
    # performance.2 is the heaviest; levels 1, 4 and 3
    for page, (key, number) in zip(shown, ((KEYS[0], 0), (KEYS[1], 1), (KEYS[2], 0)), strict=True):
        answer = bank.entries[key].calibration[number]
        assert answer.answer.da in page
        assert all(anchor.da in page for anchor in bank.entries[key].anchors.values())
        assert answer.why.da not in page
        assert 'name="score"' in page
        assert "not_evidenced" not in page
    assert signed_in(app, "anna@example.org").get(f"{practice.base}/4").status_code == 404


def test_page_is_in_the_readers_language(app: Flask) -> None:
    practice = Practice(app)
    anna = signed_in(app, "anna@example.org")
    with anna.session_transaction() as session:
        session["language"] = "en"
    page = html.unescape(anna.get(f"{practice.base}/1").get_data(as_text=True))
    answer = bank_of("odder").entries[KEYS[0]].calibration[0].answer
    assert answer.en in page
    assert answer.da not in page


def test_rated_answer_shows_what_was_intended_and_stays(app: Flask) -> None:
    practice = Practice(app)
    assert practice.choose("anna", 1, 3) == 302
    page = practice.get("anna", f"{practice.base}/1")
    assert "Du valgte 3, og svaret er skrevet til at vise 1" in page
    assert bank_of("odder").entries[KEYS[0]].calibration[0].why.da in page
    assert 'name="score"' not in page
    assert f'href="{practice.base}/2"' in page
    assert practice.choose("anna", 1, 1) == 302
    rows = db.session.scalars(db.select(CalibrationRating)).all()
    assert [(row.key, row.answer, row.score) for row in rows] == [(KEYS[0], 1, 3)]
    event = db.session.scalars(db.select(AuditEvent).where(AuditEvent.event == "calibration.rated")).one()
    assert set(event.subject) == {"member", "criterion", "answer"}


def test_double_click_keeps_one_choice(app: Flask) -> None:
    practice = Practice(app)
    together, answers = threading.Barrier(2), []

    def click(score: int) -> None:
        with app.app_context():
            together.wait(timeout=30)
            answers.append(practice.choose("anna", 1, score))
            db.session.remove()

    db.session.remove()
    threads = [threading.Thread(target=click, args=(score,)) for score in (2, 4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [302, 302]
    assert db.session.scalar(db.select(db.func.count(CalibrationRating.id))) == 1


@pytest.mark.parametrize("score", ["", "0", "6", "3.0", "x", "not_evidenced"])
def test_level_outside_the_scale_is_refused_with_a_sentence(app: Flask, score: str) -> None:
    practice = Practice(app)
    answer = signed_in(app, "anna@example.org").post(f"{practice.base}/1", data={"score": score})
    assert answer.status_code == 400
    assert 'href="#score-1"' in answer.get_data(as_text=True)
    assert db.session.scalar(db.select(db.func.count(CalibrationRating.id))) == 0


def test_spread_is_seen_by_those_who_have_rated_the_answer_only(app: Flask) -> None:
    practice = Practice(app)
    for name, score in (("bo", 2), ("dan", 4)):
        practice.choose(name, 1, score)
    assert "practice-scale" not in practice.get("anna", f"{practice.base}/1")
    practice.choose("anna", 1, 4)
    assert practice.counts("anna", 1) == ["0", "1", "0", "1", "0"]
    practice.choose("anna", 2, 5)  # nobody else has rated this one
    assert practice.counts("anna", 2) == ["0"] * 5
    assert "Ingen andre i udvalget har vurderet svaret endnu." in practice.get("anna", f"{practice.base}/2")


def test_spread_grows_by_two_so_that_nobodys_choice_can_be_told(app: Flask) -> None:
    practice = Practice(app)
    seen = []
    practice.choose("chair", 1, 3)
    for name, score in (("anna", 1), ("bo", 5), ("dan", 5), ("eva", 2)):
        practice.choose(name, 1, score)
        seen.append(practice.counts("chair", 1))
    first, both = ["1", "0", "0", "0", "1"], ["1", "1", "0", "0", "2"]
    assert seen == [["0"] * 5, first, first, both]


def test_choice_of_a_disqualified_member_counts_in_nothing(app: Flask) -> None:
    practice = Practice(app)
    for name, score in (("anna", 1), ("bo", 5), ("chair", 3)):
        practice.choose(name, 1, score)
    assert practice.counts("chair", 1) == ["1", "0", "0", "0", "1"]
    db.session.execute(
        db.text(
            "UPDATE declaration SET answer = 'conflict' WHERE member_id = (SELECT min(member_id) + 1 FROM declaration)"
        )
    )
    db.session.commit()
    assert practice.counts("chair", 1) == ["0"] * 5


def test_chair_and_hr_see_who_has_practised_and_members_do_not(app: Flask) -> None:
    practice = Practice(app)
    for place in (1, 2, 3):
        practice.choose("anna", place, 3)
    practice.choose("bo", 1, 3)
    for name in ("chair", "hr"):
        page = practice.get(name, practice.overview)
        assert re.search(r"Anna<br><span[^>]*>Medlem, har øvet sig<", page)
        assert re.search(r"Bo<br><span[^>]*>Medlem<", page)
        assert "1 af 5 i udvalget har øvet sig" in page
    assert "har øvet sig" not in practice.get("dan", practice.overview)


def test_overview_is_the_same_whatever_was_chosen(app: Flask) -> None:
    practice, pages = Practice(app), []
    for score in (1, 5):
        db.session.execute(db.delete(CalibrationRating))
        db.session.commit()
        for name in ("anna", "bo"):
            for place in (1, 2, 3):
                practice.choose(name, place, score)
        paths = (practice.overview, practice.base, f"{practice.base}/1")
        found = [practice.get(name, path) for name in ("chair", "dan") for path in paths]
        found += [practice.get("hr", practice.overview), export_case(practice.recruitment, actor=None)]
        pages.append([re.sub(r'(content|value)="[^"]{30,}"|[0-9a-f-]{30,}', "", page) for page in found])
    assert pages[0] == pages[1]


def test_reminder_stands_first_until_it_is_done(app: Flask) -> None:
    practice = Practice(app)
    reminder, first_card = 'id="practice"', 'class="own-cards"'
    page = practice.get("anna", practice.overview)
    assert 0 < page.index(reminder) < page.index(first_card)
    assert page.partition("</main>")[0].count("button-primary") == 1  # one thing to do first
    card_path = re.search(rf'href="({practice.overview}/\d+)"', page)
    assert card_path
    assert practice.base in practice.get("anna", card_path[1])
    for place in (1, 2, 3):
        practice.choose("anna", place, 3)
    assert reminder not in practice.get("anna", practice.overview)
    assert practice.base not in practice.get("anna", card_path[1])
    assert reminder in practice.get("bo", practice.overview)
    assert reminder not in practice.get("hr", practice.overview)


def test_reminder_can_be_put_off(app: Flask) -> None:
    practice = Practice(app)
    anna = signed_in(app, "anna@example.org")
    assert anna.post(f"{practice.base}/later").status_code == 302
    page = anna.get(practice.overview).get_data(as_text=True)
    assert 'id="practice"' not in page
    assert f'href="{practice.base}"' in page  # still to be found
    assert 'id="practice"' in practice.get("anna", practice.overview)  # in another browser


def test_practice_never_blocks_scoring_and_is_over_with_the_first_scorecard(app: Flask) -> None:
    cards = [card("anna@example.org", "K1", dict.fromkeys(KEYS, 3))]
    practice = Practice(app, scorecards=cards)
    assert 'id="practice"' not in practice.get("anna", practice.overview)
    page = practice.get("bo", practice.overview)
    path = re.search(rf'href="({practice.overview}/(\d+))"', page)
    assert path
    criterion = practice.recruitment.criteria[0].id
    saved = signed_in(app, "bo@example.org").put(f"{path[1]}/ratings/{criterion}", json={"score": 3, "version": 0})
    assert saved.status_code == 200


def test_practice_opens_with_the_lock(app: Flask) -> None:
    practice = Practice(app, locked=[])
    assert "Øvelsen er ikke åben endnu" in practice.get("anna", practice.base)
    assert practice.choose("anna", 1, 3) == 404


def test_only_members_and_the_chair_practise(app: Flask) -> None:
    practice = Practice(app)
    make_person("other@example.org")
    for name, status in (("sub", 403), ("hr", 403), ("other", 404)):
        assert practice.choose(name, 1, 3) == status
        assert signed_in(app, f"{name}@example.org").get(practice.base).status_code == status


def test_bank_without_answers_says_so(app: Flask) -> None:
    panel = [
        {"email": email, "name": email, "role": "chair" if email == MEMBERS[0] else "member", "side": "peer"}
        for email in MEMBERS
    ]
    recruitment = load(
        case(
            charter="strandby",
            recruitment={"title": "Leder", "role": "manager", "language": "da"},
            criteria=[{"statement": "hand.1"}],
            panel=panel,
            impartiality=declared(),
            locked=[1],
        )
    )
    anna = signed_in(app, "anna@example.org")
    page = anna.get(f"/recruitments/{recruitment.id}/practice").get_data(as_text=True)
    assert "Der er ingen svar at øve sig på" in page
    overview = anna.get(f"/recruitments/{recruitment.id}/rounds/1/scorecards").get_data(as_text=True)
    assert "/practice" not in overview
