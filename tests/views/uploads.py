"""Uploads as a browser sends them. Werkzeug's own encoder leaves files open behind large ones."""

from __future__ import annotations

from typing import Any

BOUNDARY = "recruit-tests"


def upload(field: str, *files: tuple[str, bytes]) -> dict[str, Any]:
    """What a test client's `post` takes to send the files (name, content) in one field."""
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{field}"; filename="{quoted(name)}"\r\n'
        "Content-Type: application/octet-stream\r\n\r\n".encode()
        + content
        + b"\r\n"
        for name, content in files
    ]
    body = b"".join(parts) + f"--{BOUNDARY}--\r\n".encode()
    return {"data": body, "content_type": f"multipart/form-data; boundary={BOUNDARY}"}


def quoted(name: str) -> str:
    return name.replace('"', "%22")
