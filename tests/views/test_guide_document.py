"""The interview guide in Word: front page, opening and closing, questions, rating."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from guidefile import (
    CASE_TASK,
    EIGHT,
    QUESTIONS,
    asked_alone,
    built,
    give,
    overfull,
    page_words,
    pages,
    recruitment_with,
)
from support import case
from wordfile import WordFile, words

from recruit.questions.guide import ASKERS, askers, load_guide, used_minutes
from recruit.questions.service import bank_of

# The front page


def test_front_page_has_everything_on_one_page_for_eight_questions(app: Flask) -> None:
    people = [
        {"email": f"p{n}@example.org", "name": f"Anne-Katrine Vestergaard Nr. {n}", "role": "member", "side": "user"}
        for n in range(1, 8)
    ]
    recruitment = recruitment_with(EIGHT, panel=[case()["panel"][0], *people])
    give(recruitment, *(name for _person_id, name in askers(recruitment)))
    for language, last in (("da", "Fem regler for samtalen"), ("en", "Five rules for the interview")):
        recruitment.language = language
        file = built(recruitment)
        first, second = page_words(file)[:2]
        assert last in first
        rules = bank_of("odder").frame.rules
        assert all(rule.within(language) in first for rule in rules) and len(rules) == 5
        assert rules[0].within(language) not in second
        assert list(overfull(file)) == []


def test_front_page_says_what_it_is_and_leaves_room_for_who_when_and_where(app: Flask) -> None:
    file = built(recruitment_with(QUESTIONS))
    assert file.styled("Title", "Subtitle") == ["Interviewguide", "Leder af Havhuset · 1. samtale"]
    assert [text.strip() for text in WordFile._cells(file.tables[0])[0]] == ["Kandidat", "Dato og tid", "Lokale"]


def test_time_plan_adds_up(app: Flask) -> None:
    recruitment = recruitment_with(QUESTIONS)
    *parts, total = built(recruitment).rows("Minutter")
    minutes = [int(row[-1]) for row in parts]
    used = used_minutes(recruitment, recruitment.rounds[0], load_guide(recruitment.rounds[0]))
    assert sum(minutes) == used == int(total[-1])
    ends = [0, *(int(row[0].split("–")[1]) for row in parts)]
    assert [int(row[0].split("–")[0]) for row in parts] == ends[:-1]
    assert ends[-1] == used
    assert "60 minutter" in total[0]
    frame = bank_of("odder").frame
    assert (minutes[0], minutes[-1]) == (frame.opening.minutes, frame.closing.minutes)


def test_time_plan_and_roles_say_who_asks(app: Flask) -> None:
    recruitment = recruitment_with(QUESTIONS)
    give(recruitment, "Carla Chef", "Bo Berg", "Carla Chef")
    file = built(recruitment)
    assert [row[2] for row in file.rows("Minutter")[:-1]] == ["", "Carla Chef", "Bo Berg", "Carla Chef", ""]
    roles = dict(file.rows("Opgave", "Hvem"))
    assert roles["Stiller spørgsmålene"] == "Carla Chef (1, 3), Bo Berg (2)"
    assert [text.endswith("Carla Chef spørger") for text in file.styled("Heading 1") if "af 3" in text] == [
        True,
        False,
        True,
    ]


def test_nobody_named_leaves_a_line_to_write_on(app: Flask) -> None:
    recruitment = recruitment_with(QUESTIONS)
    file = built(recruitment)
    assert {row[2] for row in file.rows("Minutter")[:-1]} == {""}
    assert set(dict(file.rows("Opgave", "Hvem")).values()) == {""}
    assert all(re.search(r"Spørges af _{10,}$", text) for text in file.styled("Heading 1") if "af 3" in text)


def test_one_who_has_left_the_panel_is_not_named(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    recruitment = recruitment_with(QUESTIONS)
    give(recruitment, "Anna Andersen", "Bo Berg", None)
    staying = [pair for pair in askers(recruitment) if pair[1] != "Anna Andersen"]
    monkeypatch.setitem(app.extensions, ASKERS, lambda _recruitment: staying)
    file = built(recruitment)
    assert "Anna Andersen" not in file.raw
    assert [row[2] for row in file.rows("Minutter")[:-1]] == ["", "", "Bo Berg", "", ""]


def test_opening_and_closing_say_every_point_of_the_frame(app: Flask) -> None:
    file = built(recruitment_with(QUESTIONS))
    frame = bank_of("odder").frame
    for heading, part in (
        ("Velkomst og ramme", frame.opening),
        ("Kandidatens egne spørgsmål og afslutning", frame.closing),
    ):
        text = file.after(heading)
        assert all(point.da in text for point in part.points)
        assert f"{part.minutes} minutter" in text
    assert "tillid, samarbejde og dialog" in file.after("Velkomst og ramme")


# The questions


def test_every_question_has_a_page_with_all_that_is_asked(app: Flask) -> None:
    file = built(recruitment_with(QUESTIONS))
    entries = bank_of("odder").entries
    for number, question_id in enumerate(QUESTIONS, start=1):
        (page,) = [text for text in page_words(file) if text.startswith(f"Spørgsmål {number} af 3")]
        entry = entries[question_id.rpartition(".")[0]]
        question = bank_of("odder").question(question_id)
        assert question is not None
        assert question.text.da in file.styled("Question")
        assert f"{question.minutes} minutter · minut " in page
        for text in (entry.meaning, question.text, *question.probes, *question.listen_for, *question.warning_signs):
            assert text.da in page
        (signs,) = [row for row in file.rows("Lyt efter", "Advarselstegn") if question.listen_for[0].da in row[0]]
        assert signs == ["\n".join(text.da for text in part) for part in (question.listen_for, question.warning_signs)]
        assert "Noter" in page
    letters = [text.split()[0] for text in file.styled("Normal") if "   " in text]
    assert letters == ["P", "C", "P"]


def test_question_is_large_enough_for_arms_length(app: Flask) -> None:
    file = built(recruitment_with([*EIGHT, "performance.1.s2", CASE_TASK]))
    sizes = [
        run.font.size.pt
        for paragraph in file.document.paragraphs
        if paragraph.style and paragraph.style.name == "Question"
        for run in paragraph.runs
        if run.font.size
    ]
    assert len(sizes) == 10
    assert min(sizes) >= 14
    assert max(sizes) == 18


def test_criterion_is_rated_once_under_its_last_question(app: Flask) -> None:
    file = built(recruitment_with(QUESTIONS))
    bank = bank_of("odder")
    for key, number in (("performance.2", 3), ("compliance.5", 2)):
        (page,) = [text for text in page_words(file) if text.startswith(f"Spørgsmål {number} af 3")]
        for anchor in bank.entries[key].anchors.values():
            assert file.text.count(anchor.da) == page.count(anchor.da) == 1
        assert page.count("☐") == 6
        assert "Ikke belyst" in page
        assert "Belæg: hvad kandidaten sagde og har gjort" in page
    assert file.text.count("☐") == 12
    (first,) = [text for text in page_words(file) if text.startswith("Spørgsmål 1 af 3")]
    assert "Kriteriet vurderes efter spørgsmål 3" in first


@pytest.mark.parametrize("language", ["da", "en"])
def test_no_question_of_the_bank_takes_more_than_its_page(app: Flask, language: str) -> None:
    entries = bank_of("odder").entries
    recruitment = recruitment_with([entry.questions[0].id for entry in entries.values()])
    recruitment.language = language
    most = max(len(entry.questions) for entry in entries.values())
    for place in range(most):
        questions = [entry.questions[place] for entry in entries.values() if place < len(entry.questions)]
        file = built(recruitment, asked_alone(recruitment, questions))
        asked = [page for page in pages(file) if any("☐" in words(block) for block in page)]
        assert len(asked) == len(questions)
        assert all(re.match(rf"\w+ \d+ \w+ {len(questions)} · ", words(page[0])) for page in asked)
        late = [fault for fault in overfull(file) if fault.startswith(("Spørgsmål", "Question", "Opgave", "Task"))]
        assert late == []


def test_question_too_long_for_a_page_is_rated_on_the_next(app: Flask) -> None:
    recruitment = recruitment_with(["performance.2.b1"])
    (row,) = load_guide(recruitment.rounds[0])
    long = "Fortæl om alt det, du har lavet. " * 60
    row.wording = row.wording | {"text": {"da": long, "en": long}}
    file = built(recruitment)
    (page,) = [text for text in page_words(file) if text.startswith("Spørgsmål 1: vurdering")]
    assert page.count("☐") == 6
    assert file.faults() == []


# The whole


def test_every_table_that_is_read_has_headings_and_says_what_it_holds(app: Flask) -> None:
    file = built(recruitment_with(QUESTIONS))
    assert file.faults() == []
    without = [table for table in file.tables if not table._tbl.xpath(".//w:tblHeader")]
    assert [words(table._tbl).split("\n")[0] for table in without] == ["Kandidat"]  # filled in by hand
    described = [table for table in file.tables if table._tbl.xpath("w:tblPr/w:tblDescription/@w:val")]
    assert len(described) == 3  # the time plan, and where two criteria are rated


def test_rating_is_never_split_over_two_pages(app: Flask) -> None:
    file = built(recruitment_with(QUESTIONS))
    ratings = [table for table in file.tables if "☐" in words(table._tbl)]
    assert len(ratings) == 2
    for table in ratings:
        *kept, last = [bool(row.xpath(".//w:keepNext")) for row in table._tbl.tr_lst]
        assert all(kept) and not last


@pytest.mark.parametrize("questions", [["performance.2.b1"], QUESTIONS, EIGHT, [*EIGHT, *QUESTIONS, "emergence.1.b1"]])
def test_no_page_is_overfull(app: Flask, questions: list[str]) -> None:
    assert list(overfull(built(recruitment_with(questions)))) == []


def test_guide_without_questions_is_still_a_guide(app: Flask) -> None:
    file = built(recruitment_with(QUESTIONS), [])
    assert [row[0] for row in file.rows("Minutter")[:-1]] == ["0–5", "5–13"]
    assert file.faults() == []
