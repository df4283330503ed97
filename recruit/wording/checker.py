"""The check of a text by the rules of one kind in one language: pure, rules and text in, a report out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from recruit.wording.findings import Found, Role, Use, findings, longest
from recruit.wording.models import Finding, GenderCoded, Language, OwnAlternative, Report, Rule, RuleKind, Texts
from recruit.wording.patterns import Matcher, Pattern, Step, compile_pattern
from recruit.wording.readability import count
from recruit.wording.text import CAPITAL_I, FIRST_I, Sentence, cut, sentences

# An ad that names an installed charter by its title keeps this rule as well as one that fits the rule's own patterns.
CHARTER_RULE = "charter_missing"
LIX_LIMIT = 50
AD_WORDS = (300, 900)


@dataclass(frozen=True)
class Rules:
    """The rules of one kind, by id, with the words that they share."""

    kind: RuleKind
    rules: dict[str, Rule]
    third_party: Texts
    gender_coded: GenderCoded

    def patterns(self, language: Language) -> Iterator[tuple[Pattern, Use]]:
        """Every pattern with what it is used for. Raises ValueError for one that cannot be read."""
        for rule in self.rules.values():
            yield from _compiled(Use("finding", rule.id), rule.patterns.within(language))
            yield from _compiled(Use("unless", rule.id), rule.unless.within(language))
            yield from _compiled(Use("needs", rule.id), rule.needs.within(language))
        yield from _compiled(Use("third_party"), self.third_party.within(language))
        if self.kind == "ad":
            words = self.gender_coded.within(language)
            yield from _compiled(Use("masculine"), words.masculine)
            yield from _compiled(Use("feminine"), words.feminine)


def _compiled(use: Use, sources: Iterable[str | OwnAlternative]) -> Iterator[tuple[Pattern, Use]]:
    for source in sources:
        if isinstance(source, OwnAlternative):
            yield compile_pattern(source.pattern), Use(use.role, use.rule, source.instead)
        else:
            yield compile_pattern(source), use


class Checker:
    """Rules made ready for texts in one language."""

    def __init__(self, rules: Rules, language: Language) -> None:
        self.rules, self.language = rules, language
        self.matcher = Matcher(rules.patterns(language))

    def check(self, text: str, cites: Sequence[str] = ()) -> Report:
        """See `service.check`."""
        rules, language = self.rules.rules, self.language
        chunks = cut(text)
        parts = sentences(chunks)
        matches = list(self.matcher.matches(parts))
        found = findings(text, parts, matches, rules, kind=self.rules.kind, language=language)
        if self.rules.kind != "ad":
            return Report(findings=_sorted(found))

        counts = count(chunks)
        kept = {match.payload.rule for match in _used(matches, "needs")}
        if _names(parts, cites):
            kept.add(CHARTER_RULE)
        broken = {
            "lix": counts.lix is not None and counts.lix >= LIX_LIMIT,
            "length": not AD_WORDS[0] <= counts.words <= AD_WORDS[1],
        }
        for rule in rules.values():
            if broken.get(rule.id, bool(rule.needs.within(language)) and rule.id not in kept):
                found.append(_about_the_whole(rule, text, language))
        return Report(
            findings=_sorted(found),
            lix=counts.lix,
            words=counts.words,
            gender_coded={
                "masculine": [_words(text, parts, match) for match in longest(_used(matches, "masculine"))],
                "feminine": [_words(text, parts, match) for match in longest(_used(matches, "feminine"))],
            },
        )


def _sorted(found: list[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(found, key=lambda finding: (finding.start, finding.end, finding.rule)))


def _words(text: str, parts: Sequence[Sentence], match: Found) -> str:
    sentence = parts[match.sentence]
    return text[sentence.starts[match.first] : sentence.ends[match.last - 1]]


def _used(matches: Iterable[Found], role: Role) -> Iterator[Found]:
    return (match for match in matches if match.payload.role == role)


def _names(parts: Sequence[Sentence], cites: Sequence[str]) -> bool:
    """Whether one of the titles stands in the text, whatever its capitals and quotation marks."""
    titles = []
    for title in cites:
        keys = [key for sentence in sentences(cut(title)) for key in sentence.keys]
        steps = (Step(frozenset(("i", CAPITAL_I) if key in (CAPITAL_I, FIRST_I) else (key,))) for key in keys)
        if keys:
            titles.append((Pattern(tuple(steps)), None))
    return next(Matcher(titles).matches(parts), None) is not None


def _about_the_whole(rule: Rule, text: str, language: Language) -> Finding:
    """A finding without a place. What it offers goes in at the end of the text."""
    return Finding(
        rule=rule.id,
        severity=rule.severity,
        start=0,
        end=0,
        text="",
        basis=rule.basis.within(language),
        why=rule.why.within(language),
        instead=rule.instead.within(language),
        replace_start=len(text) if rule.replaces else None,
        replace_end=len(text) if rule.replaces else None,
    )
