"""A leadership charter as frozen data: focus areas, statements, roles, values. Read from YAML, never stored."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Self

from pydantic import Field, model_validator

from recruit.config import READABLE, contrast_with_white
from recruit.datafiles import Frozen, Localised

Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]


class Statement(Frozen):
    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*\.[1-9][0-9]*$")]
    text: Localised
    short: Localised

    @property
    def kind(self) -> str:
        return "statement"


class Area(Frozen):
    """A focus area: a room of the house, and itself a possible criterion (its id is the criterion's key)."""

    id: Id
    letter: Annotated[str, Field(pattern=r"^[A-ZÆØÅ]$")]
    colour: Annotated[str, Field(pattern=r"^#[0-9a-f]{6}$")]
    name: Localised
    heading: Localised
    definition: Localised
    statements: Annotated[list[Statement], Field(min_length=1)]

    @property
    def text(self) -> Localised:
        return self.heading

    @property
    def short(self) -> Localised:
        return self.name

    @property
    def kind(self) -> str:
        return "area"


class Named(Frozen):
    id: Id
    name: Localised


class CoreTask(Frozen):
    name: Localised
    text: Localised


class Charter(Frozen):
    charter: Id
    title: Localised
    organisation: Localised
    adopted: date
    core_task: CoreTask
    areas: Annotated[list[Area], Field(min_length=1)]
    roles: Annotated[list[Named], Field(min_length=1)]
    one_profile: Localised
    # Why a leader is looked for over all focus areas; None when the charter does not say it.
    balance: Localised | None = None
    values: list[Named]
    practice: list[Localised]

    @property
    def id(self) -> str:
        return self.charter

    def criteria(self) -> Iterator[tuple[Area, Area | Statement]]:
        """Everything that can be a criterion, in the charter's order: each area, then its statements."""
        for area in self.areas:
            yield area, area
            for statement in area.statements:
                yield area, statement

    def find(self, key: str) -> tuple[Area, Area | Statement] | None:
        """The area and the statement (or the area itself) with this id; None when the charter has none."""
        return next(((area, item) for area, item in self.criteria() if item.id == key), None)

    def area_of(self, key: str) -> Area:
        """The room that a criterion belongs to. KeyError when the charter has none."""
        found = self.find(key)
        if found is None:
            raise KeyError(key)
        return found[0]

    def role(self, role_id: str) -> Named | None:
        return next((role for role in self.roles if role.id == role_id), None)

    @model_validator(mode="after")
    def letters_can_be_read(self) -> Self:
        for area in self.areas:
            if contrast_with_white(area.colour) < READABLE:
                raise ValueError(
                    f"the colour {area.colour} of {area.id} is too light: its white letter could not be read"
                )
        return self

    @model_validator(mode="after")
    def ids_agree(self) -> Self:
        keys = [item.id for _, item in self.criteria()]
        for key in keys:
            if keys.count(key) > 1:
                raise ValueError(f"the id {key} is used twice")
        for area in self.areas:
            for number, statement in enumerate(area.statements, start=1):
                if statement.id != f"{area.id}.{number}":
                    raise ValueError(f"statement {number} of {area.id} must have the id {area.id}.{number}")
        letters = [area.letter for area in self.areas]
        if len(set(letters)) < len(letters):
            raise ValueError("two areas have the same letter")
        return self
