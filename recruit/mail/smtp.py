"""Talking to a mail server: one letter made of a message, and one connection for as many as there are."""

from __future__ import annotations

import re
import smtplib
import ssl
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from types import TracebackType
from typing import Any
from urllib.parse import urlsplit

from recruit.mail.rules import ADDRESS, BUSY, CONNECTION, RECIPIENT, REFUSED, SECURITY, SENDER, SIGN_IN

PATIENCE = 15  # seconds, for each answer of the server
CALENDAR_FILE = "samtaler.ics"


@dataclass(frozen=True)
class Letter:
    """What stands on the envelope. `number` and `written_at` make the Message-ID, the same at every attempt."""

    number: int
    written_at: datetime
    recipient: str
    subject: str


def compose(letter: Letter, body: str, calendar: str, *, sender: str, host: str) -> EmailMessage:
    """Plain text in UTF-8, marked as written by a machine (RFC 3834), with the calendar file beside it if there is one.

    Raises ValueError for an address that no header can hold.
    """
    message = EmailMessage()
    message["From"] = sender
    message["To"] = letter.recipient
    message["Subject"] = letter.subject
    message["Date"] = letter.written_at
    # Whoever gets it twice, after a server died between sending and noting it, sees it once.
    message["Message-ID"] = f"<recruit-{letter.number}-{letter.written_at:%Y%m%d%H%M%S}@{host}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(body, charset="utf-8", cte="quoted-printable")
    if calendar:
        method = re.search(r"^METHOD:(\w+)", calendar, re.MULTILINE)  # the two must agree: RFC 6047, section 2.4
        message.add_attachment(
            calendar.encode(),
            maintype="text",
            subtype="calendar",
            filename=CALENDAR_FILE,
            params={"charset": "utf-8"} | ({"method": method[1]} if method else {}),
        )
    return message


class Mailbox:
    """A connection to the mail server, opened at the first letter, and again after one that broke it."""

    def __init__(self, config: Mapping[str, Any]) -> None:
        self.config = config
        self.host = urlsplit(config["BASE_URL"]).hostname or "localhost"
        self.connection: smtplib.SMTP | None = None

    def __enter__(self) -> Mailbox:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._close()

    def send(self, letter: Letter, body: str, calendar: str) -> str:
        """Sends one letter. Returns the code of what went wrong (see `rules.FAILURES`), empty when nothing did."""
        try:
            message = compose(letter, body, calendar, sender=self.config["MAIL_FROM"], host=self.host)
        except ValueError:
            return ADDRESS
        failure = self._try(message)
        if failure:
            self._close()
        return failure

    def _try(self, message: EmailMessage) -> str:
        try:
            if self.connection is None:
                self.connection = self._connect()
            self.connection.send_message(message)
        except smtplib.SMTPAuthenticationError:
            return SIGN_IN
        except smtplib.SMTPSenderRefused:
            return SENDER
        except smtplib.SMTPRecipientsRefused as refused:
            codes = [code for code, _words in refused.recipients.values()]
            return RECIPIENT if all(code >= 500 for code in codes) else BUSY
        except smtplib.SMTPDataError as refused:
            return REFUSED if refused.smtp_code >= 500 else BUSY
        except smtplib.SMTPNotSupportedError:
            # Without a connection it was TLS that the server lacks; with one, letters beyond ASCII.
            return SECURITY if self.connection is None else ADDRESS
        except ssl.SSLError:
            return SECURITY
        except (smtplib.SMTPException, OSError):
            return CONNECTION
        return ""

    def _connect(self) -> smtplib.SMTP:
        config, secure = self.config, ssl.create_default_context()
        place = {"host": config["SMTP_HOST"], "port": config["SMTP_PORT"], "local_hostname": self.host}
        security = config["SMTP_SECURITY"]
        connection = (
            smtplib.SMTP_SSL(**place, timeout=PATIENCE, context=secure)
            if security == "tls"
            else smtplib.SMTP(**place, timeout=PATIENCE)
        )
        try:
            if security == "starttls":
                connection.starttls(context=secure)
            if config["SMTP_USER"]:
                _sign_in(connection, config["SMTP_USER"], config["SMTP_PASSWORD"])
        except BaseException:
            connection.close()
            raise
        return connection

    def _close(self) -> None:
        if self.connection is not None:
            with suppress(smtplib.SMTPException, OSError):
                self.connection.quit()
            self.connection.close()
            self.connection = None


def _sign_in(connection: smtplib.SMTP, user: str, password: str) -> None:
    """Raises SMTPAuthenticationError, also where the server knows no way of signing in that we do."""
    try:
        connection.login(user, password)
    except smtplib.SMTPServerDisconnected:
        raise
    except smtplib.SMTPException as refused:
        raise smtplib.SMTPAuthenticationError(535, str(refused)) from refused
