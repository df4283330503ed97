"""The pages of the printed guide that the interview uses: one for every question, and the candidate's sheets."""

from __future__ import annotations

from functools import partial

from flask_babel import gettext as _

from recruit.documents.space import NOTE_LINE_CM
from recruit.documents.word import QUIET_COLOUR, SMALL_HEADING, Cell, Column, Run, WordDocument
from recruit.questions.guide_plan import PlannedQuestion, criterion_line, minutes, notes, span, usable
from recruit.questions.scale import BOX, WHITE, heat_cell
from recruit.web.language import localised

# What a page can look like, best first: the question's size in points, whether the criterion is explained, the fewest
# ruled lines that are left.
LOOKS = ((18, True, 6), (16, True, 4), (14, True, 3), (14, False, 3))
SHEET_SIZE = 12
WRITING_SIZE = 16  # of an empty line to write on
FEWEST_NOTES = 5  # on a sheet of the candidate's
BOX_WIDTH, STEP_WIDTH, LISTEN_WIDTH = 1.4, 1.1, 9.4  # centimetres


def write_question(document: WordDocument, question: PlannedQuestion) -> None:
    """One question on its own page; the ruled lines take what the texts leave.

    The criterion is rated under its last question. What is asked and how it is rated part into two pages only where
    one cannot hold them.
    """
    is_rated = question.rated_after == question.number

    def end() -> None:
        if is_rated:
            _rating(document, question)
        else:
            _rated_later(document, question)

    document.page_break()
    after = document.height_of(end)
    for size, explained, fewest in LOOKS:
        used = document.height_of(partial(_asked, document, question, size, explained)) + after
        if used + fewest * NOTE_LINE_CM <= usable(document):
            _asked(document, question, size, explained)
            notes(document, _("Noter"), used, fewest)
            end()
            return
    size, explained, fewest = LOOKS[0]
    used = document.height_of(partial(_asked, document, question, size, explained))
    _asked(document, question, size, explained)
    notes(document, _("Noter"), used, fewest)

    def rated() -> None:
        document.heading(_("%(question)s: vurdering", question=question.label), 1)
        criterion_line(document, question)
        end()

    document.page_break()
    used = document.height_of(rated)
    rated()
    notes(document, _("Noter"), used, fewest)


def _asked(document: WordDocument, question: PlannedQuestion, size: float, explained: bool) -> None:
    shown = question.shown
    number = _("Spørgsmål %(number)s af %(total)s", number=question.number, total=question.total)
    asker = _("%(name)s spørger", name=question.asker) if question.asker else _("Spørges af %(blank)s", blank="_" * 24)
    about = [minutes(shown.row.minutes), span(question.start, question.end), asker]
    document.heading([number, Run(f" · {' · '.join(about)}", bold=False, colour=QUIET_COLOUR, size=10)], 1)
    criterion_line(document, question)
    if explained:
        meaning = shown.criterion.criterion.here or localised(shown.criterion.meaning)
        document.paragraph(meaning, style="Hint", keep_with_next=True)
    document.paragraph(Run(localised(shown.text), size=size), style="Question", keep_with_next=True)
    if shown.material:
        document.paragraph(
            _("Materialet til kandidaten ligger bagest, på et ark for sig."), style="Hint", keep_with_next=True
        )
    if shown.probes:
        document.heading(Run(_("Opfølgende spørgsmål"), size=SMALL_HEADING), 2)
        document.bullets([localised(probe) for probe in shown.probes])
    if shown.listen_for or shown.warning_signs:
        document.table(
            [Column(_("Lyt efter"), LISTEN_WIDTH), Column(_("Advarselstegn"), document.text_width_cm - LISTEN_WIDTH)],
            [
                [
                    Cell(items=[localised(text) for text in shown.listen_for]),
                    Cell(items=[localised(text) for text in shown.warning_signs]),
                ]
            ],
            close=True,
        )


def _rating(document: WordDocument, question: PlannedQuestion) -> None:
    steps = [
        (heat_cell(step, Run(str(step), bold=True)), localised(text))
        for step, text in sorted(question.shown.criterion.anchors.items())
    ]
    steps.append((Cell(hatched=True), _("Ikke belyst. Der kom ikke noget frem om kriteriet.")))
    rows: list[list[Cell | str]] = [
        [Cell(Run(BOX, size=14), fill=WHITE, align="center"), tile, text] for tile, text in steps
    ]
    evidence = Run(_("Belæg: hvad kandidaten sagde og har gjort"), bold=True)
    rows.append([Cell([evidence, Run("\n\u00a0", size=WRITING_SIZE)], align="left", span=3)])
    document.table(
        [
            Column(_("Kryds"), BOX_WIDTH, "center"),
            Column(_("Trin"), STEP_WIDTH, "center"),
            Column(
                _("Vurdering: sæt ét kryds ved det, der ligner svaret"), document.text_width_cm - BOX_WIDTH - STEP_WIDTH
            ),
        ],
        rows,
        alt=_("De fem trin på skalaen med et felt til kryds ved hvert, og et felt til Ikke belyst."),
        together=True,
        close=True,
    )


def _rated_later(document: WordDocument, question: PlannedQuestion) -> None:
    document.paragraph(
        _("Kriteriet vurderes efter spørgsmål %(number)s, når svarene er hørt.", number=question.rated_after),
        style="Hint",
    )


def write_sheet(document: WordDocument, question: PlannedQuestion) -> None:
    """What the candidate gets in hand: the task and its material, and nothing that is the panel's."""
    shown = question.shown
    if shown.material is None:
        return
    material = localised(shown.material).split("\n\n")

    def task() -> None:
        document.heading(_("Opgave"), 1)
        document.paragraph(f"{question.label} · {minutes(shown.row.minutes)}", style="Hint", keep_with_next=True)
        document.paragraph(localised(shown.text), style="Lead")
        document.heading(_("Materiale"), 2)
        for part in material:
            document.paragraph(Run(part, size=SHEET_SIZE))

    document.new_sheet()
    used = document.height_of(task)
    task()
    notes(document, _("Dine noter"), used, FEWEST_NOTES)
