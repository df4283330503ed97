"""A guide as it is laid on the table: each question with its number, its place in time, who asks, where it is rated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from recruit.documents.space import note_lines_left
from recruit.documents.word import Cell, Column, Run, WordDocument
from recruit.questions.bank import FramePart
from recruit.questions.presentation import ShownQuestion
from recruit.recruitments.documents import badge_of
from recruit.web.language import localised

MOST_NOTES = 26
SPARE_CM = 0.3  # for what is measured roughly
RULE_COLOUR = "#c9d0d4"


@dataclass(frozen=True)
class PlannedQuestion:
    """`start` counts minutes from the beginning of the interview. `asker` is empty when nobody is named.

    `rated_after` is the number of the last question about the same criterion: there it is rated.
    """

    shown: ShownQuestion
    number: int
    total: int
    start: int
    asker: str
    rated_after: int

    @property
    def end(self) -> int:
        return self.start + self.shown.row.minutes

    @property
    def label(self) -> str:
        return _("Spørgsmål %(number)s", number=self.number)


def planned(questions: Sequence[ShownQuestion], opening: FramePart, names: Mapping[int, str]) -> list[PlannedQuestion]:
    """The questions in their order. `names` by person id holds those who can ask."""
    last = {question.row.criterion_id: number for number, question in enumerate(questions, start=1)}
    found = []
    start = opening.minutes
    for number, question in enumerate(questions, start=1):
        asker = names.get(question.row.asker_id, "") if question.row.asker_id else ""
        found.append(PlannedQuestion(question, number, len(questions), start, asker, last[question.row.criterion_id]))
        start += question.row.minutes
    return found


def minutes(count: int) -> str:
    return ngettext("%(num)s minut", "%(num)s minutter", count)


def span(start: int, end: int) -> str:
    return _("minut %(start)s–%(end)s", start=start, end=end)


def criterion_line(document: WordDocument, question: PlannedQuestion) -> None:
    """The criterion with its room's letter."""
    text = localised(question.shown.criterion.text)
    document.paragraph(Run(text, bold=True), keep_with_next=True, room=badge_of(question.shown.area))


def usable(document: WordDocument) -> float:
    """The centimetres of a page that can be counted on."""
    return document.text_height_cm - SPARE_CM


def notes(document: WordDocument, label: str, used: float, fewest: int) -> None:
    """Ruled lines that fill the page on which `used` centimetres are taken, also by what is still to be written."""
    document.note_lines(note_lines_left(used, fewest, MOST_NOTES, usable(document)), label)


def blanks(document: WordDocument, labels: Sequence[tuple[str, float]]) -> None:
    """Places to fill in by hand, side by side across the page: labels and their shares of the width."""
    document.table(
        [Column("", share * document.text_width_cm) for _label, share in labels],
        [[Cell(Run(f"{label}\n\u00a0", bold=True), outline=RULE_COLOUR) for label, _share in labels]],
        header=False,
    )
