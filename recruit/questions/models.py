"""The questions of a round's interview guide, each with its own wording, and HR's own questions beside the bank."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from recruit.extensions import Base


class GuideQuestion(Base):
    __tablename__ = "guide_question"

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("interview_round.id", ondelete="CASCADE"), index=True)
    criterion_id: Mapped[int] = mapped_column(ForeignKey("criterion.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    # The question's id in the bank, `<criterion>.own<id>` for one of HR's; None for one written for this guide.
    source: Mapped[str | None] = mapped_column(String(80))
    kind: Mapped[str] = mapped_column(String(20))
    minutes: Mapped[int]
    edited: Mapped[bool] = mapped_column(default=False)
    # {text, material, probes, listen_for, warning_signs}; every text {da, en}.
    wording: Mapped[dict[str, Any]]
    # Codes that say why it was proposed (rules.REASONS), with spaces between; empty when it was put in by hand.
    chosen_because: Mapped[str] = mapped_column(String(80), default="")
    # Why a wording that the checks call unlawful was kept.
    kept_because: Mapped[str] = mapped_column(Text, default="")
    # Who asks it.
    asker_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


class LocalQuestion(Base):
    """A question of HR's own. It stands beside the shipped bank, or in the place of the question it is a copy of."""

    __tablename__ = "local_question"

    id: Mapped[int] = mapped_column(primary_key=True)
    charter: Mapped[str] = mapped_column(String(40), index=True)
    # The statement or area it asks about.
    key: Mapped[str] = mapped_column(String(60))
    # The id of the shipped question it replaces.
    copied_from: Mapped[str | None] = mapped_column(String(80))
    kind: Mapped[str] = mapped_column(String(20))
    minutes: Mapped[int]
    rounds: Mapped[list[int]] = mapped_column(JSON)
    roles: Mapped[list[str]] = mapped_column(JSON)
    # {text, material, probes, listen_for, warning_signs}; every text {da, en}.
    wording: Mapped[dict[str, Any]]
    kept_because: Mapped[str] = mapped_column(Text, default="")
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    changed_at: Mapped[datetime]
    # Taken out of use: no longer shown or proposed, and can be taken into use again.
    retired_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

    @property
    def source(self) -> str:
        """Its id among the bank's questions."""
        return f"{self.key}.own{self.id}"
