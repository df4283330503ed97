"""The phrases of the ad, read once: what stands around the things that are known of a post."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Literal, Self

from pydantic import model_validator

from recruit import datafiles
from recruit.datafiles import Frozen, Localised

FILE = Path(__file__).parent / "phrases.yaml"
Tone = Literal["formal", "direct"]
TONES: tuple[Tone, ...] = ("formal", "direct")

# What may be filled in, phrase by phrase; a phrase that is not here stands as it is.
PLACES = {
    "headline": {"title", "post", "organisation"},
    "opening": {"title", "post", "organisation"},
    "charter": {"organisation", "charter"},
    "pay_range": {"low", "high"},
    "pay_from": {"low"},
    "start": {"start"},
    "workplace": {"address"},
    "apply_page": {"address"},
    "apply_mail": {"address"},
    "deadline": {"deadline"},
    "interviews_1": {"when"},
    "interviews_2": {"when"},
    "more": {"address"},
}
SENTENCES = frozenset({*PLACES, "tasks", "success", "same_for_all", "competences"})
HEADED = frozenset({"post", "leader", "offer", "pay", "apply"})


class Phrase(Frozen):
    """One phrase in both tones."""

    formal: Localised
    direct: Localised

    def within(self, tone: str, language: str) -> str:
        return (self.direct if tone == "direct" else self.formal).within(language)


class Phrases(Frozen):
    headings: dict[str, Phrase]
    sentences: dict[str, Phrase]
    roles: dict[str, Phrase]

    @model_validator(mode="after")
    def nothing_is_missing(self) -> Self:
        for found, wanted in ((self.headings, HEADED), (self.sentences, SENTENCES)):
            if set(found) != wanted:
                raise ValueError(f"must have exactly {', '.join(sorted(wanted))}")
        for name, phrase in [*self.headings.items(), *self.sentences.items(), *self.roles.items()]:
            for tone in TONES:
                for language in ("da", "en"):
                    places = set(re.findall(r"\{([^{}]*)\}", phrase.within(tone, language)))
                    if not places <= PLACES.get(name, set()):
                        raise ValueError(f"{name} fills in {', '.join(sorted(places - PLACES.get(name, set())))}")
        return self


@cache
def phrases() -> Phrases:
    """The phrases that ship. Raises FaultyFile."""
    return datafiles.fit(Phrases, datafiles.read(FILE, FILE.name))
