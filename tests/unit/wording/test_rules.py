"""Every example of every rule, through the check that people use."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest

from recruit.errors import FaultyFile
from recruit.wording.models import KINDS, LANGUAGES, MEASURED, OwnAlternative, Rule
from recruit.wording.service import RULES, check, read_rules

FILES = sorted(RULES.glob("*/*.yaml"))
ENOUGH = 8


def readable_rules() -> Iterator[Rule]:
    """Every rule of the kinds that can be read; what is wrong with the others is said once, by the first test."""
    for kind in KINDS:
        with suppress(FaultyFile):
            yield from read_rules(kind).rules.values()


RULES_FOUND = list(readable_rules())


EACH = [
    pytest.param(rule, language, id=f"{rule.kind}-{rule.id}-{language}")
    for rule in RULES_FOUND
    for language in LANGUAGES
]


def severities(rule: Rule, language: Any, text: str) -> set[str]:
    """How severe the rule finds the text."""
    found = check(text, kind=rule.kind, language=language).findings
    return {finding.severity for finding in found if finding.rule == rule.id}


@pytest.mark.parametrize("kind", KINDS)
def test_rule_files_are_without_faults(kind: Any) -> None:
    try:
        assert read_rules(kind).rules
    except FaultyFile as faulty:
        pytest.fail(str(faulty))


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_rule_file_loses_nothing_after_a_number_sign(file: Any) -> None:
    """Unquoted, ` #` begins a comment in YAML: the rest of a pattern would be gone unseen."""
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        assert not re.match(r"""\s*(- |- \{?pattern: |pattern: )[^"'#]*\S #""", line), (
            f"line {number}: put it in quotes"
        )


@pytest.mark.parametrize(("rule", "language"), EACH)
def test_hits_give_a_finding_of_their_rule(rule: Rule, language: Any) -> None:
    hits = rule.hits.within(language)
    assert [text for text in hits if rule.severity not in severities(rule, language, text)] == []


@pytest.mark.parametrize(("rule", "language"), EACH)
def test_misses_give_no_finding_of_their_rule(rule: Rule, language: Any) -> None:
    misses = rule.misses.within(language)
    assert [text for text in misses if rule.severity in severities(rule, language, text)] == []


# Readability and length are measured by code, with tests of their own.
WITH_PATTERNS = [rule for rule in RULES_FOUND if rule.id not in MEASURED]


@pytest.mark.parametrize("rule", WITH_PATTERNS, ids=lambda rule: f"{rule.kind}-{rule.id}")
def test_rule_has_enough_examples_in_each_language(rule: Rule) -> None:
    for language in LANGUAGES:
        assert rule.patterns.within(language) or rule.needs.within(language)
        assert len(set(rule.hits.within(language))) >= ENOUGH
        assert len(set(rule.misses.within(language))) >= ENOUGH


def test_no_two_rules_share_id_and_kind() -> None:
    names = [(rule.kind, rule.id) for rule in RULES_FOUND]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    "rule", [rule for rule in RULES_FOUND if rule.replaces], ids=lambda rule: f"{rule.kind}-{rule.id}"
)
def test_what_a_rule_offers_is_itself_without_red_or_amber_findings(rule: Rule) -> None:
    for language in LANGUAGES:
        own = [item.instead for item in rule.patterns.within(language) if isinstance(item, OwnAlternative)]
        for offered in (rule.instead.within(language), *own):
            found = check(offered, kind=rule.kind, language=language).findings
            marked = [finding for finding in found if finding.text and finding.severity in ("red", "amber")]
            assert marked == [], offered
