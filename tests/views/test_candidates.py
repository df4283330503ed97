"""Candidates: refs that are never used twice, who has withdrawn, whom a round sees."""

from __future__ import annotations

import re
import threading
from typing import Any

import pytest
from flask import Flask
from support import case, declared, full_case, load, make_person, signed_in

from recruit.candidates.models import Candidate
from recruit.candidates.service import round_candidates
from recruit.extensions import db
from recruit.recruitments.service import load_recruitment


class Field:
    def __init__(self, app: Flask, **changes: Any) -> None:
        self.id = load(case(**({"impartiality": declared()} | changes))).id
        self.base = f"/recruitments/{self.id}"
        make_person("hr@example.org", "hr")
        self.hr = signed_in(app, "hr@example.org")
        self.chair = signed_in(app, "chair@example.org")

    def rows(self) -> dict[str, Candidate]:
        db.session.expire_all()
        return {row.ref: row for row in db.session.scalars(db.select(Candidate).order_by(Candidate.id))}

    def add(self, name: str = "Cecilie Dahl", email: str = "") -> Any:
        return self.hr.post(self.base + "/candidates", data={"name": name, "email": email})

    def status(self, ref: str, status: str) -> int:
        path = f"{self.base}/candidates/{self.rows()[ref].id}/status"
        return int(self.hr.post(path, data={"status": status}).status_code)

    def of_round(self, number: int = 1) -> list[str]:
        db.session.expire_all()
        recruitment = load_recruitment(self.id)
        assert recruitment is not None
        return [item.ref for item in round_candidates(recruitment, recruitment.rounds[number - 1])]


def test_refs_count_up_from_the_highest(app: Flask) -> None:
    field = Field(app, candidates=[{"ref": "K2", "name": "To"}, {"ref": "K10", "name": "Ti"}], impartiality=[])
    assert field.add("Elleve").status_code == 302
    field.add("Tolv", "Tolv@Mail.example")
    assert {ref: row.name for ref, row in field.rows().items()} == {
        "K2": "To",
        "K10": "Ti",
        "K11": "Elleve",
        "K12": "Tolv",
    }
    assert field.rows()["K12"].email == "tolv@mail.example"
    page = field.hr.get(field.base + "/candidates").get_data(as_text=True)
    places = [re.search(rf">\s*{ref}\b", page) for ref in field.rows()]
    found = [place.start() for place in places if place]
    assert len(found) == 4
    assert found == sorted(found)


def test_field_asks_for_nothing_but_name_and_address(app: Flask) -> None:
    """Rule 10: no birth date, age, CPR, family, health, belief, union."""
    field = Field(app)
    page = field.hr.get(field.base + "/candidates").get_data(as_text=True)
    form = next(part for part in page.split("<form") if 'name="name"' in part)
    names = {part.split('"')[0] for part in form.split('name="')[1:]}
    assert names == {"csrf_token", "name", "email"}
    assert set(Candidate.__table__.columns.keys()) == {
        "id",
        "recruitment_id",
        "ref",
        "name",
        "email",
        "status",
        "withdrawal",
        "version",
    }


@pytest.mark.parametrize(
    ("name", "email"), [(" ", ""), ("Ida", "ikke en adresse"), ("I" * 201, ""), ("Ida\x1b", "")], ids=str
)
def test_candidate_that_cannot_be_keeps_what_was_typed(app: Flask, name: str, email: str) -> None:
    field = Field(app)
    answer = field.add(name, email)
    assert answer.status_code == 400
    page = answer.get_data(as_text=True)
    assert f'value="{email}"' in page
    assert name.strip()[:3] in page
    assert set(field.rows()) == {"K1", "K2"}


def test_candidate_is_renamed_and_keeps_the_ref(app: Flask) -> None:
    field = Field(app)
    path = f"{field.base}/candidates/{field.rows()['K1'].id}"
    assert field.hr.post(path, data={"name": "Åse <Ny>", "email": ""}).status_code == 302
    assert field.rows()["K1"].name == "Åse <Ny>"
    assert "Åse &lt;Ny&gt;" in field.hr.get(field.base + "/candidates").get_data(as_text=True)
    assert field.hr.post(path, data={"name": "X", "email": "nej"}).status_code == 400
    assert field.rows()["K1"].name == "Åse <Ny>"


def test_candidate_withdraws_and_comes_back(app: Flask) -> None:
    field = Field(app)
    assert field.status("K1", "withdrawn") == 302
    assert field.rows()["K1"].status == "withdrawn"
    assert field.status("K1", "active") == 302
    assert field.rows()["K1"].status == "active"


def test_nobody_comes_back_after_the_reveal(app: Flask) -> None:
    candidates = [{"ref": "K1", "name": "A"}, {"ref": "K2", "name": "B", "status": "withdrawn"}]
    cards = [row for row in full_case()["scorecards"] if row["candidate"] == "K1"]
    field = Field(app, candidates=candidates, scorecards=cards, revealed=[1])
    assert field.status("K2", "active") == 400
    assert field.rows()["K2"].status == "withdrawn"


def test_round_sees_its_own_candidates(app: Flask) -> None:
    field = Field(app)
    first, second = (row.id for row in field.rows().values())
    path = f"{field.base}/rounds/1/candidates"
    assert field.hr.post(path, data={"candidates": [str(second)]}).status_code == 302
    assert field.of_round() == ["K2"]
    page = field.hr.get(path).get_data(as_text=True)
    assert page.count("checked") == 1
    field.hr.post(path, data={"candidates": [str(first), str(second)]})
    field.add("Ny")
    assert field.of_round() == ["K1", "K2", "K3"]  # all is no choice: later ones are in as well


def test_round_without_candidates_or_with_somebody_elses_is_refused(app: Flask) -> None:
    field = Field(app)
    other = load(case())
    foreign = db.session.scalar(db.select(Candidate.id).where(Candidate.recruitment_id == other.id))
    path = f"{field.base}/rounds/1/candidates"
    for chosen in ([], [str(foreign)], ["abc"]):
        assert field.hr.post(path, data={"candidates": chosen}).status_code == 400
    assert field.of_round() == ["K1", "K2"]


def test_candidates_of_a_revealed_round_lie_fast(app: Flask) -> None:
    field = Field(app, scorecards=full_case()["scorecards"], revealed=[1])
    path = f"{field.base}/rounds/1/candidates"
    assert field.hr.post(path, data={"candidates": [str(field.rows()["K1"].id)]}).status_code == 400
    assert field.of_round() == ["K1", "K2"]


def test_member_sees_candidates_and_changes_none(app: Flask) -> None:
    field = Field(app)
    anna = signed_in(app, "anna@example.org")
    assert "Bent Æbelø" in anna.get(field.base + "/candidates").get_data(as_text=True)
    assert anna.post(field.base + "/candidates", data={"name": "X"}).status_code == 403
    assert (
        anna.post(f"{field.base}/candidates/{field.rows()['K1'].id}/status", data={"status": "withdrawn"}).status_code
        == 403
    )
    assert field.rows()["K1"].status == "active"


def test_cpr_number_in_the_name_is_refused(app: Flask) -> None:
    field = Field(app)
    answer = field.add("Cecilie Dahl 010170-1234")
    assert answer.status_code == 400
    assert "cpr-nummer" in answer.get_data(as_text=True)
    edit = f"{field.base}/candidates/{field.rows()['K1'].id}"
    assert field.hr.post(edit, data={"name": "0101701234", "email": ""}).status_code == 400
    assert set(field.rows()) == {"K1", "K2"}


def test_two_candidates_added_at_once_get_refs_of_their_own(app: Flask) -> None:
    field = Field(app)
    make_person("hr2@example.org", "hr")
    browsers, base = [field.hr, signed_in(app, "hr2@example.org")], field.base
    db.session.remove()
    ready, statuses = threading.Barrier(2), []

    def press(number: int) -> None:
        ready.wait(timeout=20)
        with app.app_context():
            answer = browsers[number].post(f"{base}/candidates", data={"name": f"Ny {number}", "email": ""})
            statuses.append(answer.status_code)

    threads = [threading.Thread(target=press, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert statuses == [302, 302]
    assert list(field.rows()) == ["K1", "K2", "K3", "K4"]
