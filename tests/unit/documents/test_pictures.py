import struct
from pathlib import Path

import pytest

from recruit.documents.pictures import FONT_FILES, FONT_FOLDER, FontsMissing, svg_to_png

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 50">{}</svg>'
TEXT = '<text x="5" y="30" font-family="{}" font-weight="{}">Ledelsesgrundlag æøå 3,88</text>'


def _size(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def test_picture_is_as_wide_as_asked_in_proportion() -> None:
    assert _size(svg_to_png(SVG.format(""), 400)) == (400, 100)


def test_picture_drawn_twice_is_the_same_bytes() -> None:
    svg = SVG.format(TEXT.format("IBM Plex Sans", 400))
    assert svg_to_png(svg, 800) == svg_to_png(svg, 800)


def test_picture_text_is_drawn_with_the_projects_font_in_both_weights() -> None:
    empty, regular, semibold = (
        svg_to_png(SVG.format(content), 400)
        for content in ("", TEXT.format("IBM Plex Sans", 400), TEXT.format("IBM Plex Sans", 600))
    )
    assert len({empty, regular, semibold}) == 3
    assert svg_to_png(SVG.format(TEXT.format("sans-serif", 400)), 400) == regular


def test_picture_never_uses_the_fonts_of_the_machine() -> None:
    families = ("DejaVu Sans", "Carlito", "No Such Font")
    assert len({svg_to_png(SVG.format(TEXT.format(family, 400)), 400) for family in families}) == 1


def test_picture_without_a_font_file_says_which(tmp_path: Path) -> None:
    regular, semibold = FONT_FILES
    (tmp_path / regular).write_bytes((FONT_FOLDER / regular).read_bytes())
    with pytest.raises(FontsMissing, match=semibold) as refused:
        svg_to_png(SVG.format(""), 100, tmp_path)
    assert regular not in str(refused.value)


@pytest.mark.parametrize("svg", ["", "no picture", "<svg"])
def test_picture_that_cannot_be_drawn_is_refused(svg: str) -> None:
    with pytest.raises(ValueError):
        svg_to_png(svg, 100)


@pytest.mark.parametrize("width", [0, -5])
def test_picture_without_width_is_refused(width: int) -> None:
    with pytest.raises(ValueError, match="one pixel"):
        svg_to_png(SVG.format(""), width)
