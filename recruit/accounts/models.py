"""People who sign in."""

from __future__ import annotations

from datetime import datetime

from flask_login import UserMixin
from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from recruit.extensions import Base

ROLES = ("hr", "auditor")


class Person(UserMixin, Base):
    """Somebody with an e-mail. `role` is HR, auditor or none; what a person is in a recruitment stands on its panel."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    role: Mapped[str | None] = mapped_column(String(20))
    password_hash: Mapped[str | None] = mapped_column(String(200))
    language: Mapped[str | None] = mapped_column(String(2))
    # Changes with the password: an old session, and an old link, end with it.
    session_key: Mapped[str] = mapped_column(String(40))
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]

    def get_id(self) -> str:
        return f"{self.id}.{self.session_key}"

    @property
    def is_active(self) -> bool:
        return self.active


class SignInLink(Base):
    """A link that signs a panel member in, once. Only the hash of its token is kept."""

    __tablename__ = "sign_in_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    # SHA-256 of the token, in hexadecimal.
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
