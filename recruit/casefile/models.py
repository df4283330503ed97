"""The case file, version 1: one recruitment whole. Its JSON Schema is what `recruit schema` prints.

Version 1 grows by optional keys only.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from recruit.candidates.rules import MAX_CANDIDATES
from recruit.casefile.decided_parts import (
    BriefPart,
    DecisionPart,
    HearingPart,
    LetterPart,
    RecommendationPart,
    ReferencePart,
)
from recruit.casefile.fields import Number, Part, Words
from recruit.casefile.judged_parts import (
    AmendmentPart,
    CandidatePart,
    ConsensusPart,
    DeviationPart,
    DissentPart,
    ExcusePart,
    ImpartialityPart,
    PanelistPart,
    ScorecardPart,
)
from recruit.casefile.prepared_parts import (
    AdPart,
    ClosedPart,
    CriterionPart,
    ProfileStatePart,
    RecruitmentPart,
    RoundPart,
    TimetablePart,
)
from recruit.recruitments.needs_rules import ANSWER_LIMIT


class Case(Part):
    case: Literal[1]
    charter: str
    recruitment: RecruitmentPart
    needs: dict[str, Annotated[Words, Field(max_length=ANSWER_LIMIT)]] = {}
    profile: dict[str, Annotated[Words, Field(max_length=8_000)]] = {}
    profile_state: ProfileStatePart | None = None
    criteria: list[CriterionPart] = []
    rounds: list[RoundPart] = []
    panel: list[PanelistPart]
    candidates: Annotated[list[CandidatePart], Field(max_length=MAX_CANDIDATES)] = []
    scorecards: list[ScorecardPart] = []
    impartiality: list[ImpartialityPart] = []
    excused: list[ExcusePart] = []
    deviations: list[DeviationPart] = []
    consensus: list[ConsensusPart] = []
    dissents: list[DissentPart] = []
    locked: list[Number] = []
    revealed: list[Number] = []
    amendments: list[AmendmentPart] = []
    timetable: TimetablePart | None = None
    closed: ClosedPart | None = None
    ad: AdPart | None = None
    recommendation: RecommendationPart | None = None
    decision: DecisionPart | None = None
    references: list[ReferencePart] = []
    hearings: list[HearingPart] = []
    letters: list[LetterPart] = []
    brief: list[BriefPart] = []

    def round(self, number: int) -> RoundPart | None:
        return next((part for part in self.rounds if part.number == number), None)

    def round_criteria(self, part: RoundPart) -> list[str]:
        """The keys rated in a round."""
        return part.criteria or [criterion.key for criterion in self.criteria]

    def round_candidates(self, part: RoundPart) -> list[str]:
        """The refs in a round, withdrawn ones included."""
        return part.candidates or [candidate.ref for candidate in self.candidates]
