"""The suggested texts: made from what is known, in both languages, for every role, and lawful as they stand."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from recruit.profiles.rules import SECTION_LIMIT, WRITTEN, blocks
from recruit.profiles.suggestions import Known, in_a_sentence, suggest
from recruit.wording.service import check

KNOWN = Known(
    title="Leder af Børnehuset Skovbrynet",
    organisation="Odder Kommune",
    department="Børn og Unge",
    role="institution_manager",
    language="da",
    charter="Sammen om ledelse",
)
ROLES = ["director", "head_of_staff", "institution_manager", "manager_of_employees", "unknown_role"]
NEEDS = {
    "change": "Forældrene oplever kendte voksne.",
    "left": "Et hus med {braces} og god faglighed.",
    "team": "Ro og retning.",
    "success": "- Vikarforbruget er halveret",
    "hardest": "At skabe ro, mens der bygges.",
}


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("role", ROLES)
def test_every_section_has_a_suggestion_without_gaps(language: str, role: str) -> None:
    found = suggest(replace(KNOWN, language=language, role=role))
    assert tuple(found) == tuple(key for key in WRITTEN if key in found)
    assert set(found) == set(WRITTEN)
    for key, text in found.items():
        assert text.strip(), key
        assert len(text) < SECTION_LIMIT
        assert not re.search(r"[{}]", text), (key, text)
        assert list(blocks(text))


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("role", ROLES)
def test_no_suggestion_is_called_unlawful(language: str, role: str) -> None:
    for key, text in suggest(replace(KNOWN, language=language, role=role)).items():
        red = [item for item in check(text, kind="ad_part", language=language).findings if item.severity == "red"]  # type: ignore[arg-type]
        assert red == [], key


def test_answers_of_the_needs_clarification_stand_in_the_sections_word_for_word() -> None:
    found = suggest(replace(KNOWN, needs=NEEDS))
    for key, need in (
        ("purpose", "change"), ("background", "left"), ("organisation", "team"), ("success", "success"),
        ("background", "hardest"),
    ):  # fmt: skip
        assert NEEDS[need] in found[key]


def test_what_is_known_stands_in_the_text_and_what_is_not_is_left_in_brackets() -> None:
    bare, full = (
        suggest(KNOWN),
        suggest(
            replace(
                KNOWN,
                start="den 1. maj 2027",
                has_dates=True,
                panel=5,
                sides="ledelse og medarbejdere",
                standard={"about": "Om os", "pay": "Løn efter aftale", "contact": "Ring", "application": "Søg her"},
            )
        ),
    )
    assert "[dato]" in bare["process"]
    assert "Datoerne står i tidsplanen herunder." in full["process"]
    assert "[dato]" not in full["process"]
    assert "5 medlemmer" in full["process"]
    assert "den 1. maj 2027" in full["background"]
    assert "den 1. maj 2027" in full["terms"]
    assert full["organisation"].startswith("Om os")
    assert "Løn efter aftale" in full["terms"]
    assert full["contact"].startswith("Ring")
    assert "leder af Børnehuset Skovbrynet" in bare["background"]


def test_title_inside_a_sentence_keeps_abbreviations() -> None:
    assert in_a_sentence("Stabschef") == "stabschef"
    assert in_a_sentence("HR-chef") == "HR-chef"
    assert in_a_sentence("") == ""
