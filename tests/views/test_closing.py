"""How a recruitment ends: hired, nobody, called off; opened again; advertised again with what carries over."""

from __future__ import annotations

import io
from typing import Any

import pytest
from docx import Document
from doors import doors, ids_of
from flask import Flask
from support import Client, case, declared, full_case, load, make_person, signed_in

from recruit.audit import AuditEvent
from recruit.candidates.impartiality import load_declarations
from recruit.candidates.service import load_candidates
from recruit.casefile.models import Case
from recruit.casefile.readvertise import CARRIED, LEFT
from recruit.extensions import db
from recruit.panel.service import load_members
from recruit.profiles.service import load_sections
from recruit.questions.guide import load_guide
from recruit.recruitments.models import Recruitment
from recruit.recruitments.service import load_recruitment
from recruit.recruitments.timetable import load_choices, load_timetable

REASON = "Institutionen lægges sammen med en anden."


class Desk:
    """A recruitment, and HR at the screen."""

    def __init__(self, app: Flask, values: dict[str, Any]) -> None:
        self.app, self.id = app, load(values).id
        self.base = f"/recruitments/{self.id}"
        make_person("hr@example.org", "hr")
        self.hr: Client = signed_in(app, "hr@example.org")

    def loaded(self, recruitment_id: int | None = None) -> Recruitment:
        db.session.expire_all()
        recruitment = load_recruitment(recruitment_id or self.id)
        assert recruitment is not None
        return recruitment

    def close(self, **values: str) -> Any:
        return self.hr.post(f"{self.base}/close", data={"outcome": "cancelled", "reason": REASON, **values})

    def readvertise(self, **values: str) -> Recruitment:
        sent = {"title": "Leder af Havhuset", "case_number": "27/9", **values}
        answer = self.hr.post(f"{self.base}/readvertise", data=sent)
        assert answer.status_code == 302
        return self.loaded(int(answer.location.rsplit("/", 1)[1]))


def with_posts(posts: int, **changes: Any) -> dict[str, Any]:
    return case(recruitment=case()["recruitment"] | {"posts": posts}, **changes)


def events(name: str) -> list[tuple[int | None, dict[str, Any]]]:
    db.session.rollback()
    return [
        (row.actor_id, row.subject) for row in db.session.scalars(db.select(AuditEvent).where(AuditEvent.event == name))
    ]


# Closing


def test_calling_off_needs_a_reason_and_leaves_a_mark_on_every_page(app: Flask) -> None:
    desk = Desk(app, full_case(locked=[1], revealed=[1]))
    assert "er aflyst" not in desk.hr.get(f"{desk.base}/profile").get_data(as_text=True)
    answer = desk.close(reason=" ")
    assert answer.status_code == 400 and "Skriv en begrundelse." in answer.get_data(as_text=True)
    assert desk.loaded().closed_at is None
    assert desk.close().status_code == 302
    assert (desk.loaded().outcome, desk.loaded().closing_reason) == ("cancelled", REASON)
    pages = 0
    for endpoint, method, path in doors(app, ids_of(desk.loaded())):
        shown = desk.hr.get(path) if method == "GET" and path.startswith(desk.base) else None
        if shown is not None and shown.status_code == 200 and shown.mimetype == "text/html":
            page = shown.get_data(as_text=True)
            if 'class="chain"' in page:
                pages += 1
                assert "Forløbet er aflyst" in page, endpoint
    assert pages > 20
    home = desk.hr.get("/").get_data(as_text=True)
    assert "Aflyst" in home
    assert REASON in desk.hr.get(desk.base).get_data(as_text=True)
    assert [subject for _actor, subject in events("recruitment.closed")] == [{"code": "cancelled", "count": 0}]


def test_documents_of_what_is_called_off_say_so(app: Flask) -> None:
    desk = Desk(app, full_case(locked=[1], revealed=[1]))

    def header() -> str:
        content = desk.hr.get(f"{desk.base}/rounds/1/comparison.docx").data
        return "".join(part.text for part in Document(io.BytesIO(content)).sections[0].header.paragraphs)

    assert "Aflyst" not in header()
    desk.close()
    assert "Leder af Havhuset · Aflyst" in header()


def test_members_can_still_read_and_nothing_waits_for_them(app: Flask) -> None:
    desk = Desk(app, case(impartiality=declared(), locked=[1]))
    anna = signed_in(app, "anna@example.org")
    assert "Vurdér 2 kandidater" in anna.get("/").get_data(as_text=True)
    desk.close()
    page = anna.get("/").get_data(as_text=True)
    assert "Vurdér 2 kandidater" not in page and "Aflyst" in page
    assert anna.get(f"{desk.base}/profile").status_code == 200
    assert anna.post(f"{desk.base}/close", data={"outcome": "cancelled", "reason": "Nej"}).status_code == 403
    assert anna.post(f"{desk.base}/reopen").status_code == 403


@pytest.mark.parametrize(
    ("posts", "hired", "status"),
    [(1, "1", 302), (2, "2", 302), (2, "1", 302), (2, "3", 400), (2, "0", 400), (1, "2", 400)],
)
def test_it_ends_with_as_many_hired_as_there_are_posts(app: Flask, posts: int, hired: str, status: int) -> None:
    desk = Desk(app, with_posts(posts))
    assert desk.close(outcome="hired", hired=hired, reason="").status_code == status
    recruitment = desk.loaded()
    assert recruitment.hired == (int(hired) if status == 302 else 0)
    if status == 302 and posts == 2:
        assert f"{hired} af 2 stillinger er besat." in desk.hr.get(desk.base).get_data(as_text=True)


def test_it_ends_once_and_can_be_opened_again(app: Flask) -> None:
    desk = Desk(app, case())
    desk.close(outcome="nobody")
    assert desk.close().status_code == 400
    assert desk.hr.post(f"{desk.base}/reopen").status_code == 302
    recruitment = desk.loaded()
    assert (recruitment.outcome, recruitment.closing_reason, recruitment.hired, recruitment.closed_at) == (
        "",
        "",
        0,
        None,
    )
    assert desk.hr.post(f"{desk.base}/reopen").status_code == 400
    assert len(events("recruitment.reopened")) == 1


def test_number_of_posts_is_one_of_the_facts(app: Flask) -> None:
    desk = Desk(app, case())
    recruitment = desk.loaded()
    values = {"title": "Ledere", "role": recruitment.role, "department": "X", "case_number": "", "superior": ""}
    sent = values | {"language": "da", "posts": "2"}
    assert desk.hr.post(f"{desk.base}/edit", data=sent).status_code == 302
    assert desk.loaded().posts == 2
    assert desk.hr.post(f"{desk.base}/edit", data=sent | {"posts": "0"}).status_code == 400
    assert desk.hr.post(f"{desk.base}/edit", data=sent | {"posts": ""}).status_code == 400


# Advertising again


def test_the_page_says_what_carries_over_and_what_never_does(app: Flask) -> None:
    page = Desk(app, case()).hr.get("/recruitments/1/readvertise").get_data(as_text=True)
    assert "Det følger med" in page and "Det følger aldrig med" in page
    assert "Forløbet er ikke afsluttet" in page


def test_what_was_prepared_carries_over_and_nothing_about_applicants_does(app: Flask) -> None:
    values = full_case(
        locked=[1],
        revealed=[1],
        profile={"purpose": "Formålet", "process": "Samtaler i maj"},
        timetable={
            "notice_months": 2,
            "board": "school",
            "steps": [{"code": "sift", "title": "Sortering", "starts": "2027-05-03"}],
        },
    )
    values["recruitment"] |= {"starts_on": "2027-08-01", "posts": 3}
    desk = Desk(app, values)
    desk.close(outcome="hired", hired="1", reason="")
    old = desk.loaded()
    kept = {
        "criteria": [(item.key, item.weight, item.minimum, item.here) for item in old.criteria],
        "rounds": [(item.number, item.name, item.minutes) for item in old.rounds],
        "guide": [(row.source, wording_of_row(row)) for row in load_guide(old.rounds[0])],
        "panel": [(member.person.email, member.role, member.side) for member in load_members(old)],
    }
    made = desk.readvertise()
    assert {
        "criteria": [(item.key, item.weight, item.minimum, item.here) for item in made.criteria],
        "rounds": [(item.number, item.name, item.minutes) for item in made.rounds],
        "guide": [(row.source, wording_of_row(row)) for row in load_guide(made.rounds[0])],
        "panel": [(member.person.email, member.role, member.side) for member in load_members(made)],
    } == kept
    assert {key: row.text for key, row in load_sections(made).items()} == values["profile"]
    assert (made.title, made.case_number, made.role) == ("Leder af Havhuset", "27/9", old.role)
    assert (made.posts, made.hired, made.closed_at, made.starts_on) == (2, 0, None, None)
    assert (made.criteria_locked_at, made.rounds[0].locked_at, made.rounds[0].revealed_at) == (None, None, None)
    assert load_candidates(made) == [] and load_declarations(made) == [] and load_timetable(made) == []
    chosen = load_choices(made)
    assert chosen is not None and (chosen.notice_months, chosen.board) == (2, "school")
    assert made.follows_id == old.id


def wording_of_row(row: Any) -> Any:
    return row.wording["text"]


def test_the_two_lead_to_each_other_and_the_log_tells(app: Flask) -> None:
    desk = Desk(app, case())
    desk.close(outcome="nobody")
    made = desk.readvertise(title="Leder af Havhuset, genopslag")
    assert "genopslag" in desk.hr.get(desk.base).get_data(as_text=True)
    assert "Slået op igen efter" in desk.hr.get(f"/recruitments/{made.id}").get_data(as_text=True)
    ((actor, subject),) = events("recruitment.readvertised")
    assert actor is not None and subject == {"recruitment": made.id}
    assert all(actor is not None for actor, _subject in events("recruitment.created")[1:])


def test_only_hr_advertises_again(app: Flask) -> None:
    desk = Desk(app, case(impartiality=declared()))
    for email in ("chair@example.org", "anna@example.org"):
        assert signed_in(app, email).post(f"{desk.base}/readvertise", data={"title": "X"}).status_code == 403
    assert desk.hr.post(f"{desk.base}/readvertise", data={"title": ""}).status_code == 400
    assert db.session.scalar(db.select(db.func.count()).select_from(Recruitment)) == 1


def test_every_key_of_a_case_is_known_to_carry_over_or_to_stay() -> None:
    """Whoever adds a key to the case file decides here what becomes of it when the post is advertised again."""
    assert set(Case.model_fields) == CARRIED | LEFT
    assert not CARRIED & LEFT


def test_a_recruitment_without_panel_or_criteria_can_be_advertised_again(app: Flask) -> None:
    desk = Desk(app, case())
    values = {"title": "Chef", "role": "institution_manager", "department": "X", "language": "da", "charter": "odder"}
    desk.hr.post("/recruitments/new", data=values)
    desk.base = f"/recruitments/{desk.id + 1}"
    made = desk.readvertise(title="Chef igen")
    assert made.criteria == [] and load_members(made) == []
