"""A comparison as it is shown, on the page and in Word alike: words and formatted numbers in the page's language."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from recruit.charter.models import Area, Charter
from recruit.comparison.rules import CandidateResult
from recruit.comparison.scores import Cell
from recruit.comparison.service import RevealedRound
from recruit.panel.rules import SIDES
from recruit.recruitments.models import Criterion
from recruit.recruitments.service import charter_of, criterion_text
from recruit.scoring.rules import EXCUSED, EXCUSES
from recruit.web.language import language, listed, localised, number, percent, weight

SPREAD_SHOWN = 2
# All that a median of whole ratings can be, as it is written: a matrix has a thousand of them.
MEDIANS = {
    code: {step / 2: f"{step // 2}{mark}{step % 2 * 5}" for step in range(2, 11)}
    for code, mark in (("da", ","), ("en", "."))
}


def heat(value: float) -> int:
    """The step 1–5 whose colour a cell gets: the value rounded half up."""
    return min(5, max(1, int(value + 0.5)))


def criterion_note(criterion: Criterion) -> str | None:
    parts = []
    if criterion.weight != 1:
        parts.append(_("vægt %(weight)s", weight=weight(criterion.weight)))
    if criterion.minimum:
        parts.append(_("mindst %(minimum)s", minimum=criterion.minimum))
    return " · ".join(parts) or None


def grouped(charter: Charter, criteria: list[Criterion]) -> list[tuple[Area, list[Criterion]]]:
    """The criteria by room, in the charter's order, rooms without criteria left out."""
    found = [(area, [item for item in criteria if item.area_id == area.id]) for area in charter.areas]
    return [(area, items) for area, items in found if items]


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """One cell of the matrix, with one decimal (design, section 3). `value` None is *not evidenced*, `heat` then 0."""

    value: str | None
    heat: int
    spread: str | None
    discuss: bool
    below: bool
    first: str | None
    url: str | None
    median: str | None = None


def matrix_cell(
    key: str, result: CandidateResult, discuss: set[tuple[str, str]], within: str, url: str | None = None
) -> MatrixCell:
    cell: Cell = result.cells[key]
    value = cell.value
    return MatrixCell(
        value=None if value is None else number(value, 1, within),
        heat=0 if value is None else heat(value),
        spread=str(cell.spread) if cell.spread is not None and cell.spread >= SPREAD_SHOWN else None,
        discuss=(result.ref, key) in discuss,
        below=key in result.below_minimum,
        first=number(cell.mean, 1, within) if cell.consensus is not None else None,
        url=url,
        median=MEDIANS[within].get(cell.median) if cell.median is not None else None,
    )


def cell_url(urls: Mapping[str, str], ref: str, criterion: Criterion) -> str | None:
    """Where the ratings of one cell stand on the candidate's page. `urls`: ref -> that page."""
    return f"{urls[ref]}#criterion-{criterion.id}" if urls else None


def matrix_model(
    revealed: RevealedRound,
    urls: Mapping[str, str],
    criterion_urls: Mapping[int, str] | None = None,
    to_cell: Callable[[Mapping[str, str], str, Criterion], str | None] = cell_url,
) -> dict[str, Any]:
    """What `components/matrix.html` takes.

    `urls`: ref -> the page of the candidate's ratings, from which `to_cell` makes each cell's. `criterion_urls`: by id.
    """
    comparison = revealed.comparison
    charter = charter_of(revealed.recruitment)
    names = {item.ref: item.name for item in revealed.candidates}
    discuss, within = set(comparison.discuss), language()
    return {
        "caption": _("Kriterier og kandidater"),
        "charter_id": charter.id,
        "candidates": [
            {
                "ref": result.ref,
                "name": names[result.ref],
                "url": urls.get(result.ref),
                "score": None if result.score is None else number(result.score),
                "coverage": covered(result),
                "rank": None if result.rank is None else str(result.rank),
                "below": bool(result.below_minimum),
            }
            for result in comparison.candidates
        ],
        "groups": [
            {
                "area": area,
                "title": localised(area.heading),
                "criteria": [
                    {
                        "text": criterion_label(charter, criterion),
                        "note": criterion_note(criterion),
                        "url": (criterion_urls or {}).get(criterion.id),
                        "cells": [
                            matrix_cell(
                                criterion.key,
                                result,
                                discuss,
                                within,
                                to_cell(urls, result.ref, criterion),
                            )
                            for result in comparison.candidates
                        ],
                    }
                    for criterion in items
                ],
            }
            for area, items in grouped(charter, revealed.criteria)
        ],
    }


def criterion_label(charter: Charter, criterion: Criterion) -> str:
    """The statement; for a whole area, that it is the whole area."""
    if "." in criterion.key:
        return localised(criterion_text(charter, criterion))
    return _("Hele fokusområdet")


def covered(result: CandidateResult) -> str | None:
    """How much of the weight is rated, where that is not all; nothing for a candidate without a scorecard."""
    return percent(result.coverage) if result.scorecards and result.coverage < 1 else None


def rank_rows(revealed: RevealedRound) -> list[dict[str, Any]]:
    """What `components/ranks.html` takes: scores with their 5–95 intervals, in rank order."""
    names = {item.ref: item.name for item in revealed.candidates}
    return [
        {
            "ref": result.ref,
            "name": names[result.ref],
            "score": result.score,
            "low": result.score_interval[0] if result.score_interval else None,
            "high": result.score_interval[1] if result.score_interval else None,
            "text": number(result.score),
            "interval": interval(*result.score_interval) if result.score_interval else None,
            "covered": covered(result),
        }
        for result in revealed.comparison.candidates
    ]


def interval(low: float | None, high: float | None) -> str:
    """3,40–4,20, or a dash."""
    return "–" if low is None or high is None else f"{number(low)}–{number(high)}"


def rank_reach(result: CandidateResult) -> str:
    """The places that a candidate has in the draws: 1–2, or a dash."""
    if result.rank_interval is None:
        return "–"
    low, high = result.rank_interval
    return str(low) if low == high else f"{low}–{high}"


def standing_rows(revealed: RevealedRound) -> list[dict[str, Any]]:
    """How sure each candidate's place is, in rank order."""
    names = {item.ref: item.name for item in revealed.candidates}
    rows = []
    for result in revealed.comparison.candidates:
        rows.append(
            {
                "ref": result.ref,
                "name": names[result.ref],
                "score": number(result.score),
                "interval": interval(*(result.score_interval or (None, None))),
                "first": percent(result.first),
                "top_two": percent(result.top_two),
                "ranks": rank_reach(result),
                "scorecards": result.scorecards,
                "rank": "–" if result.rank is None else str(result.rank),
                "covered": percent(result.coverage) if result.scorecards else "–",
            }
        )
    return rows


def discuss_rows(
    revealed: RevealedRound,
    urls: Mapping[str, str],
    to_cell: Callable[[Mapping[str, str], str, Criterion], str | None] = cell_url,
) -> list[dict[str, Any]]:
    """The cells to talk about first, the widest apart first, with the page where their evidence stands."""
    charter = charter_of(revealed.recruitment)
    names = {item.ref: item.name for item in revealed.candidates}
    criteria = {item.key: item for item in revealed.criteria}
    results = {result.ref: result for result in revealed.comparison.candidates}
    return [
        {
            "ref": ref,
            "name": names[ref],
            "area": charter.area_of(key),
            "text": criterion_label(charter, criteria[key]),
            "spread": results[ref].cells[key].spread,
            "url": to_cell(urls, ref, criteria[key]),
        }
        for ref, key in revealed.comparison.discuss
    ]


def criterion_rows(revealed: RevealedRound, criterion: Criterion, urls: Mapping[str, str]) -> list[dict[str, Any]]:
    """One criterion over all candidates in rank order: the cell, and the scores by side of the panel."""
    sides = {member.id: member.side for member in revealed.progress.members}
    rows = []
    for result in revealed.comparison.candidates:
        candidate, cell = revealed.candidate(result.ref), result.cells[criterion.key]
        here = [row for row in revealed.given if (row.candidate_id, row.criterion_id) == (candidate.id, criterion.id)]
        by_side = {
            side: sorted(row.score for row in here if row.score is not None and sides[row.member_id] == side)
            for side in SIDES
        }
        rows.append(
            {
                "ref": result.ref,
                "name": candidate.name,
                "url": cell_url(urls, result.ref, criterion),
                "cell": cell,
                "heat": 0 if cell.value is None else heat(cell.value),
                "below": criterion.key in result.below_minimum,
                "given": [
                    (side, listed([str(score) for score in scores])) for side, scores in by_side.items() if scores
                ],
                "silent": sum(row.score is None for row in here),
            }
        )
    return rows


def sides_present(revealed: RevealedRound) -> list[tuple[str, str]]:
    """The sides of the panel that have rated, as the legend of their symbols."""
    rated = {row.member_id for row in revealed.given}
    present = {member.side for member in revealed.progress.members if member.id in rated}
    return [(code, str(word)) for code, word in SIDES.items() if code in present]


def excuse_rows(revealed: RevealedRound) -> list[tuple[str, str, str]]:
    """Scorecards that were not waited for: member, reason by code, candidates. Notes are left out."""
    refs = {item.id: item.ref for item in revealed.progress.candidates}
    names = {member.id: member.person.name for member in revealed.progress.members}
    found: defaultdict[tuple[int, str], list[str]] = defaultdict(list)
    for (member, candidate), state in revealed.progress.states.items():
        if state == EXCUSED:
            found[member, revealed.progress.codes[member, candidate]].append(refs[candidate])
    return [(names[member], str(EXCUSES[code]), listed(items)) for (member, code), items in found.items()]


def severity_rows(revealed: RevealedRound) -> list[tuple[str, str]]:
    """How far each member's mean lies from the panel's, the strictest first. For the chair only."""
    severity = revealed.comparison.severity
    names = {member.person.email: member.person.name for member in revealed.progress.members}
    known = sorted((value, names[email]) for email, value in severity.items() if value is not None)
    rows = [(name, ("+" if value > 0 else "") + number(value).replace("-", "−")) for value, name in known]
    return rows + sorted((names[email], number(None)) for email, value in severity.items() if value is None)
