"""The frame that every Word document of a recruitment has in common: its header, footer, language and colours."""

from __future__ import annotations

from flask import current_app
from flask_babel import gettext as _

from recruit.charter.models import Area
from recruit.documents.word import WordDocument
from recruit.recruitments.models import Recruitment


def word_document(recruitment: Recruitment, name: str, *, close: bool = False) -> WordDocument:
    """An empty document. `name` is what it is, such as ”Interviewguide”, in the recruitment's language. With `close`
    its margins leave more room for writing by hand.

    The texts that follow are written within `flask_babel.force_locale(recruitment.language)`.
    """
    case = _("sag %(number)s", number=recruitment.case_number) if recruitment.case_number else ""
    return WordDocument(
        f"{name}: {recruitment.title}",
        language=recruitment.language,
        header=recruitment.title,
        footer=" · ".join(part for part in (current_app.config["ORGANISATION"], name, case) if part),
        brand=current_app.config["BRAND_COLOUR"],
        close=close,
    )


def badge_of(area: Area) -> tuple[str, str]:
    """A room's letter and colour, as headings and cells take them."""
    return area.letter, area.colour
