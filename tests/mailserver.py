"""A real mail server on this machine, which keeps what it is given, or refuses it."""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session
from browser.server import free_port

from recruit.config import mail_settings

# Self-signed for localhost, until 2120; its key protects nothing.
CERTIFICATE = Path(__file__).parent / "certificates" / "localhost.pem"
USER, PASSWORD = "rekruttering", "et godt ord"


class Handler:
    """Answers for the recipients and the text of a message; both may be set by a test. aiosmtpd names its methods."""

    def __init__(self, *, signs_in: bool) -> None:
        self.signs_in = signs_in
        self.letters: list[EmailMessage] = []
        self.raw: list[bytes] = []
        self.refused: dict[str, str] = {}  # recipient -> answer
        self.answer = "250 OK"
        self.delay = 0.0
        self.lock = threading.Lock()

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: Any) -> str:  # noqa: N802
        if self.signs_in and not session.authenticated:
            return "530 sign in first"
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        time.sleep(self.delay)
        if self.answer.startswith("250"):
            content = envelope.original_content or b""
            letter = message_from_bytes(content, policy=policy.default)
            assert isinstance(letter, EmailMessage)
            with self.lock:
                self.raw.append(content)
                self.letters.append(letter)
        return self.answer

    def recipients(self) -> list[str]:
        return sorted(str(letter["To"]) for letter in self.letters)


class Post(Controller):
    """The server. `settings` is what `recruit` is to be told of it."""

    def __init__(self, security: str = "none", *, signs_in: bool = False) -> None:
        self.letters = Handler(signs_in=signs_in)
        self.security, self.signs_in = security, signs_in
        self.secure = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        self.secure.load_cert_chain(CERTIFICATE)
        context = self.secure if security == "tls" else None
        super().__init__(self.letters, hostname="127.0.0.1", port=free_port(), ssl_context=context)

    def factory(self) -> SMTP:
        return SMTP(
            self.handler,
            hostname="localhost",
            tls_context=self.secure if self.security == "starttls" else None,
            require_starttls=self.security == "starttls",
            authenticator=self._authenticate if self.signs_in else None,
            auth_require_tls=self.security == "starttls",
        )

    def _authenticate(self, server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        right = (data.login, data.password) == (USER.encode(), PASSWORD.encode())
        return AuthResult(success=right, handled=right)

    def settings(self, **more: str) -> dict[str, str]:
        told = {
            "RECRUIT_SMTP_HOST": "127.0.0.1",
            "RECRUIT_SMTP_PORT": str(self.port),
            "RECRUIT_SMTP_SECURITY": self.security,
            "RECRUIT_MAIL_FROM": "Odder Kommune <rekruttering@odder.example>",
        }
        if self.signs_in:
            told |= {"RECRUIT_SMTP_USER": USER, "RECRUIT_SMTP_PASSWORD": PASSWORD}
        return told | more


@contextmanager
def post(security: str = "none", *, signs_in: bool = False) -> Iterator[Post]:
    server = Post(security, signs_in=signs_in)
    server.start()
    try:
        yield server
    finally:
        server.stop()


def nowhere(**more: str) -> dict[str, Any]:
    """Settings of a mail server that nothing listens at: what is queued stays queued."""
    told = {
        "RECRUIT_SMTP_HOST": "127.0.0.1",
        "RECRUIT_SMTP_PORT": str(free_port()),
        "RECRUIT_SMTP_SECURITY": "none",
        "RECRUIT_MAIL_FROM": "rekruttering@odder.example",
    }
    return mail_settings(told | more)
