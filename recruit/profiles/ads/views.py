"""The ad: composed, read with its sources, edited, composed anew section by section."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from babel.dates import format_date
from flask import Blueprint, abort, flash, g, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy.orm.exc import StaleDataError

from recruit.audit import now
from recruit.errors import EditedMeanwhile
from recruit.extensions import db
from recruit.profiles.ads.forms import FORMS, SECTION_NAMES, FactsForm
from recruit.profiles.ads.material import Known, gather
from recruit.profiles.ads.models import Ad, AdPart
from recruit.profiles.ads.presentation import (
    LENGTH_NAMES,
    as_parts,
    check_ad,
    check_values,
    compare,
    gaps,
    names_of,
    shown_sections,
)
from recruit.profiles.ads.rules import FULL, SECTIONS, Part
from recruit.profiles.ads.service import (
    FACTS,
    Parts,
    ad_text,
    change_facts,
    create_ad,
    earlier,
    has_changed,
    is_edited,
    load_ad,
    load_parts,
    restore,
    say_otherwise,
    state,
    take_proposal,
    take_untouched,
    write_parts,
)
from recruit.recruitments.service import charter_of, criterion_text
from recruit.web.forms import digest, sent_text, whole
from recruit.web.guard import needs
from recruit.web.language import clock
from recruit.wording.readability import count
from recruit.wording.text import cut

blueprint = Blueprint("ads", __name__)

BASE = "/recruitments/<int:recruitment_id>/ad"
LENGTH = f"{BASE}/<any(full, short):length>"


def find_ad() -> Ad:
    """The ad of the recruitment of this request; 404 when it is not written."""
    return load_ad(g.recruitment) or abort(404)


def find_part(ad: Ad, length: str, section: str) -> AdPart:
    return load_parts(ad)[length].get(section) or abort(404)


def _ad_page(length: str = FULL) -> str:
    return url_for("ads.ad", recruitment_id=g.recruitment.id, length=length)


@blueprint.get(BASE, defaults={"length": FULL})
@blueprint.get(LENGTH)
@needs("ad.see")
def ad(recruitment_id: int, length: str) -> ResponseReturnValue:
    found = load_ad(g.recruitment)
    if found is None:
        return render_template("ads/ad.html", ad=None, length=length)
    return render_template("ads/ad.html", **_page_values(found, length))


def _page_values(found: Ad, length: str) -> dict[str, Any]:
    known, parts = gather(g.recruitment, found), load_parts(found)
    sections = shown_sections(g.recruitment, parts[length], known.parts()[length])
    charter = charter_of(g.recruitment)
    texts = {criterion.key: criterion_text(charter, criterion) for criterion in g.recruitment.criteria}
    statements = {item.id: item.text for _area, item in charter.criteria()} | texts
    checks = check_ad(as_parts(parts[length]), length, found.language)
    return {
        "ad": found,
        "length": length,
        "lengths": _lengths(found, parts),
        "sections": sections,
        "names": names_of(sections, g.recruitment, found),
        "voiceless": known.voiceless,
        "statements": statements,
        "said": [key for key in found.said if key in texts],
        "gaps": gaps(g.recruitment, found, known),
        "state": state(g.recruitment, found),
        "changed": has_changed(g.recruitment, found, parts[FULL]),
        "outdated": [section for section in sections if section.outdated],
        "unsaid_closing": bool(found.closes_on)
        and not says_day(ad_text(parts[FULL])[0], found.closes_on, found.language),
        "known": known,
        **check_values(checks, lambda section: f"#{section}"),
    }


def says_day(text: str, closes_on: date | None, language: str) -> bool:
    """Whether the text names the day, as ”12. oktober” or ”12 October”."""
    pattern = "d MMMM" if language == "en" else "d. MMMM"
    return closes_on is not None and format_date(closes_on, pattern, locale=language).casefold() in text.casefold()


def _lengths(found: Ad, parts: Parts) -> list[tuple[str, object, int]]:
    """(length, its name, its number of words) of both."""
    return [(length, name, count(cut(ad_text(parts[length])[0])).words) for length, name in LENGTH_NAMES.items()]


@blueprint.route(f"{BASE}/facts", methods=["GET", "POST"])
@needs("ad.edit")
def facts(recruitment_id: int) -> ResponseReturnValue:
    """What the ad is composed with; the first time it composes it."""
    found = load_ad(g.recruitment)
    newer: dict[str, Any] = {}
    if found is None:
        form = FactsForm(data={"language": g.recruitment.language})
    else:
        stored = {name: getattr(found, name) for name in FACTS}
        form = FactsForm(data=stored)
        newer = form.newer(found.version, stored)
    if form.validate_on_submit() and not newer:
        if found is None:
            create_ad(g.recruitment, form.facts(), actor=current_user)
            flash(_("Opslaget er skrevet af det, vi ved. Læs det igennem, og ret det til."), "success")
        else:
            change_facts(g.recruitment, found, form.facts(), actor=current_user)
            flash(_("Gemt. De afsnit, I ikke selv har rettet i, er fulgt med."), "success")
        db.session.commit()
        return redirect(_ad_page())
    page = render_template("ads/facts.html", form=form, newer=newer, ad=found)
    return page, 409 if newer else 400 if form.errors else 200


@blueprint.route(f"{LENGTH}/edit", methods=["GET", "POST"])
@needs("ad.edit")
def edit(recruitment_id: int, length: str) -> ResponseReturnValue:
    found = find_ad()
    parts = load_parts(found)[length]
    form = FORMS[length]()
    newer = form.catch_up(parts)
    if form.validate_on_submit() and not newer:
        write_parts(g.recruitment, parts, form.texts(), versions=form.versions(), actor=current_user)
        db.session.commit()
        flash(_("Opslaget er gemt."), "success")
        return redirect(_ad_page(length))
    written = [(key, heading, text) for key, (heading, text) in form.texts().items()]
    checks = check_ad(written, length, found.language)
    page = render_template(
        "ads/edit.html",
        ad=found,
        form=form,
        length=length,
        length_name=LENGTH_NAMES[length],
        sections=[(key, SECTION_NAMES[key]) for key in SECTIONS[length]],
        newer=newer,
        stored=_by_field(parts, {key: (part.heading, part.text) for key, part in parts.items()}),
        newer_texts={
            name: text for name, text in _by_field(parts, newer).items() if name in form and form[name].data != text
        },
        **check_values(checks, lambda section: f"#{section}_text"),
    )
    return page, 409 if newer else 400 if form.errors else 200


def _by_field(parts: Mapping[str, AdPart], words: Mapping[str, tuple[str, str]]) -> dict[str, str]:
    """(heading, text) of each section by the names of the form's fields."""
    return {
        f"{key}_{name}": text
        for key in parts
        if key in words
        for name, text in zip(("heading", "text"), words[key], strict=True)
    }


@blueprint.put(f"{LENGTH}/edit/texts/<field>")
@needs("ad.edit")
def save_text(recruitment_id: int, length: str, field: str) -> ResponseReturnValue:
    """Saves a heading or a text of one section as typed; `field` is its name in the form. JSON in: text, version. JSON
    out: version, saved (a clock). 409 with what the server has, text and version, when another saved first."""
    found = find_ad()
    key, _line, name = field.rpartition("_")
    if field not in FORMS[length]() or name not in ("heading", "text"):
        abort(404)
    part = find_part(found, length, key)
    text, version = sent_text()
    words = (text, part.text) if name == "heading" else (part.heading, text)
    try:
        write_parts(g.recruitment, {key: part}, {key: words}, versions={key: version}, actor=current_user)
        db.session.commit()
        status = 200
    except (EditedMeanwhile, StaleDataError):
        db.session.rollback()
        status = 409
    part = find_part(find_ad(), length, key)
    return jsonify(text=getattr(part, name), version=part.version, saved=clock(now())), status


@blueprint.post(f"{LENGTH}/check")
@needs("ad.edit")
def check(recruitment_id: int, length: str) -> ResponseReturnValue:
    """What the checks say of the words that the form holds. Nothing is saved."""
    found = find_ad()
    written = [(key, heading, text) for key, (heading, text) in FORMS[length]().texts().items()]
    checks = check_ad(written, length, found.language)
    return render_template("ads/_checks.html", ad=found, **check_values(checks, lambda section: f"#{section}_text"))


@blueprint.route(f"{LENGTH}/sections/<section>", methods=["GET", "POST"])
@needs("ad.edit")
def compose_anew(recruitment_id: int, length: str, section: str) -> ResponseReturnValue:
    """One section as it is and as it would be composed now; the other is taken with a click."""
    found = find_ad()
    part, known = find_part(found, length, section), gather(g.recruitment, found)
    proposal = known.parts()[length][section]
    if request.method == "POST":
        if whole(request.form.get("version")) == part.version and request.form.get("shown") == shown_of(proposal):
            take_proposal(g.recruitment, part, proposal, actor=current_user)
            db.session.commit()
            flash(_("Afsnittet er skrevet på ny. Det, der stod før, ligger under tidligere udgaver."), "success")
            return redirect(f"{_ad_page(length)}#{section}")
        flash(_("Afsnittet eller forslaget er ændret imens. Se forskellen igen."), "warning")
    return (
        render_template("ads/compare.html", ad=found, length=length, **_comparison(part, known, length)),
        409 if request.method == "POST" else 200,
    )


def shown_of(proposal: Part) -> str:
    """The fingerprint of a proposal: what is taken is what was seen."""
    return digest(f"{proposal.heading}\n{proposal.text}")


def _comparison(part: AdPart, known: Known, length: str) -> dict[str, Any]:
    proposal = known.parts()[length][part.key]
    old, new = compare(part.text, proposal.text)
    return {
        "part": part,
        "name": SECTION_NAMES[part.key],
        "proposal": proposal,
        "old": old,
        "new": new,
        "edited": is_edited(part),
        "shown": shown_of(proposal),
    }


@blueprint.post(f"{BASE}/refresh")
@needs("ad.edit")
def refresh(recruitment_id: int) -> ResponseReturnValue:
    """Every section that nobody has written in follows what is known now."""
    count = take_untouched(g.recruitment, find_ad(), actor=current_user)
    db.session.commit()
    flash(_("Opslaget er opdateret.") if count else _("Der var ikke noget at opdatere."), "success")
    return redirect(_ad_page())


@blueprint.route(f"{LENGTH}/sections/<section>/earlier", methods=["GET", "POST"])
@needs("ad.edit")
def history(recruitment_id: int, length: str, section: str) -> ResponseReturnValue:
    """What a section said before; any of it can be had back."""
    found = find_ad()
    part = find_part(found, length, section)
    rows = earlier(part)
    if request.method == "POST":
        chosen = next((row for row, _name in rows if row.id == whole(request.form.get("earlier"))), None) or abort(404)
        restore(g.recruitment, part, chosen, actor=current_user)
        db.session.commit()
        flash(_("Afsnittet er, som det var."), "success")
        return redirect(f"{_ad_page(length)}#{section}")
    shown = [(row, name, compare(row.text, part.text)[0]) for row, name in rows]
    return render_template(
        "ads/history.html", ad=found, length=length, part=part, name=SECTION_NAMES[section], rows=shown
    )


@blueprint.post(f"{BASE}/criteria/<key>/said")
@needs("ad.edit")
def said(recruitment_id: int, key: str) -> ResponseReturnValue:
    """Somebody vouches that the ad names the criterion in words of its own, or takes it back."""
    say_otherwise(g.recruitment, find_ad(), key, request.form.get("said") == "yes", actor=current_user)
    db.session.commit()
    return redirect(f"{_ad_page()}#criteria")
