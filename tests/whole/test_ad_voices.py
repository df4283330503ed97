"""Every criterion of the bank that ships has a sentence for the job ad: in both tones, in both languages, fit to print.

How the Danish is spelt is tested with every other text of the bank, in test_spelling.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

import pytest
from banktexts import BANK, CHARTER

from recruit.wording.models import LANGUAGES, Language
from recruit.wording.service import check

TONES = ("formal", "direct")
FEWEST, MOST = 8, 30
# So many of the formal sentences may begin alike. Those of one area never do: they often stand under one another.
ALIKE = 5
PRONOUN = {"da": re.compile(r"\bdu\b", re.IGNORECASE), "en": re.compile(r"\byour?\b", re.IGNORECASE)}
# Words that every ad says of every leader, so that no reader recognises themselves in them.
EMPTY = re.compile(
    r"\b(stærk\w*|robust\w*|profil\w*|passioner\w*|ildsjæl\w*|strong\w*|passionate|proactive)\b", re.IGNORECASE
)
INNER_END = re.compile(r"[.?!:;](?!$)")


@dataclass(frozen=True)
class Voice:
    key: str
    tone: str
    language: Language
    sentence: str

    @property
    def words(self) -> list[str]:
        return re.findall(r"[\w'’-]+", self.sentence.casefold())

    def __str__(self) -> str:
        return f"{self.key}-{self.tone}-{self.language}"


VOICES = [
    Voice(key, tone, language, getattr(entry.ad, tone).within(language))
    for key, entry in BANK.entries.items()
    if entry.ad
    for tone in TONES
    for language in LANGUAGES
]
STATEMENTS = {statement.id: statement.text for area in CHARTER.areas for statement in area.statements}


def formal(language: Language) -> list[Voice]:
    return [voice for voice in VOICES if (voice.tone, voice.language) == ("formal", language)]


def opening(voice: Voice) -> str:
    return " ".join(voice.words[:3])


def test_every_criterion_has_its_four_sentences() -> None:
    asked = {item.id for _area, item in CHARTER.criteria()}
    assert {(voice.key, voice.tone, voice.language) for voice in VOICES if voice.sentence.strip()} == {
        (key, tone, language) for key in asked for tone in TONES for language in LANGUAGES
    }


@pytest.mark.parametrize("voice", VOICES, ids=str)
def test_voice_is_one_whole_sentence_to_its_reader(voice: Voice) -> None:
    assert FEWEST <= len(voice.sentence.split()) <= MOST
    assert voice.sentence[0].isupper() and voice.sentence.endswith(".")
    assert not INNER_END.search(voice.sentence)
    assert PRONOUN[voice.language].search(voice.sentence)
    assert not EMPTY.search(voice.sentence)


@pytest.mark.parametrize("voice", [voice for voice in VOICES if voice.tone == "direct"], ids=str)
def test_direct_voice_begins_with_its_reader(voice: Voice) -> None:
    assert voice.words[0] == ("du" if voice.language == "da" else "you")


@pytest.mark.parametrize("voice", VOICES, ids=str)
def test_voice_is_not_marked_by_the_checks_of_an_ad(voice: Voice) -> None:
    """What is missing in a whole ad has no place in the text, and one sentence need not have it."""
    findings = check(voice.sentence, kind="ad", language=voice.language).findings
    assert not [f"{finding.rule}: {finding.text}" for finding in findings if finding.end]


def test_mark_of_the_checks_has_a_place_in_the_sentence() -> None:
    findings = check("Du er en yngre leder.", kind="ad", language="da").findings
    assert [finding.text for finding in findings if finding.end] == ["yngre"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_stands_twice(language: Language) -> None:
    counts = Counter(" ".join(voice.words) for voice in VOICES if voice.language == language)
    assert counts.most_common(1)[0][1] == 1


@pytest.mark.parametrize("voice", [voice for voice in VOICES if voice.key in STATEMENTS], ids=str)
def test_voice_is_more_than_its_statement_with_another_pronoun(voice: Voice) -> None:
    statement = re.findall(r"[\w'’-]+", STATEMENTS[voice.key].within(voice.language).casefold())
    assert voice.words[:2] != statement[:2]
    assert " ".join(statement[1:]) not in " ".join(voice.words)


@pytest.mark.parametrize("language", LANGUAGES)
def test_formal_sentences_begin_in_different_ways(language: Language) -> None:
    assert max(Counter(map(opening, formal(language))).values()) <= ALIKE


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("area", [area.id for area in CHARTER.areas])
def test_formal_sentences_of_one_area_begin_each_in_its_own_way(area: str, language: Language) -> None:
    openings = [opening(voice) for voice in formal(language) if voice.key.split(".")[0] == area]
    assert len(set(openings)) == len(openings) == 7


@pytest.mark.parametrize("language", LANGUAGES)
def test_direct_sentences_do_different_things(language: Language) -> None:
    """The verb after the pronoun: nearly each sentence has its own."""
    verbs = Counter(voice.words[1] for voice in VOICES if (voice.tone, voice.language) == ("direct", language))
    assert max(verbs.values()) <= 2


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("tone", TONES)
def test_sentences_are_no_harder_to_read_than_an_ad_should_be(tone: str, language: Language) -> None:
    """LIX 35 to 45 is the aim for an ad."""
    text = "\n\n".join(voice.sentence for voice in VOICES if (voice.tone, voice.language) == (tone, language))
    lix = check(text, kind="ad", language=language).lix
    assert lix is not None and lix <= 45
