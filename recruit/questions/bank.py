"""The question bank as frozen data: of every criterion the meaning, anchors, questions and calibration answers."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from recruit.datafiles import Frozen, Localised

Kind = Literal["behavioural", "situational", "case"]
KIND_LETTERS = {"behavioural": "b", "situational": "s", "case": "c"}
Level = Literal[1, 2, 3, 4, 5]


class Question(Frozen):
    id: str
    kind: Kind
    minutes: Annotated[int, Field(ge=1, le=60)]
    rounds: Annotated[list[Annotated[int, Field(ge=1, le=9)]], Field(min_length=1)]
    roles: Annotated[list[str], Field(min_length=1)]
    text: Localised
    # What the candidate gets in hand for a case task.
    material: Localised | None = None
    probes: list[Localised]
    listen_for: list[Localised]
    warning_signs: list[Localised]


class ReferenceQuestion(Frozen):
    """What a former chief is asked about, once consent is given. Job-related only."""

    id: str
    text: Localised
    listen_for: list[Localised]


class CalibrationAnswer(Frozen):
    """A fictional answer, the level it is meant to show, and why."""

    level: Level
    answer: Localised
    why: Localised


class AdVoice(Frozen):
    """The criterion as a job ad says it to its reader, in *you* form: a whole sentence for each tone."""

    formal: Localised
    direct: Localised


class Entry(Frozen):
    """What the bank holds on one criterion: a statement, or a whole area."""

    statement: str | None = None
    area: str | None = None
    text: Localised | None = None
    meaning: Localised
    anchors: dict[Level, Localised]
    questions: list[Question]
    references: list[ReferenceQuestion] = []
    calibration: list[CalibrationAnswer] = []
    ad: AdVoice | None = None

    @property
    def key(self) -> str:
        return self.statement or self.area or ""

    @model_validator(mode="after")
    def parts_agree(self) -> Self:
        if bool(self.statement) == bool(self.area):
            raise ValueError("give either statement or area")
        if set(self.anchors) != {1, 2, 3, 4, 5}:
            raise ValueError("anchors must have the levels 1, 2, 3, 4 and 5")
        kinds: list[tuple[str, str, str]] = [
            (question.id, question.kind, KIND_LETTERS[question.kind]) for question in self.questions
        ]
        kinds += [(reference.id, "reference", "r") for reference in self.references]
        seen: set[str] = set()
        for id_, kind, letter in kinds:
            start = f"{self.key}.{letter}"
            if not (id_.startswith(start) and id_.removeprefix(start).isdigit()):
                raise ValueError(f"a {kind} question here must have an id such as {start}1, not {id_}")
            if id_ in seen:
                raise ValueError(f"the question {id_} is given twice")
            seen.add(id_)
        return self


class FramePart(Frozen):
    """The opening or the closing of an interview: what is said, and how many minutes are set aside for it."""

    minutes: Annotated[int, Field(ge=1, le=30)]
    points: Annotated[list[Localised], Field(min_length=1)]


class ReferenceCall(Frozen):
    """How a reference call begins and ends."""

    opening: list[Localised]
    closing: list[Localised]


class Frame(Frozen):
    """What needs no statement: opening, closing, the five rules of the interview, and the reference call."""

    opening: FramePart
    closing: FramePart
    rules: Annotated[list[Localised], Field(min_length=5, max_length=5)]
    reference_call: ReferenceCall

    @property
    def minutes(self) -> int:
        """Minutes of an interview that are not for questions."""
        return self.opening.minutes + self.closing.minutes


class Bank(Frozen):
    """All entries of one charter, by criterion id, and what frames an interview."""

    entries: dict[str, Entry]
    frame: Frame

    def question(self, question_id: str) -> Question | None:
        entry = self.entries.get(question_id.rpartition(".")[0])
        return next((item for item in entry.questions if item.id == question_id), None) if entry else None
