"""The public page of an ad: for anybody, without sign-in, and with nothing on it but the ad."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from flask import Blueprint, abort, current_app, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import gettext as _

from recruit.profiles.ads.material import address_of, slug_of
from recruit.profiles.ads.outputs import address_link, job_posting, prose_html
from recruit.profiles.ads.service import OPEN, public_ad, state
from recruit.profiles.documents import current_profile
from recruit.profiles.service import is_approved
from recruit.web.downloads import word_download
from recruit.web.guard import needs

blueprint = Blueprint("jobs", __name__)

PROFILE = "/jobs/<int:job_id>/profile.docx"
DESCRIPTION = 200  # characters that others show of a page


@blueprint.get("/jobs/<int:job_id>", defaults={"slug": ""})
@blueprint.get("/jobs/<int:job_id>-<slug>")
@needs("job.see")
def job(job_id: int, slug: str) -> ResponseReturnValue:
    """The ad as it was published. Once it is closed or taken down the page says so, and nothing more (410)."""
    found = public_ad(job_id)
    if found is None:
        abort(404)
    ad, recruitment = found
    published = ad.published or {}
    if slug != slug_of(published["title"]):
        return redirect(url_for("jobs.job", job_id=job_id, slug=slug_of(published["title"])), 301)
    with force_locale(published["language"]):
        if state(recruitment, ad) != OPEN or ad.published_at is None or ad.closes_on is None:
            return render_template("ads/job_closed.html", published=published, closes_on=ad.closes_on), 410
        address = address_of(ad, recruitment)
        texts = {key: (heading, text) for key, heading, text in published["parts"]}
        intro = " ".join(texts.get("intro", ("", ""))[1].split())
        return render_template(
            "ads/job.html",
            published=published,
            closes_on=ad.closes_on,
            headline=texts["headline"][1],
            sections=[
                (heading, list(prose_html(text)))
                for key, heading, text in published["parts"]
                if text and key != "headline"
            ],
            address=address,
            description=intro if len(intro) <= DESCRIPTION else intro[:DESCRIPTION].rsplit(" ", 1)[0] + " …",
            apply_link=address_link(published["apply_at"]),
            profile_link=url_for("jobs.profile", job_id=job_id) if is_approved(recruitment) else None,
            posting=job_posting(
                published,
                address=address,
                posted_at=ad.published_at,
                closes_on=ad.closes_on,
                zone=ZoneInfo(current_app.config["BABEL_DEFAULT_TIMEZONE"]),
            ),
        )


@blueprint.get(PROFILE)
@needs("job.see")
def profile(job_id: int) -> ResponseReturnValue:
    """The job profile as an applicant reads it: approved, and while the ad is out. Nothing of panel, candidates or
    weights is in it."""
    found = public_ad(job_id)
    if found is None or state(found[1], found[0]) != OPEN or not is_approved(found[1]):
        abort(404)
    recruitment = found[1]
    content = current_profile(recruitment)
    with force_locale(recruitment.language):
        return word_download(content, recruitment.title, _("jobprofil"))
