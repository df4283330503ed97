"""The discussion after the reveal: what is talked about in which order, and how it stands on the screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from recruit.candidates.models import Candidate
from recruit.charter.models import Area
from recruit.comparison.presentation import SPREAD_SHOWN, criterion_label, criterion_note, heat
from recruit.comparison.scores import Cell
from recruit.comparison.service import RevealedRound, load_words
from recruit.panel.rules import SIDES
from recruit.questions.guide import load_guide
from recruit.questions.scale import SCALE
from recruit.questions.service import criterion_wording
from recruit.recruitments.models import Criterion
from recruit.recruitments.service import charter_of
from recruit.scoring.models import Consensus
from recruit.scoring.presentation import localised_question
from recruit.scoring.rules import SCORES
from recruit.web.language import localised

Place = TypeVar("Place")


def discussion_order(first: Sequence[Place], cells: Mapping[Place, Cell]) -> list[Place]:
    """Every cell once: those to discuss first, then by standard deviation, the widest first, then the rest.

    `first` is the comparison's choice (design, section 3), widest first. Within the same deviation, and among cells
    without any, the order of `cells` holds.
    """
    rest = [place for place in cells if place not in set(first)]
    apart = sorted((place for place in rest if cells[place].sd), key=lambda place: -(cells[place].sd or 0))
    return [*first, *apart, *(place for place in rest if not cells[place].sd)]


@dataclass(frozen=True)
class Point:
    """One candidate on one criterion. `number` is its place in the discussion, from 1."""

    number: int
    candidate: Candidate
    criterion: Criterion
    area: Area
    text: str
    cell: Cell
    is_first: bool
    consensus: Consensus | None

    @property
    def heat(self) -> int | None:
        return None if self.cell.value is None else heat(self.cell.value)

    @property
    def spread(self) -> int | None:
        """Largest minus smallest rating, where it is worth a word."""
        return self.cell.spread if self.cell.spread and self.cell.spread >= SPREAD_SHOWN else None


def discussion_points(revealed: RevealedRound) -> list[Point]:
    """Every candidate on every criterion in the order of the discussion. Consensus changes nothing in the order."""
    charter = charter_of(revealed.recruitment)
    results = {result.ref: result for result in revealed.comparison.candidates}
    candidates = {item.ref: item for item in revealed.candidates}
    criteria = {item.key: item for item in revealed.criteria}
    cells = {(ref, key): results[ref].cells[key] for ref in candidates for key in criteria}
    consensus = {(row.candidate_id, row.criterion_id): row for row in revealed.consensus}
    first = set(revealed.comparison.discuss)
    return [
        Point(
            number=number,
            candidate=candidates[ref],
            criterion=criteria[key],
            area=charter.area_of(key),
            text=criterion_label(charter, criteria[key]),
            cell=cells[ref, key],
            is_first=(ref, key) in first,
            consensus=consensus.get((candidates[ref].id, criteria[key].id)),
        )
        for number, (ref, key) in enumerate(discussion_order(revealed.comparison.discuss, cells), start=1)
    ]


def point_values(revealed: RevealedRound, point: Point, *, with_names: bool) -> dict[str, Any]:
    """What a point's page shows beside the point: questions, anchors, everybody's rating with its evidence.

    The ratings stand from low to high, so that a place in the row does not tell who gave one. Four queries.
    """
    wording = criterion_wording(revealed.recruitment, point.criterion)
    given = _given(revealed, point, with_names=with_names)
    return {
        "note": criterion_note(point.criterion),
        "here": point.criterion.here,
        "questions": [
            localised_question(row) for row in load_guide(revealed.round) if row.criterion_id == point.criterion.id
        ],
        "given": given,
        "scale": [
            {
                "score": score,
                "name": SCALE[score],
                "anchor": localised(wording.anchors[score]),
                "sides": [row["side"] for row in given if row["score"] == score],
            }
            for score in SCORES
        ],
        "silent": [row["side"] for row in given if row["score"] is None],
    }


def _given(revealed: RevealedRound, point: Point, *, with_names: bool) -> list[dict[str, Any]]:
    words = load_words(revealed, point.candidate)
    members = {member.id: member for member in revealed.progress.members}
    sides = list(SIDES)
    rows = [
        row
        for row in revealed.given
        if (row.candidate_id, row.criterion_id) == (point.candidate.id, point.criterion.id)
    ]
    rows.sort(key=lambda row: (row.score or len(SCORES) + 1, sides.index(members[row.member_id].side), row.member_id))
    return [
        {
            "side": members[row.member_id].side,
            "name": members[row.member_id].person.name if with_names else None,
            "score": row.score,
            "evidence": words.evidence[row.member_id, row.candidate_id, row.criterion_id],
        }
        for row in rows
    ]
