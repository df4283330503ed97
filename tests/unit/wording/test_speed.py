"""No text makes the checks slow: a long ad in 50 ms, 100 kB of anything in a second."""

from __future__ import annotations

import time
from itertools import cycle, islice
from typing import Any

import pytest
from support import some

from recruit.wording.models import KINDS, LANGUAGES, Kind, Language
from recruit.wording.service import _checker, check

SIZE = 100_000
BOTH = [(kind, language) for kind in KINDS for language in LANGUAGES]
SHARE = 0.3  # of what is tried; all of it in `make proof`

PARAGRAPH = {
    "da": "Du bliver leder af et børnehus med 85 børn og 21 medarbejdere, og du refererer til dagtilbudschefen. "
    "Vi forventer, at du bl.a. har erfaring med ledelse, økonomi og forældresamarbejde. Samtaler holdes den 3. juni kl. 14.30. "
    "Løn efter overenskomst m.m. Alle kvalificerede opfordres til at søge, uanset alder, køn og baggrund.\n",
    "en": "You will lead a day-care centre with 85 children and 21 employees, and you report to the head of day care. "
    "We expect you to have experience with e.g. leadership, budgets and work with parents. Interviews are on 3 June at 2.30 p.m. "
    "Pay follows the collective agreement. Everybody who is qualified is encouraged to apply, whatever their background.\n",
}

HOSTILE = {
    "one letter": "a" * SIZE,
    "one word over and over": "du " * (SIZE // 3),
    "the start of a question": "har du " * (SIZE // 7),
    "a question over and over": "Er du gravid? " * (SIZE // 14),
    "questions without blanks": "gravid?" * (SIZE // 7),
    "one long word of words": "barsel" * (SIZE // 6),
    "hyphens": "a-" * (SIZE // 2),
    "apostrophes and capitals": "I'I " * (SIZE // 4),
    "capital I": "I " * (SIZE // 2),
    "digits": "1" * SIZE,
    "numbers": "1. " * (SIZE // 3),
    "line ends": "\n" * SIZE,
    "carriage returns and blanks": "\r \n " * (SIZE // 4),
    "full stops": "." * SIZE,
    "full stops apart": ". " * (SIZE // 2),
    "dots between letters": "a." * (SIZE // 2),
    "at signs": "a@" * (SIZE // 2),
    "addresses": "a@b.dk " * (SIZE // 7),
    "question marks": "?" * SIZE,
    "marks between letters": "?a!" * (SIZE // 3),
    "closing brackets": "a" + ")" * SIZE,
    "opening brackets": "(" * SIZE,
    "accents apart": "a\u030a" * (SIZE // 2),
    "hidden characters": "\u200b\u00ad" * (SIZE // 2),
    "distinct words": " ".join(str(number) + "x" for number in range(SIZE // 6)),
    "emoji": "\U0001f600" * SIZE,
    "blanks": " " * SIZE,
    "slashes": "a/" * (SIZE // 2),
}


def seconds(text: str, kind: Kind, language: Language) -> float:
    """Of the processor, so that a busy machine does not count."""
    check("Goddag", kind=kind, language=language)  # the rules are read
    started = time.process_time()
    check(text, kind=kind, language=language)
    return time.process_time() - started


@pytest.mark.parametrize(("kind", "language"), BOTH)
def test_ad_of_a_thousand_words_takes_less_than_50_milliseconds(kind: Any, language: Any) -> None:
    words = PARAGRAPH[language].split(" ")
    text = " ".join(islice(cycle(words), 1_000))
    assert len(text.split()) >= 1_000
    assert min(seconds(text, kind, language) for _ in range(3)) < 0.05


@pytest.mark.parametrize(
    ("name", "kind", "language"), some([(name, *each) for name in HOSTILE for each in BOTH], SHARE)
)
def test_hostile_text_takes_less_than_a_second(name: str, kind: Any, language: Any) -> None:
    assert seconds(HOSTILE[name], kind, language) < 1


@pytest.mark.parametrize(
    ("step", "kind", "language"), some([(step, *each) for step in (0, 1, -1) for each in BOTH], SHARE)
)
def test_words_of_all_patterns_in_a_row_take_less_than_a_second(step: int, kind: Any, language: Any) -> None:
    words = []
    for pattern, _use in _checker(kind, language).matcher.patterns:
        words += [atom.strip("*") for atom in sorted(pattern.steps[min(step, len(pattern.steps) - 1)].atoms)]
    text = " ".join(cycle_to(words, SIZE))
    assert seconds(text, kind, language) < 1


@pytest.mark.parametrize(("kind", "language"), BOTH)
def test_whole_patterns_in_a_row_take_less_than_a_second(kind: Any, language: Any) -> None:
    words = []
    for pattern, _use in _checker(kind, language).matcher.patterns:
        words += [min(step.atoms).strip("*") for step in pattern.steps if step.atoms]
    assert seconds(" ".join(cycle_to(words, SIZE)), kind, language) < 1


def cycle_to(words: list[str], size: int) -> list[str]:
    found, length = [], 0
    for word in cycle(words):
        found.append(word)
        length += len(word) + 1
        if length > size:
            return found
    return found


def test_many_pronouns_after_a_long_sentence_take_no_longer() -> None:
    text = "Aa " * 16_000 + ". " + "han " * 12_000
    started = time.process_time()
    check(text, kind="ad", language="da")
    assert time.process_time() - started < 1
