"""The job ad from the command line."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner, Result
from flask import Flask
from support import case, load

from recruit.cli import main
from recruit.extensions import db


def run(*arguments: str) -> Result:
    db.session.remove()
    return CliRunner().invoke(main, list(arguments))


def test_export_writes_the_ad_in_every_form(app: Flask, tmp_path: Path) -> None:
    load(case(ad={"language": "da", "tone": "direct", "pay_from": 46_000}, profile={"purpose": "Børn skal trives."}))
    result = run("export", "1", "--to", str(tmp_path), "--only", "ad")
    assert result.exit_code == 0, result.output
    names = {file.name for file in tmp_path.iterdir()}
    assert names == {f"{name}.{form}" for name in ("ad", "ad-short") for form in ("docx", "txt", "html")}
    assert "mindst 46.000 kr." in (tmp_path / "ad.txt").read_text(encoding="utf-8")
    assert "<p>Børn skal trives.</p>" in (tmp_path / "ad.html").read_text(encoding="utf-8")


def test_export_of_an_ad_that_is_not_written_is_refused(app: Flask, tmp_path: Path) -> None:
    load(case())
    result = run("export", "1", "--to", str(tmp_path / "no"), "--only", "ad")
    assert result.exit_code == 2
    assert "no job ad" in result.output
    assert not (tmp_path / "no").exists()
    assert run("export", "1", "--to", str(tmp_path / "all")).exit_code == 0
    assert not list((tmp_path / "all").glob("ad*"))
