"""The ad's link in the chain."""

from __future__ import annotations

from flask import url_for
from flask_babel import format_date
from flask_babel import gettext as _

from recruit.profiles.ads.service import CLOSED, DRAFT, OPEN, TAKEN_DOWN, load_ad, state
from recruit.recruitments.models import Recruitment
from recruit.web.chain import DONE, LOCKED, MISSING, OPTIONAL, TODO, Link
from recruit.web.guard import may
from recruit.web.language import language


def link(recruitment: Recruitment) -> Link:
    ad = load_ad(recruitment)
    url = url_for("ads.ad", recruitment_id=recruitment.id) if may("ad.see") else None
    now = state(recruitment, ad)
    closing = format_date(ad.closes_on, "d. MMMM" if language() == "da" else "d MMMM") if ad and ad.closes_on else ""
    if recruitment.criteria_locked_at and now == DRAFT:
        # The panel assesses already: whatever brought the candidates here, an ad is no longer the next thing to do.
        found = (OPTIONAL, _("Udkast") if ad else _("Ikke skrevet"))
    elif ad is None:
        found = (MISSING, _("Skriv opslaget")) if recruitment.criteria else (LOCKED, _("Når der er kriterier"))
    elif now == OPEN:
        found = (DONE, _("Ude til %(day)s", day=closing))
    elif now == CLOSED:
        found = (DONE, _("Udløb %(day)s", day=closing))
    else:
        found = (TODO, _("Taget ned") if now == TAKEN_DOWN else _("Udkast"))
    return Link(_("Opslag"), url, found[1], found[0], ("ads",))
