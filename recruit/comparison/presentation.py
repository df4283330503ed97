"""A comparison as it is shown, on the page and in Word alike: words and formatted numbers in the page's language."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from recruit.charter.models import Area, Charter
from recruit.comparison.rules import CandidateResult
from recruit.comparison.scores import Cell
from recruit.comparison.service import RevealedRound
from recruit.recruitments.models import Criterion
from recruit.recruitments.service import charter_of, criterion_text
from recruit.scoring.rules import EXCUSED, EXCUSES
from recruit.web.language import listed, localised, number, percent, weight

SPREAD_SHOWN = 2


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


def matrix_cell(key: str, result: CandidateResult, discuss: set[tuple[str, str]], url: str | None = None) -> MatrixCell:
    cell: Cell = result.cells[key]
    value = cell.value
    return MatrixCell(
        value=None if value is None else number(value, 1),
        heat=0 if value is None else heat(value),
        spread=str(cell.spread) if cell.spread is not None and cell.spread >= SPREAD_SHOWN else None,
        discuss=(result.ref, key) in discuss,
        below=key in result.below_minimum,
        first=number(cell.mean, 1) if cell.consensus is not None else None,
        url=url,
    )


def matrix_model(revealed: RevealedRound, urls: dict[str, str]) -> dict[str, Any]:
    """What `components/matrix.html` takes. `urls`: ref -> the page of the candidate's ratings."""
    comparison = revealed.comparison
    charter = charter_of(revealed.recruitment)
    names = {item.ref: item.name for item in revealed.candidates}
    discuss = set(comparison.discuss)
    return {
        "caption": _("Kriterier og kandidater"),
        "charter_id": charter.id,
        "candidates": [
            {
                "ref": result.ref,
                "name": names[result.ref],
                "url": urls.get(result.ref),
                "score": None if result.score is None else number(result.score),
                "coverage": percent(result.coverage) if result.coverage < 1 else None,
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
                        "url": None,
                        "cells": [
                            matrix_cell(
                                criterion.key,
                                result,
                                discuss,
                                f"{urls[result.ref]}#criterion-{criterion.id}" if urls else None,
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
        }
        for result in revealed.comparison.candidates
    ]


def interval(low: float | None, high: float | None) -> str:
    """3,40–4,20, or a dash."""
    return "–" if low is None or high is None else f"{number(low)}–{number(high)}"


def standing_rows(revealed: RevealedRound) -> list[dict[str, Any]]:
    """How sure each candidate's place is, in rank order."""
    names = {item.ref: item.name for item in revealed.candidates}
    rows = []
    for result in revealed.comparison.candidates:
        ranks = result.rank_interval
        rows.append(
            {
                "ref": result.ref,
                "name": names[result.ref],
                "score": number(result.score),
                "interval": interval(*(result.score_interval or (None, None))),
                "first": percent(result.first),
                "top_two": percent(result.top_two),
                "ranks": "–" if ranks is None else str(ranks[0]) if ranks[0] == ranks[1] else f"{ranks[0]}–{ranks[1]}",
                "scorecards": result.scorecards,
            }
        )
    return rows


def discuss_rows(revealed: RevealedRound, urls: dict[str, str]) -> list[dict[str, Any]]:
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
            "url": f"{urls[ref]}#criterion-{criteria[key].id}",
        }
        for ref, key in revealed.comparison.discuss
    ]


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
