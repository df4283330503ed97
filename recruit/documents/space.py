"""How much room text takes on paper: enough to say how many ruled lines a page still holds."""

from __future__ import annotations

import math
from collections.abc import Iterable

PAGE_CM = 24.9  # an upright A4 page between its margins
NOTE_LINE_CM = 0.82
CM_PER_POINT = 2.54 / 72
LINE = 1.2207  # a line of Calibri and of Carlito, in parts of the font's size
BOLD = 1.02  # how much wider bold letters are

# Widths of letters in Calibri and Carlito, in parts of the font's size: measured, and gathered where they are close.
_WIDTHS = {
    0.23: " \u00a0il'",
    0.25: "j,.I’‘·",
    0.28: ":;",
    0.31: "()-[]f{}`J",
    0.34: "!tr",
    0.39: '/\\sz"',
    0.42: "Lcx“”",
    0.46: "kvy?FS|Zg",
    0.48: "aåETY",
    0.5: "#*+<=>^_e~é–•§",
    0.51: "$0123456789«»KPX",
    0.53: "bdhnopquøüöCBR",
    0.58: "VAÅ",
    0.63: "DHGUN",
    0.67: "OØQ½&…",
    0.74: "%wÆæ",
    0.82: "mM",
    0.9: "@W—",
}
LETTER_WIDTHS = {letter: width for width, letters in _WIDTHS.items() for letter in letters}
OTHER_WIDTH, WIDE_WIDTH, WIDE_FROM = 0.58, 1.1, 0x1100  # other alphabets; signs of East Asia and pictures
MAY_PART_AFTER = " -–"


def letter_width(letter: str, points: float, *, bold: bool = False) -> float:
    """The width of a letter in centimetres."""
    width = LETTER_WIDTHS.get(letter) or (WIDE_WIDTH if ord(letter) >= WIDE_FROM else OTHER_WIDTH)
    return width * points * CM_PER_POINT * (BOLD if bold else 1)


def line_count(letters: Iterable[tuple[str, float]], width_cm: float) -> int:
    """The lines that letters with their widths in centimetres make. Words move whole; a newline begins a new line."""
    lines, line, word = 1, 0.0, 0.0
    for letter, width in letters:
        if letter == "\n":
            lines, line, word = lines + 1, 0.0, 0.0
            continue
        if line + width > width_cm and letter != " ":
            lines += 1
            # A word longer than a line is parted.
            line = word = 0.0 if word >= line else word
        line += width
        word = 0.0 if letter in MAY_PART_AFTER else word + width
    return lines


def note_lines_left(used_cm: float, fewest: int, most: int, page_cm: float = PAGE_CM) -> int:
    """How many ruled lines fill the last page of something that takes `used_cm` besides them."""
    pages = math.ceil((used_cm + fewest * NOTE_LINE_CM) / page_cm)
    return max(fewest, min(most, int((pages * page_cm - used_cm) / NOTE_LINE_CM)))
