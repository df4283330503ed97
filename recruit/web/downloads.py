"""Files on their way out: safe names, right types."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterator
from typing import IO

from flask import Response, send_file

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PIECE = 65_536  # bytes
DANISH_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "Æ": "Ae", "Ø": "Oe", "Å": "Aa"})


def file_name(*parts: str) -> str:
    """A name that every file system keeps: letters, digits and hyphens, at most 80 characters."""
    plain = unicodedata.normalize("NFKD", " ".join(parts).translate(DANISH_LETTERS)).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9]+", "-", plain).strip("-")[:80] or "recruit"


def word_download(content: bytes, *parts: str) -> Response:
    """A Word file as a download."""
    return send_file(io.BytesIO(content), mimetype=WORD, as_attachment=True, download_name=f"{file_name(*parts)}.docx")


def excel_download(content: bytes, *parts: str) -> Response:
    """An Excel file as a download."""
    return send_file(io.BytesIO(content), mimetype=EXCEL, as_attachment=True, download_name=f"{file_name(*parts)}.xlsx")


def archive_download(file: IO[bytes], *parts: str) -> Response:
    """A zip, open at its beginning, as a download, piece by piece; the file is closed at the end of it."""

    def pieces() -> Iterator[bytes]:
        with file:
            while piece := file.read(PIECE):
                yield piece

    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    answer = Response(pieces(), mimetype="application/zip")
    answer.headers.set("Content-Disposition", "attachment", filename=f"{file_name(*parts)}.zip")
    answer.content_length = size
    return answer


def calendar_download(content: str, *parts: str) -> Response:
    """A calendar file as a download."""
    file = io.BytesIO(content.encode())
    return send_file(file, mimetype="text/calendar", as_attachment=True, download_name=f"{file_name(*parts)}.ics")
