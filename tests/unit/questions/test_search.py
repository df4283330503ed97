"""Finding questions by their words: inflected forms, compounds, Danish letters, and nothing else."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruit.questions.search import QUERY_LIMIT, Index, asked, excerpt, holds_all, pieces, words

FOUND = [
    ("ledelse", "ledelsen"),
    ("ledelsen", "ledelse"),
    ("ledelsen", "ledelsesgrundlag"),
    ("ledelsens", "topledelse"),
    ("sygefravær", "sygefraværet"),
    ("sygefraværet", "sygefravær"),
    ("fravær", "sygefravær"),
    ("fraværet", "sygefravær"),
    ("Fravær", "SYGEFRAVÆRET"),
    ("møder", "mødet"),
    ("mødet", "personalemødet"),
    ("tid", "arbejdstiden"),
    ("tid", "tidsplan"),
    ("opsættelse", "opsættelsen"),
    ("tydeligt", "tydelige"),
    ("et", "ét"),
    ("idé", "ideer"),
    ("14", "14"),
]
NOT_FOUND = [
    ("aeoe", "æø"),
    ("ae", "æ"),
    ("å", "a"),
    ("a", "å"),
    ("far", "får"),
    ("får", "far"),
    ("rad", "råd"),
    ("raad", "råd"),
    ("ø", "o"),
    ("bole", "bøle"),
    ("ledelse", "leder"),
    ("tydelig", "tyde"),
    ("tid", "samtidig"),
    ("i", "ind"),
    ("14", "2014"),
]


def finds(query: str, text: str, language: str = "da") -> bool:
    return Index({"x": [text]}, language).find(asked(query, language)) == {"x"}


@pytest.mark.parametrize(("query", "word"), FOUND)
def test_word_is_found_in_its_forms_and_inside_compounds(query: str, word: str) -> None:
    assert finds(query, f"Fortæl om {word}, tak.")


@pytest.mark.parametrize(("query", "word"), NOT_FOUND)
def test_another_word_is_not_found(query: str, word: str) -> None:
    assert not finds(query, f"Nu, {word}.")


def test_english_has_its_own_forms() -> None:
    assert finds("decisions", "a decision", "en")
    assert finds("leading", "to lead", "en")
    assert not finds("decisions", "et valg", "en")


def test_letters_count_as_the_same_however_they_are_composed() -> None:
    assert finds(unicodedata.normalize("NFD", "måde"), unicodedata.normalize("NFC", "måden"))
    assert finds(unicodedata.normalize("NFC", "måde"), unicodedata.normalize("NFD", "måden"))


def test_several_words_must_all_be_there_in_any_of_the_texts() -> None:
    index = Index({"both": ["En svær beslutning", "Hvem hørte du?"], "one": ["En beslutning"]}, "da")
    assert index.find(asked("beslutning svær", "da")) == {"both"}
    assert index.find(asked("hørte beslutningen", "da")) == {"both"}
    assert index.find(asked("beslutning", "da")) == {"both", "one"}
    assert holds_all("En svær beslutning", asked("svær beslutning", "da"))
    assert not holds_all("En svær beslutning", asked("svær hørte", "da"))


@pytest.mark.parametrize("query", ["", " ", "?!", "🎈", "<>&\"'"])
def test_query_without_words_finds_nothing(query: str) -> None:
    assert asked(query, "da") == []
    assert Index({"x": ["alt muligt"]}, "da").find(asked(query, "da")) == set()


def test_very_long_query_is_cut() -> None:
    assert len(asked("ord " * 100_000 + "sidst", "da")) == 1
    assert asked("b" * 100_000, "da")[0].word == "b" * QUERY_LIMIT


@given(st.text(max_size=120), st.text(max_size=30), st.sampled_from(["da", "en"]))
def test_pieces_are_the_text_and_only_words_are_marked(text: str, query: str, language: str) -> None:
    found = pieces(text, asked(query, language))
    assert "".join(piece for piece, _hit in found) == unicodedata.normalize("NFC", text)
    assert all(list(words(piece)) for piece, hit in found if hit)


@given(
    st.lists(st.sampled_from(["retning", "følgeskab", "svær", "tillid", "æble", "øre", "å"]), min_size=1, max_size=6)
)
def test_every_text_is_found_by_each_of_its_own_words(said: list[str]) -> None:
    text = " ".join(said)
    assert all(finds(word, text) for word in said)


@pytest.mark.parametrize("language", ["da", "en"])
@given(data=st.data())
def test_any_word_finds_itself(language: str, data: st.DataObject) -> None:
    text = data.draw(st.text(min_size=1, max_size=60))
    assert all(finds(word, text, language) for word in words(text) if len(word) <= QUERY_LIMIT)


def test_pieces_mark_the_whole_word_and_leave_signs_alone() -> None:
    assert pieces("<b>Ledelsen</b> & co.", asked("ledelse", "da")) == [
        ("<b>", False),
        ("Ledelsen", True),
        ("</b> & co.", False),
    ]


def test_excerpt_cuts_between_words_around_the_first_hit() -> None:
    text = (
        "Først noget langt om ingenting " * 8 + "så sygefraværet nævnes " + "og derefter mere om alt muligt andet " * 8
    )
    found = excerpt(text, asked("fravær", "da"))
    said = "".join(piece for piece, _hit in found)
    assert [piece for piece, hit in found if hit] == ["sygefraværet"]
    assert said.startswith("… ")
    assert said.endswith(" …")
    assert len(said) < 180
    assert set(said.split()) <= {*text.split(), "…"}
    assert excerpt(text, asked("budget", "da")) == []
    assert excerpt("Kort om fravær", asked("fravær", "da")) == [("Kort om ", False), ("fravær", True)]
