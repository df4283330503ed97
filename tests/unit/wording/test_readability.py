"""LIX against counts by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruit.wording.readability import Counts, count
from recruit.wording.text import cut

# text; words, sentences and long words (more than six letters, named behind), all counted by hand
BY_HAND = [
    ("Du leder huset. Vi hjælper dig.", 6, 2, 1),  # hjælper
    ("Fristen er den 17. maj kl. 14.30.", 7, 1, 1),  # Fristen
    ("Vi tilbyder bl.a. kaffe, te m.m.", 6, 1, 1),  # tilbyder
    ("Vi har frugt m.m. Du er leder.", 7, 2, 0),
    # chefen, jobbet and budget have six letters; ledelse, medarbejdere, refererer
    ("Om jobbet\n- ledelse af 12 medarbejdere\n- budget\nDu refererer til chefen.", 11, 1, 3),
    ("Skriv til lise.holm@odder.dk eller se www.odder.dk.", 6, 1, 2),  # the two addresses
    ("1. samtale er i uge 20, 2. samtale i uge 21.", 11, 1, 2),  # samtale twice
    ("Kommunen har 1.250 ansatte og 3,5 mia. kr. i budget!", 10, 1, 2),  # Kommunen, ansatte
    ("Leder søges", 2, 1, 0),
    ("Hvorfor os? Fordi … vi lytter! Og så: a-kasse, og/eller fri.", 11, 3, 1),  # Hvorfor; a-kasse has six letters
    ("Du bliver leder for Børn, Unge og Kultur. Du får 85 kolleger i 4 huse.", 15, 2, 1),  # kolleger
    ("You lead e.g. three units. We meet at 9 a.m. on Mondays.", 12, 2, 1),  # Mondays
    ("Løn efter aftale, jf. pkt. 4.\n\nSøg inden 1. marts.", 10, 2, 0),
    ("Vi er 17. Du bliver nr. 18.", 7, 2, 0),
    ('Spørg "Hvorfor?" og lyt.', 4, 1, 1),  # Hvorfor
    ("Ring til HR. Vi svarer.", 5, 2, 0),
    ("Vi giver frugt m.m.\r\n\r\nDu giver tid.", 7, 2, 0),
    ("Huset har\n- kaffe, te m.m.\n- en have\nog du er leder.", 11, 2, 0),
    ("17-årige, 25–35 og 2026/27: alt tæller med.", 7, 1, 0),  # årige has five letters
    ("Lad os se… Så er vi der. – og her ...", 9, 3, 0),
    ("Arbejdsmiljørepræsentanten koordinerer.", 2, 1, 2),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "sentences", "long_words"), BY_HAND)
def test_counts_are_those_made_by_hand(text: str, words: int, sentences: int, long_words: int) -> None:
    found = count(cut(text))
    assert found == Counts(words, sentences, long_words)
    assert found.lix == pytest.approx(words / sentences + 100 * long_words / words, abs=1e-12)


def test_lix_of_the_first_example_by_hand() -> None:
    assert count(cut(BY_HAND[0][0])).lix == pytest.approx(3 + 100 / 6)


@pytest.mark.parametrize("text", ["", " \n\t", "– • …", "..."])
def test_text_without_words_has_no_lix(text: str) -> None:
    assert count(cut(text)).lix is None


def test_only_letters_make_a_word_long() -> None:
    assert count(cut("1.250.000 12-34-56-78 syv-syv sekser syvende.")).long_words == 1


@given(st.text())
def test_counts_hang_together(text: str) -> None:
    found = count(cut(text))
    assert 0 <= found.long_words <= found.words
    assert found.sentences >= 1
    assert found.words == 0 or found.sentences <= found.words


@given(
    st.lists(
        st.sampled_from(["Du leder huset.", "Vi hjælper dig, bl.a. med kaffe!", "Hvorfor?"]), min_size=1, max_size=8
    )
)
def test_whole_sentences_add_up(parts: list[str]) -> None:
    whole, each = count(cut(" ".join(parts))), [count(cut(part)) for part in parts]
    assert whole == Counts(
        *(sum(getattr(part, name) for part in each) for name in ("words", "sentences", "long_words"))
    )
