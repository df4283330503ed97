"""What a report of a revealed round answers for beside the numbers, gathered once for all that is written from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from recruit.comparison.service import RevealedRound, Words, load_revealed, load_words
from recruit.panel.models import PanelMember
from recruit.recruitments.models import Amendment
from recruit.recruitments.service import amendments
from recruit.scoring.deviations import NotedDeviation, load_deviations
from recruit.scoring.dissents import load_dissents
from recruit.scoring.models import Dissent


@dataclass(frozen=True)
class Record:
    """`standings`: member id -> candidate id -> standing. `deviations`: of the candidates who are compared.

    `earlier`: the revealed rounds before this one; a later one changes nothing in a report.
    """

    words: Words
    standings: dict[int, dict[int, str]]
    dissents: list[tuple[PanelMember, Dissent]]
    deviations: list[NotedDeviation]
    amendments: Sequence[tuple[Amendment, str]]
    earlier: list[RevealedRound]


def load_record(revealed: RevealedRound) -> Record:
    """Seven queries at every size, and those of `load_revealed` for each earlier round."""
    known = revealed.progress
    compared = {item.id for item in revealed.candidates}
    return Record(
        words=load_words(revealed),
        standings=known.standings,
        dissents=load_dissents(revealed.recruitment, revealed.round, known),
        deviations=[
            noted
            for noted in load_deviations(revealed.recruitment, revealed.round, known.standings)
            if noted.candidate.id in compared
        ],
        amendments=amendments(revealed.recruitment),
        earlier=[
            load_revealed(revealed.recruitment, round_)
            for round_ in revealed.recruitment.rounds
            if round_.revealed_at and round_.number < revealed.round.number
        ],
    )
