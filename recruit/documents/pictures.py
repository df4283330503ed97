"""Turns the project's own SVG charts into PNG for Word."""

from pathlib import Path

import resvg_py

FONT_FOLDER = Path(__file__).resolve().parent.parent / "static" / "built" / "fonts"
FONT_FAMILY = "IBM Plex Sans"
FONT_FILES = ("IBMPlexSans-Regular.ttf", "IBMPlexSans-SemiBold.ttf")


class FontsMissing(RuntimeError):
    """The picture's font files are not there, so its text would silently be left out."""


def svg_to_png(svg: str, width_px: int, fonts: Path = FONT_FOLDER) -> bytes:
    """The picture as PNG, `width_px` pixels wide, its height in proportion.

    Draws with the font files in the folder `fonts` and never with the machine's own, so that the same SVG gives the
    same bytes everywhere. Raises FontsMissing when a font file is not there, ValueError when `svg` cannot be drawn.
    """
    if width_px < 1:
        raise ValueError(f"a picture is at least one pixel wide, not {width_px}")
    files = [fonts / name for name in FONT_FILES]
    missing = [file.name for file in files if not file.is_file()]
    if missing:
        raise FontsMissing(f"{', '.join(missing)} not found in {fonts}: build the front end first")
    return resvg_py.svg_to_bytes(
        svg_string=svg,
        width=width_px,
        background="#ffffff",  # pixels that are not seen through take a third less time and room
        skip_system_fonts=True,
        font_files=[str(file) for file in files],
        font_family=FONT_FAMILY,
        sans_serif_family=FONT_FAMILY,
    )
