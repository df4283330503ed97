"""One letter: written, read, marked ready, taken up again. Part of the blueprint in views.py."""

from __future__ import annotations

from typing import Any

from flask import flash, g, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from recruit.audit import now
from recruit.candidates.models import Candidate
from recruit.candidates.views import find_candidate
from recruit.decisions.hearings import check_may_answer
from recruit.errors import EditedMeanwhile, RuleBroken
from recruit.extensions import db
from recruit.letters.documents import letter_document
from recruit.letters.forms import ReadyForm, texts_form
from recruit.letters.material import Field, grounds_of, load_field, load_heard
from recruit.letters.models import AnswerEarlier, AnswerText
from recruit.letters.ready import check_letter, mark_ready, named_sentence, open_again, waiting_sentence
from recruit.letters.rules import DRAFTED, HEARD, LETTER, READY, STAGES, STATES, TEXT_LIMIT, WAITS_FOR, WHAT
from recruit.letters.service import Letter, drafts, letter_of
from recruit.letters.texts import load_history, load_texts, restore, texts_of, write_text
from recruit.letters.views import LETTERS, ONE, blueprint, check_may_write_to, find_here
from recruit.profiles.ads.checks import unfilled
from recruit.profiles.rules import blocks
from recruit.sifting.piles import load_piles
from recruit.web.downloads import word_download
from recruit.web.forms import catch_up, sent_text, whole
from recruit.web.guard import needs
from recruit.web.language import clock

__all__ = ["LETTERS", "blueprint"]


@blueprint.route(ONE, methods=["GET", "POST"])
@needs("letters.write")
def letter(recruitment_id: int, candidate_id: int) -> ResponseReturnValue:
    """The letter with what it can draw on. A script saves it as it is typed; the form does so without one, and its
    smaller button puts the draft in (`take`)."""
    field = load_field(g.recruitment)
    found = letter_of(field, find_here(field, candidate_id))
    check_may_write_to(found.candidate)
    form = texts_form({LETTER: _("Svaret")})
    newer = catch_up(form, [LETTER], {LETTER: (found.text, found.version)})
    if form.validate_on_submit() and not newer:
        text = form[f"{LETTER}_text"].data or ""
        take = request.form.get("take") and not text
        if take:
            text = drafts(field, [found.candidate]).get(found.candidate.id, "")
        _write(found.candidate, text, version=whole(form[f"{LETTER}_version"].data))
        if not take:
            flash(_("Svaret er gemt."), "success")
        return redirect(url_for("letters.letter", recruitment_id=recruitment_id, candidate_id=candidate_id))
    return _page(field, found, form, newer, None)


def _write(candidate: Candidate, text: str, *, version: int) -> None:
    write_text(g.recruitment, candidate, LETTER, text, version=version, actor=current_user)
    db.session.commit()


def _page(
    field: Field, found: Letter, form: Any, newer: dict[str, str], ready: ReadyForm | None, status: int = 200
) -> ResponseReturnValue:
    candidate = found.candidate
    composed = drafts(field, [candidate]).get(candidate.id, "") if found.is_open else ""
    waiting = waiting_sentence(g.recruitment, candidate)
    ready = ready or ReadyForm(formdata=None)
    ready.seen.data = str(found.version)
    with force_locale(g.recruitment.language):
        grounds = grounds_of(field, load_heard(g.recruitment, candidate), candidate) if found.stage in HEARD else []
    pile = load_piles(g.recruitment).get(candidate.id)
    page = render_template(
        "letters/letter.html",
        letter=found,
        form=form,
        ready=ready,
        newer=newer,
        suggestion=composed,
        suggested=list(blocks(composed)),
        shown=list(blocks(found.text)),
        check=check_letter(field, found, waiting),
        waits_for=WAITS_FOR,
        grounds=grounds,
        charter=field.charter,
        pile=pile,
        stages=STAGES,
        states=STATES,
        key=LETTER,
    )
    return page, 409 if newer else 400 if form.errors or ready.errors else status


@blueprint.put(ONE + "/sections/letter")
@needs("letters.write")
def save(recruitment_id: int, candidate_id: int) -> ResponseReturnValue:
    """Saves the letter as typed. JSON in: text, version. JSON out: version, saved (a clock). 409 with what the server
    has, text and version, when another saved first."""
    candidate = find_candidate(candidate_id)
    check_may_write_to(candidate)
    text, version = sent_text()
    return saved_as_typed(
        candidate,
        LETTER,
        lambda: write_text(g.recruitment, candidate, LETTER, text, version=version, actor=current_user),
    )


def saved_as_typed(candidate: Candidate, key: str, write: Any) -> ResponseReturnValue:
    """Writes one text and commits; the answer that the page's script takes."""
    status = 200
    try:
        write()
        db.session.commit()
    except (EditedMeanwhile, StaleDataError, IntegrityError):
        db.session.rollback()
        status = 409
    return jsonify(_saved(texts_of(load_texts(g.recruitment, candidate), candidate).get(key))), status


def _saved(row: AnswerText | None) -> dict[str, Any]:
    if row is None:
        return {"text": "", "version": 0, "saved": clock(now())}
    return {"text": row.text, "version": row.version, "saved": clock(row.changed_at)}


@blueprint.put(ONE + "/check")
@needs("letters.write")
def check(recruitment_id: int, candidate_id: int) -> ResponseReturnValue:
    """Whom a text names that it must not, and what is to be filled in. JSON in: text. JSON out: faults, sentences."""
    field = load_field(g.recruitment)
    candidate = find_here(field, candidate_id)
    check_may_write_to(candidate)
    text, _version = sent_text()
    if len(text) > TEXT_LIMIT:
        raise RuleBroken(_("Teksten må højst have %(limit)s tegn.", limit=TEXT_LIMIT))
    faults = [named_sentence(item) for item in field.names(candidate).find(text)]
    faults += [_("Udfyld %(gap)s", gap=gap) for gap in unfilled(text)]
    return jsonify(faults=list(dict.fromkeys(faults)))


@blueprint.post(ONE + "/draft")
@needs("letters.write")
def draft_again(recruitment_id: int, candidate_id: int) -> ResponseReturnValue:
    """Puts the composed draft in the place of what stands there, which stays in the history."""
    field = load_field(g.recruitment)
    found = letter_of(field, find_here(field, candidate_id))
    check_may_write_to(found.candidate)
    text = drafts(field, [found.candidate]).get(candidate_id)
    if text is None:
        raise RuleBroken(str(WAITS_FOR[found.waits_for]))
    if found.state == "outdated":
        open_again(g.recruitment, found.candidate, actor=current_user)
    version = whole(request.form.get("version"))
    write_text(g.recruitment, found.candidate, LETTER, text, version=version, what=DRAFTED, actor=current_user)
    db.session.commit()
    flash(_("Udkastet er lavet igen. Det, der stod før, ligger i historikken."), "success")
    return redirect(url_for("letters.letter", recruitment_id=recruitment_id, candidate_id=candidate_id))


@blueprint.post(ONE + "/ready")
@needs("letters.write")
def ready(recruitment_id: int, candidate_id: int) -> ResponseReturnValue:
    field = load_field(g.recruitment)
    found = letter_of(field, find_here(field, candidate_id))
    check_may_write_to(found.candidate)
    form = ReadyForm()
    seen, kept_because = whole(form.seen.data), form.kept_because.data or ""
    if form.validate_on_submit():
        try:
            mark_ready(field, found, seen=seen, kept_because=kept_because, actor=current_user)
            db.session.commit()
            flash(_("Svaret er markeret klar. Det bliver ikke sendt, før I sender det i Digital Post."), "success")
            return redirect(url_for("letters.letters", recruitment_id=recruitment_id))
        except EditedMeanwhile as meanwhile:
            db.session.rollback()
            flash(str(meanwhile), "warning")
            return redirect(url_for("letters.letter", recruitment_id=recruitment_id, candidate_id=candidate_id))
        except RuleBroken as broken:
            db.session.rollback()
            form.kept_because.errors = [str(broken)]
    field = load_field(g.recruitment)
    found = letter_of(field, find_here(field, candidate_id))
    texts = texts_form({LETTER: _("Svaret")})
    texts[f"{LETTER}_text"].data, texts[f"{LETTER}_version"].data = found.text, str(found.version)
    return _page(field, found, texts, {}, form, 400)


@blueprint.post(ONE + "/reopen")
@needs("letters.write")
def reopen(recruitment_id: int, candidate_id: int) -> ResponseReturnValue:
    candidate = find_candidate(candidate_id)
    check_may_write_to(candidate)
    open_again(g.recruitment, candidate, actor=current_user)
    db.session.commit()
    flash(_("Svaret kan rettes igen. Er det sendt, så send det nye med en forklaring."), "info")
    return redirect(url_for("letters.letter", recruitment_id=recruitment_id, candidate_id=candidate_id))


@blueprint.get(ONE + "/history")
@needs("letters.write")
def history(recruitment_id: int, candidate_id: int) -> ResponseReturnValue:
    """The letter as it was left each time."""
    field = load_field(g.recruitment)
    found = letter_of(field, find_here(field, candidate_id))
    check_may_write_to(found.candidate)
    return render_template(
        "letters/history.html",
        letter=found,
        entries=[(row, name, list(blocks(row.text))) for row, name in load_history(found.candidate, LETTER)],
        what=WHAT,
    )


@blueprint.post(ONE + "/history")
@needs("letters.write")
def take_up(recruitment_id: int, candidate_id: int) -> ResponseReturnValue:
    """Takes an earlier text up again. `entry` names it, `version` is that of the letter when the page was made."""
    candidate = find_candidate(candidate_id)
    check_may_write_to(candidate)
    wanted = whole(request.form.get("entry"))
    earlier = next((row for row, _name in load_history(candidate, LETTER) if row.id == wanted), None)
    if not isinstance(earlier, AnswerEarlier):
        raise RuleBroken(_("Den tidligere tekst findes ikke mere."))
    restore(g.recruitment, candidate, earlier, version=whole(request.form.get("version")), actor=current_user)
    db.session.commit()
    flash(_("Den tidligere tekst er taget frem. Den, der stod før, ligger stadig i historikken."), "success")
    return redirect(url_for("letters.letter", recruitment_id=recruitment_id, candidate_id=candidate_id))


@blueprint.get(ONE + ".docx")
@needs("letters.see")
def word(recruitment_id: int, candidate_id: int) -> ResponseReturnValue:
    """As it stands; one that is not ready says so on top."""
    field = load_field(g.recruitment)
    found = letter_of(field, find_here(field, candidate_id))
    check_may_write_to(found.candidate)
    if not found.text.strip():
        raise RuleBroken(_("Der står ikke noget i svaret."))
    if found.state == READY:
        check_may_answer(g.recruitment, found.candidate)  # a draft says that it is one, and may be printed
    return word_download(letter_document(field, found), g.recruitment.title, _("svar"), found.candidate.ref)
