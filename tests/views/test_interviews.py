"""The plan of a round: proposed, seen by those who may, found where one looks."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from planning import (
    DAY,
    FORM,
    edited,
    mixed,
    path,
    people,
    planned,
    prepared,
    propose,
    seen,
    slot_of,
)
from support import Client, counted_queries, declared, make_person, signed_in

from recruit.audit import AuditEvent
from recruit.extensions import db
from recruit.interviews.models import InterviewSlot
from recruit.interviews.rules import drawn


@pytest.fixture
def hr(app: Flask) -> Client:
    make_person("hr@example.org", "hr")
    return signed_in(app, "hr@example.org")


def test_plan_is_proposed_from_the_form_and_shown_to_the_panel(app: Flask, hr: Client) -> None:
    recruitment = prepared(5)
    assert "Ingen plan endnu" in hr.get(path(recruitment)).get_data(as_text=True)
    answer = propose(hr, recruitment)
    assert answer.status_code == 302, answer.get_data(as_text=True)
    assert planned() == [
        ("K1", "09:00", 60, "Lokale 2"),
        ("K2", "10:15", 60, "Lokale 2"),
        ("-", "11:30", 30, ""),
        ("K3", "12:00", 60, "Lokale 2"),
        ("K4", "13:15", 60, "Lokale 2"),
        ("K5", "14:30", 60, "Lokale 2"),
    ]
    page = signed_in(app, "anna@example.org").get(path(recruitment)).get_data(as_text=True)
    for words in ("09.00–10.00", "Navn 1", "Lokale 2", "Frokost", "Tid til at vurdere", "følger kandidaternes numre"):
        assert words in page
    for words in ("Flyt op", "Send til udvalget", "Læg hele planen om"):
        assert words not in page


@pytest.mark.parametrize("count", [1, 30])
def test_plan_holds_one_candidate_and_thirty(hr: Client, count: int) -> None:
    recruitment = prepared(count)
    propose(hr, recruitment)
    assert sorted(ref for ref, *_rest in planned() if ref != "-") == sorted(f"K{n}" for n in range(1, count + 1))
    assert hr.get(path(recruitment)).status_code == 200


def test_round_without_candidates_says_what_comes_first(app: Flask, hr: Client) -> None:
    recruitment = prepared(0, candidates=[], impartiality=[])
    assert "Planen begynder med kandidaterne" in hr.get(path(recruitment)).get_data(as_text=True)
    assert propose(hr, recruitment).status_code == 400
    assert planned() == []


def test_only_candidates_of_the_round_who_have_not_withdrawn_are_planned(hr: Client) -> None:
    candidates = people(3)
    candidates[1]["status"] = "withdrawn"
    rounds = [{"number": 1, "name": "1. samtale", "minutes": 60, "candidates": ["K2", "K3"]}]
    propose(hr, prepared(3, candidates=candidates, rounds=rounds))
    assert [ref for ref, *_rest in planned()] == ["K3"]


def test_lot_is_told_and_can_be_drawn_again(app: Flask, hr: Client) -> None:
    recruitment = prepared(6)
    propose(hr, recruitment, order="lot")
    page = signed_in(app, "bo@example.org").get(path(recruitment)).get_data(as_text=True)
    lot = re.search(r"trukket ved lod \(lod nr\. (\d+)\)", page)
    assert lot is not None
    refs = [ref for ref, *_rest in planned() if ref != "-"]
    assert refs == drawn(sorted(refs), int(lot[1]), str)
    hr.post(
        path(recruitment, f"/{slot_of(refs[0]).id}/move"), data={"step": "down", "version": slot_of(refs[0]).version}
    )
    assert "siden ændret i hånden" in hr.get(path(recruitment)).get_data(as_text=True)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("first_day", "", "Vælg en dag."),
        ("first_day", "2026-02-30", "Skriv en dag, der findes"),
        ("first_day", "9999-12-31", "inden for de næste to år"),
        ("starts", "25:00", "Skriv et klokkeslæt"),
        ("starts", "", "Skriv et klokkeslæt"),
        ("latest", "09:30", "kan ikke være inden for dagens tid"),
        ("latest", "08:00", "kan ikke være inden for dagens tid"),
        ("pause", "-1", "fra 0 til 120"),
        ("pause", "x", "Skriv et helt tal."),
        ("lunch_minutes", "999", "mellem 5 og 240"),
        ("lunch_minutes", "", "Skriv et helt tal."),
        ("room", "x" * 201, "højst have 200 tegn"),
        ("order", "age", "Vælg en af mulighederne."),
    ],
)
def test_faulty_proposal_is_refused_in_words(hr: Client, field: str, value: str, words: str) -> None:
    recruitment = prepared()
    answer = propose(hr, recruitment, **{field: value})
    assert answer.status_code == 400
    assert words in answer.get_data(as_text=True)
    assert planned() == []


def test_danish_times_and_no_lunch_are_understood(hr: Client) -> None:
    written = f"{DAY.day}.{DAY.month}.{DAY.year}"
    propose(hr, prepared(4), first_day=written, starts="8.30", latest="16", lunch_from="", lunch_minutes="", pause="0")
    assert [(ref, at) for ref, at, *_rest in planned()] == [
        ("K1", "08:30"),
        ("K2", "09:30"),
        ("K3", "10:30"),
        ("K4", "11:30"),
    ]


def test_new_proposal_keeps_the_entries_of_those_who_stay(hr: Client) -> None:
    """So that the events in the members' calendars are moved, not doubled."""
    recruitment = prepared(3)
    propose(hr, recruitment)
    before = {ref: (slot_of(ref).id, slot_of(ref).version) for ref in ("K1", "K2", "K3")}
    propose(hr, recruitment, starts="08:00", lunch_from="")
    for ref, (slot_id, version) in before.items():
        assert slot_of(ref).id == slot_id
        assert slot_of(ref).version > version
    assert [ref for ref, *_rest in planned()] == ["K1", "K2", "K3"]


def test_proposal_over_a_plan_that_another_has_changed_is_not_made(hr: Client) -> None:
    recruitment = prepared(2)
    where = path(recruitment)
    old = seen(hr, where)
    propose(hr, recruitment)
    before = planned()
    answer = hr.post(where + "/propose", data=FORM | {"seen": old, "starts": "08:00"})
    assert answer.status_code == 409
    page = answer.get_data(as_text=True)
    assert "En anden har ændret planen imens" in page
    assert 'value="08:00"' in page
    assert "09.00–10.00" in page
    assert planned() == before
    fresh = re.search(r'name="seen"[^>]*value="([^"]*)"', page)
    assert fresh is not None
    assert hr.post(where + "/propose", data=FORM | {"seen": fresh[1], "starts": "08:00"}).status_code == 302


# Who may


def test_members_see_the_plan_substitutes_without_names_and_the_rest_nothing(app: Flask, hr: Client) -> None:
    recruitment = mixed()
    propose(hr, recruitment)
    slot = slot_of("K1")
    for email in ("chair@example.org", "anna@example.org"):
        assert "Navn 1" in signed_in(app, email).get(path(recruitment)).get_data(as_text=True)
    page = signed_in(app, "sub@example.org").get(path(recruitment)).get_data(as_text=True)
    assert "09.00–10.00" in page and "K1" in page
    assert "Navn 1" not in page
    make_person("auditor@example.org", "auditor")
    for email, status in (("late@example.org", 302), ("out@example.org", 403), ("auditor@example.org", 404)):
        for rest in ("", "/plan.ics", "/plan.docx", "/door.docx", "/plan.xlsx"):
            assert signed_in(app, email).get(path(recruitment, rest)).status_code in (status, 403, 404), (email, rest)
    for email in ("anna@example.org", "sub@example.org", "late@example.org", "out@example.org"):
        browser = signed_in(app, email)
        before = planned()
        for rest, data in (
            ("/propose", FORM),
            (f"/{slot.id}", edited(slot, room="X")),
            (f"/{slot.id}/move", {"step": "down", "version": slot.version}),
            (f"/{slot.id}/swap", {"other": slot_of("K2").id, "version": slot.version}),
            (f"/{slot.id}/remove", {"version": slot.version}),
            ("/break", {"after": slot.id, "minutes": 10}),
            ("/add", {"candidate": slot.candidate_id}),
            ("/send", {}),
        ):
            assert browser.post(path(recruitment, rest), data=data).status_code in (302, 403)
        assert planned() == before


def test_entry_of_another_recruitment_is_not_found(app: Flask, hr: Client) -> None:
    other = [{"email": "else@example.org", "name": "Else", "role": "chair", "side": "chief"}]
    mine, foreign = prepared(1), prepared(1, panel=other, impartiality=declared(("else@example.org",), ("K1",)))
    propose(hr, foreign)
    chair = signed_in(app, "chair@example.org")
    slot = slot_of("K1")
    assert chair.get(path(mine, f"/{slot.id}")).status_code == 404
    for what in ("", "/move", "/swap", "/remove"):
        assert chair.post(path(mine, f"/{slot.id}{what}"), data=edited(slot, other=str(slot.id))).status_code == 404
    assert chair.post(path(mine, "/add"), data={"candidate": slot.candidate_id}).status_code == 404


# What it costs


def test_pages_of_a_plan_have_one_query_count_at_every_size(app: Flask, hr: Client) -> None:
    found = []
    for count in (1, 30):
        recruitment = prepared(count)
        propose(hr, recruitment)
        slot = slot_of("K1")
        counts = []
        for browser in (hr, signed_in(app, "anna@example.org")):
            for where in (
                path(recruitment),
                path(recruitment, "/propose"),
                path(recruitment, f"/{slot.id}"),
                path(recruitment, "/plan.docx"),
                path(recruitment, "/door.docx"),
                path(recruitment, "/plan.xlsx"),
                path(recruitment, "/plan.ics"),
                "/my-interviews.ics",
                "/",
                f"/recruitments/{recruitment.id}",
            ):
                with counted_queries() as statements:
                    browser.get(where)
                counts.append((where.rsplit("/", 1)[-1].strip("0123456789"), len(statements)))
        found.append(counts)
        db.session.execute(db.delete(InterviewSlot))
        db.session.commit()
    assert found[0] == found[1]
    assert max(count for _page, count in found[0]) <= 45


# Where it is found


def test_plan_is_in_the_chain_and_the_next_interview_on_the_overview(app: Flask, hr: Client) -> None:
    recruitment = mixed()
    assert "Ikke lagt" in hr.get(f"/recruitments/{recruitment.id}").get_data(as_text=True)
    propose(hr, recruitment)
    page = hr.get(f"/recruitments/{recruitment.id}").get_data(as_text=True)
    assert f'href="/recruitments/{recruitment.id}/interviews"' in page
    assert hr.get(f"/recruitments/{recruitment.id}/interviews").headers["Location"].endswith(path(recruitment))
    for email, shown in (
        ("anna@example.org", True),
        ("sub@example.org", False),
        ("late@example.org", False),
        ("out@example.org", False),
    ):
        home = signed_in(app, email).get("/").get_data(as_text=True)
        assert ("Næste samtale" in home) is shown, email


def test_steps_are_in_the_log_by_code(hr: Client) -> None:
    recruitment = prepared(2)
    propose(hr, recruitment)
    slot = slot_of("K1")
    hr.post(path(recruitment, f"/{slot.id}/move"), data={"step": "down", "version": slot.version})
    events = db.session.scalars(
        db.select(AuditEvent).where(AuditEvent.event.like("interviews.%")).order_by(AuditEvent.id)
    )
    assert [(row.event, row.subject) for row in events] == [
        ("interviews.proposed", {"round": 1, "order": "ref", "lot": None}),
        ("interviews.changed", {"round": 1, "what": "order"}),
    ]
