"""Where sentences and words begin and end."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruit.wording.text import CAPITAL_I, FIRST_I, LIST_MARKER, Sentence, cut, sentences, word_key


def found(text: str) -> list[Sentence]:
    return sentences(cut(text))


def parts(text: str) -> list[str]:
    return [text[sentence.start : sentence.end] for sentence in found(text)]


def words(text: str) -> list[str]:
    return [key for sentence in found(text) for key in sentence.keys]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Du leder huset. Vi hjælper dig!", ["Du leder huset.", "Vi hjælper dig!"]),
        ("Hvorfor?! Fordi.", ["Hvorfor?!", "Fordi."]),
        ("Har du børn?Har du mand?", ["Har du børn?", "Har du mand?"]),
        ("Er du gravid ? Eller", ["Er du gravid ?", "Eller"]),
        ("Vi har bl.a. frugt, f.eks. bananer, ca. ti stk. om dagen.", ["Vi har bl.a. frugt, f.eks. bananer, ca. ti stk. om dagen."]),
        ("Kontakt bl.a. Odder Kommune.", ["Kontakt bl.a. Odder Kommune."]),
        ("Frugt, kaffe m.m. Du får også te.", ["Frugt, kaffe m.m.", "Du får også te."]),
        ("Frugt, kaffe m.m. og te.", ["Frugt, kaffe m.m. og te."]),
        ("Jf. pkt. 4 og § 2, stk. 3, i loven.", ["Jf. pkt. 4 og § 2, stk. 3, i loven."]),
        ("Samtaler er den 17. maj og 3. Juni.", ["Samtaler er den 17. maj og 3. Juni."]),
        ("Til 1. samtale kommer fem, til 2. runde to.", ["Til 1. samtale kommer fem, til 2. runde to."]),
        ("Vi er 17. Du bliver nr. 18.", ["Vi er 17.", "Du bliver nr. 18."]),
        ("Det var i 2026. vi glæder os", ["Det var i 2026.", "vi glæder os"]),
        ("Fra 0.-9. klasse og 1.-3. årgang.", ["Fra 0.-9. klasse og 1.-3. årgang."]),
        ("Mødet er kl. 14.30 i 1.250 minutter til 3,75 kr. pr. stk.", ["Mødet er kl. 14.30 i 1.250 minutter til 3,75 kr. pr. stk."]),
        ("Mødet er kl. 14.30. Vi ses.", ["Mødet er kl. 14.30.", "Vi ses."]),
        ("Ring til HR. Vi svarer.", ["Ring til HR.", "Vi svarer."]),
        ("Ring til Lise B. Holm i dag.", ["Ring til Lise B. Holm i dag."]),
        ("Du er … ja, leder. Og så… Nu.", ["Du er … ja, leder.", "Og så…", "Nu."]),
        ("Du er ... leder.", ["Du er ... leder."]),
        ('Hun spurgte "Hvorfor?" og lyttede.', ['Hun spurgte "Hvorfor?" og lyttede.']),
        ('"Er du gravid?" Ja.', ["Er du gravid?", "Ja."]),
        ("(Er du gravid?)", ["Er du gravid?"]),
        ("Om jobbet\nDu leder\r\nVi hjælper", ["Om jobbet", "Du leder", "Vi hjælper"]),
        ("1. Er du gravid?\n2) Har du børn?\n(3) Har du mand?\na) Ja?", ["Er du gravid?", "Har du børn?", "Har du mand?", "Ja?"]),
        ("- 1. Er du gravid?\n• Har du børn", ["Er du gravid?", "Har du børn"]),
        ("Se odder.dk. Skriv til lise_h@odder.dk.", ["Se odder.dk.", "Skriv til lise_h@odder.dk."]),
        ("The shift is e.g. from 9 a.m. to 5 p.m. You lead it.", ["The shift is e.g. from 9 a.m. to 5 p.m.", "You lead it."]),
        (" \n\t\n", []),
        ("… ! -", []),
    ],
)  # fmt: skip
def test_sentences_end_where_a_reader_ends_them(text: str, expected: list[str]) -> None:
    assert parts(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Er du i a-kasse, og/eller FTF'er?", ["er", "du", "i", "a-kasse", "og", "eller", "ftf'er"]),
        ("Man’s -bindestreg- 'citat'", ["man's", "bindestreg", "citat"]),
        ("børn_unge §4 mellem 25-35 år", ["børn", "unge", "4", "mellem", "25-35", "år"]),
        ("Skriv til Lise.Holm@odder.dk eller (www.odder.dk/job).", ["skriv", "til", "@", "eller", "@"]),
        ("ÆBLE Øl ÅR Straße", ["æble", "øl", "år", "strasse"]),
        ("bar\u00adsel gra\u200bvid", ["barsel", "gravid"]),
        (unicodedata.normalize("NFD", "forældre på år"), ["forældre", "på", "år"]),
    ],
)
def test_words_are_what_a_pattern_is_compared_with(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_capital_i_is_another_word_than_small_i() -> None:
    assert words("Bor I i Odder? I bor her. 1) I dag") == [
        "bor", CAPITAL_I, "i", "odder", FIRST_I, "bor", "her", "1", CAPITAL_I, "dag",
    ]  # fmt: skip
    assert words("1) I dag")[1] == FIRST_I


def test_a_sentence_knows_its_line() -> None:
    assert [sentence.line for sentence in found("En. To.\n\nTre\r\nFire")] == [0, 0, 2, 3]


@given(st.text())
def test_words_stand_where_they_are_said_to_stand(text: str) -> None:
    last = 0
    for sentence in found(text):
        assert sentence.keys
        assert sentence.start <= sentence.ends[-1] <= sentence.end <= len(text)
        for key, start, end in zip(sentence.keys, sentence.starts, sentence.ends, strict=True):
            assert last <= start < end
            last = end
            assert key in ("@", FIRST_I, CAPITAL_I) or key == word_key(text[start:end])
            assert not any(sign.isspace() for sign in text[start:end])


@given(
    st.lists(
        st.sampled_from(["Er du gravid?", "(Har du børn m.m.)", "1. Ja", "- nej.", "Se odder.dk!", ""]), max_size=6
    )
)
def test_lines_are_cut_one_by_one(lines: list[str]) -> None:
    assert parts("\n".join(lines)) == [part for line in lines for part in parts(line)]


@given(st.text(alphabet="abcæøåIi -'.,?!\n", max_size=60))
def test_case_changes_no_word_but_i(text: str) -> None:
    def plain(keys: list[str]) -> list[str]:
        return ["i" if key in (CAPITAL_I, FIRST_I) else key for key in keys]

    assert plain(words(text.upper())) == plain(words(text)) == plain(words(text.casefold()))


def test_list_marker_is_short() -> None:
    assert [bool(LIST_MARKER.fullmatch(text)) for text in ("1.", "12)", "(3)", "a)", "1.2", "2026.", "Du")] == [
        True, True, True, True, True, False, False,
    ]  # fmt: skip
