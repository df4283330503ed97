"""The case file, version 1: one recruitment whole. Its JSON Schema is what `recruit schema` prints.

Version 1 grows by optional keys only.
"""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from recruit.candidates.rules import MAX_CANDIDATES
from recruit.datafiles import Localised
from recruit.web.forms import TEXT_LIMIT, unwritable


def writable(text: str) -> str:
    if unwritable(text):
        raise ValueError("holds a control character that cannot be kept")
    return text


def spoken(text: str) -> str:
    if not text.strip():
        raise ValueError("must not be blank")
    return text


def true(value: bool) -> bool:
    if not value:
        raise ValueError("must be true, or left out")
    return value


def moment(value: str) -> str:
    try:
        found = as_datetime(value)
    except ValueError:
        found = None
    if found is None or found.year not in YEARS:
        raise ValueError("must be a moment (2026-11-27T14:30:00+01:00)")
    return value


def as_datetime(value: str, zone: tzinfo = UTC) -> datetime:
    """A moment of a case file; one without a time zone is in `zone`."""
    found = datetime.fromisoformat(value)
    return found if found.tzinfo else found.replace(tzinfo=zone)


YEARS = range(2000, 2100)  # whatever the time zone, a calendar can show it
Words = Annotated[str, AfterValidator(writable)]
Line = Annotated[Words, Field(min_length=1, max_length=200), AfterValidator(spoken)]
Optional_ = Annotated[Words, Field(max_length=TEXT_LIMIT)]
Spoken = Annotated[Words, Field(max_length=TEXT_LIMIT), AfterValidator(spoken)]
Email = Annotated[Words, Field(max_length=254)]
Score = Annotated[int, Field(ge=1, le=5)]
Number = Annotated[int, Field(ge=1, le=9)]
Moment = Annotated[str, AfterValidator(moment)]
Ref = Annotated[Words, Field(min_length=1, max_length=20), AfterValidator(spoken)]


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class RecruitmentPart(Part):
    title: Line
    role: str
    department: Annotated[Words, Field(max_length=200)] = ""
    case_number: Annotated[Words, Field(max_length=60)] = ""
    language: Literal["da", "en"] = "da"
    superior: Annotated[Words, Field(max_length=200)] = ""


class CriterionPart(Part):
    statement: str | None = None
    area: str | None = None
    weight: Annotated[float, Field(gt=0, allow_inf_nan=False)] = 1.0
    minimum: Score | None = None
    here: Annotated[Words, Field(max_length=2_000)] = ""

    @property
    def key(self) -> str:
        return self.statement or self.area or ""

    @model_validator(mode="after")
    def one_key(self) -> Self:
        if bool(self.statement) == bool(self.area):
            raise ValueError("give either statement or area")
        return self


class QuestionPart(Part):
    """A question of which there is more to say than its id in the bank.

    With `text` its wording is its own: edited, HR's, or frozen before the bank changed. Without, `source` is a question
    of the bank as it stands there.
    """

    source: str | None = None
    criterion: str | None = None
    kind: Literal["behavioural", "situational", "case"] | None = None
    minutes: Annotated[int, Field(ge=1, le=60)] | None = None
    text: Localised | None = None
    material: Localised | None = None
    probes: list[Localised] = []
    listen_for: list[Localised] = []
    warning_signs: list[Localised] = []
    # Who asks it: the e-mail of somebody on the panel.
    asker: Email | None = None
    # Why a wording stays that the checks call unlawful.
    kept_because: Annotated[Words, Field(max_length=2_000)] = ""

    @model_validator(mode="after")
    def whole_or_from_the_bank(self) -> Self:
        own = (self.criterion, self.kind, self.minutes, self.material, self.probes, self.listen_for, self.warning_signs)
        if self.text is None and (self.source is None or any(own)):
            raise ValueError("give the source alone for a question of the bank, or criterion, minutes and text")
        if self.text is not None and (self.criterion is None or self.minutes is None):
            raise ValueError("a question with a text needs criterion and minutes")
        return self

    @property
    def from_bank(self) -> str | None:
        """The id of the bank's question that this is, word for word; None for a wording of its own."""
        return self.source if self.text is None else None


class SlotPart(Part):
    """An interview of a round's plan; a break where no candidate is named."""

    candidate: str | None = None
    starts: Moment
    minutes: Annotated[int, Field(ge=5, le=480)]
    room: Annotated[Words, Field(max_length=200)] = ""


class RoundPart(Part):
    number: Number
    name: Line | None = None
    minutes: Annotated[int, Field(ge=10, le=480)] = 60
    candidates: list[str] | None = None
    criteria: list[str] | None = None
    questions: list[str | QuestionPart] | None = None
    plan: list[SlotPart] = []


class PanelistPart(Part):
    email: Email
    name: Line
    role: Literal["chair", "member", "substitute"] = "member"
    side: Literal["chief", "hr", "employee", "union", "peer", "user"]
    # The rounds that were revealed before a member who came late, and that they do not rate.
    came_after: list[Number] = []


class CandidatePart(Part):
    ref: Ref
    name: Line
    email: Email = ""
    status: Literal["active", "withdrawn"] = "active"
    withdrawal: Literal["withdrew", "no_show"] | None = None

    @model_validator(mode="after")
    def reason_of_a_withdrawal(self) -> Self:
        if self.withdrawal is not None and self.status == "active":
            raise ValueError("withdrawal belongs to a withdrawn candidate")
        return self


class RatingPart(Part):
    score: Score | None = None
    not_evidenced: Annotated[bool, AfterValidator(true)] | None = None
    evidence: Spoken | None = None

    @model_validator(mode="before")
    @classmethod
    def nothing_said_twice(cls, values: Any) -> Any:
        if isinstance(values, dict):
            for key in ("score", "not_evidenced", "evidence"):
                if key in values and values[key] is None:
                    raise ValueError(f"{key} must not be empty: leave the key out")
        return values

    @model_validator(mode="after")
    def one_position(self) -> Self:
        if self.score is not None and self.not_evidenced:
            raise ValueError("score and not_evidenced exclude each other")
        if self.score is not None and self.evidence is None:
            raise ValueError("a score needs evidence")
        if self.score is None and not self.not_evidenced and self.evidence is None:
            raise ValueError("give a score with evidence, or not_evidenced: true")
        return self

    @property
    def rated(self) -> bool:
        return self.score is not None or bool(self.not_evidenced)


class ScorecardPart(Part):
    panelist: str
    candidate: str
    round: Number
    submitted: bool
    overall: Optional_ = ""
    ratings: dict[str, RatingPart] = {}


class ImpartialityPart(Part):
    panelist: str
    candidate: str
    conflict: bool
    scope: Literal["recruitment", "candidate"] | None = None
    kind: Literal["family", "friendship", "economic", "work", "other"] | None = None
    reason: Optional_ = ""

    @model_validator(mode="after")
    def limited_with_reason(self) -> Self:
        if self.scope is not None and not self.conflict:
            raise ValueError("scope belongs to a conflict")
        if self.scope == "candidate" and not self.reason.strip():
            raise ValueError("only a written reason can limit a conflict to one candidate")
        return self


class ExcusePart(Part):
    panelist: str
    candidate: str
    round: Number
    code: Literal["absent", "left", "conflict", "withdrew"]
    note: Annotated[Words, Field(max_length=500)] = ""


class DeviationPart(Part):
    """`question` is the number of a question in the round's guide, from 1; None is none in particular."""

    candidate: str
    round: Number
    question: Annotated[int, Field(ge=1)] | None = None
    code: Literal["left_out", "reworded", "added", "other"]
    reason: Annotated[Spoken, Field(max_length=2_000)]
    by: str | None = None
    at: Moment | None = None


class ConsensusPart(Part):
    candidate: str
    round: Number
    statement: str
    score: Score
    reason: Spoken


class DissentPart(Part):
    panelist: str
    round: Number
    text: Spoken


class AmendmentPart(Part):
    at: Moment
    by: str | None = None
    part: Literal["criterion", "guide"]
    subject: Annotated[Words, Field(max_length=80)]
    before: Optional_
    after: Optional_
    reason: Spoken


class Case(Part):
    case: Literal[1]
    charter: str
    recruitment: RecruitmentPart
    profile: dict[str, Annotated[Words, Field(max_length=8_000)]] = {}
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

    def round(self, number: int) -> RoundPart | None:
        return next((part for part in self.rounds if part.number == number), None)

    def round_criteria(self, part: RoundPart) -> list[str]:
        """The keys rated in a round."""
        return part.criteria or [criterion.key for criterion in self.criteria]

    def round_candidates(self, part: RoundPart) -> list[str]:
        """The refs in a round, withdrawn ones included."""
        return part.candidates or [candidate.ref for candidate in self.candidates]
