"""Where the pieces of an ad came from, also after somebody has edited them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from recruit.profiles.ads.presentation import compare
from recruit.profiles.ads.rules import CRITERION, PHRASE, PROFILE, Line
from recruit.profiles.ads.sources import naming, pieces

LINES = [
    Line("Vi lægger vægt på dette:", PHRASE),
    Line("Du sætter en tydelig retning, som andre vælger at følge.", CRITERION, "performance.2", item=True),
    Line("Børn skal trives.", PROFILE, "purpose"),
]


def test_what_stands_as_composed_keeps_its_source() -> None:
    found = list(pieces("Børn skal trives. Vi lægger vægt på dette:\n\n- " + LINES[1].text, LINES))
    assert [{source.line.kind for source in piece.sources} for piece in found] == [{PROFILE, PHRASE}, {CRITERION}]
    assert [piece.own for piece in found] == [False, False]


def test_edited_sentence_is_still_known_and_a_new_one_is_ones_own() -> None:
    text = (
        "- Du sætter en klar retning, som andre vælger at følge.\n- Du kan lide regnvejr.\n\nBørn skal trives. Altid."
    )
    edited, own, both = pieces(text, LINES)
    assert [(source.line.key, source.edited) for source in edited.sources] == [("performance.2", True)]
    assert (own.sources, own.own) == ((), True)
    assert [source.line.key for source in both.sources] == ["purpose"]
    assert both.own


def test_criteria_that_are_not_named_and_names_that_are_no_criteria() -> None:
    found = list(pieces("- " + LINES[1].text, LINES))
    assert naming(found, ["performance.2"], []).unnamed == ()
    assert naming(found, ["compliance.4"], []) == naming(found, ["compliance.4"], ["x"])
    names = naming(found, ["compliance.4"], [])
    assert (names.unnamed, names.stale) == (("compliance.4",), ("performance.2",))
    assert naming(found, ["compliance.4"], ["compliance.4"]).unnamed == ()


TEXT = st.text(alphabet="ab \n.", max_size=60)


@given(TEXT, TEXT)
def test_comparison_holds_both_texts_whole(old: str, new: str) -> None:
    left, right = compare(old, new)
    assert "".join(words for _differs, words in left) == old
    assert "".join(words for _differs, words in right) == new
    if old == new:
        assert not any(differs for differs, _words in left)
