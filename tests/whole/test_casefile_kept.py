"""What a case file holds comes back whole: numbers, words, and another charter."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from support import MEMBERS, card, case, empty_database, full_case, load
from whole.cases import dissent_of, run

from recruit import datafiles
from recruit.casefile.export import export_case
from recruit.casefile.service import import_case
from recruit.cli import main
from recruit.comparison.service import load_revealed, load_words
from recruit.extensions import db
from recruit.panel.service import load_members
from recruit.recruitments.models import Recruitment
from recruit.recruitments.service import load_recruitment
from recruit.scoring.dissents import load_dissents
from recruit.scoring.service import load_card


def numbers(recruitment_id: int) -> dict[str, Any]:
    result = CliRunner().invoke(main, ["compare", str(recruitment_id), "--json"])
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.output)
    del found["recruitment"]
    return found


@pytest.mark.parametrize("example", ["skovbrynet", "full"])
def test_exported_case_gives_the_same_numbers_when_imported(app: Flask, tmp_path: Path, example: str) -> None:
    if example == "full":
        load(full_case(revealed=[1]))
    else:
        file = Path(datafiles.__file__).parent / "casefile" / "examples" / f"{example}.yaml"
        import_case(datafiles.read(file))
        db.session.commit()
    db.session.remove()
    before = numbers(1)
    result = CliRunner().invoke(main, ["export", "1", "--to", str(tmp_path), "--format", "case"])
    assert result.exit_code == 0, result.output
    assert CliRunner().invoke(main, ["import", str(tmp_path / "case.yaml")]).output.strip() == "2"
    assert numbers(2) == before


def test_export_and_import_keep_a_dissent(app: Flask) -> None:
    recruitment = load(
        full_case(revealed=[1], dissents=[dissent_of("Anna@example.org") | {"text": " Jeg: <&>\n- æøå "}])
    )
    again = import_case(datafiles.parse(export_case(recruitment, actor=None).encode(), "again.yaml"))
    found = [(member.person.email, row.text) for member, row in load_dissents(again, again.rounds[0])]
    assert found == [("anna@example.org", "Jeg: <&>\n- æøå")]


def test_case_as_json_is_the_same_case(app: Flask, tmp_path: Path) -> None:
    result = run(tmp_path, json.dumps(full_case(revealed=[1])), name="case.json")
    assert result.exit_code == 0, result.output
    assert numbers(1)["candidates"][0]["score"] == pytest.approx((2 * 4 + 3 + 5) / 4)


def test_export_and_import_keep_an_edited_question(app: Flask) -> None:
    from recruit.questions.guide import load_guide

    own = {"criterion": "performance.2", "minutes": 9, "text": {"da": "Fortæl om dengang.", "en": "Tell us."}}
    recruitment = load(case(rounds=[{"number": 1, "questions": [own, "compliance.4.b1", "resilience.b1"]}]))
    text = export_case(recruitment, actor=None)
    again = import_case(datafiles.parse(text.encode(), "again.yaml"))
    assert [row.wording["text"]["da"] for row in load_guide(again.rounds[0])] == [
        row.wording["text"]["da"] for row in load_guide(recruitment.rounds[0])
    ]


awkward = (
    st.lists(
        st.one_of(
            st.sampled_from([*"<&>\"'`{}%#:-?!|*\\\n\t æøå", "😀", "🏳️‍🌈", "שלום", "مرحبا", "\u202e", "\u2028"]),
            st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"),
        ),
        min_size=1,
        max_size=60,
    )
    .map("".join)
    .filter(str.strip)
)


@settings(
    deadline=None, max_examples=15, phases=[Phase.explicit, Phase.generate], suppress_health_check=list(HealthCheck)
)
@given(evidence=awkward, title=awkward, name=awkward)
def test_awkward_words_survive_the_case_file(app: Flask, evidence: str, title: str, name: str) -> None:
    empty_database()
    title, name = " ".join(title.split())[:200] or "x", " ".join(name.split())[:200] or "x"
    values = full_case(revealed=[1])
    values["recruitment"]["title"], values["candidates"][0]["name"] = title, name
    values["scorecards"][0]["ratings"]["performance.2"]["evidence"] = evidence
    recruitment = load(values)
    again = import_case(datafiles.parse(export_case(recruitment, actor=None).encode(), "again.yaml"))
    db.session.flush()
    assert again.title == title
    revealed = load_revealed(again, again.rounds[0])
    assert evidence in load_words(revealed).evidence.values()
    assert name in [row.name for row in revealed.candidates]
    db.session.rollback()


def test_twenty_thousand_characters_survive(app: Flask) -> None:
    words = "æøå<&> " * 2857
    values = full_case()
    values["scorecards"][0]["ratings"]["performance.2"]["evidence"] = words
    recruitment = load_recruitment(load(values).id)
    assert recruitment is not None
    chair = load_members(recruitment)[0]
    found = load_card(recruitment.rounds[0], chair, 1)
    assert found is not None
    assert words in [row.evidence for row in found.ratings]


def test_recruitment_with_another_charter_runs_whole(app: Flask) -> None:
    """Three areas with two, one and three statements, and one role: nothing is tied to four and twenty-four."""
    keys = ("heart.2", "hand", "head.3")
    values = full_case(
        charter="strandby",
        recruitment={"title": "Driftsleder", "role": "manager"},
        criteria=[{"statement": "heart.2"}, {"area": "hand", "weight": 2}, {"statement": "head.3"}],
        scorecards=[card(member, ref, dict.fromkeys(keys, 4)) for member in MEMBERS for ref in ("K1", "K2")],
        revealed=[1],
    )
    recruitment: Recruitment = load(values)
    found = load_revealed(recruitment, recruitment.rounds[0]).comparison
    assert [result.score for result in found.candidates] == [4.0, 4.0]
    assert [result.rank for result in found.candidates] == [1, 1]
