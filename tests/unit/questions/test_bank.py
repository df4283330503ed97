"""The bank that ships keeps its promises: every statement whole, in both languages, for every role and both rounds."""

from __future__ import annotations

from pathlib import Path

import pytest

from recruit.charter.service import read_charter
from recruit.questions.bank import Entry
from recruit.questions.rules import fitting
from recruit.questions.service import read_bank

ODDER = Path(__file__).parents[3] / "question_bank" / "odder"
CHARTER = read_charter(ODDER)
BANK = read_bank(ODDER, CHARTER)
STATEMENTS = [key for key in BANK.entries if "." in key]
QUESTIONS = [(question.id, question) for entry in BANK.entries.values() for question in entry.questions]


def test_bank_has_an_entry_for_everything_in_the_charter() -> None:
    assert set(BANK.entries) == {item.id for _area, item in CHARTER.criteria()}


@pytest.mark.parametrize("key", STATEMENTS)
def test_statement_has_its_questions_and_calibration(key: str) -> None:
    entry = BANK.entries[key]
    kinds = [question.kind for question in entry.questions]
    assert kinds.count("behavioural") >= 2
    assert kinds.count("situational") >= 1
    assert len({answer.level for answer in entry.calibration}) >= 2


@pytest.mark.parametrize("key", list(BANK.entries))
@pytest.mark.parametrize("role", [role.id for role in CHARTER.roles])
def test_criterion_has_another_question_for_each_round_and_role(key: str, role: str) -> None:
    first = fitting(BANK, key, role, 1, ())
    assert first
    assert first[0].kind == "behavioural"
    assert fitting(BANK, key, role, 2, {first[0].id})


@pytest.mark.parametrize(("question_id", "question"), QUESTIONS)
def test_question_is_of_a_length_that_can_be_asked(question_id: str, question: object) -> None:
    from recruit.questions.bank import Question

    assert isinstance(question, Question)
    for text in (question.text.da, question.text.en):
        assert len(text.split()) <= 60
        assert "!" not in text
    assert 2 <= len(question.probes) <= 4
    assert 3 <= len(question.listen_for) <= 5
    assert 2 <= len(question.warning_signs) <= 4
    assert (question.material is not None) == (question.kind == "case")


def words(entry: Entry) -> list[str]:
    return [text for anchor in entry.anchors.values() for text in (anchor.da, anchor.en)]


@pytest.mark.parametrize("key", list(BANK.entries))
def test_anchors_are_five_different_short_texts(key: str) -> None:
    entry = BANK.entries[key]
    assert all(len(text.split()) <= 45 for text in words(entry))
    assert len(set(words(entry))) == 10


def test_no_two_questions_have_the_same_words() -> None:
    texts = [question.text.da for _id, question in QUESTIONS]
    assert len(set(texts)) == len(texts)
