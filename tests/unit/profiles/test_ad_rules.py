"""Composing an ad: each line from its place, the same every time, cut where a reader would cut it."""

from __future__ import annotations

import timeit
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruit.profiles.ads.checks import musts, unfilled
from recruit.profiles.ads.phrases import PLACES, TONES, Phrases, phrases
from recruit.profiles.ads.rules import (
    CRITERION,
    FULL,
    LENGTHS,
    SECTIONS,
    SHORT,
    Line,
    Material,
    Part,
    compose,
    fill,
    section_at,
    whole_text,
    within_sentence,
)
from recruit.profiles.ads.shortening import shortened
from recruit.wording.service import check

VOICE = "Du sætter en retning, som andre vælger at følge."
MATERIAL = Material(
    title="Leder af Havhuset",
    organisation="Odder Kommune",
    charter="Sammen om ledelse",
    role="institution_manager",
    language="da",
    tone="direct",
    criteria=[("performance.2", VOICE), ("resilience", None)],
    sections={
        "purpose": "Børn skal trives.",
        "tasks": "- at lede huset\n- at styre budgettet",
        "contact": "Ring til Lise Holm på tlf. 12 34 56 78.",
    },
    standard={
        "offer": "- gode kolleger",
        "pay": "Løn efter overenskomst.",
        "diversity": "Alle er velkomne til at søge.",
    },
    deadline="12. januar 2027",
    start="1. marts 2027",
    interviews=[("interviews_1", "den 20. januar 2027"), ("interviews_2", "den 27. januar 2027")],
    apply_at="https://odder.example/job",
    workplace="Havvej 1, 8300 Odder",
    pay=("46.000", "51.000"),
    address="https://odder.example/jobs/1-leder",
)


def text_of(material: Material, length: str = FULL) -> str:
    parts = compose(material, phrases(), length)
    return whole_text((key, part.heading, part.text) for key, part in parts.items())[0]


def test_full_ad_says_all_that_is_known() -> None:
    text = text_of(MATERIAL)
    for words in (
        "Er du vores nye leder af Havhuset?", "Børn skal trives.", "- at lede huset", f"- {VOICE}", "”Sammen om ledelse”",
        "mellem 46.000 og 51.000 kr.", "Løn efter overenskomst.", "den 1. marts 2027", "Havvej 1, 8300 Odder",
        "https://odder.example/job", "Fristen er den 12. januar 2027", "den 20. januar 2027", "den 27. januar 2027",
        "Lise Holm", "Alle er velkomne", "- gode kolleger",
    ):  # fmt: skip
        assert words in text
    assert [must.key for must in musts(text, broken(text), FULL) if not must.met] == []


def broken(text: str) -> set[str]:
    report = check(text, kind="ad", language="da", cites=["Sammen om ledelse"])
    return {finding.rule for finding in report.findings}


def test_what_is_not_known_is_not_said() -> None:
    bare = Material("Chef", "Odder Kommune", "Sammen om ledelse", "unknown", "da", "formal")
    text = text_of(bare)
    assert "{" not in text
    assert "kr." not in text
    said = "\n\n".join(part.text for part in compose(bare, phrases(), FULL).values())
    assert {must.key for must in musts(said, broken(said), FULL) if not must.met} == {
        "pay", "deadline", "how", "contact", "diversity",
    }  # fmt: skip


WELCOME = "Du er velkommen til at kontakte os, før du søger. Den ansættende leder fortæller gerne om opgaven. " * 3
REACHED = "Spørgsmål: Skoleleder Åse Ørum, 00 00 00 55, aase@odder.example"


@pytest.mark.parametrize("length", LENGTHS)
@pytest.mark.parametrize("welcome", [WELCOME[:103], WELCOME])
def test_ad_names_the_one_who_can_be_reached(length: str, welcome: str) -> None:
    known = replace(MATERIAL, sections={"contact": f"{welcome}\n\n{REACHED}"})
    text = compose(known, phrases(), length)["apply"].text
    assert REACHED in text
    missing = {must.key for must in musts(text, broken(text), length) if not must.met}
    assert "contact" not in missing
    assert "contact" in {must.key for must in musts(welcome, [], length) if not must.met}


def test_ad_says_what_the_organisation_is_once() -> None:
    about = "Odder Kommune er én arbejdsplads med mange fag."
    known = replace(
        MATERIAL,
        sections=MATERIAL.sections | {"organisation": f"{about}\n\nDu refererer til skolelederen."},
        standard=MATERIAL.standard | {"about": about},
    )
    said = [part.text for part in compose(known, phrases(), FULL).values()]
    assert "\n".join(said).count(about) == 1
    assert "Du refererer til skolelederen." in said[2]


def test_criterion_without_a_sentence_is_left_out() -> None:
    lines = compose(MATERIAL, phrases(), FULL)["leader"].lines
    assert [line.key for line in lines if line.kind == CRITERION] == ["performance.2"]


def test_short_ad_is_shorter_and_leads_to_the_full_one() -> None:
    short = text_of(MATERIAL, SHORT)
    assert len(short) < len(text_of(MATERIAL))
    for words in (VOICE, "https://odder.example/jobs/1-leder", "46.000", "12. januar 2027", "Lise Holm"):
        assert words in short


@pytest.mark.parametrize("tone", TONES)
@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("length", LENGTHS)
def test_every_tone_and_language_fills_in_everything(tone: str, language: str, length: str) -> None:
    text = text_of(replace(MATERIAL, tone=tone, language=language), length)
    assert "{" not in text
    assert list(compose(MATERIAL, phrases(), length)) == list(SECTIONS[length])
    assert [
        finding.text for finding in check(text, kind="ad", language=language).findings if finding.severity == "red"
    ] == []  # type: ignore[arg-type]


@pytest.mark.parametrize("tone", TONES)
@pytest.mark.parametrize("language", ["da", "en"])
def test_phrases_break_no_rule_of_wording(tone: str, language: str) -> None:
    known = phrases()
    for phrase in [*known.headings.values(), *known.sentences.values(), *known.roles.values()]:
        report = check(phrase.within(tone, language), kind="ad_part", language=language)  # type: ignore[arg-type]
        assert [(finding.rule, finding.text) for finding in report.findings] == []


def test_amount_in_the_profile_is_not_said_twice() -> None:
    terms = {**MATERIAL.sections, "terms": "Vi forventer en løn på 46.000–51.000 kr. om måneden."}
    assert "Du kan regne med" not in text_of(replace(MATERIAL, sections=terms))
    alone = replace(MATERIAL, sections=terms, pay=("", ""))
    assert "46.000–51.000" in text_of(alone, SHORT)


def test_process_of_the_profile_stands_where_there_is_no_timetable() -> None:
    sections = {**MATERIAL.sections, "process": "Vi holder samtaler i uge 4."}
    assert "uge 4" not in text_of(replace(MATERIAL, sections=sections))
    assert "uge 4" in text_of(replace(MATERIAL, sections=sections, deadline="", interviews=[]))


def test_changing_one_section_of_the_profile_changes_no_other_section_of_the_ad() -> None:
    longer = replace(MATERIAL, sections={**MATERIAL.sections, "purpose": "Børn skal trives hver dag. " * 30})
    before, after = (compose(material, phrases(), FULL) for material in (MATERIAL, longer))
    assert [key for key in before if before[key] != after[key]] == ["intro"]


def test_composing_takes_less_than_twenty_milliseconds() -> None:
    long = replace(MATERIAL, sections=dict.fromkeys(("purpose", "tasks", "terms"), "Et langt afsnit om det. " * 300))
    assert timeit.timeit(lambda: compose(long, phrases(), FULL), number=20) / 20 < 0.02


@pytest.mark.parametrize(
    ("title", "inside"),
    [
        ("Leder af Havhuset", "leder af Havhuset"),
        ("HR-chef", "HR-chef"),
        ("Odder Kommunes nye direktør", "Odder Kommunes nye direktør"),
        ("IT-direktør", "IT-direktør"),
        ("Åben stilling", "åben stilling"),
        ("leder", "leder"),
        ("", ""),
        ("A", "A"),
    ],
)
def test_title_within_a_sentence(title: str, inside: str) -> None:
    assert within_sentence(title, ["Odder Kommune"]) == inside


def test_value_that_holds_braces_is_not_read_as_a_place() -> None:
    assert fill("{title} og {post}", {"title": "{post}", "post": "x"}) == "{post} og x"


def test_text_is_cut_after_a_whole_sentence_and_never_announces_what_is_gone() -> None:
    text = "Et to tre. Fire fem seks.\n\nDu skal:\n\n- et\n- to to to to\n- tre"
    assert [piece for _item, _joined, piece in shortened(text, 4)] == ["Et to tre."]
    assert [piece for _item, _joined, piece in shortened(text, 8)] == ["Et to tre.", "Fire fem seks."]
    assert [piece for _item, _joined, piece in shortened(text, 13)][-2:] == ["et", "to to to to"]


WORDS = st.text(alphabet="aæø. \n-:Ø", max_size=200)


@given(WORDS, st.integers(1, 40))
def test_shortened_text_is_a_beginning_of_the_text(text: str, words: int) -> None:
    found = [piece for _item, _joined, piece in shortened(text, words)]
    flat = "".join(text.replace("- ", "").split()).replace("-", "")
    assert flat.startswith("".join("".join(found).split()).replace("- ", "").replace("-", ""))
    if found:
        assert len(found) == 1 or sum(len(piece.split()) for piece in found[1:]) <= words


def test_text_of_lines_is_as_people_type_it() -> None:
    lines = (
        Line("Et.", "phrase"),
        Line("To.", "phrase", joined=True),
        Line("a", "phrase", item=True),
        Line("b", "phrase", item=True),
        Line("Tre.", "phrase"),
    )
    assert Part("", lines).text == "Et. To.\n\n- a\n- b\n\nTre."


def test_place_of_the_whole_text_is_found_in_its_section() -> None:
    text, begins = whole_text(
        [("headline", "", "Titel"), ("post", "Om", ""), ("offer", "", ""), ("pay", "Løn", "Meget")]
    )
    assert text == "Titel\n\nLøn\n\nMeget"
    assert [section_at(begins, text.index(word)) for word in ("Titel", "Meget")] == ["headline", "pay"]


def test_brackets_are_something_to_fill_in() -> None:
    assert unfilled("Ring til [navn] på [nummer] eller [navn].") == ["[navn]", "[nummer]"]
    assert unfilled("Ingen.") == []


def test_phrase_that_asks_for_an_unknown_thing_is_refused() -> None:
    values = phrases().model_dump()
    values["sentences"]["start"]["formal"]["da"] = "Den {dag}."
    with pytest.raises(ValueError, match="dag"):
        Phrases.model_validate(values)
    del values["sentences"]["start"]
    with pytest.raises(ValueError, match="exactly"):
        Phrases.model_validate(values)
    assert "start" in PLACES
