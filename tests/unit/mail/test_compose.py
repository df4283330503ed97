from __future__ import annotations

from datetime import UTC, datetime
from email import message_from_bytes, policy

import pytest

from recruit.mail.smtp import Letter, compose

LETTER = Letter(7, datetime(2026, 11, 24, 9, 0, tzinfo=UTC), "aase@odder.example", "Æbler på Ærø")
BODY = "Kære Åse\n\nhttps://odder.example/link/" + "x" * 90 + "?next=/recruitments/2\n\n.\nVenlig hilsen"


def test_letter_reads_back_as_it_was_written() -> None:
    message = compose(LETTER, BODY, "", sender="Børn og Unge <hr@odder.example>", host="odder.example")
    raw = message.as_bytes(policy=policy.SMTP)
    raw.decode("ascii")  # nothing that a server without 8BITMIME could not carry
    assert max(len(line) for line in raw.split(b"\r\n")) <= 78
    back = message_from_bytes(raw, policy=policy.default)
    assert back.get_content().replace("\r\n", "\n") == BODY + "\n"
    assert back.get_content_type() == "text/plain"
    assert (back["Subject"], back["From"]) == ("Æbler på Ærø", "Børn og Unge <hr@odder.example>")
    assert back["Auto-Submitted"] == "auto-generated"
    assert back["Message-ID"] == "<recruit-7-20261124090000@odder.example>"


def test_calendar_goes_along_as_a_file_of_its_own() -> None:
    calendar = "BEGIN:VCALENDAR\r\nMETHOD:PUBLISH\r\nSUMMARY:Samtale K3, Børnehus\r\nEND:VCALENDAR\r\n"
    message = compose(LETTER, BODY, calendar, sender="hr@odder.example", host="odder.example")
    back = message_from_bytes(message.as_bytes(policy=policy.SMTP), policy=policy.default)
    text, file = back.iter_parts()
    assert text.get_content().replace("\r\n", "\n") == BODY + "\n"
    assert (file.get_content_type(), file.get_filename()) == ("text/calendar", "samtaler.ics")
    assert file["Content-Type"].params["method"] == "PUBLISH"
    assert file.get_payload(decode=True) == calendar.encode()


@pytest.mark.parametrize("recipient", ["a@b.example\nBcc: x@y.example", "a@b.example\r\n\r\ntekst"])
def test_no_header_is_smuggled_in(recipient: str) -> None:
    letter = Letter(7, LETTER.written_at, recipient, "x")
    with pytest.raises(ValueError):
        compose(letter, BODY, "", sender="hr@odder.example", host="odder.example")
