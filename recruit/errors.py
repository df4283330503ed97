"""The two ways in which something is refused: a rule of the product, and a faulty file."""

from __future__ import annotations

from dataclasses import dataclass


class RuleBroken(Exception):
    """A rule of the product says no. The message is a whole sentence for the person at the screen.

    The message may be a lazy translation: it is turned into text where it is shown.
    """

    def __init__(self, message: object) -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        return str(self.message)


class EditedMeanwhile(RuleBroken):
    """Somebody else, or the same person in another window, saved first. Nothing was overwritten."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault in a data file: where it is and what is wrong, in one sentence."""

    file: str
    line: int | None
    field: str
    sentence: str

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}, line {self.line}"
        return f"{place}, {self.field}: {self.sentence}" if self.field else f"{place}: {self.sentence}"


class FaultyFile(Exception):
    """A data file cannot be used. `faults` names every place."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults
