"""A member put right, and members who come in late."""

from __future__ import annotations

import re
import threading
from datetime import timedelta

import pytest
import yaml
from flask import Flask
from panels import NEW, Panel, mails
from sqlalchemy import select
from support import CASE, KEYS, MEMBERS, card, case, declared, full_case, load, make_person, signed_in

from recruit.accounts.service import find_person
from recruit.audit import AuditEvent, now
from recruit.casefile.export import export_case
from recruit.errors import FaultyFile
from recruit.extensions import db
from recruit.panel.service import load_members
from recruit.recruitments.models import Recruitment

SUBSTITUTE = {"email": "sub@example.org", "name": "Sus", "role": "substitute", "side": "peer"}


@pytest.mark.usefixtures("with_mail")
def test_wrong_address_is_put_right_and_invited_again(app: Flask) -> None:
    panel = Panel(app)
    panel.add(email="drote@example.org")
    old = re.search(r"(/link/\S+)", mails()[0].body)
    assert old is not None
    answer = panel.act("drote@example.org", "", name="Dorte Dam-Holm", email="Dorte@example.org", side="user")
    assert answer.status_code == 302
    member = panel.member("dorte@example.org")
    assert (member.person.name, member.side) == ("Dorte Dam-Holm", "user")
    assert [mail.recipient for mail in mails()] == ["dorte@example.org"]
    assert app.test_client().get(old[1]).status_code == 400
    events = db.session.scalars(select(AuditEvent.event)).all()
    assert {"person.changed", "member.changed"} <= set(events)


def test_address_of_somebody_who_came_in_stays(app: Flask) -> None:
    panel = Panel(app)
    panel.member("anna@example.org").person.password_hash = "x"
    db.session.commit()
    member = panel.member("anna@example.org")
    page = panel.client.get(f"{panel.base}/{member.id}").get_data(as_text=True)
    assert 'name="email"' not in page
    answer = panel.act("anna@example.org", "", name="Anna Ny", email="mit@example.org", side="peer")
    assert answer.status_code == 302
    assert (panel.member("anna@example.org").person.name, panel.member("anna@example.org").side) == ("Anna Ny", "peer")


def test_chair_changes_no_address_of_somebody_on_another_panel(app: Flask) -> None:
    """Else the other panel's link could be had by changing the address to one's own."""
    load(case(panel=[{"email": "x@example.org", "name": "X", "role": "chair", "side": "chief"}, CASE["panel"][1]]))
    panel = Panel(app, by="chair@example.org", impartiality=declared())
    answer = panel.act("anna@example.org", "", name="Anna Ny", email="chair2@example.org", side="peer")
    assert answer.status_code == 302
    member = panel.member("anna@example.org")
    assert (member.person.name, member.side) == ("Anna Andersen", "peer")
    assert find_person("chair2@example.org") is None
    only_here = panel.act("bo@example.org", "", name="Bo Berg-Holm", email="bo@example.org", side="user")
    assert only_here.status_code == 302
    assert panel.member("bo@example.org").person.name == "Bo Berg-Holm"


def test_chair_changes_nothing_about_hr(app: Flask) -> None:
    people = [*CASE["panel"], {"email": "hr@example.org", "name": "Hanne", "role": "member", "side": "hr"}]
    make_person("hr@example.org", "hr")
    panel = Panel(app, by="chair@example.org", panel=people, impartiality=declared())
    panel.act("hr@example.org", "", name="Et andet navn", email="mit@example.org", side="hr")
    assert panel.member("hr@example.org").person.name == "Hr"


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"email": "bo@example.org"}, "en anden bruger"),
        ({"email": "ikke en adresse"}, "ikke en e-mailadresse"),
        ({"name": ""}, "Skriv noget her"),
        ({"side": "moon"}, "Vælg"),
    ],
    ids=str,
)
def test_member_that_cannot_be_is_refused(app: Flask, values: dict[str, str], words: str) -> None:
    panel = Panel(app)
    sent = {"name": "Anna Andersen", "email": "anna@example.org", "side": "peer"} | values
    answer = panel.act("anna@example.org", "", **sent)
    assert answer.status_code == 400
    assert words in answer.get_data(as_text=True)
    assert panel.member("anna@example.org").side == "employee"


# Coming in late

TWO_ROUNDS = [{"number": 1, "name": "1. samtale", "minutes": 60}, {"number": 2, "name": "2. samtale", "minutes": 60}]


def test_member_comes_in_after_a_reveal_while_a_round_is_left(app: Flask) -> None:
    parts = {key: full_case()[key] for key in ("impartiality", "scorecards")}
    panel = Panel(app, rounds=TWO_ROUNDS, revealed=[1], panel=[*CASE["panel"], SUBSTITUTE], **parts)
    assert "vurderer kun i de runder" in panel.page()
    before = now()
    assert panel.add().status_code == 302
    joined = panel.member(NEW["email"]).joined_at
    assert joined is not None
    assert before <= joined <= now() + timedelta(seconds=1)
    assert panel.member("anna@example.org").joined_at is None
    assert panel.act("sub@example.org", "/step-in").status_code == 302
    assert panel.member("sub@example.org").joined_at is not None


def test_late_member_goes_through_the_case_file(app: Flask) -> None:
    """Else the file of a case with one could not be read again: a card would be missing in the revealed round."""
    parts = {key: full_case()[key] for key in ("impartiality", "scorecards")}
    panel = Panel(app, rounds=TWO_ROUNDS, revealed=[1], **parts)
    panel.add()
    out = yaml.safe_load(export_case(db.session.get_one(Recruitment, panel.recruitment.id), actor=None))
    db.session.commit()
    assert [member.get("came_after") for member in out["panel"]] == [None, None, None, [1]]
    again = load(out)
    late = next(member for member in load_members(again) if member.joined_at)
    rounds = again.rounds
    assert late.person.email == NEW["email"]
    assert rounds[0].revealed_at is not None
    assert late.joined_at is not None
    assert rounds[0].revealed_at < late.joined_at
    assert yaml.safe_load(export_case(again, actor=None)) == out
    with pytest.raises(FaultyFile, match="round 1 is not revealed"):
        load(out | {"revealed": [], "scorecards": [], "consensus": []})


def test_late_member_of_rounds_that_were_revealed_out_of_order_goes_through_the_case_file(app: Flask) -> None:
    """The second round was revealed first; two came in after it, one of them when the first was revealed as well."""
    three = [*TWO_ROUNDS, {"number": 3, "name": "3. samtale", "minutes": 60}]
    new = [
        {"email": f"{name}@example.org", "name": name, "role": "member", "side": "peer", "came_after": after}
        for name, after in (("dorte", [2]), ("emil", [1, 2]))
    ]
    members = (*MEMBERS, "dorte@example.org")
    cards = [
        card(member, ref, dict.fromkeys(KEYS, 3), number=number)
        for number, raters in ((1, members), (2, MEMBERS))
        for member in raters
        for ref in ("K1", "K2")
    ]
    values = case(
        rounds=three, panel=[*CASE["panel"], *new], impartiality=declared(members), scorecards=cards, revealed=[1, 2]
    )
    out = yaml.safe_load(export_case(load(values), actor=None))
    db.session.commit()
    assert [member.get("came_after") for member in out["panel"]] == [None, None, None, [2], [1, 2]]
    assert len(out["scorecards"]) == len(cards)
    assert yaml.safe_load(export_case(load(out), actor=None)) == out
    new[1]["came_after"] = [1]
    with pytest.raises(FaultyFile, match="one must have come after all"):
        load(values | {"panel": [*CASE["panel"], *new]})


def test_nobody_comes_in_when_every_round_is_revealed(app: Flask) -> None:
    parts = {key: full_case()[key] for key in ("impartiality", "scorecards")}
    panel = Panel(app, revealed=[1], panel=[*CASE["panel"], SUBSTITUTE], **parts)
    assert "Tilføj et medlem" not in panel.page()
    assert "Alle runder er afsløret" in panel.page()
    refused = panel.add()
    assert refused.status_code == 400
    assert "Alle runder er afsløret" in refused.get_data(as_text=True)
    assert panel.act("sub@example.org", "/step-in").status_code == 400


# Whoever has a conflict

OUT = [
    *declared(("chair@example.org", "bo@example.org")),
    {"panelist": "anna@example.org", "candidate": "K1", "conflict": True},
    {"panelist": "sub@example.org", "candidate": "K1", "conflict": True},
]


@pytest.mark.usefixtures("with_mail")
def test_whoever_is_disqualified_is_given_no_part(app: Flask) -> None:
    panel = Panel(app, panel=[*CASE["panel"], SUBSTITUTE], impartiality=OUT)
    for email in ("anna@example.org", "sub@example.org"):
        row = panel.row(email)
        assert "Inhabil i hele forløbet" in row
        assert "Send invitation" not in row and "Træd ind" not in row
    assert "færre end tre, der vurderer" in panel.page()
    assert "Gør til forperson" not in panel.client.get(f"{panel.base}/{panel.member('anna@example.org').id}").get_data(
        as_text=True
    )
    for email, action in (
        ("anna@example.org", "/chair"),
        ("anna@example.org", "/invite"),
        ("sub@example.org", "/step-in"),
    ):
        answer = panel.act(email, action)
        assert answer.status_code == 400
        assert "er inhabil i hele forløbet." in answer.get_data(as_text=True)
    assert [member.role for member in load_members(panel.recruitment)] == ["chair", "member", "member", "substitute"]
    assert mails() == []
    anna = panel.member("bo@example.org").person.email
    assert "Inhabil" not in signed_in(app, anna).get(panel.base).get_data(as_text=True)


def test_conflict_that_is_limited_to_a_candidate_stands_in_nobodys_way(app: Flask) -> None:
    limited = {"panelist": "anna@example.org", "candidate": "K1", "conflict": True, "scope": "candidate", "reason": "x"}
    panel = Panel(app, impartiality=[*declared(("chair@example.org", "bo@example.org")), limited])
    assert "Inhabil" not in panel.page()
    assert panel.act("anna@example.org", "/chair").status_code == 302
    assert panel.member("anna@example.org").role == "chair"


def test_page_says_that_a_disqualified_chair_must_hand_over(app: Flask) -> None:
    conflict = {"panelist": "chair@example.org", "candidate": "K1", "conflict": True}
    panel = Panel(app, impartiality=[*declared(("anna@example.org", "bo@example.org")), conflict])
    page = panel.page()
    assert "Forpersonen er inhabil" in page
    assert "Vælg en forperson" in page  # in the chain
    panel.act("anna@example.org", "/chair")
    assert "Forpersonen er inhabil" not in panel.page()


def test_chair_is_not_handed_to_somebody_shut_out(app: Flask) -> None:
    panel = Panel(app)
    panel.member("anna@example.org").person.active = False
    db.session.commit()
    assert panel.act("anna@example.org", "/chair").status_code == 400
    assert panel.member("chair@example.org").role == "chair"


def test_two_who_seat_a_chair_at_once_seat_one(app: Flask) -> None:
    panel = Panel(app, rounds=[])
    recruitment_id = panel.recruitment.id
    panel.act("chair@example.org", "/remove")
    make_person("hr2@example.org", "hr")
    browsers = [signed_in(app, "hr@example.org"), signed_in(app, "hr2@example.org")]
    db.session.remove()
    ready, statuses = threading.Barrier(2), []

    def press(number: int) -> None:
        ready.wait(timeout=20)
        with app.app_context():
            values = NEW | {"email": f"new{number}@example.org", "role": "chair"}
            statuses.append(browsers[number].post(panel.base, data=values).status_code)

    threads = [threading.Thread(target=press, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert sorted(statuses) == [302, 400]
    members = load_members(db.session.get_one(Recruitment, recruitment_id))
    assert [member.role for member in members] == ["chair", "member", "member"]
