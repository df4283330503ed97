"""`recruit verify`: whether a document was made from the data as it is now."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import text
from support import full_case, load

from recruit.cli import main
from recruit.comparison.documents import comparison_document
from recruit.comparison.service import load_revealed
from recruit.comparison.workbook import comparison_workbook
from recruit.documents.excel import Workbook
from recruit.documents.origin import add_origin, read_origin
from recruit.extensions import db

CONSENSUS = [{"candidate": "K1", "round": 1, "statement": "performance.2", "score": 5, "reason": "Drøftet"}]


def verify(file: Path) -> Result:
    db.session.remove()
    result = CliRunner().invoke(main, ["verify", str(file)])
    assert len(result.output.splitlines()) == 1 and result.output.startswith(f"{file}: "), result.output
    return result


def change(statement: str) -> None:
    db.session.execute(text(statement))
    db.session.commit()


@pytest.fixture
def report(app: Flask, tmp_path: Path) -> Path:
    recruitment = load(full_case(revealed=[1], consensus=CONSENSUS))
    revealed = load_revealed(recruitment, recruitment.rounds[0])
    (tmp_path / "report.docx").write_bytes(comparison_document(revealed))
    (tmp_path / "numbers.xlsx").write_bytes(comparison_workbook(revealed))
    return tmp_path / "report.docx"


def test_document_is_told_from_one_whose_data_has_changed(report: Path) -> None:
    noted = docx.Document(str(report))
    noted.add_paragraph("En note, skrevet bagefter")
    noted.save(str(report))
    files = [report, report.with_name("numbers.xlsx")]
    for file in files:
        result = verify(file)
        assert result.exit_code == 0
        assert "the data is as it was when the document was made on " in result.output
    change("UPDATE rating SET evidence = evidence || '.' WHERE id = 1")  # a full stop in what a member wrote
    for file in files:
        result = verify(file)
        assert result.exit_code == 1
        assert "the data has changed since the document was made on " in result.output


def test_what_is_changed_and_put_back_is_the_same_data(report: Path) -> None:
    for changed, back in ((4, 1), (5, 0)):
        change(f"UPDATE consensus SET score = {changed}")
        assert verify(report).exit_code == back


def test_document_from_elsewhere_is_refused(report: Path) -> None:
    text_file = report.with_name("text.docx")
    text_file.write_text("not a Word file", encoding="utf-8")
    result = verify(text_file)
    assert (result.exit_code, result.output) == (2, f"{text_file}: the file does not say what it was made from.\n")
    book = Workbook("Fra et andet sted", language="da")
    add_origin(book, replace(read_origin(report.read_bytes()), recruitment=99))
    (report.parent / "other.xlsx").write_bytes(book.to_bytes())
    assert verify(report.parent / "other.xlsx").exit_code == 2
    change("UPDATE recruitment SET title = 'En anden', case_number = '26/2'")
    result = verify(report)
    assert result.exit_code == 2 and "not from this installation" in result.output


def test_document_of_a_round_that_is_not_revealed_says_nothing_of_its_data(report: Path) -> None:
    change("UPDATE interview_round SET revealed_at = NULL")
    same = verify(report)
    change("UPDATE rating SET score = 1")
    assert same.exit_code == 2
    assert same.output == verify(report).output
