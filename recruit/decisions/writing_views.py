"""Writing the recommendation: the choice, its texts saved as typed, and the evidence that is picked."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, g, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from recruit.audit import now
from recruit.candidates.models import Candidate
from recruit.comparison.presentation import criterion_label, standing_rows
from recruit.comparison.service import load_revealed, load_words
from recruit.decisions.forms import choice_form, texts_form
from recruit.decisions.material import load_material
from recruit.decisions.models import RecommendationText
from recruit.decisions.quotes import load_quotes, pick, sentences_of
from recruit.decisions.rules import NOBODY, ONE, QUOTES_LIMIT, RANKING, against_sentence
from recruit.decisions.service import (
    choose,
    last_revealed,
    load_recommendation,
    load_standing,
    load_texts,
    round_of,
    standing_of,
    text_keys,
    write_texts,
)
from recruit.decisions.views import RECOMMENDATION, blueprint, check_impartial, labels, not_open
from recruit.errors import EditedMeanwhile, RuleBroken
from recruit.extensions import db
from recruit.panel.rules import SIDES
from recruit.recruitments.service import charter_of
from recruit.recruitments.views import find_criterion
from recruit.web.forms import BaseForm, catch_up, sent_text, whole
from recruit.web.guard import needs
from recruit.web.language import clock

__all__ = ["blueprint"]


def _is_final() -> ResponseReturnValue | None:
    """Where one goes when there is nothing to write in."""
    row = load_recommendation(g.recruitment)
    if row is None or row.final_at is None:
        return None
    flash(_("Indstillingen er endelig. Åbn den igen med en begrundelse, før I retter i den."), "info")
    return redirect(url_for("decisions.recommendation", recruitment_id=g.recruitment.id))


# What is recommended


@blueprint.route(RECOMMENDATION + "/choice", methods=["GET", "POST"])
@needs("recommendation.write")
def choice(recruitment_id: int) -> ResponseReturnValue:
    round_ = last_revealed(g.recruitment)
    if round_ is None:
        return not_open()
    elsewhere = _is_final()
    if elsewhere is not None:
        return elsewhere
    standing = load_standing(g.recruitment)
    if standing.revealed.round.id != round_.id:
        # A later round is revealed: what is chosen from now on rests on that.
        standing = standing_of(None, load_revealed(g.recruitment, round_))
    by_ref = {item.ref: item for item in standing.revealed.candidates}
    candidates = [by_ref[result.ref] for result in standing.revealed.comparison.candidates]
    row = load_recommendation(g.recruitment)
    form = choice_form(
        candidates,
        {item.id: place for place, item in enumerate(standing.chosen, 1)},
        nobody=row is not None and row.choice == NOBODY,
        version=row.version if row else 0,
    )
    status = 200
    if form.validate_on_submit():
        try:
            check_impartial(standing.revealed)
            kind, chosen = _chosen(form, candidates)
            choose(g.recruitment, round_, kind, chosen, version=whole(form["version"].data), actor=current_user)
            db.session.commit()
            return redirect(url_for("decisions.write", recruitment_id=recruitment_id))
        except (EditedMeanwhile, StaleDataError, IntegrityError) as meanwhile:
            db.session.rollback()
            stored = load_recommendation(g.recruitment)
            form["version"].data = str(stored.version if stored else 0)
            text = _("En anden har ændret indstillingen, mens du valgte. Se den, og vælg igen.")
            form.form_errors.append(str(meanwhile) if isinstance(meanwhile, RuleBroken) else text)
            status = 409
        except RuleBroken as broken:
            db.session.rollback()
            form.form_errors.append(str(broken))
            status = 400
    page = render_template(
        "decisions/choice.html",
        form=form,
        candidates=candidates,
        numbers={item["ref"]: item for item in standing_rows(standing.revealed)},
        ranks={result.ref: result.rank for result in standing.revealed.comparison.candidates},
        round=round_,
    )
    return page, status if status != 200 else 400 if form.errors else 200


def _chosen(form: BaseForm, candidates: list[Candidate]) -> tuple[str, list[Candidate]]:
    """The kind of choice and the candidates in order. Raises RuleBroken for two on one place, and for both at once."""
    places = {item.id: int(form[f"place_{item.id}"].data) for item in candidates if form[f"place_{item.id}"].data}
    chosen = sorted((item for item in candidates if item.id in places), key=lambda item: places[item.id])
    if form["nobody"].data:
        return NOBODY, chosen
    if not chosen:
        raise RuleBroken(_("Giv en kandidat en plads, eller sæt kryds ved, at I ingen indstiller."))
    if len(set(places.values())) < len(places):
        raise RuleBroken(_("To kandidater har samme plads. Giv dem hver sin."))
    return (ONE if len(chosen) == 1 else RANKING), chosen


# Its texts


@blueprint.route(RECOMMENDATION + "/edit", methods=["GET", "POST"])
@needs("recommendation.write")
def write(recruitment_id: int) -> ResponseReturnValue:
    """All texts. A script saves each as it is typed; the form saves them all."""
    if last_revealed(g.recruitment) is None:
        return not_open()
    elsewhere = _is_final()
    if elsewhere is not None:
        return elsewhere
    material = load_material(g.recruitment)
    if material.standing.recommendation is None:
        return redirect(url_for("decisions.choice", recruitment_id=recruitment_id))
    stored = load_texts(g.recruitment)
    keys = text_keys(g.recruitment)
    form = texts_form(g.recruitment, g.recruitment.criteria, labels(g.recruitment))
    newer = catch_up(form, keys, {key: (row.text, row.version) for key, row in stored.items()})
    if form.validate_on_submit() and not newer:
        versions = {key: whole(form[f"{key}_version"].data) for key in keys}
        write_texts(
            g.recruitment, {key: form[f"{key}_text"].data or "" for key in keys}, versions=versions, actor=current_user
        )
        db.session.commit()
        flash(_("Indstillingen er gemt som udkast."), "success")
        return redirect(url_for("decisions.recommendation", recruitment_id=recruitment_id))
    code = material.standing.against
    page = render_template(
        "decisions/write.html",
        form=form,
        material=material,
        standing=material.standing,
        against=against_sentence(code) if code else "",
        newer=newer,
        stored={key: row.text for key, row in stored.items()},
        sides=SIDES,
        charter=charter_of(g.recruitment),
    )
    return page, 409 if newer else 400 if form.errors else 200


@blueprint.put(RECOMMENDATION + "/edit/texts/<part>")
@needs("recommendation.write")
def save_text(recruitment_id: int, part: str) -> ResponseReturnValue:
    """Saves one text as typed. JSON in: text, version. JSON out: version, saved (a clock). 409 with what the server
    has, text and version, when another saved first."""
    if part not in text_keys(g.recruitment):
        abort(404)
    round_of(g.recruitment, load_recommendation(g.recruitment))
    text, version = sent_text()
    try:
        write_texts(g.recruitment, {part: text}, versions={part: version}, actor=current_user)
        db.session.commit()
    except (EditedMeanwhile, StaleDataError, IntegrityError):
        db.session.rollback()
        return jsonify(saved_text(load_texts(g.recruitment).get(part))), 409
    return jsonify(saved_text(load_texts(g.recruitment).get(part)))


def saved_text(row: RecommendationText | None) -> dict[str, Any]:
    if row is None:
        return {"text": "", "version": 0, "saved": clock(now())}
    return {"text": row.text, "version": row.version, "saved": clock(row.changed_at)}


# The evidence that is picked


@blueprint.route(RECOMMENDATION + "/evidence/<int:criterion_id>", methods=["GET", "POST"])
@needs("recommendation.write")
def evidence(recruitment_id: int, criterion_id: int) -> ResponseReturnValue:
    """The sentences that members wrote on a criterion about those who are recommended; tick those that carry it."""
    criterion = find_criterion(g.recruitment, criterion_id)
    if last_revealed(g.recruitment) is None:
        return not_open()
    elsewhere = _is_final()
    if elsewhere is not None:
        return elsewhere
    standing = load_standing(g.recruitment)
    revealed = standing.revealed
    words = load_words(revealed)
    about = standing.chosen or revealed.candidates
    offered = sentences_of(revealed, words, criterion, about)
    picked = {item.key for item in load_quotes(revealed, words).get(criterion.id, [])}
    faults = []
    if request.method == "POST":
        wanted, shown = set(request.form.getlist("sentence")), set(request.form.get("shown", "").split())
        try:
            pick(g.recruitment, criterion, offered, wanted, shown=shown, actor=current_user)
            db.session.commit()
            count = len(wanted & {item.key for item in offered})
            flash(ngettext("%(num)s sætning er valgt.", "%(num)s sætninger er valgt.", count), "success")
            return redirect(url_for("decisions.write", recruitment_id=recruitment_id, _anchor=f"text-{criterion.key}"))
        except RuleBroken as broken:
            db.session.rollback()
            faults, picked = [(str(broken), "#sentences")], wanted
    page = render_template(
        "decisions/evidence.html",
        criterion=criterion,
        label=criterion_label(charter_of(g.recruitment), criterion),
        area=charter_of(g.recruitment).area_of(criterion.key),
        charter=charter_of(g.recruitment),
        about=[(item, [sentence for sentence in offered if sentence.candidate.id == item.id]) for item in about],
        picked=picked,
        limit=QUOTES_LIMIT,
        sides=SIDES,
        faults=faults,
    )
    return page, 400 if faults else 200
