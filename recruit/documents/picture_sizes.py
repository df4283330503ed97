"""How many pixels a picture has, read from its head without unpacking it: a small file can hold a huge picture."""

from __future__ import annotations

from struct import error, unpack, unpack_from

# Start of frame, which holds the size: C0 to CF but for the tables that share those numbers.
FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
STANDALONE = frozenset((0x01, *range(0xD0, 0xD9)))  # markers of JPEG without a length
TIFF_WIDTH, TIFF_HEIGHT, TIFF_SHORT = 256, 257, 3


def pixels(content: bytes, kind: str) -> int:
    """Width times height of a picture. `kind` is png, jpeg, gif, bmp or tiff. Raises ValueError for a broken one."""
    try:
        width, height = READERS[kind](content)
    except (error, IndexError) as broken:
        raise ValueError("the picture ends before its size") from broken
    return abs(width * height)


def _png(content: bytes) -> tuple[int, int]:
    if content[12:16] != b"IHDR":
        raise ValueError("a PNG begins with its size")
    return unpack_from(">II", content, 16)


def _gif(content: bytes) -> tuple[int, int]:
    return unpack_from("<HH", content, 6)


def _bmp(content: bytes) -> tuple[int, int]:
    return unpack_from("<ii", content, 18)  # a negative height is drawn from the top


def _jpeg(content: bytes) -> tuple[int, int]:
    """The first frame's size."""
    at = 2
    while True:
        if content[at] != 0xFF:
            raise ValueError("a JPEG is made of segments")
        marker = content[at + 1]
        if marker == 0xFF:  # filling
            at += 1
        elif marker in STANDALONE:
            at += 2
        elif marker in FRAMES:
            height, width = unpack_from(">HH", content, at + 5)
            return width, height
        else:
            (length,) = unpack(">H", content[at + 2 : at + 4])
            at += 2 + length


def _tiff(content: bytes) -> tuple[int, int]:
    order = "<" if content[:1] == b"I" else ">"
    (start,) = unpack_from(f"{order}I", content, 4)
    (count,) = unpack_from(f"{order}H", content, start)
    found = {}
    for place in range(count):
        entry = start + 2 + 12 * place
        tag, kind = unpack_from(f"{order}HH", content, entry)
        (found[tag],) = unpack_from(f"{order}{'H' if kind == TIFF_SHORT else 'I'}", content, entry + 8)
    if not {TIFF_WIDTH, TIFF_HEIGHT} <= set(found):
        raise ValueError("a TIFF says its size")
    return found[TIFF_WIDTH], found[TIFF_HEIGHT]


READERS = {"png": _png, "gif": _gif, "bmp": _bmp, "jpeg": _jpeg, "tiff": _tiff}
