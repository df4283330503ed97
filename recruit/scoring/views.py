"""The progress of a round, what is not waited for, and the reveal. The scorecard itself is in card_views.py."""

from __future__ import annotations

from flask import Blueprint, flash, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from recruit.candidates.names import hides_names
from recruit.candidates.rules import WITHDRAWALS
from recruit.extensions import db
from recruit.questions.guide import load_guide
from recruit.recruitments.models import Round
from recruit.recruitments.service import round_criteria
from recruit.recruitments.views import find_round
from recruit.scoring.calibration import answers_to_practise, practice_waits, who_has_practised
from recruit.scoring.deviations import load_deviations
from recruit.scoring.documents import scorecard_document
from recruit.scoring.forms import ExcuseForm
from recruit.scoring.latecomers import excuse_missed, missed_interviews
from recruit.scoring.overview import excused_rows, left_out, member_rows
from recruit.scoring.progress import excuse, load_excuses, progress, remove_excuse, reveal
from recruit.scoring.rules import DEVIATIONS, EXCUSES, MISSING, NOT_EXPECTED, came_late
from recruit.scoring.service import rated_counts
from recruit.web.downloads import word_download
from recruit.web.forms import options
from recruit.web.guard import may, needs
from recruit.web.language import listed

blueprint = Blueprint("scoring", __name__)

# In the session: the recruitments whose practice this person has put off.
POSTPONED = "postponed_practice"


@blueprint.get("/recruitments/<int:recruitment_id>/scorecards")
@needs("progress.see")
def rounds(recruitment_id: int) -> ResponseReturnValue:
    """The round that is being scored: the first locked one that is not revealed, else the last."""
    found = g.recruitment.rounds
    if not found:
        return render_template("scoring/no_round.html")
    current = next((round_ for round_ in found if round_.locked_at and not round_.revealed_at), found[-1])
    return redirect(url_for("scoring.overview", recruitment_id=recruitment_id, number=current.number))


def practice_reminder() -> bool:
    """Whether this member is reminded of practising: until it is done or put off, and before their first scorecard."""
    if g.member is None or not may("calibration.rate") or g.recruitment.id in session.get(POSTPONED, []):
        return False
    return practice_waits(g.recruitment, g.member)


def _overview(round_: Round, form: ExcuseForm) -> str:
    found = progress(g.recruitment, round_)
    names = {candidate.id: candidate for candidate in found.candidates}
    people = {member.id: member for member in found.members}

    def card_name(card: tuple[int, int]) -> str:
        return f"{people[card[0]].person.name} · {names[card[1]].ref} {names[card[1]].name}"

    form.card.choices = options({f"{card[0]}-{card[1]}": card_name(card) for card in found.missing})
    own = [
        (candidate, found.states[g.member.id, candidate.id])
        for candidate in found.candidates
        if g.member and may("scorecard.write") and found.states[g.member.id, candidate.id] != NOT_EXPECTED
    ]
    leads = may("round.excuse")
    answers = answers_to_practise(g.recruitment)
    practised = who_has_practised(g.recruitment, answers) if leads and answers else None
    return render_template(
        "scoring/overview.html",
        round=round_,
        progress=found,
        practised=practised,
        rows=member_rows(
            round_,
            found,
            practised,
            missed_interviews(round_, found) if leads else {},
            reader=g.member,
            reminds=leads,
        ),
        nameless=hides_names(),
        withdrawals=WITHDRAWALS,
        left_out=left_out(g.recruitment, found),
        own=own,
        came_late=bool(g.member) and came_late(g.member.joined_at, round_.revealed_at),
        next=next((candidate for candidate, state in own if state == MISSING), None),
        practice=practice_reminder(),
        practice_answers=answers if g.member and may("calibration.rate") else [],
        rated=rated_counts(round_, g.member) if g.member else {},
        total=len(round_criteria(g.recruitment, round_)),
        deviations=load_deviations(g.recruitment, round_),
        deviation_labels=DEVIATIONS,
        excuses=[(row, card_name((row.member_id, row.candidate_id))) for row in load_excuses(round_)],
        excused=excused_rows(found),
        excuse_labels=EXCUSES,
        form=form,
        may_excuse=leads,
        may_reveal=may("round.reveal"),
    )


@blueprint.get("/recruitments/<int:recruitment_id>/rounds/<int:number>/scorecards")
@needs("progress.see")
def overview(recruitment_id: int, number: int) -> ResponseReturnValue:
    return _overview(find_round(g.recruitment, number), ExcuseForm(formdata=None))


@blueprint.post("/recruitments/<int:recruitment_id>/rounds/<int:number>/excuses")
@needs("round.excuse")
def add_excuse(recruitment_id: int, number: int) -> ResponseReturnValue:
    round_ = find_round(g.recruitment, number)
    form = ExcuseForm()
    found = progress(g.recruitment, round_)
    form.card.choices = options({f"{member}-{candidate}": "" for member, candidate in found.missing})
    if form.validate_on_submit():
        member, candidate = (int(part) for part in form.card.data.split("-"))
        excuse(
            g.recruitment,
            round_,
            member,
            candidate,
            code=form.code.data,
            note=form.note.data or "",
            actor=current_user,
        )
        db.session.commit()
        flash(_("Skemaet er undskyldt. Grunden står i rapporten."), "success")
        return redirect(url_for("scoring.overview", recruitment_id=recruitment_id, number=number))
    return _overview(round_, form), 400


@blueprint.post("/recruitments/<int:recruitment_id>/rounds/<int:number>/excuses/missed")
@needs("round.excuse")
def excuse_latecomer(recruitment_id: int, number: int) -> ResponseReturnValue:
    """A member who came in during the round is excused from the interviews before."""
    round_ = find_round(g.recruitment, number)
    missed = excuse_missed(g.recruitment, round_, request.form.get("member", 0, int), actor=current_user)
    db.session.commit()
    flash(_("Undskyldt for %(refs)s. Grunden står i rapporten.", refs=listed([item.ref for item in missed])), "success")
    return redirect(url_for("scoring.overview", recruitment_id=recruitment_id, number=number))


@blueprint.post("/recruitments/<int:recruitment_id>/rounds/<int:number>/excuses/remove")
@needs("round.excuse")
def drop_excuse(recruitment_id: int, number: int) -> ResponseReturnValue:
    member, candidate = request.form.get("member", 0, int), request.form.get("candidate", 0, int)
    remove_excuse(g.recruitment, find_round(g.recruitment, number), member, candidate, actor=current_user)
    db.session.commit()
    flash(_("Der ventes igen på skemaet."), "success")
    return redirect(url_for("scoring.overview", recruitment_id=recruitment_id, number=number))


@blueprint.post("/recruitments/<int:recruitment_id>/rounds/<int:number>/reveal")
@needs("round.reveal")
def reveal_round(recruitment_id: int, number: int) -> ResponseReturnValue:
    reveal(g.recruitment, find_round(g.recruitment, number), actor=current_user)
    db.session.commit()
    flash(_("Vurderingerne er afsløret for udvalget og ligger nu fast. Næste skridt er drøftelsen."), "success")
    return redirect(url_for("comparison.comparison", recruitment_id=recruitment_id, number=number))


@blueprint.get("/recruitments/<int:recruitment_id>/rounds/<int:number>/scorecard.docx")
@needs("guide.see")
def word(recruitment_id: int, number: int) -> ResponseReturnValue:
    """A blank scorecard for the table, without anybody's ratings."""
    round_ = find_round(g.recruitment, number)
    content = scorecard_document(g.recruitment, round_, load_guide(round_))
    return word_download(content, g.recruitment.title, _("vurderingsskema"), round_.name)
