"""The parts of a case file that stand before anybody has applied: the post, its criteria, rounds, timetable and ad."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from recruit.casefile.fields import Day, Email, Line, Moment, Number, Part, Score, Words
from recruit.datafiles import Localised
from recruit.profiles.ads.forms import MOST_PAY
from recruit.profiles.ads.outputs import address_link
from recruit.profiles.ads.rules import SECTIONS
from recruit.profiles.ads.service import HEADING_LIMIT, PART_LIMIT
from recruit.recruitments.rules import MAX_POSTS


class RecruitmentPart(Part):
    title: Line
    role: str
    department: Annotated[Words, Field(max_length=200)] = ""
    case_number: Annotated[Words, Field(max_length=60)] = ""
    language: Literal["da", "en"] = "da"
    superior: Annotated[Words, Field(max_length=200)] = ""
    posts: Annotated[int, Field(ge=1, le=MAX_POSTS)] = 1
    starts_on: Day | None = None


class StepPart(Part):
    """A step of the timetable; `own` is the code of those that somebody has added."""

    code: str
    title: Line
    starts: Day
    ends: Day | None = None
    responsible: Annotated[Words, Field(max_length=200)] = ""
    note: Annotated[Words, Field(max_length=2_000)] = ""
    # Changed by hand since it was proposed.
    edited: bool = False


class TimetablePart(Part):
    """The steps, and what they were proposed from."""

    notice_months: Annotated[int, Field(ge=1, le=3)] = 1
    weeks: Annotated[int, Field(ge=2, le=6)] = 3
    rounds: Annotated[int, Field(ge=1, le=2)] = 2
    tests: bool = True
    board: Literal["", "school", "day_care"] = ""
    children: bool = False
    record: bool = True
    council: bool = False
    steps: Annotated[list[StepPart], Field(max_length=200)] = []


class ClosedPart(Part):
    """How it ended."""

    outcome: Literal["hired", "nobody", "cancelled"]
    hired: Annotated[int, Field(ge=0, le=MAX_POSTS)] = 0
    reason: Annotated[Words, Field(max_length=2_000)] = ""
    at: Moment


class CriterionPart(Part):
    statement: str | None = None
    area: str | None = None
    weight: Annotated[float, Field(gt=0, allow_inf_nan=False)] = 1.0
    minimum: Score | None = None
    here: Annotated[Words, Field(max_length=2_000)] = ""
    # Why it is a criterion here, and why it weighs what it does.
    reason: Annotated[Words, Field(max_length=2_000)] = ""
    weight_reason: Annotated[Words, Field(max_length=2_000)] = ""

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


class AdTextPart(Part):
    """A section of the job ad that somebody has written in; the others are composed."""

    language: Literal["da", "en"]
    length: Literal["full", "short"]
    key: str
    heading: Annotated[Words, Field(max_length=HEADING_LIMIT)] = ""
    text: Annotated[Words, Field(max_length=PART_LIMIT)] = ""

    @model_validator(mode="after")
    def is_a_section(self) -> Self:
        if self.key not in SECTIONS[self.length]:
            raise ValueError(f"a {self.length} ad has no section {self.key!r}")
        return self


class AdPart(Part):
    """What the job ad is composed with, and what somebody has written in it. It comes in as a draft."""

    language: Literal["da", "en"]
    tone: Literal["formal", "direct"]
    apply_at: Annotated[Words, Field(max_length=300)] = ""
    workplace: Annotated[Words, Field(max_length=200)] = ""
    employment: Literal["FULL_TIME", "PART_TIME", "TEMPORARY"] = "FULL_TIME"
    pay_from: Annotated[int, Field(ge=1_000, le=MOST_PAY)] | None = None
    pay_to: Annotated[int, Field(ge=1_000, le=MOST_PAY)] | None = None
    said: list[str] = []
    texts: list[AdTextPart] = []

    @model_validator(mode="after")
    def makes_sense(self) -> Self:
        if self.apply_at and not address_link(self.apply_at):
            raise ValueError("apply_at must be a web address that begins with https:// or a mail address")
        if self.pay_to is not None and (self.pay_from is None or self.pay_from > self.pay_to):
            raise ValueError("pay_from must be there and not above pay_to")
        return self


class ProfileStatePart(Part):
    """What holds for the profile as a whole: its order of sections, and whether it is approved and locked."""

    order: list[str] = []
    approved_at: Moment | None = None
    approved_by: str | None = None
    # Why a wording stays that the checks call unlawful.
    kept_because: Annotated[Words, Field(max_length=2_000)] = ""
    locked_at: Moment | None = None
