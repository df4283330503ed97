"""What a question has been used for: told to HR, and to nobody else."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from own_questions import BANK, ENTRY, own, page_of
from support import Client, case, counted_queries, declared, load, make_person, signed_in

from recruit.candidates.impartiality import closed_to
from recruit.candidates.resolver import kinds_of
from recruit.extensions import db
from recruit.panel.models import PanelMember
from recruit.permissions import DISQUALIFIED, UNDECLARED
from recruit.questions.service import bank_of


@pytest.fixture
def hr(app: Flask) -> Client:
    make_person("hr@example.org", "hr")
    return signed_in(app, "hr@example.org")


@pytest.fixture
def member(app: Flask) -> Client:
    make_person("member@example.org")
    return signed_in(app, "member@example.org")


def questions_case(**changes: Any) -> dict[str, Any]:
    rounds = [{"number": 1, "name": "1. samtale", "minutes": 60, "questions": ["performance.2.b1", "compliance.4.b1"]}]
    return case(**({"rounds": rounds, "impartiality": declared()} | changes))


def titled(title: str) -> dict[str, Any]:
    return case()["recruitment"] | {"title": title}


def test_hr_sees_what_a_question_has_been_used_for(app: Flask, hr: Client) -> None:
    first = load(questions_case(recruitment=titled("Leder af <Havhuset>")))
    load(questions_case(recruitment=titled("Leder af Skovhuset")))
    page = page_of(hr, ENTRY)
    assert page.count("Brugt i 2 guider") == 1
    assert page.count("Ikke brugt i en guide endnu") == len(bank_of("odder").entries["performance.2"].questions) - 1
    assert f'<a href="/recruitments/{first.id}">Leder af &lt;Havhuset&gt;</a>' in page
    assert page.index("Skovhuset") < page.index("Havhuset")  # newest first


def test_nobody_else_is_told_what_a_question_has_been_used_for(app: Flask, member: Client) -> None:
    load(questions_case())
    for client in (member, signed_in(app, "chair@example.org"), signed_in(app, "anna@example.org")):
        for path in (ENTRY, BANK, f"{BANK}?query=retning"):
            page = page_of(client, path)
            assert "Havhuset" not in page
            assert "Brugt i" not in page
            assert "Ikke brugt" not in page
            assert "egen udgave" not in page
            assert "own-questions" not in page


@pytest.mark.parametrize("answer", [True, None], ids=["conflict", "not declared"])
def test_hr_on_a_panel_is_not_told_of_a_recruitment_that_is_closed_to_them(
    app: Flask, hr: Client, answer: bool | None
) -> None:
    panel = [*case()["panel"], {"email": "hr@example.org", "name": "Hr", "role": "member", "side": "hr"}]
    conflict = [] if answer is None else [{"panelist": "hr@example.org", "candidate": "K1", "conflict": answer}]
    load(questions_case(panel=panel, impartiality=[*declared(), *conflict]))
    load(questions_case(recruitment=titled("Leder af Skovhuset")))
    page = page_of(hr, ENTRY)
    assert "Skovhuset" in page
    assert "Havhuset" not in page
    assert "Brugt i 1 guide" in page


def test_closed_recruitments_are_those_that_the_guard_closes(app: Flask) -> None:
    panel = [
        {"email": f"{kind}@example.org", "name": kind, "role": "chair" if kind == "clear" else "member", "side": "peer"}
        for kind in ("clear", "out", "waiting", "late", "withdrawn")
    ]
    candidates = [{"ref": "K1", "name": "A"}, {"ref": "K2", "name": "B", "status": "withdrawn"}]
    impartiality = [
        *declared(("clear@example.org",)),
        {"panelist": "out@example.org", "candidate": "K2", "conflict": True},
        *declared(("out@example.org", "withdrawn@example.org"), ("K1",)),
    ]
    recruitment = load(case(panel=panel, candidates=candidates, impartiality=impartiality, locked=[1]))
    people = [row.person for row in db.session.scalars(db.select(PanelMember).order_by(PanelMember.id))]
    closed = {}
    for person in people:
        with app.test_request_context():
            kinds = kinds_of(person, {"recruitment_id": recruitment.id})
        closed[person.name] = bool(kinds & {DISQUALIFIED, UNDECLARED})
        assert (closed_to(person) == {recruitment.id}) == closed[person.name], person.name
    assert closed == {"clear": False, "out": True, "waiting": True, "late": True, "withdrawn": False}


def test_pages_ask_a_fixed_number_of_queries(app: Flask, hr: Client) -> None:
    def counts() -> list[int]:
        found = []
        for path in (BANK, f"{BANK}?query=zebra", ENTRY, "/charters/odder/own-questions"):
            with counted_queries() as statements:
                page_of(hr, path)
            found.append(len(statements))
        return found

    load(questions_case())
    own()
    before = counts()
    for number in range(5):
        load(questions_case())
        own(
            text={"da": f"Endnu en zebra, {number}.", "en": f"One more zebra, {number}."},
            key=f"performance.{number + 1}",
        )
    assert counts() == before
