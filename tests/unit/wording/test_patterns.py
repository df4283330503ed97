"""The pattern language, term by term."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruit.wording.patterns import Matcher, compile_pattern
from recruit.wording.text import cut, sentences


def matched(pattern: str, text: str) -> list[str]:
    """The stretches of the text that the pattern fits, longest at each place."""
    parts = sentences(cut(text))
    return [
        text[parts[match.sentence].starts[match.first] : parts[match.sentence].ends[match.last - 1]]
        for match in Matcher([(compile_pattern(pattern), None)]).matches(parts)
    ]


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        # words
        ("barsel", "Barsel, BARSEL og barselsorlov", ["Barsel", "BARSEL"]),
        ("barsel*", "barsel Barselsorlov orlovsbarsel", ["barsel", "Barselsorlov"]),
        ("*alder", "alder, folkealder, alderdom", ["alder", "folkealder"]),
        ("*gravid*", "gravid ugravide graviditet gravt", ["gravid", "ugravide", "graviditet"]),
        ("a-kasse", "en A‑kasse og en kasse", ["A‑kasse"]),
        ("years'", "ten years' work", ["years"]),
        ("you're", "You’re here", ["You’re"]),
        # alternatives and optional terms
        ("har|får|planlæg* du", "Har du? får du, planlægger du, tager du", ["Har du", "får du", "planlægger du"]),
        ("dine små? børn", "dine børn, dine små børn, dine store børn", ["dine børn", "dine små børn"]),
        ("er du gift?", "Er du? Er du gift?", ["Er du", "Er du gift"]),
        ("helt? sikker", "helt sikker", ["helt sikker", "sikker"]),
        ("en|et? to? tre", "et to tre", ["et to tre", "to tre", "tre"]),
        # gaps
        ("har .. børn", "har børn; har du to børn; har du nu tre små børn", ["har børn", "har du to børn"]),
        ("har .. børn", "har du da egentlig ikke børn", []),
        ("har ..6 børn", "har du da egentlig ikke børn", ["har du da egentlig ikke børn"]),
        ("har ..1 børn", "har to børn har to små børn", ["har to børn"]),
        ("har .. børn", "Har du? Hvad med børn", []),
        ("har .. børn", "Har du\nbørn", []),
        # numbers and addresses
        ("# år", "25 år, 25-35 år, femten år, 12a år", ["25 år", "25-35 år"]),
        ("#20-69 år", "19 år 20 år 69 år 70 år 25-99 år", ["20 år", "69 år", "25-99 år"]),
        ("#|ti år", "ti år og 10 år", ["ti år", "10 år"]),
        ("mail|skriv .. @", "skriv til lise@odder.dk", ["skriv til lise@odder.dk"]),
        # the beginning of a sentence
        ("^ er du", "Er du her? Hvor er du? er du der", ["Er du", "er du"]),
        ("^er du", "1. Er du her?\n- Er du der?\nNu er du her", ["Er du", "Er du"]),
        # the Danish I
        ("I", "I dag bor I i et hus, i Odder", ["I", "I"]),
        ("i", "I dag bor I i et hus, i Odder", ["I", "i", "i"]),
        ("har I børn", "Har I børn? Har i børn?", ["Har I børn"]),
    ],
)  # fmt: skip
def test_pattern_fits_what_it_says(pattern: str, text: str, expected: list[str]) -> None:
    assert matched(pattern, text) == expected


@pytest.mark.parametrize(
    ("pattern", "complaint"),
    [
        ("", "must hold a term"),
        ("^", "must hold a term"),
        ("små? store?", "must hold a term"),
        (".. børn", "must not begin or end"),
        ("har ..", "must not begin or end"),
        ("^ .. børn", "must not begin or end"),
        ("små? .. børn", "must not begin or end"),
        ("børn .. små?", "must not begin or end"),
        ("bl.a. børn", "'bl.a.' in 'bl.a.' is not a word"),
        ("b*rn", "is not a word"),
        ("*", "is not a word"),
        ("har||får", "'' in 'har||får' is not a word"),
        ("gravid, du", "'gravid,' in 'gravid,' is not a word"),
        ("har ...", "is not a word"),
        ("har du ^", "is not a word"),
        ("#10- år", "is not a word"),
    ],
)
def test_faulty_pattern_is_refused_in_a_sentence(pattern: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=re.escape(complaint)):
        compile_pattern(pattern)


def test_each_pattern_hands_back_what_came_with_it() -> None:
    matcher = Matcher(
        [(compile_pattern("har du"), "a"), (compile_pattern("du .. børn"), "b"), (compile_pattern("har"), "c")]
    )
    found = matcher.matches(sentences(cut("Har du ikke børn?")))
    assert [(match.first, match.last, match.payload) for match in found] == [(0, 2, "a"), (0, 1, "c"), (1, 4, "b")]


TERMS = ["har", "du|I", "små?", "bør*", "..", "..2", "*n", "#", "*ø*", "^"]
WORDS = ["har", "du", "I", "i", "små", "børn", "bøn", "7", "og"]


@given(st.lists(st.sampled_from(TERMS), min_size=1, max_size=5), st.lists(st.sampled_from(WORDS), max_size=12))
def test_pattern_fits_the_same_as_an_expression(terms: list[str], text: list[str]) -> None:
    """The longest match at every place is the one that a (slow) regular expression finds there."""
    try:
        pattern = compile_pattern(" ".join(terms))
    except ValueError:
        return
    pieces = {
        "har": "har ", "du|I": "(?:du|I) ", "små?": "(?:små )?", "bør*": r"bør\S* ", "..": r"(?:\S+ ){0,3}", "..2": r"(?:\S+ ){0,2}",
        "*n": r"\S*n ", "#": r"\d+ ", "*ø*": r"\S*ø\S* ", "^": "",
    }  # fmt: skip
    line = "".join(f"{word} " for word in text)
    starts = [match.start() for match in re.finditer(r"\S+ ", line)]
    expected = []
    for place, start in enumerate(starts[:1] if pattern.opens else starts):
        # of all stretches from here the longest that the whole expression covers
        ends = [
            end
            for end in (*starts[place + 1 :], len(line))
            if re.fullmatch("".join(map(pieces.get, terms)), line[start:end])
        ]  # type: ignore[arg-type]
        if ends:
            expected.append((place, len(line[: max(ends)].split())))
    found = {(match.first, match.last) for match in Matcher([(pattern, None)]).matches(sentences(cut(line)))}
    longest = {}
    for first, last in sorted(found):
        longest[first] = last
    assert sorted(longest.items()) == expected
