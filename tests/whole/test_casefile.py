"""Case files in and out: what is refused says where, and leaves nothing; what goes out comes back to the last digit."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from flask import Flask
from support import KEYS, MEMBERS, card, case, declared, full_case
from whole.cases import Change, add, deviation_of, dissent_of, drop, dump, refused, run, set_at

from recruit.cli import main
from recruit.extensions import db

RATING = ("scorecards", 0, "ratings", "performance.2")
REFUSED: list[tuple[str, Change, str]] = [
    ("unknown key", set_at("colour", to=1), "colour: the field is unknown"),
    ("unknown key inside", set_at("candidates", 0, "age", to=44), "candidates[1].age: the field is unknown"),
    ("no version", drop("case"), "case: the field is missing"),
    ("another version", set_at("case", to=2), "case: must be 1"),
    ("unknown charter", set_at("charter", to="aarhus"), "the charter 'aarhus' is not installed"),
    ("unknown role", set_at("recruitment", "role", to="king"), "recruitment.role: the charter has no role 'king'"),
    ("unknown statement", set_at("criteria", 0, "statement", to="performance.7"), "criteria[1].statement: the charter has no statement"),
    ("area as statement", set_at("criteria", 0, "statement", to="emergence"), "criteria[1].statement: the charter has no statement"),
    ("criterion twice", add("criteria", {"area": "resilience"}), "criteria[4]: the criterion resilience is given twice"),
    ("criterion without key", set_at("criteria", 0, to={"weight": 1}), "criteria[1]: give either statement or area"),
    ("score of 6", set_at(*RATING, "score", to=6), "ratings.performance.2.score: must be at most 5"),
    ("score of 0", set_at(*RATING, "score", to=0), "ratings.performance.2.score: must be at least 1"),
    ("score of 3.5", set_at(*RATING, "score", to=3.5), "score: must be a whole number"),
    ("score of 4.0", set_at(*RATING, "score", to=4.0), "score: must be a whole number"),
    ("score of true", set_at(*RATING, "score", to=True), "score: must be a whole number"),
    ("score as text", set_at(*RATING, "score", to="4"), "score: must be a whole number"),
    ("score and not evidenced", set_at(*RATING, "not_evidenced", to=True), "score and not_evidenced exclude each other"),
    ("not evidenced false", set_at(*RATING, to={"not_evidenced": False}), "not_evidenced"),
    ("not evidenced 1", set_at(*RATING, to={"not_evidenced": 1}), "not_evidenced"),
    ("blank evidence", set_at(*RATING, "evidence", to="  \n "), "evidence: must not be blank"),
    ("no evidence", drop(*RATING, "evidence"), "a score needs evidence"),
    ("score null", set_at(*RATING, "score", to=None), "score must not be empty"),
    ("control character", set_at(*RATING, "evidence", to="a\x07b"), "control character"),
    ("evidence too long", set_at(*RATING, "evidence", to="x" * 20_001), "must be at most 20000 characters"),
    ("submitted without a criterion", drop(*RATING), "a submitted scorecard needs a rating of performance.2"),
    ("rating of another criterion", set_at("scorecards", 0, "ratings", "emergence.1", to={"not_evidenced": True}), "ratings.emergence.1: is not a criterion of the round"),
    ("card by somebody unknown", set_at("scorecards", 0, "panelist", to="x@example.org"), "scorecards[1].panelist: 'x@example.org' is not on the panel"),
    ("card on an unknown candidate", set_at("scorecards", 0, "candidate", to="K9"), "there is no candidate 'K9'"),
    ("card in an unknown round", set_at("scorecards", 0, "round", to=2), "there is no round 2"),
    ("card twice", add("scorecards", card(MEMBERS[0], "K1", dict.fromkeys(KEYS, 3))), "the scorecard chair@example.org, K1, 1 is given twice"),
    ("card by somebody disqualified", set_at("impartiality", 0, "conflict", to=True), "chair@example.org is disqualified and cannot have a scorecard"),
    ("card for a candidate not in the round", set_at("rounds", 0, "candidates", to=["K2"]), "K1 is not in round 1"),
    ("overall before the ratings", lambda values: values["scorecards"].__setitem__(0, card(MEMBERS[0], "K1", {}, submitted=False) | {"overall": "god"}), "the overall impression comes after"),
    ("excuse for a submitted card", add("excused", {"panelist": MEMBERS[0], "candidate": "K1", "round": 1, "code": "absent"}), "the scorecard is submitted and cannot be excused"),
    ("excuse with an unknown code", add("excused", {"panelist": MEMBERS[0], "candidate": "K1", "round": 1, "code": "lazy"}), "excused[1].code: must be"),
    ("consensus before the reveal", lambda values: (values.update(revealed=[]), add("consensus", {"candidate": "K1", "round": 1, "statement": KEYS[0], "score": 4, "reason": "talt"})(values)), "round 1 is not revealed"),
    ("dissent before the reveal", lambda values: (values.update(revealed=[]), add("dissents", dissent_of(MEMBERS[1]))(values)), "dissents[1].round: round 1 is not revealed"),
    ("dissent by somebody unknown", add("dissents", dissent_of("x@example.org")), "dissents[1].panelist: 'x@example.org' is not on the panel"),
    ("dissent by a substitute", lambda values: (set_at("panel", 2, "role", to="substitute")(values), add("dissents", dissent_of(MEMBERS[2]))(values)), "dissents[1].panelist: bo@example.org has no say in the round"),
    ("dissent in an unknown round", add("dissents", dissent_of(MEMBERS[1], 2)), "dissents[1].round: there is no round 2"),
    ("dissent twice", add("dissents", dissent_of(MEMBERS[1]), dissent_of(MEMBERS[1].upper())), "dissents[2]: the dissent anna@example.org, 1 is given twice"),
    ("blank dissent", add("dissents", dissent_of(MEMBERS[1]) | {"text": "  "}), "dissents[1].text: must not be blank"),
    ("deviation of an unknown candidate", add("deviations", deviation_of(candidate="K9")), "deviations[1].candidate: there is no candidate 'K9'"),
    ("deviation in an unknown round", add("deviations", deviation_of(round=2)), "deviations[1].round: there is no round 2"),
    ("deviation of another round's candidate", lambda values: (set_at("rounds", 0, "candidates", to=["K1"])(values), add("deviations", deviation_of(candidate="K2"))(values)), "deviations[1].candidate: K2 is not in round 1"),
    ("deviation in an open round", lambda values: (values.update(revealed=[], scorecards=[]), add("deviations", deviation_of())(values)), "deviations[1].round: round 1 is not locked"),
    ("deviation of an unknown question", lambda values: (set_at("rounds", 0, "questions", to=[f"{KEYS[0]}.b1"])(values), add("deviations", deviation_of(question=2))(values)), "deviations[1].question: round 1 names no question 2"),
    ("deviation with an unknown code", add("deviations", deviation_of(code="lazy")), "deviations[1].code: must be"),
    ("deviation without a reason", add("deviations", deviation_of(reason=" ")), "deviations[1].reason: must not be blank"),
    ("deviation at no moment", add("deviations", deviation_of(at="i går")), "deviations[1].at: must be a moment"),
    ("deviation before there were computers", add("deviations", deviation_of(at="0001-01-01")), "deviations[1].at: must be a moment"),
    ("reveal while a card is missing", drop("scorecards", 0), "round 1 cannot be revealed: the scorecard of chair@example.org on K1 is missing"),
    ("reveal while a card is a draft", set_at("scorecards", 0, "submitted", to=False), "round 1 cannot be revealed"),
    ("reveal of an unknown round", set_at("revealed", to=[1, 2]), "there is no round 2"),
    ("two candidates with one ref", set_at("candidates", 1, "ref", to="K1"), "candidates[2].ref: the ref K1 is given twice"),
    ("two members with one e-mail", set_at("panel", 1, "email", to="CHAIR@example.org"), "panel[2].email: the e-mail chair@example.org is on the panel twice"),
    ("no chair", set_at("panel", 0, "role", to="member"), "panel: the panel has no chair"),
    ("two chairs", set_at("panel", 1, "role", to="chair"), "panel[2].role: the panel has two chairs"),
    ("no panel", drop("panel"), "panel: the field is missing"),
    ("unknown side", set_at("panel", 0, "side", to="left"), "panel[1].side: must be"),
    ("faulty e-mail", set_at("panel", 0, "email", to="chair"), "panel[1].email: 'chair' is not an e-mail address"),
    ("weight of nought", set_at("criteria", 0, "weight", to=0), "criteria[1].weight: must be greater than 0"),
    ("negative weight", set_at("criteria", 0, "weight", to=-1), "weight: must be greater than 0"),
    ("infinite weight", set_at("criteria", 0, "weight", to=float("inf")), "weight: must be a finite number"),
    ("weight that is no number", set_at("criteria", 0, "weight", to=float("nan")), "weight"),
    ("minimum of 6", set_at("criteria", 0, "minimum", to=6), "minimum: must be at most 5"),
    ("unknown question", set_at("rounds", 0, "questions", to=["performance.2.b99"]), "the bank has no question 'performance.2.b99'"),
    ("question of another criterion", set_at("rounds", 0, "questions", to=["emergence.1.b1"]), "'emergence.1' is not a criterion of the round"),
    ("round twice", add("rounds", {"number": 1}), "round 1 is given twice"),
    ("scope without conflict", set_at("impartiality", 0, "scope", to="candidate"), "scope belongs to a conflict"),
    ("scope without reason", lambda values: values["impartiality"][0].update(conflict=True, scope="candidate"), "only a written reason can limit"),
    ("unknown status", set_at("candidates", 0, "status", to="gone"), "candidates[1].status: must be"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "said"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_faulty_case_is_refused_with_its_place(app: Flask, change: Change, said: str) -> None:
    values = full_case(revealed=[1])
    change(values)
    output = refused(yaml.safe_dump(values, allow_unicode=True, sort_keys=False))
    assert said in output
    assert output.startswith("case.yaml")


def test_command_refuses_with_exit_status_2_and_writes_nothing(app: Flask, tmp_path: Path) -> None:
    values = full_case()
    values["candidates"][1]["ref"] = "K1"
    result = run(tmp_path, dump(values))
    assert result.exit_code == 2
    said = r"case\.yaml, line \d+, candidates\[2\]\.ref: the ref K1 is given twice \(and 6 more\)\n"
    assert re.fullmatch(said, result.output)
    for table in db.metadata.sorted_tables:
        assert db.session.scalar(db.select(db.func.count()).select_from(table)) == 0, table.name
    assert run(tmp_path, b"#" * 50_000_000).exit_code == 2


def test_consensus_where_nobody_rated_is_refused(app: Flask) -> None:
    cards = [card(member, ref, dict.fromkeys(KEYS, None)) for member in MEMBERS for ref in ("K1", "K2")]
    agreed = [{"candidate": "K1", "round": 1, "statement": KEYS[0], "score": 4, "reason": "talt om"}]
    text = dump(case(impartiality=declared(), scorecards=cards, revealed=[1], consensus=agreed))
    assert "consensus[1]: nobody rated K1 on performance.2" in refused(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("just words", "must be a mapping"),
        ("case: [1\n", "this is not YAML"),
        ("case: 1\ncase: 1\n", "line 2, case: the key is given twice"),
        ("a: &a [1]\nb: *a\n", "aliases are not allowed"),
        (b"\x00\x01\x02PK", "this is not YAML"),
        (b"case: 1\n" + b"#" * 50_000_000, "the file is larger than 5 MB"),
    ],
    ids=["words", "broken", "twice", "alias", "binary", "large"],
)
def test_file_that_is_no_case_is_refused(app: Flask, text: str | bytes, said: str) -> None:
    assert said in refused(text)


def test_every_fault_of_a_file_is_named_at_once(app: Flask) -> None:
    values = full_case()
    values["candidates"][1]["ref"] = "K1"
    values["panel"][1]["email"] = "x"
    output = refused(dump(values))
    assert "candidates[2].ref" in output
    assert "panel[2].email" in output


def test_example_of_the_format_is_taken(app: Flask, tmp_path: Path) -> None:
    """A question for one of three criteria, a withdrawn candidate without cards, an excuse, a limited conflict."""
    values = full_case(
        rounds=[{"number": 1, "name": "1. samtale", "minutes": 60, "questions": ["performance.2.b1"]}],
        excused=[{"panelist": "anna@example.org", "candidate": "K2", "round": 1, "code": "absent"}],
        consensus=[{"candidate": "K1", "round": 1, "statement": "performance.2", "score": 4, "reason": "talt igennem"}],
        revealed=[1],
    )
    values["impartiality"] = [
        row for row in declared() if (row["panelist"], row["candidate"]) != ("bo@example.org", "K2")
    ] + [{"panelist": "bo@example.org", "candidate": "K2", "conflict": True, "scope": "candidate", "reason": "nabo"}]
    dropped = {("anna@example.org", "K2"), ("bo@example.org", "K2")}
    values["scorecards"] = [row for row in values["scorecards"] if (row["panelist"], row["candidate"]) not in dropped]
    values["candidates"].append({"ref": "K3", "name": "Tine", "status": "withdrawn"})
    result = run(tmp_path, dump(values))
    assert result.exit_code == 0, result.output
    assert result.output.strip() == "1"
    found = json.loads(CliRunner().invoke(main, ["compare", "1", "--json"]).output)
    assert [row["ref"] for row in found["candidates"]] == ["K1", "K2"]
    assert [row["scorecards"] for row in found["candidates"]] == [3, 1]
