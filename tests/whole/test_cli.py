"""The command line, as other programs use it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from click.testing import CliRunner, Result
from flask import Flask
from support import ROOT, full_case, load, make_person

from recruit.accounts.service import check_sign_in
from recruit.cli import EXAMPLE_PASSWORD, main
from recruit.extensions import db
from recruit.profiles.ads.material import gather
from recruit.profiles.ads.presentation import as_parts, check_ad, gaps
from recruit.profiles.ads.service import load_ad, load_parts
from recruit.recruitments.models import Recruitment


def run(*arguments: str) -> Result:
    db.session.remove()
    return CliRunner().invoke(main, list(arguments))


def test_demo_loads_its_recruitments_and_prints_sign_ins(app: Flask) -> None:
    result = run("demo")
    assert result.exit_code == 0, result.output
    assert "Leder af Børnehuset Skovbrynet" in result.output
    for line in result.output.splitlines()[1:]:
        assert check_sign_in(line.split()[0], EXAMPLE_PASSWORD) is not None
    again = run("demo")
    assert again.exit_code == 2
    assert "already holds recruitments" in again.output
    assert run("demo", "--if-empty").output == result.output
    assert db.session.scalar(db.select(db.func.count(Recruitment.id))) == 5
    assert [recruitment.role for recruitment in ready_ads(app)] == ["head_of_staff", "institution_manager", "director"]


def ready_ads(app: Flask) -> list[Recruitment]:
    """The recruitments with an ad, once it is seen that each ad can go out as it stands, in both lengths."""
    found = []
    with app.test_request_context("/"):
        for recruitment in db.session.scalars(db.select(Recruitment).order_by(Recruitment.id)):
            if ad := load_ad(recruitment):
                known = gather(recruitment, ad)
                assert not (gaps(recruitment, ad, known) or known.voiceless)
                for length, parts in load_parts(ad).items():
                    checks = check_ad(as_parts(parts), length, ad.language)
                    assert not (checks.findings or checks.unfilled), (recruitment.title, length, checks.findings)
                    assert all(must.met for must in checks.musts)
                    assert checks.least <= checks.words <= checks.most, (recruitment.title, length, checks.words)
                found.append(recruitment)
    return found


def test_compare_prints_the_promised_shape(app: Flask) -> None:
    load(full_case(revealed=[1]))
    found = json.loads(run("compare", "1", "--json").output)
    assert list(found) == [
        "recruitment", "round", "seed", "draws", "numpy", "criteria", "candidates", "pairs", "agreement", "severity", "discuss", "verdict",
    ]  # fmt: skip
    assert (found["recruitment"], found["round"], found["seed"], found["draws"]) == (1, 1, 20220111, 10000)
    assert list(found["candidates"][0]) == [
        "ref", "rank", "score", "coverage", "scorecards", "below_minimum", "first", "top_two", "rank_interval", "score_interval", "criteria",
    ]  # fmt: skip
    assert list(found["candidates"][0]["criteria"]["performance.2"]) == [
        "mean",
        "median",
        "sd",
        "spread",
        "n",
        "consensus",
    ]
    assert list(found["verdict"]) == ["clear", "leader", "between", "thin"]
    # K1: (2·4 + 3 + 5) / 4, K2: (2·3 + 3 + 2) / 4, by hand.
    assert [row["score"] for row in found["candidates"]] == [4.0, 2.75]
    assert found["candidates"][0]["criteria"]["resilience"] == {
        "mean": 5.0, "median": 5.0, "sd": 0.0, "spread": 0, "n": 3, "consensus": None,
    }  # fmt: skip


def test_compare_in_words_says_that_people_decide(app: Flask) -> None:
    load(full_case(revealed=[1]))
    assert "The numbers are clear for K1. The panel recommends, the leader decides." in run("compare", "1").output


def test_unknown_recruitment_or_round_is_refused(app: Flask) -> None:
    load(full_case(revealed=[1]))
    for arguments in (("compare", "9"), ("compare", "1", "--round", "7"), ("export", "9", "--to", "x")):
        result = run(*arguments)
        assert result.exit_code == 2
        assert len(result.output.strip().splitlines()) == 1


def test_export_writes_the_documents(app: Flask, tmp_path: Path) -> None:
    load(full_case(revealed=[1]))
    result = run("export", "1", "--to", str(tmp_path / "all"))
    assert result.exit_code == 0, result.output
    names = {"profile.docx", "guide-1.docx", "scorecard-1.docx", "comparison-1.docx"}
    assert {file.name for file in (tmp_path / "all").iterdir()} == names
    run("export", "1", "--to", str(tmp_path / "one"), "--only", "guide")
    assert [file.name for file in (tmp_path / "one").iterdir()] == ["guide-1.docx"]
    assert run("export", "1", "--to", str(tmp_path / "no"), "--only", "letters").exit_code == 2
    assert not (tmp_path / "no").exists()


def test_schema_describes_the_case_file() -> None:
    found = json.loads(CliRunner().invoke(main, ["schema"]).output)
    assert found["properties"]["case"]["const"] == 1
    assert set(found["required"]) == {"case", "charter", "recruitment", "panel"}
    assert found["additionalProperties"] is False


def test_create_user_prints_a_link_that_works_once(app: Flask) -> None:
    result = run("create-user", "hr@odder.example", "--role", "hr")
    assert result.exit_code == 0, result.output
    path = "/welcome/" + result.output.strip().rpartition("/welcome/")[2]
    client = app.test_client()
    chosen = {"password": "tre gode ord her", "again": "tre gode ord her"}
    assert client.post(path, data=chosen).status_code == 302
    assert client.get("/people").status_code == 200
    assert app.test_client().post(path, data=chosen).status_code == 400
    assert run("create-user", "hr@odder.example", "--role", "hr").exit_code == 2


def test_check_data_names_every_fault_with_its_line(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "question_bank" / "odder", tmp_path / "odder")
    assert CliRunner().invoke(main, ["check-data", str(tmp_path)]).exit_code == 0
    for number, (old, new) in {"1": ("minutes:", "minuts:"), "2": ("  5:", "  6:")}.items():
        file = tmp_path / "odder" / "questions" / "emergence" / f"emergence.{number}.yaml"
        file.write_text(file.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    result = CliRunner().invoke(main, ["check-data", str(tmp_path)])
    assert result.exit_code == 2
    assert "emergence.1.yaml, line" in result.output
    assert "minuts: the field is unknown" in result.output
    assert "emergence.2.yaml, line" in result.output


def test_faulty_setting_is_refused_in_a_sentence(monkeypatch: object) -> None:
    result = CliRunner().invoke(main, ["check-data"], env={"RECRUIT_BRAND_COLOUR": "teal"})
    assert result.exit_code == 2
    assert result.output.startswith("RECRUIT_BRAND_COLOUR must be a colour")


def test_database_of_an_earlier_version_is_not_touched(app: Flask) -> None:
    from sqlalchemy import text

    make_person("hr@odder.example", "hr")
    newest = db.session.scalar(text("SELECT version_num FROM alembic_version"))
    db.session.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    db.session.commit()
    try:
        result = run("compare", "1")
        assert result.exit_code == 2
        assert "run: recruit upgrade" in result.output
    finally:
        db.session.execute(text("UPDATE alembic_version SET version_num = :newest"), {"newest": newest})
        db.session.commit()
