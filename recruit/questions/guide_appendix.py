"""The appendix of the printed guide: the scale, and the wordings that were kept against the checks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask_babel import gettext as _

from recruit.documents.word import Cell, Column, Run, WordDocument
from recruit.questions.guide_plan import PlannedQuestion
from recruit.questions.presentation import red_findings
from recruit.questions.scale import SCALE, heat_cell
from recruit.web.language import language, localised
from recruit.wording.models import Finding

STEP_WIDTH = 1.6  # centimetres


def write_appendix(document: WordDocument, questions: Sequence[PlannedQuestion]) -> None:
    _scale(document)
    red = red_findings([question.shown.row for question in questions], "en" if language() == "en" else "da")
    if kept := [item for item in questions if item.shown.row.kept_because or item.shown.row.id in red]:
        _kept(document, kept, red)


def _scale(document: WordDocument) -> None:
    document.heading(_("Bilag: skalaen"), 1)
    rows: list[list[Cell | str]] = [
        [heat_cell(step, Run(str(step), bold=True)), str(name)] for step, name in SCALE.items()
    ]
    rows.append([Cell(hatched=True), _("Ikke belyst. Det står uden for skalaen og er aldrig et tal.")])
    columns = [Column(_("Trin"), STEP_WIDTH, "center"), Column(_("Betyder"), document.text_width_cm - STEP_WIDTH)]
    document.table(columns, rows, together=True)
    document.paragraph(
        _("Hver vurdering har belæg: det, kandidaten sagde og har gjort, skrevet med få ord."), style="Hint"
    )


def _kept(document: WordDocument, questions: Sequence[PlannedQuestion], red: Mapping[int, list[Finding]]) -> None:
    """The questions whose wording stands though the checks call it unlawful, each with the rule and the reason."""
    document.heading(_("Bilag: ordlyd, der er beholdt"), 1)
    document.paragraph(
        _("Disse spørgsmål har en alvorlig bemærkning fra tjekket af ordlyden. Her står, hvorfor de er beholdt."),
        keep_with_next=True,
    )
    for question in questions:
        row = question.shown.row
        document.heading(question.label, 2)
        document.paragraph(localised(question.shown.text), style="Quote", keep_with_next=True)
        if found := red.get(row.id):
            document.table(
                [Column(_("Ord"), 4.2), Column(_("Regel"), 8.0), Column(_("Grundlag"), 4.8)],
                [[f"”{finding.text}”", finding.why, finding.basis] for finding in found],
            )
        document.paragraph(
            Run(f"{_('Begrundelse')}: ", bold=True), row.kept_because or _("Der er ikke skrevet nogen begrundelse.")
        )
