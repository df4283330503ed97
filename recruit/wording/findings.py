"""From matches to findings: what is excepted, what is merged, what is about somebody else, what takes its place."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from recruit.wording.models import Finding, Language, Rule, RuleKind
from recruit.wording.patterns import Match
from recruit.wording.text import CAPITAL_I, FIRST_I, Sentence

Role = Literal["finding", "unless", "needs", "third_party", "masculine", "feminine"]

# Two capitalised words in a row, the second of which is no kind of organisation or place: a person, as ads name them.
NAME = re.compile(
    r"\b[A-ZÆØÅ][a-zæøåé]+ (?!(?:Kommune|Region|Council|County|Charter)\b)"
    r"(?!\w{0,40}(?:hus|huset|skole|skolen|center|centret|centeret|hjem|hjemmet)\b)[A-ZÆØÅ][a-zæøåé]+\b"
)

# Whoever says one of these speaks to the candidate.
ADDRESS = {
    "da": frozenset(("du", "dig", "din", "dit", "dine", "jer", "jeres", CAPITAL_I, FIRST_I)),
    "en": frozenset(("you", "your", "yours", "yourself", "you're", "you've", "you'd", "you'll")),
}


@dataclass(frozen=True, slots=True)
class Use:
    """What a pattern is used for: by which rule, and with an alternative of its own or without (None)."""

    role: Role
    rule: str = ""
    instead: str | None = None


Found = Match[Use]


def places(matches: Iterable[Found]) -> set[tuple[int, int]]:
    """Every word that the matches cover, as index of its sentence and index in it."""
    return {(match.sentence, word) for match in matches for word in range(match.first, match.last)}


def touches(match: Found, covered: set[tuple[int, int]]) -> bool:
    return any((match.sentence, word) in covered for word in range(match.first, match.last))


def longest(matches: Iterable[Found]) -> list[Found]:
    """Of matches that overlap the longest, in the order of the text; of equally long ones the first."""
    kept: list[Found] = []
    for match in matches:
        before = kept[-1] if kept else None
        if before is None or before.sentence != match.sentence or before.last <= match.first:
            kept.append(match)
        elif match.last - match.first > before.last - before.first:
            kept[-1] = match
    return kept


def findings(
    text: str,
    sentences: Sequence[Sentence],
    matches: Iterable[Found],
    rules: Mapping[str, Rule],
    *,
    kind: RuleKind,
    language: Language,
) -> list[Finding]:
    """The findings of all rules with patterns, rule by rule. `matches` are those of `sentences`, in their order."""
    by_use: dict[tuple[Role, str], list[Found]] = defaultdict(list)
    for match in matches:
        by_use[match.payload.role, match.payload.rule].append(match)
    others = places(by_use["third_party", ""])
    about_others = {sentence for sentence, _word in others}

    @cache  # once a sentence, however many pronouns it holds
    def follows_a_name(place: int) -> bool:
        before = sentences[place - 1] if place else None
        return (
            before is not None
            and before.line == sentences[place].line
            and NAME.search(text, before.start, before.end) is not None
        )

    found = []
    for rule in rules.values():
        excepted = places(by_use["unless", rule.id])
        for match in longest(match for match in by_use["finding", rule.id] if not touches(match, excepted)):
            sentence = sentences[match.sentence]
            severity = rule.severity
            if severity == "red" and rule.third_party:
                near = {match.sentence}
                if kind == "question" and match.sentence and sentences[match.sentence - 1].line == sentence.line:
                    near.add(match.sentence - 1)
                addressed = not ADDRESS[language].isdisjoint(sentence.keys[match.first : match.last])
                if near & about_others and not (addressed and not touches(match, others)):
                    severity = "amber"
            if severity == "red" and rule.after_a_name and follows_a_name(match.sentence):
                severity = "amber"
            start, end = sentence.starts[match.first], sentence.ends[match.last - 1]
            alternative = match.payload.instead
            alternative = rule.instead.within(language) if alternative is None else alternative
            replace_start, replace_end = start, end
            if rule.replaces == "sentence":
                replace_start, replace_end = min(sentence.start, start), sentence.end
            elif rule.replaces == "match":
                alternative = with_capitals_of(text[start:end], alternative)
            if not alternative:
                replace_start, replace_end = with_space(text, replace_start, replace_end)
            found.append(
                Finding(
                    rule=rule.id,
                    severity=severity,
                    start=start,
                    end=end,
                    text=text[start:end],
                    basis=rule.basis.within(language),
                    why=rule.why.within(language),
                    instead=alternative,
                    replace_start=replace_start if rule.replaces else None,
                    replace_end=replace_end if rule.replaces else None,
                )
            )
    return found


def with_capitals_of(replaced: str, alternative: str) -> str:
    """The alternative with the capital letter, or the capitals, of what it takes the place of."""
    if len(replaced) > 1 and replaced.isupper():
        return alternative.upper()
    if replaced[:1].isupper():
        return alternative[:1].upper() + alternative[1:]
    return alternative


def with_space(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch with one blank beside it, so that taking it out leaves no two blanks in a row."""
    if text[end : end + 1] == " ":
        return start, end + 1
    if start and text[start - 1] == " ":
        return start - 1, end
    return start, end
