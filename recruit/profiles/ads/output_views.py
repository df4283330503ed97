"""The ad on its way out: published and taken down, and as Word, plain text and HTML."""

from __future__ import annotations

import io

from flask import Response, flash, g, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from recruit.errors import RuleBroken
from recruit.extensions import db
from recruit.profiles.ads.documents import ad_document
from recruit.profiles.ads.forms import PublishForm
from recruit.profiles.ads.material import address_of, gather
from recruit.profiles.ads.outputs import clean_html, plain_text
from recruit.profiles.ads.presentation import LENGTH_NAMES, as_parts, check_ad, check_values
from recruit.profiles.ads.rules import FULL
from recruit.profiles.ads.service import OPEN, ad_text, load_parts, publish, state, take_down
from recruit.profiles.ads.views import BASE, LENGTH, blueprint, find_ad
from recruit.profiles.service import is_approved
from recruit.web.downloads import file_name, word_download
from recruit.web.guard import needs

__all__ = ["blueprint"]


@blueprint.route(f"{BASE}/publish", methods=["GET", "POST"])
@needs("ad.edit")
def publishing(recruitment_id: int) -> ResponseReturnValue:
    """Puts the ad on its public page, or what has been changed in it since."""
    found = find_ad()
    parts, known = load_parts(found)[FULL], gather(g.recruitment, found)
    closes_on = found.closes_on if state(g.recruitment, found) == OPEN else known.deadline
    stored = {"closes_on": closes_on, "kept_because": found.kept_because}
    form = PublishForm(data=stored)
    form.of_ad(ad_text(parts)[0], found.language)
    newer = form.newer(found.version, stored)
    if form.validate_on_submit() and not newer:
        try:
            publish(
                g.recruitment,
                found,
                closes_on=form.closes_on.data,
                kept_because=form.kept(),
                kept_rules=form.kept_rules(),
                actor=current_user,
            )
            db.session.commit()
            flash(_("Opslaget er ude."), "success")
            return redirect(url_for("ads.ad", recruitment_id=recruitment_id))
        except RuleBroken as broken:
            db.session.rollback()
            form.closes_on.errors = [*form.closes_on.errors, str(broken)]
    ad_page = url_for("ads.ad", recruitment_id=recruitment_id, length=FULL)
    page = render_template(
        "ads/publish.html",
        ad=found,
        form=form,
        newer=newer,
        profile_holds=is_approved(g.recruitment),
        state=state(g.recruitment, found),
        address=address_of(found, g.recruitment),
        **check_values(
            check_ad(as_parts(parts), FULL, found.language),
            lambda section: f"{ad_page}#{section}",
        ),
    )
    return page, 409 if newer else 400 if form.errors else 200


@blueprint.post(f"{BASE}/take-down")
@needs("ad.edit")
def withdraw(recruitment_id: int) -> ResponseReturnValue:
    take_down(g.recruitment, find_ad(), actor=current_user)
    db.session.commit()
    flash(_("Opslaget er taget ned. Siden siger nu, at stillingen ikke længere er slået op."), "success")
    return redirect(url_for("ads.ad", recruitment_id=recruitment_id))


@blueprint.get(f"{LENGTH}/word")
@needs("ad.see")
def word(recruitment_id: int, length: str) -> ResponseReturnValue:
    found = find_ad()
    address = address_of(found, g.recruitment) if state(g.recruitment, found) == OPEN else None
    parts = as_parts(load_parts(found)[length])
    content = ad_document(g.recruitment, parts, language=found.language, address=address)
    return word_download(content, g.recruitment.title, _("opslag"), *_kind(length))


@blueprint.get(f"{LENGTH}/text")
@needs("ad.see")
def text(recruitment_id: int, length: str) -> ResponseReturnValue:
    """Plain text, for Jobnet."""
    return _download(plain_text(as_parts(load_parts(find_ad())[length])), "text/plain", length, "txt")


@blueprint.get(f"{LENGTH}/html")
@needs("ad.see")
def html(recruitment_id: int, length: str) -> ResponseReturnValue:
    """HTML to paste into another system: a part of a page, without styles."""
    return _download(str(clean_html(as_parts(load_parts(find_ad())[length]))), "text/html", length, "html")


def _download(content: str, mimetype: str, length: str, ending: str) -> Response:
    name = file_name(g.recruitment.title, _("opslag"), *_kind(length))
    file = io.BytesIO(content.encode())
    return send_file(file, mimetype=mimetype, as_attachment=True, download_name=f"{name}.{ending}")


def _kind(length: str) -> list[str]:
    return [] if length == FULL else [str(LENGTH_NAMES[length])]
