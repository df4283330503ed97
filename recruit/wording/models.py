"""What a rule of wording is, and what a check finds: frozen data. The rules are YAML files that a lawyer can read."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from recruit.datafiles import Bilingual, Frozen, Localised, Text

# `person`: what is written about one candidate or to them: reasons, a letter, a brief.
RuleKind = Literal["question", "ad", "person"]
# What a text is. An `ad_part` is one of the texts that an ad is put together from: what the whole ad must have is not
# missed in it.
Kind = Literal["question", "ad", "ad_part", "person"]
Language = Literal["da", "en"]
Severity = Literal["red", "amber", "advice"]
KINDS: tuple[RuleKind, ...] = ("question", "ad", "person")
LANGUAGES: tuple[Language, ...] = ("da", "en")

# Rules without patterns: they measure the whole ad, and the code knows how.
MEASURED = ("lix", "length")


class Alternative(Bilingual[Annotated[str, Field(max_length=2_000)]]):
    """The wording that one click puts in; an empty one means: take it out."""


class OwnAlternative(Frozen):
    """A pattern with an alternative of its own."""

    pattern: Text
    instead: Annotated[str, Field(max_length=2_000)]


class Patterns(Bilingual[list[Text | OwnAlternative]]):
    da: list[Text | OwnAlternative] = []
    en: list[Text | OwnAlternative] = []


class Texts(Bilingual[list[Text]]):
    da: list[Text] = []
    en: list[Text] = []


class GenderWords(Frozen):
    masculine: list[Text]
    feminine: list[Text]


class GenderCoded(Bilingual[GenderWords]):
    """Words that lean to one gender. They are counted and shown, never a finding."""


class Rule(Frozen):
    """One rule. It looks for `patterns`, or misses something in the whole text (`needs`), or is measured by code."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
    kind: RuleKind
    severity: Severity
    basis: Localised
    why: Localised
    instead: Alternative
    # What `instead` takes the place of. Left out: nothing can be put in with a click.
    replaces: Literal["sentence", "match"] | None = None
    # Red becomes amber when the sentence is about somebody else than the candidate.
    third_party: bool = False
    # Red becomes amber when the sentence before, in the same paragraph, names a person: a pronoun may mean that one.
    after_a_name: bool = False
    patterns: Patterns = Patterns()
    unless: Texts = Texts()
    needs: Texts = Texts()
    hits: Texts = Texts()
    misses: Texts = Texts()

    @model_validator(mode="after")
    def looks_for_something(self) -> Self:
        patterns = any(self.patterns.within(language) for language in LANGUAGES)
        needs = any(self.needs.within(language) for language in LANGUAGES)
        if self.id in MEASURED:
            if patterns or needs:
                raise ValueError(f"{self.id} is measured: it has neither patterns nor needs")
        elif patterns == needs:
            raise ValueError("give either patterns or needs")
        return self


class Finding(Frozen):
    """One place that needs another look. Offsets count characters (code points) from the start of the text.

    A finding about the whole text has start and end 0 and the text "". `replace_start` and `replace_end` are what
    `instead` takes the place of; both None when nothing can be put in.
    """

    rule: str
    severity: Severity
    start: int
    end: int
    text: str
    basis: str
    why: str
    instead: str
    replace_start: int | None
    replace_end: int | None


class Report(Frozen):
    """All findings, sorted by their start. Readability, number of words and gender-coded words are for ads."""

    findings: tuple[Finding, ...]
    lix: float | None = None
    words: int | None = None
    gender_coded: dict[Literal["masculine", "feminine"], list[str]] = {}
