from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruit.documents.space import NOTE_LINE_CM, letter_width, line_count, note_lines_left


def lines(text: str, width: float) -> int:
    """Every letter one centimetre wide."""
    return line_count(((letter, 1.0) for letter in text), width)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 1),
        ("abcde", 1),
        ("abcdef", 2),  # a word longer than a line is parted
        ("abcdefghijk", 3),
        ("ab cd", 1),
        ("abc def", 2),
        ("abcde ", 1),  # a space never begins a line
        ("abcde fg", 2),
        ("ab-cdef", 2),
        ("a\nb", 2),
        ("a\n\nb\n", 4),
        ("ab cdefg hi", 3),
    ],
)
def test_lines_move_words_whole(text: str, count: int) -> None:
    assert lines(text, 5.0) == count


@given(st.text(max_size=200), st.floats(1, 30))
def test_lines_are_never_fewer_than_the_letters_need(text: str, width: float) -> None:
    counted = lines(text, width)
    assert text.count("\n") + 1 <= counted <= text.count("\n") + 1 + len(text)
    assert lines(text, width + 5) <= counted


def test_letters_are_as_wide_as_they_look() -> None:
    assert letter_width("i", 11) < letter_width("a", 11) < letter_width("m", 11) < letter_width("W", 11)
    assert letter_width("a", 11, bold=True) > letter_width("a", 11)
    assert letter_width("🎈", 10) > letter_width("ש", 10) > 0


@pytest.mark.parametrize(
    ("used", "fewest", "most", "count"),
    [(20.0, 3, 30, 5), (20.0, 3, 4, 4), (24.0, 3, 30, 30), (24.0, 3, 12, 12), (0.0, 3, 100, 30)],
)
def test_ruled_lines_fill_the_page_or_the_next(used: float, fewest: int, most: int, count: int) -> None:
    assert round(24.9 / NOTE_LINE_CM) == 30
    assert note_lines_left(used, fewest, most) == count


def test_ruled_lines_follow_the_height_of_the_page() -> None:
    assert note_lines_left(20, 3, 30, 20 + 10 * NOTE_LINE_CM + 0.1) == 10
