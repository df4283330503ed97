"""Changing a plan: times, order, breaks, late candidates; two who change it lose nothing."""

from __future__ import annotations

import html
import re
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from planning import (
    DAY,
    NASTY,
    ZONE,
    edited,
    path,
    planned,
    prepared,
    propose,
    slot_of,
)
from support import Client, make_person, signed_in

from recruit.audit import now
from recruit.candidates.models import Candidate
from recruit.extensions import db
from recruit.recruitments.models import Recruitment
from recruit.recruitments.workdays import next_working_day


@pytest.fixture
def hr(app: Flask) -> Client:
    make_person("hr@example.org", "hr")
    return signed_in(app, "hr@example.org")


def test_time_room_and_the_rest_of_the_day_are_moved(hr: Client) -> None:
    recruitment = prepared(3)
    propose(hr, recruitment)
    slot = slot_of("K2")
    answer = hr.post(path(recruitment, f"/{slot.id}"), data=edited(slot, starts="10:30", room="Salen", shifts="y"))
    assert answer.status_code == 302
    assert planned() == [
        ("K1", "09:00", 60, "Lokale 2"),
        ("K2", "10:30", 60, "Salen"),
        ("-", "11:45", 30, ""),
        ("K3", "12:15", 60, "Lokale 2"),
    ]
    hr.post(path(recruitment, f"/{slot_of('K2').id}"), data=edited(slot_of("K2"), minutes="90"))
    assert [(ref, at) for ref, at, *_rest in planned()][2:] == [("-", "11:45"), ("K3", "12:15")]
    assert "begynder, før K2 er slut" in hr.get(path(recruitment)).get_data(as_text=True)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"starts": "23:30"}, "hen over midnat"),
        ({"minutes": "9"}, "mellem 10 og 480"),
        ({"minutes": "481"}, "mellem 10 og 480"),
        ({"day": "1999-01-01"}, "inden for de næste to år"),
        ({"day": "9999-12-31"}, "inden for de næste to år"),
        ({"room": "\x07"}, "skjult styretegn"),
    ],
)
def test_impossible_time_is_refused(hr: Client, changes: dict[str, str], words: str) -> None:
    recruitment = prepared(1)
    propose(hr, recruitment)
    before, slot = planned(), slot_of("K1")
    answer = hr.post(path(recruitment, f"/{slot.id}"), data=edited(slot, **changes))
    assert answer.status_code == 400
    assert words in answer.get_data(as_text=True)
    assert planned() == before


def test_hour_that_the_clocks_skip_is_refused(hr: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    recruitment = prepared(1)
    propose(hr, recruitment)
    today = date.today()
    year = today.year if today < date(today.year, 3, 20) else today.year + 1
    sunday = date(year, 3, 31) - timedelta(days=(date(year, 3, 31).weekday() + 1) % 7)
    slot = slot_of("K1")
    answer = hr.post(path(recruitment, f"/{slot.id}"), data=edited(slot, day=sunday.isoformat(), starts="02:30"))
    assert answer.status_code == 400
    assert "findes ikke den dag" in answer.get_data(as_text=True)


def test_two_who_change_one_entry_see_both_and_nothing_is_lost(hr: Client) -> None:
    recruitment = prepared(1)
    propose(hr, recruitment)
    slot = slot_of("K1")
    where = path(recruitment, f"/{slot.id}")
    page = hr.get(where).get_data(as_text=True)
    shown = html.unescape(re.findall(r'name="shown"[^>]*value="([^"]*)"', page)[0])
    opened = edited(slot, shown=shown)
    assert hr.post(where, data=opened | {"room": "Salen"}).status_code == 302
    answer = hr.post(where, data=opened | {"room": "Kælderen", "starts": "09:30"})
    assert answer.status_code == 409
    page = answer.get_data(as_text=True)
    assert "Kælderen" in page and "Salen" in page
    assert planned() == [("K1", "09:00", 60, "Salen")]
    # What only one has changed is kept from both.
    assert hr.post(where, data=opened | {"starts": "09:30"}).status_code == 302
    assert planned() == [("K1", "09:30", 60, "Salen")]


def test_candidates_move_up_and_down_and_change_places(hr: Client) -> None:
    recruitment = prepared(4)
    propose(hr, recruitment)

    def press(ref: str | None, what: str, **data: Any) -> Any:
        slot = slot_of(ref)
        return hr.post(path(recruitment, f"/{slot.id}/{what}"), data={"version": slot.version} | data)

    assert press("K1", "move", step="up").status_code == 302
    press("K1", "move", step="down")
    assert [(ref, at) for ref, at, *_rest in planned()][:2] == [("K2", "09:00"), ("K1", "10:15")]
    press(None, "move", step="up")
    assert [(ref, at) for ref, at, *_rest in planned()][1:3] == [("-", "10:15"), ("K1", "11:00")]
    press("K4", "swap", other=slot_of("K2").id)
    assert [(ref, at) for ref, at, *_rest in planned()] == [
        ("K4", "09:00"),
        ("-", "10:15"),
        ("K1", "11:00"),
        ("K3", "12:00"),
        ("K2", "13:15"),
    ]
    assert press("K4", "swap", other=slot_of(None).id).status_code == 400
    assert press("K4", "swap", other=slot_of("K4").id).status_code == 400
    assert press("K4", "swap", other="x").status_code == 404


def test_room_stays_with_the_time_when_candidates_change_places(hr: Client) -> None:
    recruitment = prepared(2)
    propose(hr, recruitment)
    slot = slot_of("K2")
    hr.post(path(recruitment, f"/{slot.id}"), data=edited(slot, room="Salen"))
    slot = slot_of("K1")
    hr.post(path(recruitment, f"/{slot.id}/move"), data={"step": "down", "version": slot.version})
    assert planned() == [("K2", "09:00", 60, "Lokale 2"), ("K1", "10:15", 60, "Salen")]


@pytest.mark.parametrize("what", ["move", "swap", "remove"])
def test_button_of_an_old_page_changes_nothing(hr: Client, what: str) -> None:
    recruitment = prepared(2)
    propose(hr, recruitment)
    old = slot_of("K1").version
    hr.post(path(recruitment, f"/{slot_of('K1').id}"), data=edited(slot_of("K1"), room="Salen"))
    before = planned()
    data = {"step": "down", "version": old, "other": slot_of("K2").id}
    answer = hr.post(path(recruitment, f"/{slot_of('K1').id}/{what}"), data=data)
    assert answer.status_code == 409
    assert "Planen er ændret imens" in answer.get_data(as_text=True)
    assert planned() == before


def test_break_is_put_in_and_taken_out(hr: Client) -> None:
    recruitment = prepared(2)
    propose(hr, recruitment, lunch_from="")
    answer = hr.post(path(recruitment, "/break"), data={"after": slot_of("K1").id, "minutes": "10"})
    assert answer.status_code == 302
    assert [(ref, at, minutes) for ref, at, minutes, _room in planned()] == [
        ("K1", "09:00", 60),
        ("-", "10:00", 10),
        ("K2", "10:25", 60),
    ]
    assert hr.post(path(recruitment, "/break"), data={"after": slot_of("K1").id, "minutes": "4"}).status_code == 400
    assert hr.post(path(recruitment, "/break"), data={"after": "999", "minutes": "10"}).status_code == 400
    slot = slot_of(None)
    hr.post(path(recruitment, f"/{slot.id}/remove"), data={"version": slot.version})
    assert [(ref, at) for ref, at, *_rest in planned()] == [("K1", "09:00"), ("K2", "10:25")]


def test_candidate_who_comes_late_gets_the_next_free_time(hr: Client) -> None:
    recruitment = prepared(4)
    propose(hr, recruitment)
    for name in ("Sen Ankomst", "Endnu Senere"):
        hr.post(f"/recruitments/{recruitment.id}/candidates", data={"name": name})
    page = hr.get(path(recruitment)).get_data(as_text=True)
    assert "2 kandidater har ingen tid endnu" in page
    assert "2 kandidater uden tid" in page  # in the chain
    ids = dict(db.session.execute(db.select(Candidate.ref, Candidate.id)).all())
    for ref in ("K5", "K6"):
        assert hr.post(path(recruitment, "/add"), data={"candidate": ids[ref]}).status_code == 302
    assert planned()[-2:] == [("K5", "14:30", 60, "Lokale 2"), ("K6", "09:00", 60, "Lokale 2")]
    assert slot_of("K6").starts_at.astimezone(ZONE).date() == next_working_day(DAY)
    assert hr.post(path(recruitment, "/add"), data={"candidate": ids["K5"]}).status_code == 400
    assert hr.post(path(recruitment, "/add"), data={"candidate": "x"}).status_code == 404


def test_candidate_who_comes_when_the_interviews_are_over_gets_a_time_ahead(hr: Client) -> None:
    recruitment = prepared(1)
    propose(hr, recruitment, first_day=(date.today() - timedelta(days=30)).isoformat())
    hr.post(f"/recruitments/{recruitment.id}/candidates", data={"name": "Sen Ankomst"})
    late = db.session.scalars(db.select(Candidate.id).where(Candidate.ref == "K2")).one()
    assert hr.post(path(recruitment, "/add"), data={"candidate": late}).status_code == 302
    assert slot_of("K2").starts_at > now()


def test_candidate_who_withdrew_stays_struck_until_removed(app: Flask, hr: Client) -> None:
    recruitment = prepared(2)
    propose(hr, recruitment)
    slot = slot_of("K1")
    hr.post(
        f"/recruitments/{recruitment.id}/candidates/{slot.candidate_id}/status",
        data={"status": "withdrawn", "code": "no_show"},
    )
    page = signed_in(app, "anna@example.org").get(path(recruitment)).get_data(as_text=True)
    assert re.search(r"<s>\s*K1", page)
    assert "Mødte ikke op" in page
    assert "1 samtale" in page
    slot = slot_of("K1")
    hr.post(path(recruitment, f"/{slot.id}/remove"), data={"version": slot.version})
    assert [ref for ref, *_rest in planned()] == ["K2"]


def test_revealed_round_keeps_its_plan(app: Flask, hr: Client) -> None:
    recruitment = prepared(2)
    propose(hr, recruitment)
    recruitment = db.session.get_one(Recruitment, recruitment.id)
    recruitment.rounds[0].revealed_at = now()
    db.session.commit()
    slot = slot_of("K1")
    page = hr.get(path(recruitment)).get_data(as_text=True)
    assert "09.00–10.00" in page
    assert "Flyt ned" not in page
    answer = hr.post(path(recruitment, f"/{slot.id}/move"), data={"step": "down", "version": slot.version})
    assert answer.status_code == 400
    assert "Planen ligger fast" in answer.get_data(as_text=True)


def test_names_are_written_safely_everywhere(hr: Client) -> None:
    recruitment = prepared(1, candidates=[{"ref": "K1", "name": NASTY}])
    propose(hr, recruitment, room=NASTY)
    for where in (path(recruitment), path(recruitment, f"/{slot_of('K1').id}"), path(recruitment, "/propose")):
        page = hr.get(where).get_data(as_text=True)
        assert "<b>&" not in page
        assert str(html.escape("<b>")) in page
