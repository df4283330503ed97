"""Files on their way out: safe names, right types."""

from __future__ import annotations

import io
import re
import unicodedata

from flask import Response, send_file

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
DANISH_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "Æ": "Ae", "Ø": "Oe", "Å": "Aa"})


def file_name(*parts: str) -> str:
    """A name that every file system keeps: letters, digits and hyphens, at most 80 characters."""
    plain = unicodedata.normalize("NFKD", " ".join(parts).translate(DANISH_LETTERS)).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9]+", "-", plain).strip("-")[:80] or "recruit"


def word_download(content: bytes, *parts: str) -> Response:
    """A Word file as a download."""
    return send_file(io.BytesIO(content), mimetype=WORD, as_attachment=True, download_name=f"{file_name(*parts)}.docx")
