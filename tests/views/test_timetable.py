"""The timetable: proposed, shown, changed, proposed again without loss, undone, in Word and as a calendar file."""

from __future__ import annotations

import io
import re
from datetime import date, timedelta
from typing import Any

import pytest
from docx import Document
from flask import Flask
from icalendar import Calendar
from support import Client, case, counted_queries, load, make_person, signed_in

from recruit.audit import AuditEvent
from recruit.extensions import db
from recruit.recruitments.models import Recruitment, Timetable, TimetableStep
from recruit.recruitments.timetable import load_timetable, step_date
from recruit.recruitments.timetable_rules import OWN

FRAME = {
    "starts_on": "2027-08-01",
    "notice_months": "1",
    "weeks": "3",
    "rounds": "2",
    "tests": "y",
    "board": "day_care",
    "children": "y",
    "record": "y",
}


class Desk:
    """A recruitment, and HR at the screen."""

    def __init__(self, app: Flask, **changes: Any) -> None:
        self.app, self.id = app, load(case(**changes)).id
        make_person("hr@example.org", "hr")
        self.hr: Client = signed_in(app, "hr@example.org")
        self.path = f"/recruitments/{self.id}/timetable"

    @property
    def recruitment(self) -> Recruitment:
        db.session.expire_all()
        return db.session.get_one(Recruitment, self.id)

    def steps(self) -> dict[str, TimetableStep]:
        return {step.code: step for step in load_timetable(self.recruitment)}

    def days(self) -> list[tuple[str, str, date, date | None]]:
        return [(step.code, step.title, step.starts_on, step.ends_on) for step in load_timetable(self.recruitment)]

    def propose(self, **values: str) -> Any:
        return self.hr.post(f"{self.path}/propose", data={**FRAME, **values})

    def shown(self, **values: str) -> dict[str, str]:
        """The fields of the page that shows what a proposal would change, ready to be sent."""
        page = self.propose(**values).get_data(as_text=True)
        hidden = {name: re.findall(rf'name="{name}"[^>]*value="([^"]+)"', page)[0] for name in ("seen", "shown")}
        return {**FRAME, **values, **hidden, "part": "apply"}

    def page(self, path: str = "") -> str:
        answer = self.hr.get(self.path + path)
        assert answer.status_code == 200
        return str(answer.get_data(as_text=True))

    def edit(self, code: str, **values: str) -> Any:
        return self.hr.post(f"{self.path}/steps/{self.steps()[code].id}", data=self.fields(code) | values)

    def fields(self, code: str) -> dict[str, str]:
        step = self.steps()[code]
        return {
            "title": step.title,
            "starts_on": step.starts_on.isoformat(),
            "ends_on": step.ends_on.isoformat() if step.ends_on else "",
            "responsible": step.responsible,
            "note": step.note,
        }

    def events(self) -> list[str]:
        db.session.rollback()
        found = db.session.scalars(db.select(AuditEvent.event).order_by(AuditEvent.id))
        return [event for event in found if event.startswith("timetable.")]


@pytest.fixture
def desk(app: Flask) -> Desk:
    return Desk(app)


def test_first_proposal_is_laid_at_once_and_shown_with_its_basis(desk: Desk) -> None:
    assert "Lav et forslag" in desk.page()
    assert desk.propose().location.endswith("/timetable")
    assert desk.recruitment.starts_on == date(2027, 8, 1)
    steps = desk.steps()
    assert {"posted", "deadline", "sift", "interviews_1", "interviews_2", "references", "opinion"} <= set(steps)
    assert {"negotiation", "offer", "start", "child_certificate", "preference", "hearing"} <= set(steps)
    assert steps["posted"].responsible == "HR"
    page = desk.page()
    for text in ("Dagtilbudsloven § 15", "FOB 2022-1", "Forvaltningsloven § 19", "Juni 2027", "<svg", "Fortrinsadgang"):
        assert text in page
    assert "folkeskoleloven" not in page.lower()
    assert desk.events() == ["timetable.proposed"]


def test_proposal_is_filled_in_with_what_is_usual_for_the_role(app: Flask) -> None:
    desk = Desk(app, recruitment=case()["recruitment"] | {"role": "director"})
    page = desk.page("/propose")
    assert re.search(r'checked[^>]*id="notice_months-2"|id="notice_months-2"[^>]*checked', page)
    assert re.search(r'checked[^>]*id="council"|id="council"[^>]*checked', page)
    starts = re.findall(r'id="starts_on"[^>]*value="([^"]+)"', page)[0]
    assert date.fromisoformat(starts).day == 1 and date.fromisoformat(starts) > date.today() + timedelta(days=120)


@pytest.mark.parametrize(
    "values",
    [{"starts_on": ""}, {"starts_on": "31-31-2027"}, {"starts_on": "0001-01-01"}, {"notice_months": "9"},
     {"weeks": "1"}, {"board": "church"}],
    ids=str,
)  # fmt: skip
def test_a_frame_that_makes_no_sense_is_refused(desk: Desk, values: dict[str, str]) -> None:
    assert desk.propose(**values).status_code == 400
    assert desk.steps() == {}


def test_too_little_time_is_said_with_the_earliest_start(desk: Desk) -> None:
    soon = (date.today() + timedelta(days=40)).replace(day=1)
    assert desk.propose(starts_on=soon.isoformat()).status_code == 302  # a warning, not a refusal
    assert "kan lederen tidligst tiltræde" in desk.page("/propose")


# Changing it


def test_step_is_changed_and_moves_to_its_day(desk: Desk) -> None:
    desk.propose()
    answer = desk.edit("sift", starts_on="2027-06-07", ends_on="2027-06-08", responsible="Anna", note="Lokale 2 & <b>")
    assert "#step-" in answer.location
    step = desk.steps()["sift"]
    assert (step.starts_on, step.ends_on, step.responsible, step.edited) == (
        date(2027, 6, 7), date(2027, 6, 8), "Anna", True,
    )  # fmt: skip
    codes = [code for code, *_rest in desk.days()]
    assert codes.index("sift") > codes.index("interviews_1")
    page = desk.page()
    assert "Lokale 2 &amp; &lt;b&gt;" in page
    assert "Begynder, før ”Grovsortering” er færdig." in page
    assert desk.events() == ["timetable.proposed", "timetable.changed"]


def test_saving_a_step_as_it_is_changes_nothing(desk: Desk) -> None:
    desk.propose()
    desk.edit("sift")
    assert not desk.steps()["sift"].edited
    assert desk.events() == ["timetable.proposed"]


def test_step_that_ends_before_it_begins_is_refused_with_words(desk: Desk) -> None:
    desk.propose()
    answer = desk.edit("sift", starts_on="2027-06-08", ends_on="2027-06-07")
    assert answer.status_code == 400
    assert "Sidste dag ligger før den første." in answer.get_data(as_text=True)


def test_weekends_and_holidays_are_warned_of_by_name(desk: Desk) -> None:
    desk.propose()
    desk.edit("deadline", starts_on="2027-05-17")
    desk.edit("sift", starts_on="2027-05-22")
    page = desk.page()
    assert "17. maj 2027 er en fridag: Anden pinsedag." in page
    assert "22. maj 2027 er en fridag: en lørdag." in page
    assert "Anden pinsedag" not in signed_in(desk.app, "anna@example.org").get(desk.path).get_data(as_text=True)


def test_first_day_at_work_is_that_of_its_step(desk: Desk) -> None:
    desk.propose()
    desk.edit("start", starts_on="2027-08-16")
    assert desk.recruitment.starts_on == date(2027, 8, 16)


def test_own_step_is_added_and_taken_off(desk: Desk) -> None:
    desk.propose()
    values = {"title": "Rundvisning", "starts_on": "2027-05-12", "ends_on": "", "responsible": "", "note": ""}
    desk.hr.post(f"{desk.path}/steps/new", data=values)
    own = desk.steps()[OWN]
    assert (own.title, own.starts_on, own.ends_on) == ("Rundvisning", date(2027, 5, 12), None)
    desk.hr.post(f"{desk.path}/steps/{own.id}/remove")
    assert OWN not in desk.steps()


def test_two_people_at_one_step_lose_nothing(desk: Desk) -> None:
    desk.propose()
    step = desk.steps()["sift"]
    opened = desk.page(f"/steps/{step.id}")
    hidden = {name: re.findall(rf'name="{name}"[^>]*value="([^"]*)"', opened)[0] for name in ("version", "shown")}
    desk.edit("sift", note="Den ene skrev dette")
    mine = desk.fields("sift") | hidden | {"note": "Den anden skrev dette"}
    answer = desk.hr.post(f"{desk.path}/steps/{step.id}", data=mine)
    assert answer.status_code == 409
    page = answer.get_data(as_text=True)
    assert "Den ene skrev dette" in page and "Den anden skrev dette" in page
    assert desk.steps()["sift"].note == "Den ene skrev dette"


def test_a_step_of_another_recruitment_is_not_found(desk: Desk) -> None:
    desk.propose()
    other = load(case(recruitment=case()["recruitment"] | {"title": "Andet"}))
    step = desk.steps()["sift"]
    assert desk.hr.get(f"/recruitments/{other.id}/timetable/steps/{step.id}").status_code == 404


# Proposing again


def test_second_proposal_is_only_shown_until_it_is_chosen(desk: Desk) -> None:
    desk.propose()
    before = desk.days()
    answer = desk.propose(starts_on="2027-09-01", board="")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 200 and "Intet er gemt endnu." in page
    assert "Tages af:" in page and "<s>" in page
    assert desk.days() == before


def test_what_somebody_has_edited_is_kept_unless_they_say_otherwise(desk: Desk) -> None:
    desk.propose()
    desk.edit("deadline", starts_on="2027-05-25", title="Frist kl. 12")
    page = desk.propose(starts_on="2027-09-01").get_data(as_text=True)
    assert page.count(" checked>") and re.search(r'id="keep-deadline"[^>]*checked', page)
    assert not re.search(r'id="keep-posted"[^>]*checked', page)
    send = desk.shown(starts_on="2027-09-01")
    assert desk.hr.post(f"{desk.path}/propose", data=send | {"keep": ["deadline"]}).status_code == 302
    steps = desk.steps()
    assert steps["deadline"].starts_on == date(2027, 5, 25) and steps["deadline"].edited
    assert steps["start"].starts_on == desk.recruitment.starts_on == date(2027, 9, 1)
    desk.hr.post(f"{desk.path}/propose", data=desk.shown(starts_on="2027-09-01"))
    steps = desk.steps()
    assert steps["deadline"].starts_on == date(2027, 6, 16) and not steps["deadline"].edited
    assert steps["deadline"].title == "Frist kl. 12"  # words are nobody's but the writer's


def test_own_steps_survive_every_proposal(desk: Desk) -> None:
    desk.propose()
    values = {"title": "Rundvisning", "starts_on": "2027-05-12", "ends_on": "", "responsible": "", "note": ""}
    desk.hr.post(f"{desk.path}/steps/new", data=values)
    desk.hr.post(f"{desk.path}/propose", data=desk.shown(starts_on="2028-01-01"))
    assert desk.steps()[OWN].starts_on == date(2027, 5, 12)


def test_proposal_is_not_laid_over_what_another_has_changed_meanwhile(desk: Desk) -> None:
    desk.propose()
    send = desk.shown(starts_on="2027-09-01")
    desk.edit("sift", note="Ny")
    before = desk.days()
    answer = desk.hr.post(f"{desk.path}/propose", data=send)
    assert answer.status_code == 409
    assert "En anden har ændret tidsplanen imens" in answer.get_data(as_text=True)
    assert desk.days() == before


def test_other_fields_than_those_shown_are_shown_first(desk: Desk) -> None:
    desk.propose()
    before = desk.days()
    answer = desk.hr.post(f"{desk.path}/propose", data=desk.shown(starts_on="2027-09-01") | {"weeks": "5"})
    assert answer.status_code == 200
    assert desk.days() == before


def test_proposal_can_be_undone_whole(desk: Desk) -> None:
    desk.propose()
    desk.edit("deadline", starts_on="2027-05-25", note="Kl. 12")
    ids = {code: step.id for code, step in desk.steps().items()}
    before = desk.days()
    desk.hr.post(f"{desk.path}/propose", data=desk.shown(starts_on="2027-10-01", board="", tests=""))
    assert desk.days() != before
    assert "Fortryd sidste forslag" in desk.page()
    desk.hr.post(f"{desk.path}/undo")
    assert desk.days() == before
    steps = desk.steps()
    assert steps["deadline"].note == "Kl. 12" and steps["deadline"].edited
    assert {code: steps[code].id for code in ("sift", "offer")} == {code: ids[code] for code in ("sift", "offer")}
    assert desk.recruitment.starts_on == date(2027, 8, 1)
    chosen = db.session.scalars(db.select(Timetable)).one()
    assert (chosen.board, chosen.tests, chosen.before) == ("day_care", True, None)
    assert desk.hr.post(f"{desk.path}/undo").status_code == 400


def test_undoing_is_over_once_somebody_has_changed_something(desk: Desk) -> None:
    desk.propose()
    desk.hr.post(f"{desk.path}/propose", data=desk.shown(starts_on="2027-10-01"))
    desk.edit("sift", note="Ny")
    before = desk.days()
    assert "Fortryd sidste forslag" not in desk.page()
    assert desk.hr.post(f"{desk.path}/undo").status_code == 400
    assert desk.days() == before


# Who sees it, and the files


def test_members_see_it_and_only_hr_and_chair_change_it(desk: Desk) -> None:
    desk.propose()
    step = desk.steps()["sift"].id
    db.session.execute(db.text("DELETE FROM candidate"))  # nobody to declare on
    db.session.commit()
    for email, may in (("chair@example.org", 200), ("anna@example.org", 403)):
        client = signed_in(desk.app, email)
        assert client.get(desk.path).status_code == 200
        assert client.get(f"{desk.path}.docx").status_code == 200
        assert client.get(f"{desk.path}/steps/{step}").status_code == may
        assert ("Regn den ud igen" in client.get(desk.path).get_data(as_text=True)) == (may == 200)


def test_files_are_not_there_without_a_timetable(desk: Desk) -> None:
    assert desk.hr.get(f"{desk.path}.docx").status_code == 404
    assert desk.hr.get(f"{desk.path}.ics").status_code == 404


def test_word_holds_every_step_and_the_line(desk: Desk) -> None:
    desk.propose()
    desk.edit("sift", note="Lokale 2 & <b>")
    answer = desk.hr.get(f"{desk.path}.docx")
    document = Document(io.BytesIO(answer.data))
    rows = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert len(rows) == 1 + len(desk.steps())
    assert ["fredag 25. juni 2027", "Tilbud og ansættelsesbrev", "Ansættende leder"] in rows
    assert any("Grovsortering\nLokale 2 & <b>" in row[1] for row in rows)
    assert any("Dagtilbudsloven § 15" in row[1] for row in rows)
    assert len(document.inline_shapes) == 1


def test_calendar_holds_whole_days_and_moves_with_the_step(desk: Desk) -> None:
    desk.propose()
    desk.edit("interviews_1", note="Hemmeligt")
    text = desk.hr.get(f"{desk.path}.ics").get_data(as_text=True)
    assert "Hemmeligt" not in text
    assert not [line for line in text.split("\r\n") if len(line.encode()) > 75]
    events = {str(event["summary"]): event for event in Calendar.from_ical(text).walk("VEVENT")}
    event = events["1. samtaler, Leder af Havhuset"]
    step = desk.steps()["interviews_1"]
    assert event.decoded("dtstart") == step.starts_on
    assert event.decoded("dtend") == (step.ends_on or step.starts_on) + timedelta(days=1)
    desk.edit("interviews_1", starts_on="2027-05-31", ends_on="2027-06-01")
    again = Calendar.from_ical(desk.hr.get(f"{desk.path}.ics").get_data(as_text=True)).walk("VEVENT")
    moved = next(item for item in again if item["uid"] == event["uid"])
    assert moved.decoded("dtstart") == date(2027, 5, 31) and int(moved["sequence"]) > int(event["sequence"])


def test_titles_follow_the_language_unless_somebody_has_written_them(desk: Desk) -> None:
    desk.propose()
    desk.edit("sift", title="Vi læser ansøgningerne")
    recruitment = desk.recruitment
    values = {
        "title": recruitment.title,
        "role": recruitment.role,
        "department": "X",
        "case_number": "",
        "superior": "",
    }
    assert desk.hr.post(f"/recruitments/{desk.id}/edit", data=values | {"language": "en"}).status_code == 302
    steps = desk.steps()
    assert steps["sift"].title == "Vi læser ansøgningerne"
    assert all(step.title and step.responsible for step in steps.values())


def test_reading_takes_one_query_and_the_page_does_not_grow(desk: Desk) -> None:
    desk.propose()
    recruitment = desk.recruitment
    db.session.refresh(recruitment)
    with counted_queries() as queries:
        steps = load_timetable(recruitment)
    assert len(queries) == 1
    assert step_date(steps, "start") == date(2027, 8, 1)
    assert step_date(steps, "council") is None


def test_timetable_goes_with_its_recruitment(desk: Desk) -> None:
    desk.propose()
    db.session.execute(db.text("DELETE FROM audit_event"))
    db.session.execute(db.text(f"DELETE FROM recruitment WHERE id = {desk.id}"))
    db.session.commit()
    for table in (Timetable, TimetableStep):
        assert db.session.scalar(db.select(db.func.count()).select_from(table)) == 0
