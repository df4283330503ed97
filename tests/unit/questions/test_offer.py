"""A question written as a part of the bank's file says the same when it is read again, whatever its texts hold."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruit import datafiles
from recruit.charter.service import read_charter
from recruit.datafiles import Localised
from recruit.questions.bank import Question
from recruit.questions.offer import next_id, offered
from recruit.questions.service import read_bank
from recruit.web.forms import tidy, unwritable

ODDER = Path(__file__).parents[3] / "question_bank" / "odder"
BANK = read_bank(ODDER, read_charter(ODDER))

# What a form lets through.
said = st.text(min_size=1, max_size=80).map(tidy).filter(lambda text: text and not unwritable(text))
localised = st.builds(Localised, da=said, en=said)
questions = st.builds(
    Question,
    id=st.just("performance.2.own7"),
    kind=st.sampled_from(["behavioural", "situational", "case"]),
    minutes=st.integers(1, 60),
    rounds=st.sampled_from([[1], [2], [1, 2]]),
    roles=st.sampled_from([["director"], ["director", "head_of_staff"]]),
    text=localised,
    material=st.none() | localised,
    probes=st.lists(localised, max_size=3),
    listen_for=st.lists(localised, max_size=3),
    warning_signs=st.lists(localised, max_size=3),
)


@given(questions)
def test_offered_question_is_read_as_it_was(question: Question) -> None:
    entry = BANK.entries["performance.2"]
    new_id, text = offered(entry, question)
    values = datafiles.parse(text.encode(), "offered.yaml").values
    assert list(values) == ["statement", "questions"]
    assert values["statement"] == "performance.2"
    assert [Question.model_validate(item) for item in values["questions"]] == [
        question.model_copy(update={"id": new_id})
    ]


@pytest.mark.parametrize("key", list(BANK.entries))
@pytest.mark.parametrize("kind", ["behavioural", "situational", "case"])
def test_next_id_is_free_and_the_following_number(key: str, kind: str) -> None:
    entry = BANK.entries[key]
    found = next_id(entry, kind)
    own = [item.id for item in entry.questions if item.kind == kind]
    assert found not in own
    start, number = found.rpartition(".")[0], int(found.rpartition(".")[2][1:])
    assert start == key
    assert number == len(own) + 1


def test_offered_question_is_written_as_the_bank_writes() -> None:
    """Every question of the bank, written anew, differs from its file only in its id."""
    file = ODDER / "questions" / "performance" / "performance.2.yaml"
    entry = BANK.entries["performance.2"]
    shipped = file.read_text()
    for question in entry.questions:
        new_id, text = offered(entry, question)
        written = text.split("questions:\n", 1)[1].replace(new_id, question.id)
        for line in written.splitlines():
            bare = line.strip().strip("-").strip()
            if not any(sign in bare for sign in "\"'"):  # quotation marks are a matter of taste
                assert line in shipped.splitlines(), line


def test_area_is_named_as_an_area() -> None:
    entry = BANK.entries["resilience"]
    _new_id, text = offered(entry, entry.questions[0])
    assert text.startswith("area: resilience\nquestions:\n  - id: resilience.b")
