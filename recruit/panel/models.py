"""Who sits on the hiring panel of a recruitment."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from recruit.accounts.models import Person
from recruit.extensions import Base


class PanelMember(Base):
    __tablename__ = "panel_member"
    __table_args__ = (UniqueConstraint("recruitment_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    recruitment_id: Mapped[int] = mapped_column(ForeignKey("recruitment.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[str] = mapped_column(String(20))
    side: Mapped[str] = mapped_column(String(20))
    # When the member was seated, or stepped in: rounds that were revealed before are not theirs to rate.
    joined_at: Mapped[datetime | None]
    # Rates the applications in the first sift.
    sifts: Mapped[bool] = mapped_column(default=False)
    # When the member was last reminded of something to do.
    reminded_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    person: Mapped[Person] = relationship(lazy="joined")

    __mapper_args__ = {"version_id_col": version}
