"""The questions of a round's interview guide. Each holds its own wording, so that the bank may change later."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from recruit.extensions import Base


class GuideQuestion(Base):
    __tablename__ = "guide_question"

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("interview_round.id", ondelete="CASCADE"), index=True)
    criterion_id: Mapped[int] = mapped_column(ForeignKey("criterion.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    # The question's id in the bank; None for one written for this guide.
    source: Mapped[str | None] = mapped_column(String(80))
    kind: Mapped[str] = mapped_column(String(20))
    minutes: Mapped[int]
    edited: Mapped[bool] = mapped_column(default=False)
    # {text, material, probes, listen_for, warning_signs}; every text {da, en}.
    wording: Mapped[dict[str, Any]]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}
