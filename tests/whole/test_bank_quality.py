"""The bank that ships keeps its promises: every entry whole, in both languages, for every role and both rounds."""

from __future__ import annotations

from collections import Counter

import pytest
from banktexts import BANK, CHARTER, bank_texts

from recruit.datafiles import Localised
from recruit.questions.bank import Entry, Question, ReferenceQuestion
from recruit.questions.rules import fitting

KEYS = list(BANK.entries)
STATEMENTS = [key for key in KEYS if BANK.entries[key].statement]
AREAS = [key for key in KEYS if BANK.entries[key].area]
QUESTIONS = [question for entry in BANK.entries.values() for question in entry.questions]
REFERENCES = [reference for entry in BANK.entries.values() for reference in entry.references]


def most_words(text: Localised) -> int:
    """Words in the longer of the two languages."""
    return max(len(text.da.split()), len(text.en.split()))


def kinds(entry: Entry) -> Counter[str]:
    return Counter(question.kind for question in entry.questions)


def test_bank_has_an_entry_for_everything_in_the_charter() -> None:
    assert set(BANK.entries) == {item.id for _area, item in CHARTER.criteria()}


@pytest.mark.parametrize("key", STATEMENTS)
def test_statement_has_its_questions(key: str) -> None:
    found = kinds(BANK.entries[key])
    assert found["behavioural"] >= 3
    assert found["situational"] >= 2
    assert found["case"] == 1


@pytest.mark.parametrize("key", AREAS)
def test_area_has_two_questions_on_the_whole_of_it(key: str) -> None:
    assert kinds(BANK.entries[key]) == {"behavioural": 2}


@pytest.mark.parametrize("key", KEYS)
def test_entry_has_calibration_answers_at_two_levels_and_reference_questions(key: str) -> None:
    entry = BANK.entries[key]
    assert len(entry.calibration) == len({answer.level for answer in entry.calibration}) == 2
    assert len(entry.references) >= 2


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("role", [role.id for role in CHARTER.roles])
def test_criterion_has_another_question_for_each_round_and_role(key: str, role: str) -> None:
    first = fitting(BANK, key, role, 1, ())
    assert first
    assert first[0].kind == "behavioural"
    assert fitting(BANK, key, role, 2, {first[0].id})


@pytest.mark.parametrize("key", STATEMENTS)
@pytest.mark.parametrize("role", ["director", "manager_of_employees"])
def test_statement_has_a_situation_or_a_case_from_the_work_of_the_role(key: str, role: str) -> None:
    made = [question for question in BANK.entries[key].questions if question.kind != "behavioural"]
    assert any(role in question.roles for question in made)


@pytest.mark.parametrize("key", KEYS)
def test_entry_keeps_a_question_for_the_second_round(key: str) -> None:
    assert any(question.rounds == [2] for question in BANK.entries[key].questions if question.kind != "case")


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.id)
def test_question_can_be_asked_and_followed_up(question: Question) -> None:
    assert most_words(question.text) <= 60
    assert 2 <= len(question.probes) <= 4
    assert 3 <= len(question.listen_for) <= 5
    assert 2 <= len(question.warning_signs) <= 4
    assert (question.material is not None) == (question.kind == "case")


@pytest.mark.parametrize("reference", REFERENCES, ids=lambda reference: reference.id)
def test_reference_question_can_be_asked_on_the_telephone(reference: ReferenceQuestion) -> None:
    assert most_words(reference.text) <= 50
    assert 2 <= len(reference.listen_for) <= 3


@pytest.mark.parametrize("key", KEYS)
def test_anchors_are_five_different_short_texts(key: str) -> None:
    anchors = BANK.entries[key].anchors.values()
    assert all(most_words(anchor) <= 45 for anchor in anchors)
    assert len({text for anchor in anchors for text in (anchor.da, anchor.en)}) == 10


def test_ids_are_unique_over_the_bank() -> None:
    counts = Counter(item.id for item in (*QUESTIONS, *REFERENCES))
    assert counts.most_common(1)[0][1] == 1


def test_no_reference_question_opens_like_another() -> None:
    counts = Counter(" ".join(reference.text.da.split()[:2]) for reference in REFERENCES)
    assert counts.most_common(1)[0][1] == 1


def test_no_text_shouts_or_breaks_off() -> None:
    assert not [text for text in bank_texts() if set("!—") & set(text.words)]


@pytest.mark.parametrize("language", ["da", "en"])
def test_opening_says_what_the_interview_builds_on(language: str) -> None:
    said = " ".join(point.within(language) for point in BANK.frame.opening.points)
    assert CHARTER.title.within(language) in said
    assert all(value.name.within(language).lower() in said for value in CHARTER.values)
