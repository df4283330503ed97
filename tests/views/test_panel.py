"""The hiring panel: who sits on it, one chair, and nobody taken out unseen."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from support import CASE, case, declared, full_case, load, make_person, signed_in

from recruit.accounts.models import Person
from recruit.accounts.service import find_person
from recruit.extensions import db
from recruit.panel.models import PanelMember
from recruit.panel.service import load_members
from recruit.recruitments.models import Recruitment

SUBSTITUTE = {"email": "sub@example.org", "name": "Sus", "role": "substitute", "side": "peer"}


class Seats:
    def __init__(self, app: Flask, **changes: Any) -> None:
        self.recruitment: Recruitment = load(case(**changes))
        self.base = f"/recruitments/{self.recruitment.id}/panel"
        make_person("hr@example.org", "hr")
        self.hr = signed_in(app, "hr@example.org")

    def members(self) -> dict[str, PanelMember]:
        db.session.expire_all()
        return {member.person.email: member for member in load_members(self.recruitment)}

    def roles(self) -> dict[str, str]:
        return {email.split("@")[0]: member.role for email, member in self.members().items()}

    def add(self, **values: str) -> Any:
        sent = {"name": "Dorte Dam", "email": "dorte@example.org", "role": "member", "side": "union"}
        return self.hr.post(self.base, data=sent | values)

    def act(self, email: str, action: str) -> int:
        answer = self.hr.post(f"{self.base}/{self.members()[email].id}/{action}")
        return int(answer.status_code)


def test_new_member_is_also_somebody_who_can_be_invited(app: Flask) -> None:
    seats = Seats(app)
    assert seats.add(email=" Dorte@Example.org ").status_code == 302
    assert seats.roles()["dorte"] == "member"
    person = find_person("dorte@example.org")
    assert person is not None
    assert (person.name, person.role, person.password_hash) == ("Dorte Dam", None, None)
    assert "Dorte Dam" in seats.hr.get(seats.base).get_data(as_text=True)


def test_somebody_known_keeps_their_own_name_and_role(app: Flask) -> None:
    seats = Seats(app)
    assert seats.add(email="hr@example.org", name="Et andet navn").status_code == 302
    person = find_person("hr@example.org")
    assert person is not None
    assert (person.name, person.role) == ("Hr", "hr")


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"email": "ANNA@example.org"}, "sidder allerede i udvalget"),
        ({"role": "chair"}, "har allerede en forperson"),
        ({"email": "ikke en adresse"}, "ikke en e-mailadresse"),
        ({"email": ""}, "Skriv noget her"),
        ({"role": "king"}, "Vælg"),
        ({"side": "moon"}, "Vælg"),
    ],
    ids=str,
)
def test_member_that_cannot_be_is_refused_and_what_was_typed_is_kept(
    app: Flask, values: dict[str, str], words: str
) -> None:
    seats = Seats(app)
    answer = seats.add(**values)
    assert answer.status_code == 400
    page = answer.get_data(as_text=True)
    assert words in page
    assert 'value="Dorte Dam"' in page
    assert len(seats.members()) == 3
    assert find_person("dorte@example.org") is None


def test_chair_is_handed_over_to_a_member_and_there_is_always_one(app: Flask) -> None:
    seats = Seats(app, panel=[*CASE["panel"], SUBSTITUTE])
    assert seats.act("sub@example.org", "chair") == 400
    assert seats.act("chair@example.org", "chair") == 400
    assert seats.act("anna@example.org", "chair") == 302
    assert seats.roles() == {"anna": "chair", "chair": "member", "bo": "member", "sub": "substitute"}


def test_only_a_substitute_steps_in_and_only_before_a_reveal(app: Flask) -> None:
    seats = Seats(app, panel=[*CASE["panel"], SUBSTITUTE])
    assert seats.act("anna@example.org", "step-in") == 400
    assert seats.act("sub@example.org", "step-in") == 302
    assert seats.roles()["sub"] == "member"
    parts = {key: full_case()[key] for key in ("impartiality", "scorecards")}
    late = load(case(panel=[*CASE["panel"], SUBSTITUTE], revealed=[1], **parts))
    member = next(item for item in load_members(late) if item.role == "substitute")
    assert seats.hr.post(f"/recruitments/{late.id}/panel/{member.id}/step-in").status_code == 400


def test_member_is_taken_out_until_a_round_is_locked(app: Flask) -> None:
    seats = Seats(app, impartiality=declared())
    assert seats.act("bo@example.org", "remove") == 302
    assert "bo" not in seats.roles()
    assert db.session.scalar(db.select(Person.id).where(Person.email == "bo@example.org")) is not None
    locked = Seats.__new__(Seats)
    locked.recruitment, locked.hr = load(case(locked=[1])), seats.hr
    locked.base = f"/recruitments/{locked.recruitment.id}/panel"
    assert locked.act("bo@example.org", "remove") == 400
    assert locked.roles()["bo"] == "member"


def test_page_warns_of_a_panel_that_is_too_small(app: Flask) -> None:
    seats = Seats(app, panel=CASE["panel"][:2])
    warned = seats.hr.get(seats.base).get_data(as_text=True)
    seats.add()
    assert "Med færre end tre" in warned
    assert "Med færre end tre" not in seats.hr.get(seats.base).get_data(as_text=True)


def test_member_sees_the_panel_and_changes_nothing(app: Flask) -> None:
    seats = Seats(app, impartiality=declared())
    anna = signed_in(app, "anna@example.org")
    page = anna.get(seats.base).get_data(as_text=True)
    assert "Bo Berg" in page
    assert 'name="email"' not in page
    for action in ("chair", "remove", "step-in"):
        assert anna.post(f"{seats.base}/{seats.members()['bo@example.org'].id}/{action}").status_code == 403
    assert seats.roles() == {"chair": "chair", "anna": "member", "bo": "member"}


def test_member_who_told_of_a_conflict_cannot_be_taken_out_to_read_on(app: Flask) -> None:
    """An HR person on the panel with a conflict would be HR again, and could be seated anew without it (rule 7)."""
    people = [*CASE["panel"], {"email": "hr2@example.org", "name": "Hanne", "role": "member", "side": "hr"}]
    make_person("hr2@example.org", "hr")
    make_person("hr@example.org", "hr")
    conflict = {"panelist": "hr2@example.org", "candidate": "K1", "conflict": True}
    recruitment = load(case(panel=people, impartiality=[*declared(), conflict]))
    base = f"/recruitments/{recruitment.id}"
    member = next(item for item in load_members(recruitment) if item.person.email == "hr2@example.org")
    answer = signed_in(app, "hr@example.org").post(f"{base}/panel/{member.id}/remove")
    assert answer.status_code == 400
    assert "Oplysningen skal blive på sagen" in answer.get_data(as_text=True)
    assert signed_in(app, "hr2@example.org").get(base).status_code == 403


def test_first_seat_that_is_offered_is_the_chairs(app: Flask) -> None:
    seats = Seats(app, rounds=[])
    chosen = '<option selected value="{}">'
    assert chosen.format("member") in seats.hr.get(seats.base).get_data(as_text=True)
    assert seats.act("chair@example.org", "remove") == 302
    assert chosen.format("chair") in seats.hr.get(seats.base).get_data(as_text=True)
