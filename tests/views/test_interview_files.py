"""The plan as calendar files (RFC 5545), in Word and in Excel."""

from __future__ import annotations

import io
from datetime import UTC, datetime, time, timedelta
from typing import Any

import openpyxl
import pytest
from docx import Document
from flask import Flask
from icalendar import Calendar
from planning import (
    DAY,
    NASTY,
    ZONE,
    edited,
    events,
    mixed,
    path,
    prepared,
    prepared_with_anna_out_for_the_first,
    propose,
    slot_of,
)
from support import Client, case, declared, make_person, signed_in

from recruit.candidates.models import Candidate
from recruit.extensions import db
from recruit.recruitments.workdays import next_working_day

LETTERS = 'Åse Ørsted-Ægidius 🎉, mødelokale; "2" \\ & <b>'


@pytest.fixture
def hr(app: Flask) -> Client:
    make_person("hr@example.org", "hr")
    return signed_in(app, "hr@example.org")


# Calendar files


def test_calendar_holds_every_interview_by_ref_with_its_time_and_room(app: Flask, hr: Client) -> None:
    recruitment = prepared(3)
    propose(hr, recruitment)
    answer = signed_in(app, "anna@example.org").get(path(recruitment, "/plan.ics"))
    assert answer.mimetype == "text/calendar"
    assert ".ics" in answer.headers["Content-Disposition"]
    text = answer.get_data(as_text=True)
    assert "Navn" not in text
    found = events(text)
    assert set(found) == {f"Samtale K{number}, Leder af Havhuset" for number in (1, 2, 3)}
    event = found["Samtale K2, Leder af Havhuset"]
    assert event.decoded("dtstart") == datetime.combine(DAY, time(10, 15), ZONE)
    assert event.decoded("dtend") == datetime.combine(DAY, time(11, 15), ZONE)
    assert event["dtstart"].params["TZID"] == "Europe/Copenhagen"
    assert event["location"] == "Lokale 2"
    assert event["status"] == "CONFIRMED"
    assert event["url"].endswith(path(recruitment))
    assert event.decoded("dtstamp") <= datetime.now(UTC)
    assert len({str(item["uid"]) for item in found.values()}) == 3


def test_calendar_keeps_to_the_essentials_of_rfc_5545(hr: Client) -> None:
    title = {"title": LETTERS * 3}
    recruitment = prepared(1, recruitment=case()["recruitment"] | title)
    propose(hr, recruitment, room=LETTERS)
    raw = hr.get(path(recruitment, "/plan.ics")).get_data()
    lines = raw.split(b"\r\n")
    assert raw.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in raw.replace(b"\r\n", b"") and b"\r" not in raw.replace(b"\r\n", b"")
    assert max(map(len, lines)) <= 75
    for line in lines:
        line.decode()  # no letter is cut in two
    event = next(iter(events(raw.decode()).values()))
    assert event["summary"] == f"Samtale K1, {LETTERS * 3}"
    assert event["location"] == LETTERS
    for needed in (b"VERSION:2.0", b"PRODID:", b"UID:", b"DTSTAMP:", b"SEQUENCE:"):
        assert sum(line.startswith(needed) for line in lines) == 1
    assert b"METHOD" not in raw and b"ORGANIZER" not in raw


def test_time_zone_says_when_the_clocks_change(hr: Client) -> None:
    recruitment = prepared(1)
    propose(hr, recruitment)
    zone = next(iter(Calendar.from_ical(hr.get(path(recruitment, "/plan.ics")).get_data()).walk("VTIMEZONE")))
    assert zone["tzid"] == "Europe/Copenhagen"
    summer, winter = zone.walk("DAYLIGHT")[-1], zone.walk("STANDARD")[-1]
    # Both at one o'clock UTC on the last Sunday of March and October, written in the time that ends.
    assert (summer.decoded("dtstart").month, summer.decoded("dtstart").time()) == (3, time(2))
    assert (winter.decoded("dtstart").month, winter.decoded("dtstart").time()) == (10, time(3))
    assert summer.decoded("dtstart").weekday() == winter.decoded("dtstart").weekday() == 6
    assert (summer.decoded("tzoffsetfrom"), summer.decoded("tzoffsetto")) == (timedelta(hours=1), timedelta(hours=2))
    assert (winter.decoded("tzoffsetfrom"), winter.decoded("tzoffsetto")) == (timedelta(hours=2), timedelta(hours=1))


def test_event_keeps_its_uid_and_counts_on_when_moved_and_when_cancelled(hr: Client) -> None:
    recruitment = prepared(2)
    propose(hr, recruitment)

    def read() -> dict[str, Any]:
        found = events(hr.get(path(recruitment, "/plan.ics")).get_data(as_text=True)).values()
        return {str(event["uid"]): event for event in found}

    def key() -> str:
        return next(uid for uid, event in read().items() if "K1" in str(event["summary"]))

    first, uid = read(), key()
    hr.post(path(recruitment, f"/{slot_of('K1').id}"), data=edited(slot_of("K1"), room="Salen"))
    moved = read()
    assert set(moved) == set(first)
    assert moved[uid]["sequence"] > first[uid]["sequence"]
    status = f"/recruitments/{recruitment.id}/candidates/{slot_of('K1').candidate_id}/status"
    hr.post(status, data={"status": "withdrawn"})
    gone = read()
    assert gone[uid]["status"] == "CANCELLED"
    assert "Aflyst" in gone[uid]["summary"]
    assert gone[uid]["sequence"] > moved[uid]["sequence"]
    hr.post(status, data={"status": "active"})
    back = read()
    assert back[uid]["status"] == "CONFIRMED"
    assert back[uid]["sequence"] > gone[uid]["sequence"]
    propose(hr, recruitment, starts="10:00")
    again = read()
    assert set(again) == set(first)
    assert again[uid]["sequence"] > back[uid]["sequence"]
    slot = slot_of("K1")
    candidate = slot.candidate_id
    hr.post(path(recruitment, f"/{slot.id}/remove"), data={"version": slot.version})
    hr.post(path(recruitment, "/add"), data={"candidate": candidate})
    assert read()[uid]["sequence"] > again[uid]["sequence"]  # a lower one would be passed over by calendars


def test_own_calendar_holds_the_interviews_one_sits_in_and_no_others(app: Flask, hr: Client) -> None:
    mine = prepared_with_anna_out_for_the_first()
    propose(hr, mine)
    elsewhere = prepared(
        1,
        recruitment=case()["recruitment"] | {"title": "En anden"},
        panel=[{"email": "boss@example.org", "name": "Bodil", "role": "chair", "side": "chief"}],
        impartiality=declared(("boss@example.org",), ("K1",)),
    )
    propose(hr, elsewhere)
    closed = mixed(recruitment=case()["recruitment"] | {"title": "Lukket"})
    propose(hr, closed, first_day=next_working_day(DAY).isoformat())

    def own(email: str) -> set[str]:
        return set(events(signed_in(app, email).get("/my-interviews.ics").get_data(as_text=True)))

    havhuset = {"Samtale K1, Leder af Havhuset", "Samtale K2, Leder af Havhuset"}
    assert own("bo@example.org") == havhuset
    assert own("boss@example.org") == {"Samtale K1, En anden"}
    assert own("anna@example.org") == {"Samtale K2, Leder af Havhuset", "Samtale K1, Lukket", "Samtale K2, Lukket"}
    for email in ("sub@example.org", "late@example.org", "out@example.org", "hr@example.org"):
        assert own(email) == set(), email


# Word and Excel


def words_of(content: bytes) -> str:
    document = Document(io.BytesIO(content))
    texts = [paragraph.text for paragraph in document.paragraphs]
    texts += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join(texts)


def test_word_for_the_table_names_candidates_and_the_one_for_the_door_does_not(app: Flask, hr: Client) -> None:
    recruitment = prepared(4, candidates=[{"ref": f"K{n}", "name": f"{NASTY} {n}"} for n in range(1, 5)])
    propose(hr, recruitment)
    hr.post(
        f"/recruitments/{recruitment.id}/candidates/{slot_of('K4').candidate_id}/status", data={"status": "withdrawn"}
    )
    table = words_of(hr.get(path(recruitment, "/plan.docx")).get_data())
    for text in (
        f"{NASTY} 1",
        "09.00–10.00",
        "K3",
        "Lokale 2",
        "Frokost",
        "Tid til at vurdere",
        "Har trukket sig",
        "fortrolige",
    ):
        assert text in table
    door = words_of(hr.get(path(recruitment, "/door.docx")).get_data())
    assert "09.00–10.00" in door and "K3" in door and "Lokale 2" in door
    for text in (NASTY, "K4", "vurdere"):
        assert text not in door


def test_substitute_gets_files_without_names(app: Flask, hr: Client) -> None:
    recruitment = mixed()
    propose(hr, recruitment)
    browser = signed_in(app, "sub@example.org")
    assert "Navn" not in words_of(browser.get(path(recruitment, "/plan.docx")).get_data())
    sheet = openpyxl.load_workbook(io.BytesIO(browser.get(path(recruitment, "/plan.xlsx")).get_data())).active
    assert "Navn" not in str([[cell.value for cell in row] for row in sheet.rows])


def test_excel_holds_real_dates_times_and_numbers_and_no_formula(hr: Client) -> None:
    names = ["=1+1", "@SUM(A1)", NASTY]
    recruitment = prepared(3, candidates=[{"ref": f"K{n}", "name": name} for n, name in enumerate(names, 1)])
    propose(hr, recruitment, room='=HYPERLINK("http://x.example")')
    answer = hr.get(path(recruitment, "/plan.xlsx"))
    assert ".xlsx" in answer.headers["Content-Disposition"]
    book = openpyxl.load_workbook(io.BytesIO(answer.get_data()))
    rows = [[cell.value for cell in row] for row in book["1. samtale"].rows]
    assert rows[0] == ["Dag", "Fra", "Til", "Minutter", "Nr.", "Hvad", "Kandidat", "Lokale", "Bemærkning"]
    assert rows[1][:8] == [
        datetime.combine(DAY, time()),
        time(9),
        time(10),
        60,
        "K1",
        "Samtale",
        "=1+1",
        '=HYPERLINK("http://x.example")',
    ]
    assert [row[5] for row in rows[1:]] == [
        "Samtale",
        "Tid til at vurdere",
        "Samtale",
        "Tid til at vurdere",
        "Frokost",
        "Samtale",
    ]
    assert all(cell.data_type != "f" for row in book["1. samtale"].rows for cell in row)
    assert book.properties.language == "da-DK"


def test_files_of_an_empty_plan_can_be_opened(hr: Client) -> None:
    recruitment = prepared(1)
    for rest in ("/plan.docx", "/door.docx"):
        Document(io.BytesIO(hr.get(path(recruitment, rest)).get_data()))
    openpyxl.load_workbook(io.BytesIO(hr.get(path(recruitment, "/plan.xlsx")).get_data()))
    assert events(hr.get(path(recruitment, "/plan.ics")).get_data(as_text=True)) == {}


def test_documents_are_in_the_language_of_the_recruitment(hr: Client) -> None:
    recruitment = prepared(1, recruitment=case()["recruitment"] | {"language": "en"})
    propose(hr, recruitment)
    table = words_of(hr.get(path(recruitment, "/plan.docx")).get_data())
    assert "09:00–10:00" in table
    weekday = DAY.strftime("%A")
    assert weekday in table


def test_door_has_no_sign_for_a_day_without_interviews(hr: Client) -> None:
    recruitment = prepared(6)
    propose(hr, recruitment)
    assert len({slot_of(f"K{number}").starts_at.date() for number in range(1, 7)}) == 2
    db.session.execute(db.update(Candidate).where(Candidate.ref == "K6").values(status="withdrawn"))
    db.session.commit()
    signs = Document(io.BytesIO(hr.get(path(recruitment, "/door.docx")).data))
    assert sum("Vent her" in paragraph.text for paragraph in signs.paragraphs) == 1
