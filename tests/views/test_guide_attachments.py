"""The interview guide in Word: what the candidate gets in hand, the appendix, texts of any kind."""

from __future__ import annotations

import re

from flask import Flask
from guidefile import (
    CASE_TASK,
    EIGHT,
    HOSTILE,
    QUESTIONS,
    UNLAWFUL,
    built,
    give,
    page_words,
    recruitment_with,
)
from support import case

from recruit.questions.guide import askers, load_guide
from recruit.questions.service import bank_of

# What the candidate gets in hand


def test_case_task_has_a_sheet_of_its_own_without_what_is_the_panels(app: Flask) -> None:
    file = built(recruitment_with(QUESTIONS))
    entry = bank_of("odder").entries["compliance.5"]
    task = next(question for question in entry.questions if question.id == CASE_TASK)
    assert task.material is not None
    *others, sheet = page_words(file)
    assert sheet.startswith("Opgave\nSpørgsmål 2")
    assert task.text.da in sheet
    lines = [line for line in task.material.da.split("\n") if line]
    assert len(lines) > 3
    for line in lines:
        assert line in sheet
        assert not any(line in page for page in others)
    for text in (*task.probes, *task.listen_for, *task.warning_signs, *entry.anchors.values(), entry.meaning):
        assert text.da not in sheet
    assert "☐" not in sheet
    kinds = [section.start_type.name if section.start_type else None for section in file.document.sections]
    assert kinds == ["NEW_PAGE", "ODD_PAGE"]
    assert not re.search(r"\d+ af \d+", sheet)


def test_guide_without_a_case_task_has_no_sheet(app: Flask) -> None:
    file = built(recruitment_with(EIGHT))
    assert len(file.document.sections) == 1
    assert "Opgave" not in file.styled("Heading 1")


# The appendix


def test_appendix_has_the_scale(app: Flask) -> None:
    rows = built(recruitment_with(QUESTIONS)).rows("Trin", "Betyder")
    assert [row[0] for row in rows] == ["1", "2", "3", "4", "5", ""]
    assert rows[-1][1].startswith("Ikke belyst")


def test_wording_kept_against_the_checks_stands_in_the_appendix_with_rule_basis_and_reason(app: Flask) -> None:
    recruitment = recruitment_with(QUESTIONS)
    first, second, third = load_guide(recruitment.rounds[0])
    for row in (first, second):
        row.wording = row.wording | {"text": {"da": UNLAWFUL, "en": UNLAWFUL}}
    first.kept_because = f"Strålekilder. {HOSTILE}"
    second.source = None  # as an import brings it: without a reason
    third.kept_because = "Kun beholdt."
    file = built(recruitment)
    appendix = file.text[file.text.index("Bilag: ordlyd, der er beholdt") :]
    assert UNLAWFUL in appendix
    assert f"Begrundelse: Strålekilder. {HOSTILE}" in appendix
    assert "Begrundelse: Der er ikke skrevet nogen begrundelse." in appendix
    assert "Begrundelse: Kun beholdt." in appendix
    found = file.rows("Ord", "Regel", "Grundlag")
    assert found
    for marked, rule, basis in found:
        assert marked.strip("”") in UNLAWFUL
        assert len(rule) > 20
        assert "§" in basis
    assert [text for text in file.styled("Heading 2") if text.startswith("Spørgsmål")] == [
        f"Spørgsmål {number}" for number in (1, 2, 3)
    ]
    assert file.faults() == []


def test_no_wording_kept_has_no_such_appendix(app: Flask) -> None:
    assert "ordlyd" not in built(recruitment_with(QUESTIONS)).text


def test_hostile_names_and_texts_survive_whole(app: Flask) -> None:
    people = [item | {"name": f"{HOSTILE} {item['name']}"} for item in case()["panel"]]
    recruitment = recruitment_with(QUESTIONS, panel=people)
    give(recruitment, *(name for _person_id, name in askers(recruitment)))
    row = load_guide(recruitment.rounds[0])[1]
    text = {"da": HOSTILE, "en": HOSTILE}
    row.wording = row.wording | {"text": text, "material": text, "probes": [text], "listen_for": [text] * 3}
    file = built(recruitment)
    assert file.faults() == []
    assert f"{HOSTILE} Bo Berg" in file.text
    assert page_words(file)[-1].count(HOSTILE) == 2  # the task and its material
    assert file.styled("Question")[1] == HOSTILE
