"""The parts of a case file about people: panel, candidates, what was rated, and what was said of it."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from recruit.casefile.fields import Email, Line, Moment, Number, Optional_, Part, Ref, Score, Spoken, Words, true


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
    part: Literal["criterion", "guide", "profile"]
    subject: Annotated[Words, Field(max_length=80)]
    before: Optional_
    after: Optional_
    reason: Spoken
