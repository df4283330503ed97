"""Who else stands in a text: others are found however they are written, everyday words are not."""

from __future__ import annotations

import pytest

from recruit.candidates.mentions import CANDIDATE, MEMBER, Names, Someone, blanked
from recruit.decisions.rules import sentences

OTHERS = [
    Someone(CANDIDATE, "K2", "Mikkel Ørsted", "mikkel@mail.example"),
    Someone(CANDIDATE, "K3", "Anne Nør"),
    Someone(CANDIDATE, "4", "Bo Lund"),
    Someone(MEMBER, "", "Karen von Holm", "karen@odder.example"),
]
NAMES = Names(OTHERS, "Anne Bech", "K1")


@pytest.mark.parametrize(
    ("text", "found", "sure"),
    [
        ("Bedre end Mikkel Ørsted på alt.", "Mikkel Ørsted", True),
        ("bedre end MIKKEL OERSTED", "MIKKEL OERSTED", True),
        ("Ligesom k2 sagde.", "k2", True),
        ("K2's svar", "K2's", True),
        ("Mikkels svar", "Mikkels", False),
        ("Mik\u00adkel sagde", "Mik\u00adkel", False),
        ("Nør-modellen", "Nør", False),
        ("skriv til mikkel@mail.example.", "mikkel@mail.example", True),
        ("Kandidat 4 var tydelig.", "4", True),
        ("Bo sagde noget andet.", "Bo", False),
        ("Karen von Holm spurgte.", "Karen von Holm", True),
    ],
)
def test_others_are_found_however_they_are_written(text: str, found: str, sure: bool) -> None:
    mentions = NAMES.find(text)
    assert [(item.text, item.sure) for item in mentions] == [(found, sure)]
    assert text[mentions[0].start : mentions[0].end] == found


@pytest.mark.parametrize(
    "text",
    [
        "Anne Bech, K1, fortalte.",
        "24 børn og 4 voksne skal bo der.",
        "En lund ved en holm.",
        "von og af",
        "K21 og AK2",
        "",
    ],
)
def test_own_name_and_everyday_words_are_no_mention(text: str) -> None:
    assert NAMES.find(text) == []


def test_sentence_about_others_is_left_out_whole_and_the_rest_is_kept() -> None:
    text = "Holdt tre møder.\nVar bedre end K2. Hjalp de andre huse. Klart stærkest af ansøgerne. Slut"
    pieces = blanked(text, NAMES, ["tre  MØDER"], sentences(text))
    assert "".join(piece.text for piece in pieces) == text
    kept = "".join(piece.text for piece in pieces if not piece.why)
    assert kept == "Holdt .\n Hjalp de andre huse.  Slut"


def test_text_about_the_field_keeps_only_what_names_the_one_it_is_about() -> None:
    own = Names([Someone(CANDIDATE, "K1", "Anne Bech")])
    text = "Hun er den rette. K1 var tydelig. K1 bør vælges frem for K2."
    pieces = blanked(text, NAMES, [], sentences(text), own)
    assert [piece.text.strip() for piece in pieces if not piece.why and piece.text.strip()] == ["K1 var tydelig."]
