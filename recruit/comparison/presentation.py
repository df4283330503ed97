"""A comparison as it is shown, on the page and in Word alike: words and formatted numbers in the page's language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from recruit.charter.models import Area, Charter
from recruit.comparison.agreement import Agreement
from recruit.comparison.rules import CandidateResult
from recruit.comparison.scores import Cell
from recruit.comparison.service import RevealedRound
from recruit.recruitments.models import Criterion
from recruit.recruitments.service import charter_of, criterion_text
from recruit.web.language import localised, number, percent, weight

SPREAD_SHOWN = 2


@dataclass(frozen=True)
class Sentence:
    """What the numbers say: one sentence, what it rests on, and that a human decides (rule 9)."""

    headline: str
    text: str
    thin: bool


def heat(value: float) -> int:
    """The step 1–5 whose colour a cell gets: the value rounded half up."""
    return min(5, max(1, int(value + 0.5)))


def listed(refs: list[str]) -> str:
    """K1, K2 og K3"""
    if len(refs) < 2:
        return "".join(refs)
    return _("%(first)s og %(last)s", first=", ".join(refs[:-1]), last=refs[-1])


def verdict_sentence(revealed: RevealedRound) -> Sentence:
    comparison = revealed.comparison
    verdict = comparison.verdict
    results = {result.ref: result for result in comparison.candidates}
    scored = [result for result in comparison.candidates if result.score is not None]
    decides = _("Udvalget indstiller, og lederen beslutter.")
    if verdict.leader is None:
        text = _("Ingen kandidat er vurderet på noget kriterium, så der er intet at sammenligne.")
        return Sentence(_("Tallene siger ikke noget."), text, thin=False)
    leader = results[verdict.leader]
    if len(scored) == 1:
        text = _(
            "Kun %(ref)s er vurderet, så der er ingen at sammenligne med. %(decides)s", ref=leader.ref, decides=decides
        )
        return Sentence(_("Én kandidat er vurderet."), text, verdict.thin)
    if verdict.clear:
        text = _(
            "%(ref)s ligger først i %(share)s af de gennemregninger, hvor udvalgets medlemmer og vægtene varieres. "
            "%(decides)s",
            ref=leader.ref,
            share=percent(leader.first),
            decides=decides,
        )
        return Sentence(_("Tallene er klare for %(ref)s.", ref=leader.ref), text, verdict.thin)
    shares = "; ".join(
        _("%(ref)s ligger først i %(share)s", ref=ref, share=percent(results[ref].first)) for ref in verdict.between
    )
    text = _(
        "%(shares)s af de gennemregninger, hvor udvalgets medlemmer og vægtene varieres. "
        "Udvalget må begrunde sit valg med andet end tallet. %(decides)s",
        shares=shares,
        decides=decides,
    )
    return Sentence(_("For tæt til at afgøre mellem %(refs)s.", refs=listed(list(verdict.between))), text, verdict.thin)


def agreement_sentence(agreement: Agreement, discuss: int) -> str:
    """Agreement in words; Krippendorff's limits .80 and .667 (design, section 3)."""
    if agreement.alpha is None:
        reasons = {
            "few_cells": _("der er færre end seks vurderinger, som mindst to medlemmer har givet"),
            "no_variation": _("alle vurderinger er ens"),
        }
        return _("Enigheden i udvalget kan ikke beregnes: %(reason)s.", reason=reasons[agreement.reason or "few_cells"])
    words = (
        _("god")
        if agreement.alpha >= 0.80
        else _("foreløbig")
        if agreement.alpha >= 0.667
        else _("lav: drøft vurderingerne")
    )
    text = _("Enighed i udvalget: α = %(alpha)s, %(words)s.", alpha=number(agreement.alpha), words=words)
    if discuss:
        text += " " + ngettext(
            "%(num)s vurdering bør drøftes først.", "%(num)s vurderinger bør drøftes først.", discuss
        )
    return text


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


def cell_values(key: str, result: CandidateResult, discuss: set[tuple[str, str]]) -> dict[str, Any]:
    """One cell of the matrix, with one decimal (design, section 3)."""
    cell: Cell = result.cells[key]
    value = cell.value
    return {
        "value": None if value is None else number(value, 1),
        "heat": None if value is None else heat(value),
        "spread": str(cell.spread) if cell.spread is not None and cell.spread >= SPREAD_SHOWN else None,
        "discuss": (result.ref, key) in discuss,
        "below": key in result.below_minimum,
        "first": number(cell.mean, 1) if cell.consensus is not None else None,
        "url": None,
    }


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
                            cell_values(criterion.key, result, discuss)
                            | {"url": f"{urls[result.ref]}#criterion-{criterion.id}" if result.ref in urls else None}
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
