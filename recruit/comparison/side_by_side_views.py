"""Two candidates beside each other, and the rounds beside each other.

Part of the blueprint in views.py.
"""

from __future__ import annotations

from itertools import pairwise

from flask import g, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from recruit.candidates.models import Candidate
from recruit.comparison.differences import versus
from recruit.comparison.differences_document import differences_document
from recruit.comparison.discussion_views import ROUND
from recruit.comparison.forms import PairForm, RoundsForm
from recruit.comparison.rounds import (
    cell_rows,
    how_to_read,
    moved_in_words,
    place_in_words,
    places_in_words,
    score_in_words,
    step_sentences,
    traces,
)
from recruit.comparison.rounds_picture import draw_slopes
from recruit.comparison.service import RevealedRound, load_revealed, load_words
from recruit.comparison.views import blueprint
from recruit.errors import RuleBroken
from recruit.panel.rules import SIDES
from recruit.recruitments.service import charter_of
from recruit.recruitments.views import find_round
from recruit.web.downloads import word_download
from recruit.web.guard import needs

__all__ = ["blueprint"]  # with all its routes so far

DIFFERENCES = ROUND + "/comparison/differences"


@blueprint.get(DIFFERENCES)
@needs("comparison.see")
def differences(recruitment_id: int, number: int) -> ResponseReturnValue:
    """Where two candidates differ most, with what was said of both."""
    round_ = find_round(g.recruitment, number)
    if not round_.revealed_at:
        return render_template("comparison/not_revealed.html", round=round_)
    revealed = load_revealed(g.recruitment, round_)
    form = PairForm(_ranked(revealed), request.args)
    is_valid = len(revealed.candidates) < 2 or form.validate()
    pair = _pair(revealed, form) if len(revealed.candidates) > 1 and is_valid else ()
    words = load_words(revealed, *(pair or revealed.candidates[:1]))
    page = render_template(
        "comparison/differences.html",
        round=round_,
        rounds=[item for item in g.recruitment.rounds if item.revealed_at],
        form=form,
        versus=versus(revealed, pair, words, with_names=not form.nameless.data) if pair else None,
        word_url=url_for(
            "comparison.differences_word",
            recruitment_id=recruitment_id,
            number=number,
            a=form.a.data,
            b=form.b.data,
            nameless="y" if form.nameless.data else None,
        ),
        candidates=len(revealed.candidates),
        sides=SIDES,
        charter=charter_of(g.recruitment),
    )
    return page, 200 if is_valid else 400


@blueprint.get(DIFFERENCES + ".docx")
@needs("comparison.see")
def differences_word(recruitment_id: int, number: int) -> ResponseReturnValue:
    """The same on paper, for the discussion. Raises RuleBroken for a pair that cannot be shown."""
    revealed = load_revealed(g.recruitment, find_round(g.recruitment, number))
    form = PairForm(_ranked(revealed), request.args)
    if not form.validate():
        raise RuleBroken(_("Vælg to forskellige kandidater fra runden."))
    pair = _pair(revealed, form)
    content = differences_document(revealed, pair, with_names=not form.nameless.data)
    return word_download(content, g.recruitment.title, _("forskelle"), *(item.ref for item in pair))


def _ranked(revealed: RevealedRound) -> list[Candidate]:
    return [revealed.candidate(result.ref) for result in revealed.comparison.candidates]


def _pair(revealed: RevealedRound, form: PairForm) -> tuple[Candidate, Candidate]:
    by_id = {str(item.id): item for item in revealed.candidates}
    return by_id[form.a.data], by_id[form.b.data]


@blueprint.get("/recruitments/<int:recruitment_id>/comparison/rounds")
@needs("comparison.see")
def rounds(recruitment_id: int) -> ResponseReturnValue:
    """The revealed rounds beside each other, with what moved from one to the next."""
    revealed = [item for item in g.recruitment.rounds if item.revealed_at]
    if not revealed:
        return render_template("comparison/not_revealed.html", round=None)
    form = RoundsForm(revealed, request.args)
    is_valid = form.validate()
    chosen = [item for item in revealed if not is_valid or str(item.number) in (form.round.data or [])]
    shown = [load_revealed(g.recruitment, item) for item in chosen]
    page = render_template(
        "comparison/rounds.html",
        form=form,
        rounds=revealed,
        waiting=[item for item in g.recruitment.rounds if not item.revealed_at],
        shown=[item.round for item in shown],
        heads=[_head(item) for item in shown],
        rows=[
            {
                "candidate": trace.candidate,
                "rounds": [(place_in_words(own), score_in_words(own)) for own in trace.standings],
                "steps": [(places_in_words(step), moved_in_words(step)) for step in trace.steps],
                "cells": cell_rows(shown, trace.candidate)
                if sum(own is not None for own in trace.standings) > 1
                else [],
            }
            for trace in traces(shown)
        ],
        steps=[(before.round, after.round, step_sentences(before, after)) for before, after in pairwise(shown)],
        picture=draw_slopes(shown) if len(shown) > 1 else None,
        how=how_to_read(),
        charter=charter_of(g.recruitment),
    )
    return page, 200 if is_valid else 400


def _head(revealed: RevealedRound) -> dict[str, object]:
    return {
        "round": revealed.round,
        "url": url_for("comparison.comparison", recruitment_id=revealed.recruitment.id, number=revealed.round.number),
        "candidates": len(revealed.candidates),
        "criteria": len(revealed.criteria),
        "members": revealed.member_count,
    }
