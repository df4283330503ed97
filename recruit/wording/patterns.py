"""The pattern language of the rules: words against words, never one expression against a whole text.

    barsel              exactly that word, case ignored; barsel* begins with, *alder ends with, *gravid* contains
    har|får|planlægger* one of several; a ? at the end makes the term optional: dine små? børn
    ..                  up to three words in between, ..6 up to six
    #                   a number in digits, #20-69 a number from 20 to 69; of a stretch such as 25-35 the first counts
    @                   an e-mail or web address
    ^                   first in a pattern: the sentence begins here
    I                   the Danish pronoun: only the capital word; i never matches it, unless it begins the sentence

A text is matched in one pass over its words: patterns are kept by their first term, those of which a term does not
occur at all are left out, and a match reaches over a bounded number of words. So the time grows with the text only.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from recruit.wording.text import ADDRESS_KEY, CAPITAL_I, FIRST_I, WORD, Sentence, word_key

NUMBER = "#"
GAP = re.compile(r"\.\.([1-9][0-9]?)?")
USUAL_GAP = 3
NUMBERS = re.compile(r"#([0-9]{1,6})-([0-9]{1,6})")

Payload = TypeVar("Payload")


@dataclass(frozen=True, slots=True)
class Step:
    """One term of a pattern: one of `atoms`, or, where `gap` is not 0, up to so many words of any kind."""

    atoms: frozenset[str] = frozenset()
    optional: bool = False
    gap: int = 0


@dataclass(frozen=True, slots=True)
class Pattern:
    steps: tuple[Step, ...]
    opens: bool = False


def compile_pattern(source: str) -> Pattern:
    """The pattern that `source` stands for. Raises ValueError with a sentence that says what is wrong."""
    terms = source.replace("^", "^ ", 1).split() if source.startswith("^") else source.split()
    opens = terms[:1] == ["^"]
    steps = tuple(_step(term) for term in terms[1 if opens else 0 :])
    required = [place for place, step in enumerate(steps) if not (step.optional or step.gap)]
    if not required:
        raise ValueError(f"the pattern {source!r} must hold a term that is not optional")
    if any(step.gap for step in (*steps[: required[0]], *steps[required[-1] :])):
        raise ValueError(f"the pattern {source!r} must not begin or end with .., an optional term beyond it included")
    return Pattern(steps, opens)


def _step(term: str) -> Step:
    if gap := GAP.fullmatch(term):
        return Step(gap=int(gap[1] or USUAL_GAP))
    optional = term.endswith("?")
    return Step(frozenset(_atom(part, term) for part in term.removesuffix("?").split("|")), optional)


def _atom(part: str, term: str) -> str:
    if part in (NUMBER, ADDRESS_KEY, CAPITAL_I) or NUMBERS.fullmatch(part):
        return part
    part = part.rstrip("'’")  # the apostrophe of "years'" is not part of the word
    stem = part.removesuffix("*").removeprefix("*")
    if not WORD.fullmatch(stem.strip("-'") if "*" in part else stem):
        raise ValueError(f"{part!r} in {term!r} is not a word (letters and digits, * only first or last)")
    return part.replace(stem, word_key(stem))


class Vocabulary:
    """The distinct words of a text, and which of them an atom stands for."""

    def __init__(self, keys: Collection[str]) -> None:
        self.keys = keys
        self.joined = "\n".join(("", *keys, ""))
        self.numbers = {
            key: int(key.partition("-")[0][:7])
            for key in keys
            if key[0].isdecimal() and key.replace("-", "").isdecimal()
        }

    def words(self, atom: str) -> Iterable[str]:
        if atom == NUMBER:
            return self.numbers
        if within := NUMBERS.fullmatch(atom):
            return [key for key, number in self.numbers.items() if int(within[1]) <= number <= int(within[2])]
        if "*" not in atom:
            also = (FIRST_I,) if atom in (CAPITAL_I, "i") else ()
            return [key for key in (atom, *also) if key in self.keys]
        stem = atom.strip("*")
        before = "" if atom.startswith("*") else "\n"
        after = "" if atom.endswith("*") else "\n"
        return self._found(f"{before}{stem}{after}")

    def _found(self, part: str) -> Iterator[str]:
        place = self.joined.find(part)
        while place >= 0:
            first = place + 1 if part[0] == "\n" else self.joined.rfind("\n", 0, place) + 1
            last = self.joined.find("\n", first)
            yield self.joined[first:last]
            place = self.joined.find(part, last)


@dataclass(frozen=True, slots=True)
class Match(Generic[Payload]):
    """A pattern that fits the words `first` to `last` (not included) of the sentence with this index."""

    sentence: int
    first: int
    last: int
    payload: Payload


class Matcher(Generic[Payload]):
    """Many patterns, each with something that is handed back where it fits."""

    def __init__(self, patterns: Iterable[tuple[Pattern, Payload]]) -> None:
        self.patterns = [(variant, payload) for pattern, payload in patterns for variant in _variants(pattern)]
        self.terms = {step.atoms for pattern, _payload in self.patterns for step in pattern.steps if step.atoms}
        self.atoms = {atom for atoms in self.terms for atom in atoms}

    def matches(self, sentences: Sequence[Sentence]) -> Iterator[Match[Payload]]:
        """Of every pattern the longest match at every place where it fits, in the order of the text."""
        vocabulary = Vocabulary({key for sentence in sentences for key in sentence.keys})
        words = {atom: set(vocabulary.words(atom)) for atom in self.atoms}
        fitting = {atoms: set().union(*(words[atom] for atom in atoms)) for atoms in self.terms}
        starting: dict[str, list[_Start[Payload]]] = defaultdict(list)
        for pattern, payload in self.patterns:
            if all(step.optional or step.gap or fitting[step.atoms] for step in pattern.steps):
                sets = [fitting.get(step.atoms, set()) for step in pattern.steps]
                start = _Start(pattern, sets, *_next_required(pattern.steps, sets), payload)
                for key in sets[0]:
                    starting[key].append(start)
        for index, sentence in enumerate(sentences):
            keys = sentence.keys
            for place, key in enumerate(keys):
                for pattern, sets, required, reach, payload in starting.get(key, ()):
                    if reach and required.isdisjoint(keys[place + 1 : place + 1 + reach]):
                        continue
                    if pattern.opens and place != sentence.opening:
                        continue
                    last = _longest(pattern.steps, sets, keys, place)
                    if last:
                        yield Match(index, place, last, payload)


class _Start(NamedTuple, Generic[Payload]):
    """A pattern at the words it can begin with. One of `required` must stand among the next `reach` words."""

    pattern: Pattern
    sets: list[set[str]]
    required: set[str]
    reach: int
    payload: Payload


def _next_required(steps: Sequence[Step], sets: Sequence[set[str]]) -> tuple[set[str], int]:
    """The first term after the first that is not optional, and how many words away it stands at most; 0: none.

    It spares most of the matching: a word of the language begins many patterns, and few go on.
    """
    reach = 1
    for step, fitting in zip(steps[1:], sets[1:], strict=True):
        if not (step.gap or step.optional):
            return fitting, reach
        reach += step.gap or 1
    return set(), 0


def _variants(pattern: Pattern) -> Iterator[Pattern]:
    """The pattern, and where it begins with optional terms, the pattern without them: its first term is its index."""
    steps = pattern.steps
    yield pattern
    while steps[0].optional:
        steps = steps[1:]
        yield Pattern(steps, pattern.opens)


def _longest(steps: Sequence[Step], sets: Sequence[set[str]], keys: Sequence[str], place: int) -> int:
    """The place after the longest match that begins at `place`; 0 when there is none."""
    reached = {place}
    for step, fitting in zip(steps, sets, strict=True):
        if step.gap:
            reached = {start + words for start in reached for words in range(step.gap + 1) if start + words < len(keys)}
        else:
            after = {start + 1 for start in reached if start < len(keys) and keys[start] in fitting}
            reached = reached | after if step.optional else after
        if not reached:
            return 0
    return max(reached)
