"""What the mails of this package say."""

from __future__ import annotations

from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _

from recruit.accounts.models import Person
from recruit.accounts.rules import LINK_DAYS


def letter(person: Person, *paragraphs: str) -> str:
    """A mail's text: the greeting, the paragraphs, and who it is from. In the language that is forced."""
    organisation = current_app.config["ORGANISATION"]
    return "\n\n".join(
        [
            _("Kære %(name)s", name=person.name),
            *paragraphs,
            _("Venlig hilsen\n%(organisation)s", organisation=organisation),
        ]
    )


def how_long() -> str:
    return _(
        "Linket er kun til dig. Det virker én gang og i %(days)s dage. Er det brugt, får du et nyt på siden, hvor man "
        "logger ind.",
        days=LINK_DAYS,
    )


def link(person: Person, address: str) -> tuple[str, str]:
    """Subject and text of the mail with a link that somebody asked for at the sign-in page."""
    with force_locale(person.language or "da"):
        if person.role is None:
            subject, asked = _("Dit link til at logge ind"), _("Her er dit link. Åbn det, og tryk på ”Log ind”.")
        else:
            subject, asked = _("Vælg en ny adgangskode"), _("Her er dit link til at vælge en ny adgangskode.")
        nothing = _("Har du ikke bedt om det, skal du ikke gøre noget.")
        return subject, letter(person, asked, address, how_long(), nothing)
