"""A recruitment's job ad: its facts, its parts in two lengths, and what the parts said before."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from recruit.extensions import Base
from recruit.wording.models import Language


class Ad(Base):
    __tablename__ = "ad"

    id: Mapped[int] = mapped_column(primary_key=True)
    recruitment_id: Mapped[int] = mapped_column(ForeignKey("recruitment.id", ondelete="CASCADE"), unique=True)
    language: Mapped[Language] = mapped_column(String(2))
    tone: Mapped[str] = mapped_column(String(10))
    # Where to apply, an address of a page or of mail; where the work is done; expected pay in kroner a month.
    apply_at: Mapped[str] = mapped_column(String(300), default="")
    workplace: Mapped[str] = mapped_column(String(200), default="")
    employment: Mapped[str] = mapped_column(String(20), default="FULL_TIME")
    pay_from: Mapped[int | None]
    pay_to: Mapped[int | None]
    # Keys of criteria that somebody says are named in words that the product does not know.
    said: Mapped[list[str]] = mapped_column(JSON, default=list)
    # Why a wording stays that the checks call unlawful.
    kept_because: Mapped[str] = mapped_column(Text, default="")
    # What everybody can read until the end of `closes_on`: {language, title, headline, parts: [[heading, text]], …}.
    published: Mapped[dict[str, Any] | None]
    published_at: Mapped[datetime | None]
    taken_down_at: Mapped[datetime | None]
    closes_on: Mapped[date | None]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


class AdPart(Base):
    """One section of the ad in one language and one length."""

    __tablename__ = "ad_part"
    __table_args__ = (UniqueConstraint("ad_id", "language", "length", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ad_id: Mapped[int] = mapped_column(ForeignKey("ad.id", ondelete="CASCADE"), index=True)
    language: Mapped[str] = mapped_column(String(2))
    length: Mapped[str] = mapped_column(String(10))
    key: Mapped[str] = mapped_column(String(20))
    heading: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    # What was composed and last taken over: {heading, text, lines: [[text, kind, key]]}.
    composed: Mapped[dict[str, Any]]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


class AdEarlier(Base):
    """What a part said until somebody changed it or composed it anew."""

    __tablename__ = "ad_earlier"

    id: Mapped[int] = mapped_column(primary_key=True)
    part_id: Mapped[int] = mapped_column(ForeignKey("ad_part.id", ondelete="CASCADE"), index=True)
    heading: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    composed: Mapped[dict[str, Any]]
    # Until when, and who then changed it: `edited`, `composed` or `restored`.
    until: Mapped[datetime]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    what: Mapped[str] = mapped_column(String(20))
