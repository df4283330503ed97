"""The text of a job profile, section by section, as it is and as it was; and what the chair has said of it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from recruit.extensions import Base


class ProfileSection(Base):
    """A section as it is. One that was emptied stays as a row without text, so that its version goes on counting."""

    __tablename__ = "profile_section"
    __table_args__ = (UniqueConstraint("recruitment_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    recruitment_id: Mapped[int] = mapped_column(ForeignKey("recruitment.id", ondelete="CASCADE"), index=True)
    key: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(Text)
    changed_at: Mapped[datetime]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


class ProfileEarlier(Base):
    """A section as somebody left it. What one person writes in one go is one of these (`rules.goes_on`)."""

    __tablename__ = "profile_earlier"

    id: Mapped[int] = mapped_column(primary_key=True)
    recruitment_id: Mapped[int] = mapped_column(ForeignKey("recruitment.id", ondelete="CASCADE"), index=True)
    key: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(Text)
    begun_at: Mapped[datetime]
    at: Mapped[datetime]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    # One of `rules.WHAT`.
    what: Mapped[str] = mapped_column(String(20))


class Profile(Base):
    """What holds for the profile as a whole. There is none until somebody orders, approves or locks it."""

    __tablename__ = "profile"
    __table_args__ = (UniqueConstraint("recruitment_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    recruitment_id: Mapped[int] = mapped_column(ForeignKey("recruitment.id", ondelete="CASCADE"))
    # The keys of the sections with spaces between; empty is the usual order.
    section_order: Mapped[str] = mapped_column(String(300), default="")
    approved_at: Mapped[datetime | None]
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    # A fingerprint of what was approved: when the text is another, the approval holds no more.
    approved_print: Mapped[str] = mapped_column(String(64), default="")
    # Why a wording stays that the checks call unlawful.
    kept_because: Mapped[str] = mapped_column(Text, default="")
    locked_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}
