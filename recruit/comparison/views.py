"""The comparison of a revealed round, and one candidate's ratings with their evidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from recruit.candidates.conflicts import barred_from
from recruit.candidates.models import Candidate
from recruit.candidates.views import find_candidate
from recruit.comparison.documents import comparison_document
from recruit.comparison.pictures_drawn import draw_candidate
from recruit.comparison.presentation import criterion_label, criterion_note, heat, sides_present
from recruit.comparison.service import RevealedRound, load_revealed, load_words
from recruit.comparison.workbook import comparison_workbook
from recruit.errors import EditedMeanwhile, RuleBroken
from recruit.extensions import db
from recruit.panel.rules import SIDES
from recruit.recruitments.models import Criterion
from recruit.recruitments.service import charter_of
from recruit.recruitments.views import find_criterion, find_round
from recruit.scoring.consensus import find_consensus, fingerprint, remove_consensus, set_consensus
from recruit.scoring.forms import ConsensusForm
from recruit.scoring.models import Consensus
from recruit.web.downloads import excel_download, word_download
from recruit.web.guard import may, needs
from recruit.web.language import alphabetical

blueprint = Blueprint("comparison", __name__)
ROUND = "/recruitments/<int:recruitment_id>/rounds/<int:number>/comparison"


@blueprint.get("/recruitments/<int:recruitment_id>/comparison")
@needs("comparison.see")
def latest(recruitment_id: int) -> ResponseReturnValue:
    """The last revealed round; a page that says what is missing when there is none."""
    revealed = [round_ for round_ in g.recruitment.rounds if round_.revealed_at]
    if not revealed:
        return render_template("comparison/not_revealed.html", round=None)
    return redirect(url_for("comparison.comparison", recruitment_id=recruitment_id, number=revealed[-1].number))


def _urls(revealed: RevealedRound) -> dict[str, str]:
    place: dict[str, Any] = {"recruitment_id": revealed.recruitment.id, "number": revealed.round.number}
    return {item.ref: url_for("comparison.candidate", candidate_id=item.id, **place) for item in revealed.candidates}


@blueprint.get(ROUND + "/candidates/<int:candidate_id>")
@needs("comparison.see")
def candidate(recruitment_id: int, number: int, candidate_id: int) -> ResponseReturnValue:
    """Every member's first rating of one candidate with its evidence, and the consensus beside them."""
    revealed = load_revealed(g.recruitment, find_round(g.recruitment, number))
    shown = find_candidate(candidate_id)
    if shown not in revealed.candidates:
        return render_template("comparison/not_compared.html", round=revealed.round, candidate=shown), 404
    return _candidate_page(revealed, shown)


@dataclass(frozen=True)
class Attempt:
    """A consensus that was not saved, as it was typed. `newer` is what another window has saved meanwhile, "" when it
    has removed the consensus, None when there is no other window. `sentence` says what happened."""

    form: ConsensusForm
    newer: str | None = None
    sentence: str | None = None

    @property
    def status(self) -> int:
        return 400 if self.sentence is None else 409


def consensus_form(criterion: Criterion, stored: Consensus | None) -> ConsensusForm:
    """The form of one cell with what is stored."""
    form = ConsensusForm(formdata=None, prefix=f"{criterion.id}-")
    form.score.data, form.reason.data = (str(stored.score), stored.reason) if stored else ("", "")
    form.shown.data = fingerprint(stored)
    return form


def may_agree(candidate: Candidate) -> bool:
    """Whether this person writes the panel's consensus on the candidate: a chair who may judge them (rule 7)."""
    return may("consensus.write") and candidate.id not in barred_from(g.member)


def take_consensus(revealed: RevealedRound, shown: Candidate, criterion: Criterion) -> Attempt | None:
    """Saves or removes the consensus that was sent, and commits. None when that went well. May raise RuleBroken."""
    if not may_agree(shown):
        raise RuleBroken(_("Du er inhabil over for kandidaten."))
    form = ConsensusForm(prefix=f"{criterion.id}-")
    is_removal = request.form.get("action") == "remove"
    if not is_removal and not form.validate_on_submit():
        return Attempt(form)
    place = (revealed.recruitment, revealed.round, shown, criterion)
    seen = form.shown.data or ""
    try:
        if is_removal:
            remove_consensus(*place, shown=seen, actor=current_user)
        else:
            score, reason, rated = int(form.score.data), form.reason.data, revealed.is_rated(shown, criterion)
            set_consensus(*place, score=score, reason=reason, shown=seen, rated=rated, actor=current_user)
        db.session.commit()
    except EditedMeanwhile as meanwhile:
        db.session.rollback()
        stored = find_consensus(revealed.round, shown, criterion)
        if is_removal:
            return Attempt(consensus_form(criterion, stored), sentence=str(meanwhile))
        form.shown.data = fingerprint(stored)  # saving again is a choice made with both in view
        newer = f"{stored.score}: {stored.reason}" if stored else ""
        return Attempt(form, newer, str(meanwhile))
    return None


def _candidate_page(revealed: RevealedRound, shown: Candidate, attempts: dict[int, Attempt] | None = None) -> str:
    """`attempts`: a consensus that was not saved, by criterion id."""
    charter = charter_of(g.recruitment)
    result = next(item for item in revealed.comparison.candidates if item.ref == shown.ref)
    words = load_words(revealed, shown)
    people = {member.id: member for member in revealed.progress.members}
    consensus = {row.criterion_id: row for row in revealed.consensus if row.candidate_id == shown.id}
    blocks = []
    for criterion in revealed.criteria:
        stored = consensus.get(criterion.id)
        attempt = (attempts or {}).get(criterion.id) or Attempt(consensus_form(criterion, stored))
        given: list[dict[str, Any]] = [
            {"member": people[row.member_id], "score": row.score, "evidence": words.evidence[row[:3]]}
            for row in revealed.given
            if (row.candidate_id, row.criterion_id) == (shown.id, criterion.id)
        ]
        cell = result.cells[criterion.key]
        scores = [row["score"] for row in given if row["score"] is not None]
        blocks.append(
            {
                "criterion": criterion,
                "area": charter.area_of(criterion.key),
                "text": criterion_label(charter, criterion),
                "note": criterion_note(criterion),
                "cell": cell,
                "heat": None if cell.value is None else heat(cell.value),
                "below": criterion.key in result.below_minimum,
                "discuss": (shown.ref, criterion.key) in revealed.comparison.discuss,
                "given": sorted(given, key=lambda row: alphabetical(row["member"].person.name)),
                "consensus": stored,
                "attempt": attempt,
                "rated": revealed.is_rated(shown, criterion),
                "lowest": min(scores, default=None),
                "highest": max(scores, default=None),
            }
        )
    overall = [
        (member, words.overall[member.id, shown.id])
        for member in revealed.progress.members
        if (member.id, shown.id) in words.overall
    ]
    urls = _urls(revealed)
    return render_template(
        "comparison/candidate.html",
        round=revealed.round,
        candidate=shown,
        result=result,
        blocks=blocks,
        overall=overall,
        sides=SIDES,
        others=[(item, urls[item.ref]) for item in revealed.candidates],
        may_agree=may_agree(shown),
        charter=charter,
        picture=draw_candidate(revealed, shown),
        sides_present=sides_present(revealed),
    )


@blueprint.post(ROUND + "/candidates/<int:candidate_id>/consensus/<int:criterion_id>")
@needs("consensus.write")
def agree(recruitment_id: int, number: int, candidate_id: int, criterion_id: int) -> ResponseReturnValue:
    revealed = load_revealed(g.recruitment, find_round(g.recruitment, number))
    shown, criterion = find_place(revealed, candidate_id, criterion_id)
    attempt = take_consensus(revealed, shown, criterion)
    if attempt is not None:
        revealed = load_revealed(g.recruitment, find_round(g.recruitment, number))
        return _candidate_page(revealed, shown, {criterion.id: attempt}), attempt.status
    if request.form.get("action") == "remove":
        flash(_("Konsensus er fjernet. De første vurderinger gælder."), "success")
    else:
        flash(_("Konsensus er gemt. De første vurderinger står ved siden af."), "success")
    place: dict[str, Any] = {"recruitment_id": recruitment_id, "number": number, "candidate_id": candidate_id}
    return redirect(url_for("comparison.candidate", **place, _anchor=f"criterion-{criterion_id}"))


def find_place(revealed: RevealedRound, candidate_id: int, criterion_id: int) -> tuple[Candidate, Criterion]:
    """A candidate and a criterion of the round; 404 otherwise."""
    candidate, criterion = find_candidate(candidate_id), find_criterion(revealed.recruitment, criterion_id)
    if candidate not in revealed.candidates or criterion not in revealed.criteria:
        abort(404)
    return candidate, criterion


@blueprint.get("/recruitments/<int:recruitment_id>/rounds/<int:number>/comparison.docx")
@needs("comparison.see")
def word(recruitment_id: int, number: int) -> ResponseReturnValue:
    round_ = find_round(g.recruitment, number)
    content = comparison_document(load_revealed(g.recruitment, round_))
    return word_download(content, g.recruitment.title, _("sammenligning"), round_.name)


@blueprint.get("/recruitments/<int:recruitment_id>/rounds/<int:number>/comparison.xlsx")
@needs("comparison.see")
def workbook(recruitment_id: int, number: int) -> ResponseReturnValue:
    """The numbers in Excel."""
    round_ = find_round(g.recruitment, number)
    content = comparison_workbook(load_revealed(g.recruitment, round_))
    return excel_download(content, g.recruitment.title, _("sammenligning"), round_.name)
