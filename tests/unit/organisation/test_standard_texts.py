"""The texts that ship: good enough to be published as they are, and told apart from what was saved."""

from __future__ import annotations

from typing import Any

import pytest

from recruit.organisation.rules import KEYS, LANGUAGES, STANDARD_TEXTS, TEXT_LIMIT, changed, complete, shipped
from recruit.wording.service import check

TEXTS = shipped("Odder Kommune")


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_shipped_text_has_nothing_to_remark(key: str, language: Any) -> None:
    text = TEXTS[key][language]
    assert 60 < len(text) < TEXT_LIMIT
    assert check(text, kind="ad_part", language=language).findings == ()
    assert "{" not in text and "!" not in text and "  " not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_shipped_texts_say_what_an_ad_must(language: Any) -> None:
    together = "\n\n".join(parts[language] for parts in TEXTS.values())
    report = check(together, kind="ad", language=language)
    # Who to call, and by when, belongs to the single post.
    assert {finding.rule for finding in report.findings} <= {"contact_missing", "deadline_missing", "length"}
    assert report.lix is not None and report.lix < 45
    assert "30.01" in TEXTS["pay"][language]
    assert "Odder Kommune" in TEXTS["about"][language]


def test_keys_are_those_that_ads_ask_for() -> None:
    assert KEYS == ("about", "offer", "pay", "diversity", "contact", "application")


def test_part_of_an_ad_is_not_told_what_the_whole_lacks() -> None:
    text = "Vi søger en ung medarbejder."
    assert [finding.rule for finding in check(text, kind="ad_part", language="da").findings] == ["age"]
    assert len(check(text, kind="ad", language="da").findings) > 1


def test_saved_texts_are_completed_by_what_ships() -> None:
    found = complete({"about": {"da": "Vi", "en": ""}, "gone": {"da": "x"}}, "Odder Kommune")
    assert found["about"] == {"da": "Vi", "en": ""}
    assert found["pay"] == TEXTS["pay"]
    assert tuple(found) == KEYS


def test_changed_names_texts_and_languages_in_order() -> None:
    other = {key: dict(parts) for key, parts in TEXTS.items()}
    assert changed(TEXTS, other) == []
    other["contact"]["en"], other["about"]["da"] = "x", "y"
    assert changed(TEXTS, other) == [("about", "da"), ("contact", "en")]


def test_every_text_has_a_name_and_a_hint() -> None:
    assert all(str(text.name) and str(text.hint) for text in STANDARD_TEXTS)
