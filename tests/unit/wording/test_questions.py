"""Questions that may not be asked, ordinary ones that may, and the bank's own: in both directions, in both languages."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache
from itertools import accumulate, product
from pathlib import Path
from typing import Any

import pytest
from banktexts import bank_texts

from recruit.wording.models import LANGUAGES, Finding, Rule
from recruit.wording.patterns import Matcher, compile_pattern
from recruit.wording.service import check, read_rules
from recruit.wording.text import cut, sentences

HERE = Path(__file__).parent
RULES = read_rules("question").rules
EACH = [pytest.param(rule, language, id=f"{rule.id}-{language}") for rule in RULES.values() for language in LANGUAGES]

# What a panel asks about the work, and what the work is about: every topic in every frame is a lawful question.
FRAMES = {
    "da": (
        "Hvordan arbejder du med {}?",
        "Hvilke erfaringer har du med {}?",
        "Har du arbejdet med {}?",
        "Fortæl om en gang, du skulle tage stilling til {}.",
        "Hvordan taler du med dine medarbejdere om {}?",
        "Hvad gør du, når en medarbejder spørger til {}?",
        "Hvordan sikrer du viden om {}?",
        "Hvad er jeres politik for {}?",
    ),
    "en": (
        "How do you work with {}?",
        "What experience do you have with {}?",
        "Have you worked with {}?",
        "Tell us about a time when you had to decide on {}.",
        "How do you talk to your employees about {}?",
        "What do you do when an employee asks about {}?",
        "How do you secure knowledge about {}?",
        "What is your policy on {}?",
    ),
}
TOPICS = {
    "da": """
        børn og familier, anbragte børn, barsel, gravide medarbejdere, barns første sygedag,
        vold i nære relationer, pension, ældre medarbejdere, unge medarbejdere, cpr-numre, sygefravær,
        stress, diagnoser, handicap, misbrug, alkohol, medicin, fleksjob, religion, tørklæder, ramadan,
        julen, modersmål, flygtninge, etniske minoriteter, politiske beslutninger, partierne, kommunalvalget,
        fagforeninger, FOA og BUPL, strejker, seksuel chikane, kønsidentitet, ligestilling, straffeattester,
        unge kriminelle, politiet, lokal løn, lønsedler, tillæg
    """,
    "en": """
        children and families, children in care, maternity leave, pregnant employees, domestic violence,
        pensions, older employees, young employees, CPR numbers, sickness absence, stress, diagnoses,
        disability, substance abuse, alcohol, medication, flex jobs, religion, headscarves, Ramadan,
        Christmas, mother tongue teaching, refugees, ethnic minorities, political decisions, the parties,
        the municipal election, unions, strikes, sexual harassment, gender identity, gender equality,
        criminal record certificates, young offenders, the police, local pay, payslips, allowances
    """,
}


def lines(name: str) -> list[str]:
    return (HERE / name).read_text(encoding="utf-8").splitlines()


def lawful(language: str) -> list[str]:
    return lines(f"lawful_questions.{language}.txt")


@cache
def unlawful(language: str) -> list[tuple[str, str]]:
    return [(line.split("\t")[0], line.split("\t")[1]) for line in lines(f"unlawful_questions.{language}.txt")]


def framed(language: str) -> list[str]:
    topics = [topic.strip() for topic in TOPICS[language].split(",")]
    return [frame.format(topic) for frame, topic in product(FRAMES[language], topics)]


@cache
def found_in(language: Any, texts: tuple[str, ...]) -> list[list[Finding]]:
    """The findings of each text, from one check of them all: a line break ends a sentence."""
    starts = list(accumulate((len(text) + 1 for text in texts), initial=0))
    found: list[list[Finding]] = [[] for _text in texts]
    for finding in check("\n".join(texts), kind="question", language=language).findings:
        found[bisect_right(starts, finding.start) - 1].append(finding)
    return found


def matches(language: Any, patterns: list[str], questions: list[str]) -> set[str]:
    """Those of the patterns that fit somewhere in the questions."""
    matcher = Matcher((compile_pattern(source), source) for source in patterns)
    return {match.payload for question in questions for match in matcher.matches(sentences(cut(question)))}


@pytest.mark.parametrize(("rule", "language"), EACH)
def test_unlawful_question_is_found_by_its_rule(rule: Rule, language: Any) -> None:
    questions = tuple(question for _rule, question in unlawful(language))
    missed = [
        question
        for (name, question), found in zip(unlawful(language), found_in(language, questions), strict=True)
        if name == rule.id and (rule.id, rule.severity) not in {(item.rule, item.severity) for item in found}
    ]
    assert missed == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_lawful_question_is_not_called_unlawful(language: Any) -> None:
    marked = [
        (question, item.rule, item.text)
        for question, found in zip(lawful(language), found_in(language, tuple(lawful(language))), strict=True)
        for item in found
        if item.severity in ("red", "amber")
    ]
    assert marked == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_question_about_the_work_is_not_called_unlawful(language: Any) -> None:
    questions = framed(language)
    marked = [
        (question, item.rule, item.text)
        for question, found in zip(questions, found_in(language, tuple(questions)), strict=True)
        for item in found
        if item.severity == "red"
    ]
    assert marked == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_bank_asks_nothing_that_is_marked(language: Any) -> None:
    asked = re.compile(r"questions\.\d+\.(text|probes\.\d+)|references\.\d+\.text")
    texts = [text for text in bank_texts() if text.language == language]
    found = found_in(language, tuple(text.words for text in texts))
    marked = [
        (text.file, text.place, item.rule, item.text)
        for text, items in zip(texts, found, strict=True)
        for item in items
        if item.severity == "red" or asked.fullmatch(text.place)
    ]
    assert marked == []


@pytest.mark.parametrize(("rule", "language"), EACH)
def test_every_pattern_finds_a_question(rule: Rule, language: Any) -> None:
    patterns = [item if isinstance(item, str) else item.pattern for item in rule.patterns.within(language)]
    questions = [question for name, question in unlawful(language) if name == rule.id]
    assert sorted(set(patterns) - matches(language, patterns, questions)) == []


@pytest.mark.parametrize(("rule", "language"), EACH)
def test_every_exception_fits_a_lawful_question(rule: Rule, language: Any) -> None:
    exceptions = rule.unless.within(language)
    questions = [*lawful(language), *rule.misses.within(language), *framed(language)]
    assert sorted(set(exceptions) - matches(language, exceptions, questions)) == []


@pytest.mark.parametrize(("language", "bad", "good"), [("da", 150, 60), ("en", 80, 40)])
def test_there_are_enough_different_questions(language: Any, bad: int, good: int) -> None:
    rows = [question for _rule, question in unlawful(language)]
    assert len(set(rows)) == len(rows) >= bad
    assert len(set(lawful(language))) == len(lawful(language)) >= good
    assert {rule for rule, _question in unlawful(language)} == set(RULES)
