"""One member's scorecard: read, saved as typed, handed in, opened again. Part of the blueprint in views.py."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import abort, flash, g, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from recruit.audit import now
from recruit.candidates.models import Candidate
from recruit.candidates.names import hides_names
from recruit.candidates.views import find_candidate
from recruit.errors import EditedMeanwhile, RuleBroken
from recruit.extensions import db, take_write_lock
from recruit.recruitments.models import Round
from recruit.recruitments.service import round_criteria
from recruit.recruitments.views import find_criterion, find_round
from recruit.scoring.presentation import card_faults, card_steps, lacking_sentence, saved_words
from recruit.scoring.rules import EVIDENCE_LIMIT, EXCUSED, MISSING, SUBMITTED, Entered
from recruit.scoring.service import (
    entered,
    load_card,
    own_state,
    reopen,
    save_overall,
    save_rating,
    submit,
)
from recruit.scoring.views import blueprint, practice_reminder
from recruit.web.forms import whole
from recruit.web.guard import needs
from recruit.web.language import clock

__all__ = ["blueprint"]

CARD = "/recruitments/<int:recruitment_id>/rounds/<int:number>/scorecards/<int:candidate_id>"


def _place(number: int, candidate_id: int) -> tuple[Round, Candidate, str]:
    """The round, the candidate and the state of this member's card; 404 when there is no such card."""
    round_, candidate = find_round(g.recruitment, number), find_candidate(candidate_id)
    return round_, candidate, own_state(g.recruitment, round_, g.member, candidate) or abort(404)


@dataclass(frozen=True)
class Unsaved:
    """What stood on a page that could not be saved: nothing typed is lost."""

    entries: dict[int, Entered]
    overall: str | None


def _card_page(
    round_: Round,
    candidate: Candidate,
    state: str,
    problems: dict[int, str] | None = None,
    unsaved: Unsaved | None = None,
) -> str:
    card = load_card(round_, g.member, candidate.id)
    steps = card_steps(g.recruitment, round_, card, problems or {}, unsaved.entries if unsaved else {})
    stored = card.overall if card else ""
    overall = stored if unsaved is None or unsaved.overall is None else unsaved.overall
    rated = sum(step.entry.rated for step in steps)
    return render_template(
        "scoring/scorecard.html",
        round=round_,
        candidate=candidate,
        nameless=hides_names(),
        state=state,
        card=card,
        steps=steps,
        faults=card_faults(steps),
        rated=rated,
        practice=not rated and practice_reminder(),
        writable=bool(round_.locked_at) and not round_.revealed_at and state in (MISSING, EXCUSED),
        overall=overall,
        overall_elsewhere=stored if overall != stored else None,
        card_version=card.version if card else 0,
        saved=saved_words(card),
        unsaved=unsaved is not None,
        member_id=g.member.id,
        lacking_sentence=lacking_sentence,
        limit=EVIDENCE_LIMIT,
    )


@blueprint.get(CARD)
@needs("scorecard.write")
def scorecard(recruitment_id: int, number: int, candidate_id: int) -> ResponseReturnValue:
    round_, candidate, state = _place(number, candidate_id)
    return _card_page(round_, candidate, state)


def _sent() -> dict[str, Any]:
    """The JSON object that a script of ours sent. Raises RuleBroken for any other JSON."""
    try:
        values = request.get_json()
    except RecursionError:
        values = None
    if not isinstance(values, dict):
        raise RuleBroken(_("Det kunne ikke læses. Genindlæs siden."))
    return values


def read_entry(values: dict[str, Any]) -> tuple[Entered, int]:
    """A rating and the version it builds on, from JSON. Raises RuleBroken for anything else."""
    score, evidence = values.get("score"), values.get("evidence", "")
    version, not_evidenced = values.get("version", 0), values.get("not_evidenced", False)
    if not isinstance(evidence, str) or type(not_evidenced) is not bool or type(version) is not int:
        raise RuleBroken(_("Det kunne ikke læses. Genindlæs siden."))
    if score is not None and type(score) is not int:
        raise RuleBroken(_("En vurdering er et helt tal fra 1 til 5."))
    return Entered(score, not_evidenced, evidence.replace("\r\n", "\n")), version


@blueprint.put(CARD + "/ratings/<int:criterion_id>")
@needs("scorecard.write")
def save(recruitment_id: int, number: int, candidate_id: int, criterion_id: int) -> ResponseReturnValue:
    """Saves one criterion as typed. JSON in: score, not_evidenced, evidence, version.

    JSON out, once it is on the disk: version, card_version, saved (a clock), rated (how many criteria are). 409 with
    what the server has when another window saved first.
    """
    round_, candidate, state = _place(number, candidate_id)
    criterion = find_criterion(g.recruitment, criterion_id)
    if criterion not in round_criteria(g.recruitment, round_):
        abort(404)
    entry, version = read_entry(_sent())
    take_write_lock()
    try:
        card, row = save_rating(round_, g.member, candidate, criterion, entry, version=version, state=state)
        saved = {
            "version": row.version,
            "card_version": card.version,
            "saved": clock(row.saved_at),
            "rated": sum(item.rated for item in entered(card).values()),
        }
        db.session.commit()
    except EditedMeanwhile as meanwhile:
        db.session.rollback()
        return jsonify(error=str(meanwhile), **_stored(round_, candidate, criterion_id)), 409
    return jsonify(saved)


def _stored(round_: Round, candidate: Candidate, criterion_id: int) -> dict[str, Any]:
    card = load_card(round_, g.member, candidate.id)
    row = next((item for item in (card.ratings if card else []) if item.criterion_id == criterion_id), None)
    if row is None:
        return {"score": None, "not_evidenced": False, "evidence": "", "version": 0}
    return {
        "score": row.score,
        "not_evidenced": row.not_evidenced,
        "evidence": row.evidence,
        "version": row.version,
        "saved": clock(row.saved_at),
    }


@blueprint.put(CARD + "/overall")
@needs("scorecard.write")
def save_impression(recruitment_id: int, number: int, candidate_id: int) -> ResponseReturnValue:
    """Saves the overall impression. JSON in: text, version. JSON out: version, saved. 409 as in `save`."""
    round_, candidate, state = _place(number, candidate_id)
    values = _sent()
    text, version = values.get("text"), values.get("version")
    if not isinstance(text, str) or type(version) is not int:
        raise RuleBroken(_("Det kunne ikke læses. Genindlæs siden."))
    take_write_lock()
    try:
        card = save_overall(g.recruitment, round_, g.member, candidate, text, version=version, state=state)
        db.session.flush()
        saved = {"version": card.version, "saved": clock(now())}
        db.session.commit()
    except EditedMeanwhile as meanwhile:
        db.session.rollback()
        stored = load_card(round_, g.member, candidate.id)
        text, version = (stored.overall, stored.version) if stored else ("", 0)
        return jsonify(error=str(meanwhile), text=text, version=version), 409
    return jsonify(saved)


@blueprint.post(CARD)
@needs("scorecard.write")
def hand_in(recruitment_id: int, number: int, candidate_id: int) -> ResponseReturnValue:
    """The form of the page: saves everything on it, and submits when asked to. Works without scripts."""
    round_, candidate, state = _place(number, candidate_id)
    typed = _typed(round_)
    submitting = request.form.get("action") == "submit"
    done = url_for("scoring.overview", recruitment_id=recruitment_id, number=number)
    try:
        for criterion in round_criteria(g.recruitment, round_):
            if criterion.id in typed:
                version = request.form.get(f"version-{criterion.id}", 0, int)
                save_rating(round_, g.member, candidate, criterion, typed[criterion.id], version=version, state=state)
        _save_typed_impression(round_, candidate, state)
        problems = (
            submit(g.recruitment, round_, g.member, candidate, state=state, actor=current_user) if submitting else {}
        )
        db.session.commit()
    except RuleBroken as broken:
        db.session.rollback()
        now_state = own_state(g.recruitment, round_, g.member, candidate)
        if submitting and now_state == SUBMITTED and _stands_already(round_, candidate, typed):
            return redirect(done)  # the second half of a double click
        flash(str(broken), "error")
        unsaved = Unsaved(typed, _typed_impression())
        page = _card_page(round_, candidate, state, unsaved=unsaved)
        return page, 409 if isinstance(broken, EditedMeanwhile) else 400
    if problems:
        return _card_page(round_, candidate, state, problems), 400
    if submitting:
        flash(_("Skemaet om %(ref)s er afgivet.", ref=candidate.ref), "success")
        return redirect(done)
    flash(_("Gemt."), "success")
    return redirect(
        url_for("scoring.scorecard", recruitment_id=recruitment_id, number=number, candidate_id=candidate_id)
    )


def _typed(round_: Round) -> dict[int, Entered]:
    """What the form holds, by criterion id; criteria that were never touched are left out."""
    found = {}
    for criterion in round_criteria(g.recruitment, round_):
        chosen = request.form.get(f"rating-{criterion.id}", "")
        entry = Entered(
            score=whole(chosen) if chosen.isdecimal() else None,
            not_evidenced=chosen == "not_evidenced",
            evidence=request.form.get(f"evidence-{criterion.id}", "").replace("\r\n", "\n"),
        )
        if entry != Entered() or request.form.get(f"version-{criterion.id}", 0, int):
            found[criterion.id] = entry
    return found


def _typed_impression() -> str | None:
    """The overall impression on the form; None while its field is not open."""
    text = request.form.get("overall")
    return None if text is None else text.replace("\r\n", "\n")


def _save_typed_impression(round_: Round, candidate: Candidate, state: str) -> None:
    text, card = _typed_impression(), load_card(round_, g.member, candidate.id)
    if text is None or text == (card.overall if card else ""):
        return
    version = request.form.get("version-overall", 0, int)
    if card is not None and not card.overall:
        version = card.version  # there is nothing that could be overwritten
    save_overall(g.recruitment, round_, g.member, candidate, text, version=version, state=state)


def _stands_already(round_: Round, candidate: Candidate, typed: dict[int, Entered]) -> bool:
    card = load_card(round_, g.member, candidate.id)
    return card is not None and entered(card) == typed and _typed_impression() in (None, card.overall)


@blueprint.post(CARD + "/reopen")
@needs("scorecard.write")
def open_again(recruitment_id: int, number: int, candidate_id: int) -> ResponseReturnValue:
    round_, candidate, state = _place(number, candidate_id)
    reopen(g.recruitment, round_, g.member, candidate, state=state, actor=current_user)
    db.session.commit()
    flash(_("Skemaet er åbnet igen. Husk at afgive det, når du er færdig."), "success")
    return redirect(
        url_for("scoring.scorecard", recruitment_id=recruitment_id, number=number, candidate_id=candidate_id)
    )
