"""The appendix of the printed guide: the scale, and the wordings that were kept against the checks."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _

from recruit.documents.word import Cell, Column, Run, WordDocument
from recruit.questions.guide_plan import PlannedQuestion
from recruit.questions.scale import SCALE, heat_cell
from recruit.web.language import language, localised
from recruit.wording.models import Finding
from recruit.wording.service import check

STEP_WIDTH = 1.6  # centimetres


def write_appendix(document: WordDocument, questions: Sequence[PlannedQuestion]) -> None:
    _scale(document)
    if kept := [question for question in questions if question.shown.row.kept_because]:
        _kept(document, kept)


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


def _kept(document: WordDocument, questions: Sequence[PlannedQuestion]) -> None:
    """The questions whose wording was kept though the checks call it unlawful, each with the rule and the reason."""
    document.heading(_("Bilag: ordlyd, der er beholdt"), 1)
    document.paragraph(
        _("Disse spørgsmål har en alvorlig bemærkning fra tjekket af ordlyden. Her står, hvorfor de er beholdt."),
        keep_with_next=True,
    )
    for question in questions:
        shown = question.shown
        asked = [localised(shown.text), *(localised(probe) for probe in shown.probes)]
        document.heading(question.label, 3)
        document.paragraph(asked[0], style="Quote", keep_with_next=True)
        if found := _serious("\n".join(asked)):
            document.table(
                [Column(_("Ord"), 4.2), Column(_("Regel"), 8.0), Column(_("Grundlag"), 4.8)],
                [[f"”{finding.text}”", finding.why, finding.basis] for finding in found],
            )
        document.paragraph(Run(f"{_('Begrundelse')}: ", bold=True), shown.row.kept_because)


def _serious(text: str) -> list[Finding]:
    """The red findings, in the language of the document."""
    report = check(text, kind="question", language="en" if language() == "en" else "da")
    return [finding for finding in report.findings if finding.severity == "red"]
