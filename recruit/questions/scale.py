"""The scale 1–5: what its steps are called, and the one hue they have on paper."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from recruit.documents.word import Cell, Text

SCALE = {
    1: _l("Slet ikke"),
    2: _l("I ringe grad"),
    3: _l("I nogen grad"),
    4: _l("I høj grad"),
    5: _l("I meget høj grad"),
}
# From light to dark, with ink that reads at 4.5:1.
HEAT = {1: "#f1f5f5", 2: "#cfe2e4", 3: "#9cc5c9", 4: "#387983", 5: "#0b5560"}
WHITE, BLACK = "#ffffff", "#1b1f23"
LIGHT_INK_FROM = 4
BOX = "☐"  # to tick by hand


def heat_cell(step: int, text: Text, *, outline: str | None = None) -> Cell:
    """A cell in the colour of a step of the scale."""
    ink = WHITE if step >= LIGHT_INK_FROM else BLACK
    return Cell(text, fill=HEAT[step], colour=ink, align="center", outline=outline)
