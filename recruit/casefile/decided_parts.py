"""What a case file holds of the recommendation, the decision and the answers to the candidates."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from recruit.casefile.fields import Day, Line, Moment, Number, Optional_, Part, Spoken, Words
from recruit.datafiles import Localised


class QuotePart(Part):
    """A sentence of a member's evidence, word for word, that the recommendation builds on."""

    candidate: str
    panelist: str
    statement: str
    text: Spoken


class VerdictPart(Part):
    """What the numbers said, as it was read when the recommendation became final."""

    headline: Optional_
    text: Optional_
    thin: bool = False


class RecommendationPart(Part):
    """What the panel recommends: the candidates in order. `texts` by `summary`, `against` or the key of a criterion."""

    round: Number
    choice: Literal["one", "ranking", "nobody"]
    candidates: list[str] = []
    texts: dict[str, Annotated[Words, Field(max_length=8_000)]] = {}
    quotes: list[QuotePart] = []
    # A draft while left out.
    final_at: Moment | None = None
    verdict: VerdictPart | None = None
    # Why a wording stays that the checks call unlawful.
    kept_because: Annotated[Words, Field(max_length=2_000)] = ""


class DecisionPart(Part):
    """Who is hired, if anybody: decided by whom, when and why."""

    outcome: Literal["hired", "nobody"]
    hired: list[str] = []
    decided_on: Day
    decided_by: Line
    approved_by: Annotated[Words, Field(max_length=200)] = ""
    reason: Annotated[Spoken, Field(max_length=2_000)]
    # Why it is another than was recommended.
    differs_because: Annotated[Words, Field(max_length=2_000)] = ""


class ReferenceAnswerPart(Part):
    """`question` is the id of a question of the bank, `other`, or `against` for what speaks against the candidate."""

    question: Annotated[Words, Field(max_length=60)]
    text: Annotated[Spoken, Field(max_length=8_000)]
    # Where it is not the bank's any more.
    wording: Localised | None = None


class ReferencePart(Part):
    """Somebody the candidate has agreed to be asked about, and what they said."""

    candidate: str
    referee: Line
    relation: Literal["current_chief", "former_chief", "colleague", "employee", "partner"]
    consent_on: Day
    consent_how: Literal["written", "mail", "spoken"]
    called_on: Day | None = None
    called_by: Annotated[Words, Field(max_length=200)] = ""
    answers: list[ReferenceAnswerPart] = []


class HearingPart(Part):
    """A hearing of the party, or a request to see the documents. `reference` is the number of one above, from 1."""

    candidate: str
    kind: Literal["hearing", "access"]
    what: Annotated[Spoken, Field(max_length=8_000)]
    opened_on: Day
    due_on: Day
    reference: Annotated[int, Field(ge=1)] | None = None
    # How it ended; open while left out.
    ending: str | None = None
    closed_on: Day | None = None
    answer: Annotated[Words, Field(max_length=8_000)] = ""
    # Why HR went on though it was open.
    passed_because: Annotated[Words, Field(max_length=2_000)] = ""


class LetterPart(Part):
    """The answer to a candidate: its text from after the greeting to before the signature, and how far it is."""

    candidate: str
    text: Annotated[Words, Field(max_length=8_000)] = ""
    # The answer that it was marked ready as; a draft while left out.
    ready_as: Literal["application", "interview", "hired", "withdrawn", "cancelled"] | None = None
    ready_at: Moment | None = None
    # Why a wording stays that the checks remark on.
    kept_because: Annotated[Words, Field(max_length=2_000)] = ""
    # When the mail went out that says the application has come in.
    receipt_at: Moment | None = None
    # Phrases that HR leaves out of the candidate's access extract.
    left_out: list[Annotated[Words, Field(max_length=500)]] = []


class BriefPart(Part):
    """The development brief of somebody who is hired. `texts` by `opening`, the id of a room, or `goals`."""

    candidate: str
    told_on: Day | None = None
    texts: dict[str, Annotated[Words, Field(max_length=8_000)]] = {}
