"""What is written about a candidate: the unlawful grounds are found, and nothing else of what a reason says."""

from __future__ import annotations

import pytest

from recruit.wording.models import LANGUAGES, Language
from recruit.wording.service import check, read_rules

RULES = read_rules("person").rules


@pytest.mark.parametrize("language", LANGUAGES)
def test_lawful_reason_gets_no_remark_of_any_rule(language: Language) -> None:
    lawful = [text for rule in RULES.values() for text in rule.misses.within(language)]
    assert {text: check(text, kind="person", language=language).findings for text in lawful} == dict.fromkeys(
        lawful, ()
    )


def test_remark_on_a_person_speaks_of_no_ad_and_no_question() -> None:
    words = " ".join(rule.why.within(language) for rule in RULES.values() for language in LANGUAGES).casefold()
    assert not any(word in words for word in ("opslag", "spørgsmål", "job ad", "question"))
