"""The frame that every Word document of a recruitment has in common: its header, footer, language and colours."""

from __future__ import annotations

from flask import current_app
from flask_babel import gettext as _
from flask_babel import to_user_timezone

from recruit.audit import now
from recruit.charter.models import Area
from recruit.documents.origin import Origin, digest_of
from recruit.documents.word import WordDocument
from recruit.organisation.service import letterhead
from recruit.recruitments.models import Recruitment
from recruit.recruitments.rules import CANCELLED, OUTCOMES


def word_document(
    recruitment: Recruitment, name: str, *, close: bool = False, language: str | None = None
) -> WordDocument:
    """An empty document. `name` is what it is, such as ”Interviewguide”, in the recruitment's language. With `close`
    its margins leave more room for writing by hand. `language` is the document's where it is not the recruitment's.

    The texts that follow are written within `flask_babel.force_locale` of that language.
    """
    case = _("sag %(number)s", number=recruitment.case_number) if recruitment.case_number else ""
    return WordDocument(
        f"{name}: {recruitment.title}",
        language=language or recruitment.language,
        header=" · ".join(part for part in (recruitment.title, outcome_mark(recruitment)) if part),
        footer=" · ".join(part for part in (current_app.config["ORGANISATION"], name, case) if part),
        brand=current_app.config["BRAND_COLOUR"],
        close=close,
        letterhead=letterhead(),
    )


def origin_of(
    recruitment: Recruitment,
    kind: str,
    values: object,
    *,
    round_number: int | None = None,
    candidate: str | None = None,
    seed: int | None = None,
    language: str | None = None,
) -> Origin:
    """What a document is made from, now. `values`: what the function of its kind in ORIGINS gives for the same round
    and candidate (a ref). `language` is the document's where it is not the recruitment's."""
    return Origin(
        kind=kind,
        recruitment=recruitment.id,
        title=recruitment.title,
        case_number=recruitment.case_number,
        round=round_number,
        candidate=candidate,
        seed=seed,
        made_at=to_user_timezone(now()),
        language=language or recruitment.language,
        digest=digest_of(values),
    )


def outcome_mark(recruitment: Recruitment) -> str:
    """What stands on every page of a recruitment that is called off."""
    return str(OUTCOMES[CANCELLED]) if recruitment.outcome == CANCELLED else ""


def badge_of(area: Area) -> tuple[str, str]:
    """A room's letter and colour, as headings and cells take them."""
    return area.letter, area.colour
