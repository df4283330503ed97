"""Revealed rounds side by side: each round's own places and scores, and how they moved. No number mixes two rounds.

A movement compares like with like. Places are counted anew among the candidates who have a score in both rounds, scores
over the criteria on which the candidate is evidenced in both; where that is less than everything, it is said in words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from flask_babel import gettext as _
from flask_babel import ngettext

from recruit.candidates.models import Candidate
from recruit.comparison.differences import signed
from recruit.comparison.presentation import criterion_label, grouped, heat
from recruit.comparison.rules import CandidateResult
from recruit.comparison.scores import TIE, Cell, competition_ranks, relative_weights, score_of
from recruit.comparison.service import RevealedRound
from recruit.recruitments.models import Criterion
from recruit.recruitments.service import charter_of
from recruit.web.language import listed, number, percent


@dataclass(frozen=True, slots=True)
class Standing:
    """One candidate in one round: `rank` among `of` who have one. Without a score both are None."""

    rank: int | None
    of: int
    score: float | None
    coverage: float


@dataclass(frozen=True, slots=True)
class Movement:
    """From one round to a later one. `places` is positive for up, None without a score in both rounds.

    `score` is the change on the `common` criteria of `all`, those of either round; None where none is common.
    """

    places: int | None
    score: float | None
    common: int
    all: int


def movements(
    before: Sequence[CandidateResult], after: Sequence[CandidateResult], weights: Mapping[str, float]
) -> dict[str, Movement]:
    """By ref, for those who are in both rounds. `weights` by criterion, of all that either round has."""
    earlier, later = ({one.ref: one for one in results} for results in (before, after))
    shared = sorted(earlier.keys() & later.keys())
    scored = [ref for ref in shared if earlier[ref].score is not None and later[ref].score is not None]
    ranks = [competition_ranks({ref: results[ref].score for ref in scored}) for results in (earlier, later)]
    relative = relative_weights(weights)
    found = {}
    for ref in shared:
        first, second = ({key: one.value for key, one in results[ref].cells.items()} for results in (earlier, later))
        common = [key for key in relative if first.get(key) is not None and second.get(key) is not None]
        scores = [score_of({key: values[key] for key in common}, relative) for values in (first, second)]
        moved = None if scores[0] is None or scores[1] is None else scores[1] - scores[0]
        found[ref] = Movement(
            places=ranks[0][ref] - ranks[1][ref] if ref in ranks[0] else None,
            score=0.0 if moved is not None and abs(moved) <= TIE else moved,
            common=len(common),
            all=len(first.keys() | second.keys()),
        )
    return found


@dataclass(frozen=True)
class Trace:
    """One candidate through the rounds: a standing for each, None where the candidate was not in it, and a movement
    for each step from one round to the next."""

    candidate: Candidate
    standings: list[Standing | None]
    steps: list[Movement | None]


def traces(rounds: Sequence[RevealedRound]) -> list[Trace]:
    """Everybody in any of the rounds, in the order of the last one, then those who left before it."""
    order: dict[int, Candidate] = {}
    for revealed in reversed(rounds):
        for result in revealed.comparison.candidates:
            candidate = revealed.candidate(result.ref)
            order.setdefault(candidate.id, candidate)
    results = [{one.ref: one for one in revealed.comparison.candidates} for revealed in rounds]
    ranked = [sum(one.rank is not None for one in found.values()) for found in results]
    steps = [
        movements(before.comparison.candidates, after.comparison.candidates, _weights(before, after))
        for before, after in pairwise(rounds)
    ]
    found = []
    for candidate in order.values():
        standings = [
            Standing(own.rank, count, own.score, own.coverage) if (own := one.get(candidate.ref)) else None
            for one, count in zip(results, ranked, strict=True)
        ]
        found.append(Trace(candidate, standings, [step.get(candidate.ref) for step in steps]))
    return found


def _weights(*rounds: RevealedRound) -> dict[str, float]:
    return {item.key: item.weight for revealed in rounds for item in revealed.criteria}


def place_in_words(standing: Standing | None) -> str:
    """Nr. 2 af 5."""
    if standing is None:
        return _("ikke med")
    if standing.rank is None:
        return _("ingen score")
    return _("nr. %(rank)s af %(of)s", rank=standing.rank, of=standing.of)


def score_in_words(standing: Standing | None) -> str:
    """3,88, with the coverage where it is under one; nothing without a score."""
    if standing is None or standing.score is None:
        return ""
    if standing.coverage < 1:
        return f"{number(standing.score)} · {_('%(share)s belyst', share=percent(standing.coverage))}"
    return number(standing.score)


def places_in_words(movement: Movement | None) -> str:
    """▲ 1 plads op."""
    if movement is None or movement.places is None:
        return "–"
    if movement.places > 0:
        return "▲ " + ngettext("%(num)s plads op", "%(num)s pladser op", movement.places)
    if movement.places < 0:
        return "▼ " + ngettext("%(num)s plads ned", "%(num)s pladser ned", -movement.places)
    return _("samme plads")


def moved_in_words(movement: Movement | None) -> str:
    """+0,20, with the number of criteria where it is not all of them; nothing where nothing is common."""
    if movement is None or movement.score is None:
        return ""
    text = signed(movement.score)
    if movement.common < movement.all:
        return _("%(moved)s på %(common)s af %(all)s kriterier", moved=text, common=movement.common, all=movement.all)
    return text


def how_to_read() -> str:
    return _(
        "Hver runde står med sine egne tal; de lægges ikke sammen. Pladser i en bevægelse tælles blandt dem, der har "
        "en score i begge runder, og scoren på de kriterier, der er belyst for kandidaten i begge."
    )


def step_sentences(before: RevealedRound, after: RevealedRound) -> list[str]:
    """What is not the same in two rounds: candidates, criteria, and who rated. Always at least one sentence."""
    first, second = before.round.name, after.round.name
    sentences = []
    refs = [[item.ref for item in revealed.candidates] for revealed in (before, after)]
    sentences += _only(first, [ref for ref in refs[0] if ref not in refs[1]], second)
    sentences += _only(second, [ref for ref in refs[1] if ref not in refs[0]], first)
    sentences += _criteria_sentences(before, after)
    raters = [set(revealed.comparison.severity) for revealed in (before, after)]
    if raters[0] != raters[1]:
        sentences.append(
            ngettext(
                "Det er ikke de samme, der har vurderet: %(num)s medlem har vurderet i begge runder, %(first)s i "
                "%(before)s og %(second)s i %(after)s.",
                "Det er ikke de samme, der har vurderet: %(num)s medlemmer har vurderet i begge runder, %(first)s i "
                "%(before)s og %(second)s i %(after)s.",
                len(raters[0] & raters[1]),
                first=len(raters[0]),
                second=len(raters[1]),
                before=first,
                after=second,
            )
        )
    if not sentences:
        return [
            _(
                "%(before)s og %(after)s har de samme kandidater, de samme kriterier og de samme, der vurderede.",
                before=first,
                after=second,
            )
        ]
    return sentences


def _only(here: str, refs: list[str], there: str) -> list[str]:
    if not refs:
        return []
    return [
        ngettext(
            "%(refs)s er med i %(here)s, ikke i %(there)s.",
            "%(refs)s er med i %(here)s, ikke i %(there)s.",
            len(refs),
            refs=listed(refs),
            here=here,
            there=there,
        )
    ]


def _criteria_sentences(before: RevealedRound, after: RevealedRound) -> list[str]:
    keys = [{item.key for item in revealed.criteria} for revealed in (before, after)]
    if keys[0] == keys[1]:
        return []
    common = len(keys[0] & keys[1])
    if not common:
        return [
            _(
                "%(before)s og %(after)s har ingen fælles kriterier, så scoren kan ikke følges fra den ene til den "
                "anden.",
                before=before.round.name,
                after=after.round.name,
            )
        ]
    return [
        ngettext(
            "Runderne har %(num)s fælles kriterium; %(before)s har %(first)s, %(after)s har %(second)s.",
            "Runderne har %(num)s fælles kriterier; %(before)s har %(first)s, %(after)s har %(second)s.",
            common,
            before=before.round.name,
            after=after.round.name,
            first=len(keys[0]),
            second=len(keys[1]),
        )
    ]


@dataclass(frozen=True)
class CellRow:
    """One criterion of one candidate: its cell in each round, None where the round does not rate it."""

    criterion: Criterion
    area: object
    text: str
    cells: list[Cell | None]

    @property
    def heats(self) -> list[int]:
        """A step 1–5 for each round, 0 where there is no value."""
        return [0 if cell is None or cell.value is None else heat(cell.value) for cell in self.cells]


def cell_rows(rounds: Sequence[RevealedRound], candidate: Candidate) -> list[CellRow]:
    """What a candidate's criteria came to in each round, by room."""
    charter = charter_of(rounds[0].recruitment)
    criteria = {item.id: item for revealed in rounds for item in revealed.criteria}
    ordered = sorted(criteria.values(), key=lambda item: item.position)
    own = [
        next((one.cells for one in revealed.comparison.candidates if one.ref == candidate.ref), {})
        for revealed in rounds
    ]
    return [
        CellRow(item, area, criterion_label(charter, item), [cells.get(item.key) for cells in own])
        for area, items in grouped(charter, ordered)
        for item in items
    ]
