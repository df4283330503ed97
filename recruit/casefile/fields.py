"""What a value of a case file may be, and the base of its parts."""

from __future__ import annotations

from datetime import UTC, date, datetime, tzinfo
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from recruit.web.forms import TEXT_LIMIT, unwritable


def writable(text: str) -> str:
    if unwritable(text):
        raise ValueError("holds a control character that cannot be kept")
    return text


def spoken(text: str) -> str:
    if not text.strip():
        raise ValueError("must not be blank")
    return text


def true(value: bool) -> bool:
    if not value:
        raise ValueError("must be true, or left out")
    return value


def moment(value: str) -> str:
    try:
        found = as_datetime(value)
    except ValueError:
        found = None
    if found is None or found.year not in YEARS:
        raise ValueError("must be a moment (2026-11-27T14:30:00+01:00)")
    return value


def as_day(value: object) -> object:
    """A day as YAML reads it, or as text in quotes."""
    found = value
    if isinstance(value, str):
        try:
            found = date.fromisoformat(value)
        except ValueError:
            found = None
    if not isinstance(found, date) or isinstance(found, datetime) or found.year not in YEARS:
        raise ValueError("must be a day (2026-11-27)")
    return found


def as_datetime(value: str, zone: tzinfo = UTC) -> datetime:
    """A moment of a case file; one without a time zone is in `zone`."""
    found = datetime.fromisoformat(value)
    return found if found.tzinfo else found.replace(tzinfo=zone)


YEARS = range(2000, 2100)  # whatever the time zone, a calendar can show it
Words = Annotated[str, AfterValidator(writable)]
Line = Annotated[Words, Field(min_length=1, max_length=200), AfterValidator(spoken)]
Optional_ = Annotated[Words, Field(max_length=TEXT_LIMIT)]
Spoken = Annotated[Words, Field(max_length=TEXT_LIMIT), AfterValidator(spoken)]
Email = Annotated[Words, Field(max_length=254)]
Score = Annotated[int, Field(ge=1, le=5)]
Number = Annotated[int, Field(ge=1, le=9)]
Moment = Annotated[str, AfterValidator(moment)]
Day = Annotated[date, BeforeValidator(as_day)]
Ref = Annotated[Words, Field(min_length=1, max_length=20), AfterValidator(spoken)]


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
