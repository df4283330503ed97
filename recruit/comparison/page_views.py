"""The comparison of a revealed round on one page, with what-if; one criterion; the screen in the meeting room.

Part of the blueprint in views.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import g, jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from recruit.comparison.discussion_views import HERE
from recruit.comparison.page import form_of, page_values, reweighed, urls_of, what_if_answer, what_if_values
from recruit.comparison.pictures_drawn import draw_criterion
from recruit.comparison.presentation import (
    criterion_label,
    criterion_note,
    criterion_rows,
    discuss_rows,
    matrix_model,
    rank_rows,
    severity_rows,
    sides_present,
)
from recruit.comparison.remarks import remarks
from recruit.comparison.sentences import verdict_sentence
from recruit.comparison.service import RevealedRound, load_revealed
from recruit.comparison.side_by_side_views import blueprint
from recruit.comparison.views import ROUND
from recruit.comparison.whatif import Gate, TooBusy
from recruit.comparison.whatif_form import WeightsForm
from recruit.panel.rules import SIDES
from recruit.recruitments.models import Criterion
from recruit.recruitments.service import amendments, charter_of
from recruit.recruitments.views import find_criterion, find_round
from recruit.scoring.deviations import load_deviations
from recruit.scoring.dissents import load_dissents
from recruit.scoring.rules import DEVIATIONS
from recruit.web.guard import may, needs

__all__ = ["blueprint"]

GATE = Gate()
MOST_NAMED = 8  # candidates over the columns of the meeting room's matrix; more are told apart by their refs


def _busy(busy: TooBusy) -> str:
    return ngettext(
        "Der bliver regnet meget lige nu. Prøv igen om %(num)s sekund.",
        "Der bliver regnet meget lige nu. Prøv igen om %(num)s sekunder.",
        busy.seconds,
    )


@blueprint.get(ROUND)
@needs("comparison.see")
def comparison(recruitment_id: int, number: int) -> ResponseReturnValue:
    """The numbers of the round; with weights in the address the same page of what they would be, marked as such."""
    round_ = find_round(g.recruitment, number)
    if not round_.revealed_at:
        return render_template("comparison/not_revealed.html", round=round_)
    official = load_revealed(g.recruitment, round_)
    form = form_of(official, request.args)
    if not form.is_asked:
        return _page(official, official, form)
    if not form.validate():
        return _page(official, official, form), 400
    if not form.is_changed:
        return _page(official, official, form)
    try:
        with GATE.passing(current_user.id):
            shown = reweighed(official, form)
    except TooBusy as busy:
        return _page(official, official, form, _busy(busy)), 429, {"Retry-After": str(busy.seconds)}
    return _page(official, shown, form)


def _page(official: RevealedRound, shown: RevealedRound, form: WeightsForm, busy: str | None = None) -> str:
    round_ = official.round
    return render_template(
        "comparison/comparison.html",
        round=round_,
        rounds=[item for item in g.recruitment.rounds if item.revealed_at],
        is_what_if=shown is not official,
        what_if=what_if_values(official, shown, form),
        busy=busy,
        deviations=load_deviations(g.recruitment, round_, official.progress.standings),
        deviation_labels=DEVIATIONS,
        amendments=amendments(g.recruitment),
        withdrawn=[item for item in official.progress.candidates if item.status == "withdrawn"],
        severity=severity_rows(official) if may("round.reveal") else [],
        dissents=load_dissents(g.recruitment, round_, official.progress),
        sides=SIDES,
        **page_values(shown, request.args.getlist("room")),
    )


@blueprint.get(ROUND + "/what-if")
@needs("comparison.see")
def what_if(recruitment_id: int, number: int) -> ResponseReturnValue:
    """For the script of the page: the numbers with other weights, as JSON. Changes nothing."""
    official = load_revealed(g.recruitment, find_round(g.recruitment, number))
    form = form_of(official, request.args)
    if not form.is_asked or not form.validate():
        faults = [f"{form[name].label.text}: {' '.join(map(str, errors))}" for name, errors in form.errors.items()]
        return jsonify(error=" ".join(faults) or _("Skriv en vægt.")), 400
    try:
        with GATE.passing(current_user.id):
            shown = reweighed(official, form)
    except TooBusy as busy:
        return jsonify(error=_busy(busy)), 429, {"Retry-After": str(busy.seconds)}
    return jsonify(what_if_answer(shown))


@blueprint.get(ROUND + "/criteria/<int:criterion_id>")
@needs("comparison.see")
def criterion(recruitment_id: int, number: int, criterion_id: int) -> ResponseReturnValue:
    """One criterion over all candidates: who gave what, by side."""
    revealed = load_revealed(g.recruitment, find_round(g.recruitment, number))
    shown = find_criterion(g.recruitment, criterion_id)
    charter = charter_of(g.recruitment)
    urls = urls_of(revealed)
    return render_template(
        "comparison/criterion.html",
        round=revealed.round,
        criterion=shown,
        area=charter.area_of(shown.key),
        text=criterion_label(charter, shown),
        note=criterion_note(shown),
        is_rated_here=shown in revealed.criteria,
        rows=criterion_rows(revealed, shown, urls.candidates) if shown in revealed.criteria else [],
        picture=draw_criterion(revealed, shown) if shown in revealed.criteria and revealed.candidates else None,
        sides=sides_present(revealed),
        words=SIDES,
        others=[(item, criterion_label(charter, item), urls.criteria[item.id]) for item in revealed.criteria],
        charter=charter,
    )


@blueprint.get(ROUND + "/screen")
@needs("comparison.see")
def screen(recruitment_id: int, number: int) -> ResponseReturnValue:
    """For the screen in the meeting room: the verdict, the order and the matrix in large type, and no member's name."""
    round_ = find_round(g.recruitment, number)
    if not round_.revealed_at:
        return render_template("comparison/not_revealed.html", round=round_)
    revealed = load_revealed(g.recruitment, round_)
    ids = {item.ref: item.id for item in revealed.candidates}

    def to_point(_urls: Mapping[str, str], ref: str, criterion: Criterion) -> str:
        place: dict[str, Any] = {"recruitment_id": recruitment_id, "number": number}
        return url_for("comparison.point", candidate_id=ids[ref], criterion_id=criterion.id, _anchor=HERE, **place)

    matrix = matrix_model(revealed, {}, to_cell=to_point)
    for column in matrix["candidates"] if len(ids) > MOST_NAMED else []:
        column["name"] = None
    return render_template(
        "comparison/screen.html",
        round=round_,
        verdict=verdict_sentence(revealed),
        remarks=remarks(revealed),
        ranks=rank_rows(revealed),
        matrix=matrix,
        discuss=discuss_rows(revealed, {}, to_point),
    )
