"""Settings. Every one has a default that works on a single machine; an environment variable changes it."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Mapping
from email.utils import parseaddr
from pathlib import Path
from typing import Any

from recruit.datafiles import data_dir

SUPPORTED_LANGUAGES = ("da", "en")
BRAND_COLOUR = "#0b5560"
# The usual port of each way of talking to a mail server.
SMTP_PORTS = {"starttls": 587, "tls": 465, "none": 25}
READABLE = 4.5  # WCAG 2.2, 1.4.3: the contrast that text needs


class FaultySetting(Exception):
    """A setting cannot be used. The message names it and says what it must be."""


def settings(environ: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """Flask's configuration, made from the environment. Raises FaultySetting."""
    instance = Path(environ.get("RECRUIT_INSTANCE", "instance")).resolve()
    colour = environ.get("RECRUIT_BRAND_COLOUR", BRAND_COLOUR).lower()
    if not re.fullmatch(r"#[0-9a-f]{6}", colour):
        raise FaultySetting(f"RECRUIT_BRAND_COLOUR must be a colour such as {BRAND_COLOUR}, not {colour!r}")
    if contrast_with_white(colour) < READABLE:
        raise FaultySetting(f"RECRUIT_BRAND_COLOUR {colour} is too light: white text on it could not be read")
    return {
        "INSTANCE": instance,
        "SQLALCHEMY_DATABASE_URI": database_url(environ.get("RECRUIT_DATABASE_URL", ""), instance),
        "SECRET_KEY": environ.get("RECRUIT_SECRET_KEY") or _kept_secret(instance),
        "QUESTION_BANK": question_bank(environ),
        "ORGANISATION": environ.get("RECRUIT_ORGANISATION", "Odder Kommune"),
        "BRAND_COLOUR": colour,
        "BASE_URL": environ.get("RECRUIT_BASE_URL", "http://127.0.0.1:8000").rstrip("/"),
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SECURE": environ.get("RECRUIT_BASE_URL", "").startswith("https:"),
        # A token that expires after an hour would refuse the autosave of somebody who interviews all afternoon.
        "WTF_CSRF_TIME_LIMIT": None,
        "BABEL_DEFAULT_LOCALE": "da",
        "BABEL_DEFAULT_TIMEZONE": environ.get("RECRUIT_TIMEZONE", "Europe/Copenhagen"),
        **mail_settings(environ),
        "MAX_CONTENT_LENGTH": 6_000_000,
        "MAX_FORM_MEMORY_SIZE": 2_000_000,
        "MAX_FORM_PARTS": 2_000,
    }


def mail_settings(environ: Mapping[str, str]) -> dict[str, Any]:
    """How mail is sent. Without RECRUIT_SMTP_HOST none is. Raises FaultySetting."""
    host, sender = environ.get("RECRUIT_SMTP_HOST", ""), environ.get("RECRUIT_MAIL_FROM", "")
    security = environ.get("RECRUIT_SMTP_SECURITY") or "starttls"
    if security not in SMTP_PORTS:
        raise FaultySetting(f"RECRUIT_SMTP_SECURITY must be one of {', '.join(SMTP_PORTS)}, not {security!r}")
    port = environ.get("RECRUIT_SMTP_PORT") or str(SMTP_PORTS[security])
    if not re.fullmatch("[0-9]{1,5}", port) or not 0 < int(port) < 65536:
        raise FaultySetting(f"RECRUIT_SMTP_PORT must be a number from 1 to 65535, not {port!r}")
    address = parseaddr(sender)[1]
    if host and (not re.fullmatch(r"[^@\s]+@[^@\s]+", address) or not sender.isprintable()):
        raise FaultySetting("RECRUIT_MAIL_FROM must be the sender's address when RECRUIT_SMTP_HOST is set")
    user, password = environ.get("RECRUIT_SMTP_USER", ""), environ.get("RECRUIT_SMTP_PASSWORD", "")
    if user and security == "none":
        raise FaultySetting("RECRUIT_SMTP_SECURITY none would send RECRUIT_SMTP_PASSWORD in the clear")
    return {
        "SMTP_HOST": host,
        "SMTP_PORT": int(port),
        "SMTP_SECURITY": security,
        "SMTP_USER": user,
        "SMTP_PASSWORD": password,
        "MAIL_FROM": sender,
    }


def question_bank(environ: Mapping[str, str] = os.environ) -> Path:
    """The folder of the charters and their questions; for those who need no other setting."""
    return Path(environ.get("RECRUIT_QUESTION_BANK") or data_dir("question_bank"))


def contrast_with_white(colour: str) -> float:
    """WCAG 2.2's contrast ratio (1 to 21) of white text on a colour such as #0b5560."""

    def linear(part: str) -> float:
        value = int(part, 16) / 255
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(colour[place : place + 2]) for place in (1, 3, 5))
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def database_url(url: str, instance: Path) -> str:
    """SQLAlchemy's address of the database; SQLite in the instance folder unless another is named.

    Raises FaultySetting, without the address: it may hold a password.
    """
    if not url:
        return f"sqlite:///{instance / 'recruit.sqlite'}"
    address = re.sub(r"^postgres(ql)?://", "postgresql+psycopg://", url)
    if not address.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise FaultySetting("RECRUIT_DATABASE_URL must begin with sqlite:/// or postgresql://")
    return address


def _kept_secret(instance: Path) -> str:
    """A secret made once and kept in the instance folder, readable by its owner only."""
    file = instance / "secret_key"
    instance.mkdir(parents=True, exist_ok=True)
    try:
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as new:
            new.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass
    return file.read_text()
