"""How much room text takes on paper, roughly: enough to say how many ruled lines a page still holds."""

from __future__ import annotations

import math

PAGE_CM = 24.9  # an upright A4 page between its margins
NOTE_LINE_CM = 0.9
CM_PER_POINT = 2.54 / 72
# In parts of the font's size: an average letter of Calibri with what is lost at the ends of lines, and a line.
LETTER, LINE = 0.43, 1.31


def text_height(text: str, width_cm: float, points: float = 11) -> float:
    """Centimetres that `text` takes, wrapped to `width_cm`; a newline begins a new line."""
    letters = max(1, int(width_cm / (points * CM_PER_POINT * LETTER)))
    lines = sum(max(1, math.ceil(len(line) / letters)) for line in text.split("\n"))
    return lines * points * CM_PER_POINT * LINE


def note_lines_left(used_cm: float, fewest: int, most: int) -> int:
    """How many ruled lines fill the last page of something that takes `used_cm` besides them."""
    pages = math.ceil((used_cm + fewest * NOTE_LINE_CM) / PAGE_CM)
    return max(fewest, min(most, int((pages * PAGE_CM - used_cm) / NOTE_LINE_CM)))
