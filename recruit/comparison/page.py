"""What the page of a comparison shows, gathered: at a glance, the matrix, how sure it is, and what if."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from recruit.comparison.pictures_drawn import (
    draw_pairs,
    draw_places,
    draw_profile,
    profile_areas,
    profile_choice,
    room_rows,
)
from recruit.comparison.presentation import (
    criterion_label,
    discuss_rows,
    excuse_rows,
    matrix_model,
    rank_reach,
    rank_rows,
    standing_rows,
)
from recruit.comparison.remarks import remarks
from recruit.comparison.rules import CandidateResult, compare
from recruit.comparison.sentences import (
    agreement_meaning,
    agreement_sentence,
    method_sentences,
    robustness_sentences,
    verdict_sentence,
)
from recruit.comparison.service import RevealedRound, round_input
from recruit.comparison.whatif import reach_of, with_weights
from recruit.comparison.whatif_form import WeightsForm, name_of, weights_form
from recruit.recruitments.models import Criterion
from recruit.recruitments.service import charter_of
from recruit.web.language import language, number, percent, weight


@dataclass(frozen=True)
class Urls:
    """Where the parts of a round's comparison stand."""

    candidates: dict[str, str]
    criteria: dict[int, str]


def urls_of(revealed: RevealedRound) -> Urls:
    place: dict[str, Any] = {"recruitment_id": revealed.recruitment.id, "number": revealed.round.number}
    return Urls(
        {item.ref: url_for("comparison.candidate", candidate_id=item.id, **place) for item in revealed.candidates},
        {item.id: url_for("comparison.criterion", criterion_id=item.id, **place) for item in revealed.criteria},
    )


def form_of(revealed: RevealedRound, sent: MultiDict[str, str]) -> WeightsForm:
    charter = charter_of(revealed.recruitment)
    labels = {criterion.id: criterion_label(charter, criterion) for criterion in revealed.criteria}
    return weights_form(labels, revealed.criteria, sent)


def reweighed(revealed: RevealedRound, form: WeightsForm) -> RevealedRound:
    """The round computed with the form's weights. Takes as long as ten thousand draws do."""
    data = round_input(revealed.progress, revealed.candidates, revealed.criteria, revealed.given, revealed.consensus)
    return replace(revealed, comparison=compare(with_weights(data, form.weights)))


def page_values(shown: RevealedRound, asked: list[str]) -> dict[str, Any]:
    """What the numbers of a round say, its own or those under other weights. `asked`: refs to show by room."""
    found, urls = shown.comparison, urls_of(shown)
    scored = [result for result in found.candidates if result.score is not None]
    profiled = profile_choice(shown, asked)
    return {
        "verdict": verdict_sentence(shown),
        "remarks": remarks(shown),
        "agreement": agreement_sentence(found.agreement, len(found.discuss)),
        "agreement_meaning": agreement_meaning(found.agreement),
        "robustness": robustness_sentences(found),
        "members": shown.member_count,
        "matrix": matrix_model(shown, urls.candidates, urls.criteria),
        "ranks": rank_rows(shown),
        "discuss": discuss_rows(shown, urls.candidates),
        "standings": standing_rows(shown),
        "excuses": excuse_rows(shown),
        "method": method_sentences(found),
        "places_picture": draw_places(shown) if len(scored) > 1 else None,
        "pairs_picture": draw_pairs(shown),
        "pair_rows": pair_rows(shown),
        "profile_picture": draw_profile(shown, profiled) if profiled else None,
        "profile_rows": room_rows(shown, profiled),
        "profile_areas": profile_areas(shown),
        "scored": [(result.ref, shown.candidate(result.ref).name) for result in scored],
        "profiled": profiled,
    }


def pair_rows(shown: RevealedRound) -> list[tuple[str, str, list[str]]]:
    """For each candidate in rank order how often it is above each of the others; a dash above itself."""
    above = {}
    for pair in shown.comparison.pairs:
        if pair.above is not None:
            above[pair.a, pair.b], above[pair.b, pair.a] = pair.above, 1 - pair.above
    ranked = [result.ref for result in shown.comparison.candidates if result.score is not None]
    names, within = {item.ref: item.name for item in shown.candidates}, language()
    return [(a, names[a], [percent(above[a, b], within) if a != b else "–" for b in ranked]) for a in ranked]


def what_if_values(official: RevealedRound, shown: RevealedRound, form: WeightsForm) -> dict[str, Any]:
    """The sliders, and everybody's score and rank before and after. `shown` is `official` where nothing was asked."""
    reach = reach_of([criterion.weight for criterion in official.criteria])
    after = {result.ref: result for result in shown.comparison.candidates}
    results = official.comparison.candidates
    return {
        "form": form,
        "fields": [_what_if_field(criterion, form[name_of(criterion)]) for criterion in official.criteria],
        "reach": reach,
        "said": what_if_said(shown) if shown is not official else None,
        "rows": [_what_if_row(official, result, after[result.ref]) for result in results],
        "data": {
            "language": language(),
            "fields": [name_of(criterion) for criterion in official.criteria],
            "weights": [criterion.weight for criterion in official.criteria],
            "refs": [result.ref for result in results],
            "values": [[result.cells[item.key].value for item in official.criteria] for result in results],
        },
    }


def _what_if_field(criterion: Criterion, field: Any) -> dict[str, Any]:
    """A weight as its slider and its box take it; what cannot be used stands as it was typed."""
    return {
        "name": field.name,
        "label": field.label.text,
        "own": weight(criterion.weight),
        "value": field.data or criterion.weight,
        "text": field._value(),
        "errors": " ".join(str(error) for error in field.errors),
    }


def _what_if_row(official: RevealedRound, before: CandidateResult, after: CandidateResult) -> dict[str, str]:
    return {
        "ref": before.ref,
        "name": official.candidate(before.ref).name,
        "score": number(before.score),
        "rank": "–" if before.rank is None else str(before.rank),
        **what_if_numbers(after),
    }


def what_if_numbers(result: CandidateResult) -> dict[str, str]:
    """A candidate's numbers under other weights, as they are written."""
    return {
        "new_score": number(result.score),
        "new_rank": "–" if result.rank is None else str(result.rank),
        "first": percent(result.first),
        "ranks": rank_reach(result),
    }


def what_if_said(shown: RevealedRound) -> str:
    """What the numbers would say, and that a human decides (rule 9)."""
    decides = _("Udvalget indstiller, og lederen beslutter.")
    headline = verdict_sentence(shown).headline
    return _("Med disse vægte: %(headline)s %(decides)s", headline=headline, decides=decides)


def what_if_answer(shown: RevealedRound) -> dict[str, Any]:
    """What a script is answered: the numbers whole, and as they are written."""
    return {
        "what_if": True,
        "verdict": what_if_said(shown),
        "candidates": {
            result.ref: {
                "score": result.score,
                "rank": result.rank,
                "first_share": result.first,
                **what_if_numbers(result),
            }
            for result in shown.comparison.candidates
        },
    }
