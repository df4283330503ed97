"""The log names what a wording was kept about, and never shows the id of a rule."""

from __future__ import annotations

from recruit.privacy.rules import RULE_WORDS
from recruit.wording.models import KINDS
from recruit.wording.service import read_rules


def test_every_rule_that_can_be_overruled_has_a_word_in_the_log() -> None:
    red = {rule.id for kind in KINDS for rule in read_rules(kind).rules.values() if rule.severity == "red"}
    assert red <= set(RULE_WORDS)
