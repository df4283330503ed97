"""What the organisation has once and every recruitment uses: its letterhead, and the texts that all its ads share."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, deferred, mapped_column

from recruit.extensions import Base


class StandardTexts(Base):
    """All standard texts as they were saved at one moment. A version is never changed: the newest is in force."""

    __tablename__ = "standard_texts"

    id: Mapped[int] = mapped_column(primary_key=True)
    # From 1, without gaps. Two who save at the same moment want the same number, and one of them is refused.
    number: Mapped[int] = mapped_column(unique=True)
    # Each text in both languages, by its key.
    texts: Mapped[dict[str, dict[str, str]]] = mapped_column(JSON)
    # Why a wording that the checks call unlawful was kept.
    kept_because: Mapped[str] = mapped_column(Text, default="")
    # The version whose texts these are again; 0 is what the product ships with.
    restored_from: Mapped[int | None]
    saved_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    saved_at: Mapped[datetime]


class Letterhead(Base):
    """A .docx file that documents can be based on: cleaned, and with every style that documents need."""

    __tablename__ = "letterhead"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    size: Mapped[int]
    content: Mapped[bytes] = deferred(mapped_column(LargeBinary, nullable=False))
    # Codes of what was left out or added (recruit.documents.letterhead).
    repairs: Mapped[list[str]] = mapped_column(JSON)
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    added_at: Mapped[datetime]
    # Documents come out on the one that was taken into use last; None is not in use.
    used_since: Mapped[datetime | None]
