"""The recommendation, the decision, references for the finalist, and the tasks that hold an answer back.

All of it is free text about people: every row goes with its recruitment, and what is about one candidate with them.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from recruit.extensions import Base


class Recommendation(Base):
    """What the panel recommends (indstilling): a ranking, one candidate, or nobody. One in a recruitment."""

    __tablename__ = "recommendation"
    __table_args__ = (UniqueConstraint("recruitment_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    recruitment_id: Mapped[int] = mapped_column(ForeignKey("recruitment.id", ondelete="CASCADE"))
    # The revealed round that it rests on.
    round_id: Mapped[int] = mapped_column(ForeignKey("interview_round.id", ondelete="CASCADE"), index=True)
    # One of `rules.CHOICES`.
    choice: Mapped[str] = mapped_column(String(20))
    # When that was chosen. It counts the version up where only the places have changed.
    changed_at: Mapped[datetime]
    # The verdict as it was shown when the recommendation became final: {headline, text, thin}. A frozen copy of what
    # people read that day, the one result that is stored; nothing is ever computed from it.
    verdict: Mapped[dict[str, Any] | None]
    # Why a wording stays that the checks call unlawful.
    kept_because: Mapped[str] = mapped_column(Text, default="")
    final_at: Mapped[datetime | None]
    final_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    version: Mapped[int] = mapped_column()

    places: Mapped[list[RecommendedCandidate]] = relationship(
        order_by="RecommendedCandidate.place", cascade="all, delete-orphan", passive_deletes=True
    )

    __mapper_args__ = {"version_id_col": version}


class RecommendedCandidate(Base):
    """A candidate's place in the recommendation, from 1."""

    __tablename__ = "recommended_candidate"

    recommendation_id: Mapped[int] = mapped_column(
        ForeignKey("recommendation.id", ondelete="CASCADE"), primary_key=True
    )
    candidate_id: Mapped[int] = mapped_column(
        ForeignKey("candidate.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    place: Mapped[int]


class RecommendationText(Base):
    """One text of it. One that was emptied stays as a row, so that its version goes on counting."""

    __tablename__ = "recommendation_text"
    __table_args__ = (UniqueConstraint("recruitment_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    recruitment_id: Mapped[int] = mapped_column(ForeignKey("recruitment.id", ondelete="CASCADE"), index=True)
    # `summary`, `against`, or the key of a criterion.
    key: Mapped[str] = mapped_column(String(60))
    text: Mapped[str] = mapped_column(Text)
    changed_at: Mapped[datetime]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


class RecommendationEarlier(Base):
    """A text as somebody left it, and the steps of the whole: made final, reopened with its reason as text."""

    __tablename__ = "recommendation_earlier"

    id: Mapped[int] = mapped_column(primary_key=True)
    recruitment_id: Mapped[int] = mapped_column(ForeignKey("recruitment.id", ondelete="CASCADE"), index=True)
    # "" is the recommendation as a whole.
    key: Mapped[str] = mapped_column(String(60))
    text: Mapped[str] = mapped_column(Text)
    begun_at: Mapped[datetime]
    at: Mapped[datetime]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    # One of `rules.WHAT`.
    what: Mapped[str] = mapped_column(String(20))


class RecommendationQuote(Base):
    """A sentence of a member's evidence that the chair has picked. Word for word: the evidence is frozen (rule 3)."""

    __tablename__ = "recommendation_quote"

    id: Mapped[int] = mapped_column(primary_key=True)
    recruitment_id: Mapped[int] = mapped_column(ForeignKey("recruitment.id", ondelete="CASCADE"), index=True)
    criterion_id: Mapped[int] = mapped_column(ForeignKey("criterion.id", ondelete="CASCADE"), index=True)
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id", ondelete="CASCADE"), index=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("panel_member.id", ondelete="CASCADE"), index=True)
    # Its place among the sentences of the evidence, from 0.
    position: Mapped[int]
    text: Mapped[str] = mapped_column(Text)


class HiringDecision(Base):
    """The decision (afgørelse) on whom to hire, recorded apart from what was recommended. One in a recruitment."""

    __tablename__ = "hiring_decision"
    __table_args__ = (UniqueConstraint("recruitment_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    recruitment_id: Mapped[int] = mapped_column(ForeignKey("recruitment.id", ondelete="CASCADE"))
    # `hired` or `nobody`, as recruitments.rules.OUTCOMES.
    outcome: Mapped[str] = mapped_column(String(20))
    decided_on: Mapped[date]
    # Who decided, with title, and who approved it, if that is somebody else.
    decided_by: Mapped[str] = mapped_column(String(200))
    approved_by: Mapped[str] = mapped_column(String(200), default="")
    reason: Mapped[str] = mapped_column(Text)
    # Why it is another than was recommended.
    differs_because: Mapped[str] = mapped_column(Text, default="")
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    version: Mapped[int] = mapped_column()

    hired: Mapped[list[HiredCandidate]] = relationship(
        order_by="HiredCandidate.candidate_id", cascade="all, delete-orphan", passive_deletes=True
    )

    __mapper_args__ = {"version_id_col": version}


class HiredCandidate(Base):
    """One who is hired by a decision."""

    __tablename__ = "hired_candidate"

    decision_id: Mapped[int] = mapped_column(ForeignKey("hiring_decision.id", ondelete="CASCADE"), primary_key=True)
    candidate_id: Mapped[int] = mapped_column(
        ForeignKey("candidate.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class Reference(Base):
    """Somebody the candidate has agreed to be asked about. No row without consent."""

    __tablename__ = "reference"

    id: Mapped[int] = mapped_column(primary_key=True)
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id", ondelete="CASCADE"), index=True)
    # Name and title of who is asked, and what they were to the candidate: one of `rules.RELATIONS`.
    referee: Mapped[str] = mapped_column(String(200))
    relation: Mapped[str] = mapped_column(String(20))
    # The candidate's consent: when, and one of `rules.CONSENTS`.
    consent_on: Mapped[date]
    consent_how: Mapped[str] = mapped_column(String(20))
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    # The call: when, and by whom (name).
    called_on: Mapped[date | None]
    called_by: Mapped[str] = mapped_column(String(200), default="")
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


class ReferenceAnswer(Base):
    """What was said to one question. The question's wording is copied when it is answered."""

    __tablename__ = "reference_answer"
    __table_args__ = (UniqueConstraint("reference_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    reference_id: Mapped[int] = mapped_column(ForeignKey("reference.id", ondelete="CASCADE"), index=True)
    # The id of the bank's question; `other` for what else was said, `against` for what speaks against the candidate.
    key: Mapped[str] = mapped_column(String(60))
    wording: Mapped[dict[str, Any]]
    text: Mapped[str] = mapped_column(Text)
    changed_at: Mapped[datetime]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


class Task(Base):
    """What must be done with a candidate before anything is decided or answered: a hearing of the party
    (forvaltningsloven section 19), or a request to see the documents (section 21)."""

    __tablename__ = "hearing_task"

    id: Mapped[int] = mapped_column(primary_key=True)
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id", ondelete="CASCADE"), index=True)
    # One of `rules.TASKS`: hearing, access.
    kind: Mapped[str] = mapped_column(String(20))
    reference_id: Mapped[int | None] = mapped_column(ForeignKey("reference.id", ondelete="SET NULL"))
    # What the candidate is heard on, or has asked to see.
    what: Mapped[str] = mapped_column(Text)
    opened_on: Mapped[date]
    due_on: Mapped[date]
    # How it ended: "" while it is open, else one of `rules.ENDINGS`; and what the candidate said or was given.
    ending: Mapped[str] = mapped_column(String(20), default="")
    answer: Mapped[str] = mapped_column(Text, default="")
    closed_on: Mapped[date | None]
    # Why HR goes on though it is open.
    passed_because: Mapped[str] = mapped_column(Text, default="")
    opened_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}
