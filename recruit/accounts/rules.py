"""What an e-mail address and a password must be, and how long a link lives."""

from __future__ import annotations

import re
from datetime import timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from recruit.errors import RuleBroken

PASSWORD_LENGTH = (12, 200)

LINK_DAYS = 7
LINK_LIFETIME = timedelta(days=LINK_DAYS)
MOST_LINKS = 3  # unused, for one person in one hour

ROLE_NAMES = {"": _l("Sidder i ansættelsesudvalg"), "hr": _l("HR"), "auditor": _l("Revisor")}


def same_email(email: str) -> str:
    """The form in which two spellings of one address are equal."""
    return email.strip().casefold()


def is_email(email: str) -> bool:
    """Whether the text can be an address. Only delivery can prove that it is one."""
    return (
        len(email) <= 254
        and re.fullmatch(r"[^@\s<>,;:\"()\[\]\\]+@[^@\s<>,;:\"()\[\]\\]+\.[^@\s.]+", email) is not None
    )


def describe_access(*, active: bool, has_password: bool, has_signed_in: bool) -> str:
    """Whether somebody can sign in, and how, in words."""
    if not active:
        return _("Kan ikke logge ind")
    if has_password:
        return _("Logger ind med adgangskode")
    return _("Logger ind med link") if has_signed_in else _("Har ikke logget ind endnu")


def check_email(email: str) -> str:
    """The address in its one form. Raises RuleBroken."""
    if not is_email(email.strip()):
        raise RuleBroken(_("”%(email)s” er ikke en e-mailadresse.", email=email.strip()[:80]))
    return same_email(email)


def check_password(password: str, email: str) -> None:
    """Raises RuleBroken when the password is too short, too long, or the address itself."""
    shortest, longest = PASSWORD_LENGTH
    if not shortest <= len(password) <= longest:
        raise RuleBroken(
            _("Adgangskoden skal have mellem %(shortest)s og %(longest)s tegn.", shortest=shortest, longest=longest)
        )
    if password.casefold() in (email, email.split("@")[0]) or len(set(password)) < 5:
        raise RuleBroken(_("Adgangskoden er for let at gætte. Vælg nogle ord, som kun du ville sætte sammen."))
