"""Danish first, English second: which language a request is in, and how dates and numbers look in it."""

from __future__ import annotations

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Protocol

import flask_babel
from flask import Flask, g, has_request_context, request, session
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_login import current_user

from recruit.config import SUPPORTED_LANGUAGES

LANGUAGE_NAMES = {"da": "Dansk", "en": "English"}


class Bilingual(Protocol):
    def within(self, language: str) -> str: ...


def choose() -> str:
    """The language: asked for since the sign-in, else the person's own, else the browser's, else Danish."""
    if not has_request_context():
        return "da"
    chosen = session.get("language") or (current_user.language if current_user.is_authenticated else None)
    return chosen or request.accept_languages.best_match(SUPPORTED_LANGUAGES, "da")


def language() -> str:
    """`da` or `en`, of this request or of `flask_babel.force_locale`."""
    locale = get_locale()
    return locale.language if locale is not None else "da"


# The last three letters of the Danish alphabet, and the Swedish and German ones that stand with them.
LAST_LETTERS = str.maketrans({"æ": "{", "ä": "{", "ø": "|", "ö": "|", "å": "}"})


def alphabetical(name: str) -> str:
    """The key that sorts names as a Danish reader expects: æ, ø and å last."""
    return name.casefold().translate(LAST_LETTERS)


def localised(text: Bilingual) -> str:
    """A text that exists in both languages, in the language of the page."""
    return text.within(language())


def listed(names: list[str]) -> str:
    """K1, K2 og K3"""
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s og %(last)s", first=", ".join(names[:-1]), last=names[-1])


def number(value: float | None, digits: int = 2, within: str | None = None) -> str:
    """A number with fixed decimals, half away from zero, in the page's language: 3,75. None is a dash.

    `within`: the language, from those who write thousands and ask for it once.
    """
    if value is None:
        return "–"
    written = _rounded(float(value), digits)
    return written.replace(".", ",") if (within or language()) == "da" else written


@lru_cache(4096)
def _rounded(value: float, digits: int) -> str:
    """A matrix writes a thousand of these, few of them different: Babel's own would take longer than the statistics."""
    return str(Decimal(repr(value)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP))


def percent(share: float | None, within: str | None = None) -> str:
    """A share as whole per cent, 75 %; a share just under one is not rounded up to certainty. None is a dash.

    `within`: as for `number`.
    """
    if share is None:
        return "–"
    whole = min(round(share * 100), 99) if share < 1 else round(share * 100)
    return f"{whole}\u00a0%" if (within or language()) == "da" else f"{whole}%"


def weight(value: float) -> str:
    """A weight without needless decimals: 2, 1,5."""
    return flask_babel.format_decimal(value, format="0.####")


def day(value: date | datetime) -> str:
    """27. november 2026"""
    return flask_babel.format_date(value, "d. MMMM yyyy" if language() == "da" else "d MMMM yyyy")


def moment(value: datetime) -> str:
    """27. november 2026 kl. 14.30"""
    pattern = "d. MMMM yyyy 'kl.' HH.mm" if language() == "da" else "d MMMM yyyy 'at' HH:mm"
    return flask_babel.format_datetime(value, pattern)


def clock(value: datetime) -> str:
    """14.30"""
    return flask_babel.format_time(value, "HH.mm" if language() == "da" else "HH:mm")


def install(app: Flask) -> None:
    for function in (localised, number, percent, weight, day, moment, clock):
        app.jinja_env.filters[function.__name__] = function

    @app.context_processor
    def values() -> dict[str, object]:
        here = language()
        other = next(code for code in SUPPORTED_LANGUAGES if code != here)
        return {
            "language": here,
            "other_language": {"code": other, "name": LANGUAGE_NAMES[other]},
            "kinds": g.get("kinds"),
        }
