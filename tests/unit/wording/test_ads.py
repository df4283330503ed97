"""Whole ads that are as they should be, sentences that a rule must mark, and sentences that no rule may call unlawful."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from recruit.wording.models import LANGUAGES, Finding
from recruit.wording.service import check

HERE = Path(__file__).parent
ADS = sorted((HERE / "ads").glob("*.txt"))
HEADING_LETTERS = 60  # a heading is a short line of its own without a mark at its end


def language_of(file: Path) -> Any:
    return file.suffixes[0].removeprefix(".")


def lines(name: str) -> list[str]:
    text = (HERE / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


@cache
def faulty(language: Any) -> list[tuple[str, str, str]]:
    """(rule, severity, sentence) of every faulty sentence."""
    rows = [line.split("\t") for line in lines(f"faulty_ads.{language}.txt")]
    return [(rule, severity, sentence) for rule, severity, sentence in rows]


@cache
def found_in(language: Any, sentences: tuple[str, ...]) -> dict[str, list[Finding]]:
    """The findings of each sentence, from one check of them all: a line break ends a sentence."""
    text = "\n".join(sentences)
    found: dict[str, list[Finding]] = {sentence: [] for sentence in sentences}
    for finding in check(text, kind="ad", language=language).findings:
        if finding.text:
            found[sentences[text.count("\n", 0, finding.start)]].append(finding)
    return found


@pytest.mark.parametrize("file", ADS, ids=lambda file: file.name)
def test_good_ad_gives_no_finding(file: Path) -> None:
    found = check(file.read_text(encoding="utf-8"), kind="ad", language=language_of(file)).findings
    assert [(finding.rule, finding.text) for finding in found] == []


@pytest.mark.parametrize("file", ADS, ids=lambda file: file.name)
def test_good_ad_is_of_the_advised_length_with_subheadings(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    headings = [line for line in text.splitlines()[1:] if 0 < len(line) < HEADING_LETTERS and line[-1] not in ".!:,"]
    headings = [line for line in headings if not line.startswith("-")]
    words = check(text, kind="ad", language=language_of(file)).words
    assert words is not None
    assert 400 <= words <= 700
    assert 4 <= len(headings) <= 6, headings


@pytest.mark.parametrize("file", ADS, ids=lambda file: file.name)
def test_good_ad_with_one_unlawful_sentence_gives_that_finding_alone(file: Path) -> None:
    language = language_of(file)
    unlawful = {"da": "Vi søger en yngre leder.", "en": "We seek a younger leader."}[language]
    text = f"{file.read_text(encoding='utf-8')}\n{unlawful}\n"
    (finding,) = check(text, kind="ad", language=language).findings
    assert (finding.rule, finding.severity) == ("age", "red")
    assert text[finding.start : finding.end] in unlawful


@pytest.mark.parametrize("language", LANGUAGES)
def test_faulty_sentence_is_marked_by_its_rule(language: Any) -> None:
    found = found_in(language, tuple(sentence for _rule, _severity, sentence in faulty(language)))
    missed = [
        (rule, sentence)
        for rule, severity, sentence in faulty(language)
        if (rule, severity) not in {(finding.rule, finding.severity) for finding in found[sentence]}
    ]
    assert missed == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_alternative_put_in_takes_the_finding_away(language: Any) -> None:
    left = [
        (rule, text) for rule, _severity, sentence in faulty(language) if (text := stubborn(language, rule, sentence))
    ]
    assert left == []


def stubborn(language: Any, rule: str, sentence: str) -> str | None:
    """What is left of a sentence that the rule still marks after six clicks on its alternative; None when it does not."""
    text = sentence
    for _click in range(6):
        found = [
            finding
            for finding in check(text, kind="ad", language=language).findings
            if finding.text and finding.rule == rule and finding.replace_start is not None
        ]
        if not found:
            return None
        finding = found[0]
        text = text[: finding.replace_start] + finding.instead + text[finding.replace_end :]
    return text


@pytest.mark.parametrize("language", LANGUAGES)
def test_lawful_sentence_is_never_called_unlawful(language: Any) -> None:
    found = found_in(language, tuple(lines(f"lawful_ads.{language}.txt")))
    red = {sentence: [item.text for item in items if item.severity == "red"] for sentence, items in found.items()}
    assert {sentence: words for sentence, words in red.items() if words} == {}


@pytest.mark.parametrize(
    ("language", "sentence", "better"),
    [
        ("da", "Vi søger en yngre leder til skolen.", "Vi søger en nytænkende leder til skolen."),
        ("da", "Yngre ingeniør søges.", "Nytænkende ingeniør søges."),
        ("da", "Du er mellem 30 og 45 år og har humor.", "Du har relevant erfaring og har humor."),
        ("da", "Ansøgere over 55 år vil ikke blive indkaldt.", "Alle kvalificerede kan blive indkaldt."),
        ("da", "Han skal kunne lede sine medarbejdere.", "Lederen skal kunne lede sine medarbejdere."),
        ("da", "Kravet er, at hans team trives.", "Kravet er, at lederens team trives."),
        ("da", "Du har dansk som modersmål.", "Du kan sikkert dansk i skrift og tale."),
        ("da", "Det kræver dansk som modersmål.", "Det kræver sikkert dansk i skrift og tale."),
        ("da", "Formændenes møde er i maj.", "Forpersonernes møde er i maj."),
        ("da", "Du leder afdelingsformanden.", "Du leder afdelingsforpersonen."),
        ("en", "We seek a younger leader for the school.", "We seek a forward-looking leader for the school."),
        ("en", "She must lead her staff.", "The leader must lead the leader's staff."),
        ("en", "You are between 30 and 45 years old.", "You have relevant experience."),
        ("en", "You must be a Danish citizen.", "You must have the right to work in Denmark."),
        ("en", "The chairmen meet in May.", "The chairpersons meet in May."),
    ],
)
def test_alternative_reads_right_in_the_sentence(language: Any, sentence: str, better: str) -> None:
    text = sentence
    findings = [finding for finding in check(text, kind="ad", language=language).findings if finding.text]
    for finding in sorted(findings, key=lambda item: -item.start):
        assert finding.replace_start is not None
        text = text[: finding.replace_start] + finding.instead + text[finding.replace_end :]
    assert text == better


def test_corpora_are_large_enough() -> None:
    sizes = {name: len(lines(name)) for name in ("faulty_ads.da.txt", "faulty_ads.en.txt")}
    assert sizes["faulty_ads.da.txt"] >= 80
    assert sizes["faulty_ads.en.txt"] >= 40
    assert len([file for file in ADS if language_of(file) == "da"]) >= 10
    assert len([file for file in ADS if language_of(file) == "en"]) >= 3
