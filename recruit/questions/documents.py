"""The interview guide in Word: a page for every question, with room for notes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from flask_babel import force_locale, ngettext
from flask_babel import gettext as _

from recruit.documents.space import NOTE_LINE_CM, PAGE_CM, note_lines_left, text_height
from recruit.documents.word import Cell, Column, Run, WordDocument
from recruit.questions.bank import Frame, FramePart
from recruit.questions.guide import used_minutes
from recruit.questions.models import GuideQuestion
from recruit.questions.presentation import ShownQuestion, shown_questions
from recruit.questions.rules import KIND_NAMES
from recruit.questions.scale import SCALE, heat_cell
from recruit.questions.service import frame_of
from recruit.recruitments.documents import badge_of, word_document
from recruit.recruitments.models import Recruitment, Round
from recruit.recruitments.service import charter_of
from recruit.web.language import localised

FEWEST_NOTES, MOST_NOTES, OPEN_NOTES = 4, 18, 7
# Centimetres: the column of the scale's steps, a small heading, what a row of a table has besides its text.
STEP_WIDTH, HEADING_CM, ROW_CM = 1.2, 0.95, 0.27
# The column of the parts in the time plan, and what the first page holds of questions beside the opening.
PART_WIDTH, ROOM_FOR_PLAN_CM = 9.2, 6.2


def guide_document(recruitment: Recruitment, round_: Round, rows: Sequence[GuideQuestion]) -> bytes:
    """The guide of a round as a .docx file in the recruitment's language. `rows` are its questions in their order."""
    with force_locale(recruitment.language):
        charter = charter_of(recruitment)
        document = word_document(recruitment, _("Interviewguide, %(round)s", round=round_.name))
        questions = shown_questions(recruitment, round_, charter, rows)
        frame = frame_of(recruitment, round_)
        _front(document, recruitment, round_, frame, questions)
        own_page = _plan_height(questions) > ROOM_FOR_PLAN_CM
        if own_page:
            document.page_break()
        _part(document, _("Velkomst og ramme"), frame.opening)
        if own_page:
            _notes(document, OPEN_NOTES)
        last = {question.row.criterion_id: place for place, question in enumerate(questions)}
        for place, question in enumerate(questions):
            document.page_break()
            number = _("Spørgsmål %(number)s af %(total)s", number=place + 1, total=len(questions))
            _question(document, question, number, last[question.row.criterion_id] == place)
        document.page_break()
        _part(document, _("Kandidatens egne spørgsmål og afslutning"), frame.closing)
        _notes(document, OPEN_NOTES)
        _scale(document)
        return document.to_bytes()


def _plan_height(questions: Sequence[ShownQuestion]) -> float:
    """Centimetres that the questions take in the time plan."""
    texts = [localised(question.criterion.text) for question in questions]
    return sum(ROW_CM + text_height(text, PART_WIDTH - 1.6, 10) for text in texts)


def _notes(document: WordDocument, lines: int) -> None:
    document.heading(_("Noter"), 3)
    document.note_lines(lines)


def _minutes(count: int) -> str:
    return ngettext("%(num)s minut", "%(num)s minutter", count)


def _front(
    document: WordDocument, recruitment: Recruitment, round_: Round, frame: Frame, questions: Sequence[ShownQuestion]
) -> None:
    document.title(_("Interviewguide"), f"{recruitment.title} · {round_.name}")
    document.paragraph(_("Alle kandidater får de samme spørgsmål, i samme rækkefølge."), style="Lead")
    document.heading(_("Tidsplan"), 2)
    _time_plan(document, frame, questions)
    used = used_minutes(recruitment, round_, [question.row for question in questions])
    planned = {"minutes": _minutes(round_.minutes), "used": _minutes(used)}
    document.paragraph(
        _("Der er sat %(minutes)s af til hver kandidat. Planen bruger %(used)s.", **planned), style="Hint"
    )
    document.heading(_("Fem regler for samtalen"), 2)
    document.numbered([localised(rule) for rule in frame.rules])


def _time_plan(document: WordDocument, frame: Frame, questions: Sequence[ShownQuestion]) -> None:
    """Who asks is written in by hand: the panel shares the questions out when it meets."""
    parts: list[tuple[Cell, int]] = [(Cell(_("Velkomst og ramme")), frame.opening.minutes)]
    for number, question in enumerate(questions, start=1):
        text = f"{number}. {localised(question.criterion.text)}"
        parts.append((Cell(text, room=badge_of(question.area)), question.row.minutes))
    parts.append((Cell(_("Kandidatens egne spørgsmål og afslutning")), frame.closing.minutes))
    rows: list[list[Cell | str]] = []
    start = 0
    for cell, minutes in parts:
        rows.append([f"{start}–{start + minutes}", cell, "", str(minutes)])
        start += minutes
    rows.append([Cell(_("I alt"), bold=True, span=3), Cell(str(start), bold=True)])
    document.table(
        [
            Column(_("Fra og til"), 2.1),
            Column(_("Del af samtalen"), PART_WIDTH),
            Column(_("Hvem spørger"), 3.3),
            Column(_("Minutter"), 2.0, "right"),
        ],
        rows,
    )


def _part(document: WordDocument, heading: str, part: FramePart) -> None:
    document.heading(heading, 1)
    document.paragraph(_minutes(part.minutes), style="Hint", keep_with_next=True)
    document.bullets([localised(point) for point in part.points])


def _question(document: WordDocument, question: ShownQuestion, number: str, is_last: bool) -> None:
    """One question on its own page; the ruled lines take what the texts leave.

    `is_last`: no later question asks about the criterion, so that this is where it is judged. What is asked and how
    answers are judged part into two pages only where one cannot hold them.
    """
    width = document.text_width_cm
    half = width / 2
    criterion, text = localised(question.criterion.text), localised(question.text)
    here = question.criterion.criterion.here or localised(question.criterion.meaning)
    material = localised(question.material) if question.material else ""
    probes = [localised(probe) for probe in question.probes]
    listen, warnings = map(localised, question.listen_for), map(localised, question.warning_signs)
    signs = list(zip_longest(listen, warnings, fillvalue=""))
    steps = sorted(question.criterion.anchors.items()) if is_last else []
    anchors = [(step, localised(anchor)) for step, anchor in steps]

    document.heading(criterion, 1, badge_of(question.area))
    about = f"{number} · {_minutes(question.row.minutes)} · {KIND_NAMES[question.row.kind]}"
    document.paragraph(Run(about, bold=True), f"\n{here}", style="Hint", keep_with_next=True)
    document.paragraph(text, style="Lead", keep_with_next=bool(material or probes))
    used = text_height(criterion, width - 1, 17) + text_height(f"{about}\n{here}", width, 9.5)
    used += text_height(text, width * 0.95, 14) + HEADING_CM
    if material:
        document.heading(_("Materiale til kandidaten"), 3)
        document.paragraph(material, style="Quote")
        used += text_height(material, width - 1) + HEADING_CM + 0.5
    if probes:
        document.heading(_("Opfølgende spørgsmål"), 3)
        document.bullets(probes)
        used += HEADING_CM + sum(text_height(probe, width - 0.7) + 0.15 for probe in probes)
    if signs:
        document.table([Column(_("Lyt efter"), half), Column(_("Advarselstegn"), half)], [list(pair) for pair in signs])
        used += HEADING_CM + sum(ROW_CM + max(text_height(sign, half - 0.4, 10) for sign in pair) for pair in signs)
    used += HEADING_CM
    judging = HEADING_CM + 0.4
    judging += sum(ROW_CM + text_height(anchor, width - STEP_WIDTH - 0.4, 10) for _step, anchor in anchors)
    fits = used + judging + FEWEST_NOTES * NOTE_LINE_CM <= PAGE_CM
    _notes(document, note_lines_left(used + judging if fits else used, FEWEST_NOTES, MOST_NOTES))
    if anchors:
        if not fits:
            document.page_break()
        document.heading(_("Sådan ser svarene ud på skalaen"), 3)
        document.table(
            [Column("", STEP_WIDTH), Column("", width - STEP_WIDTH)],
            [[heat_cell(step, Run(str(step), bold=True)), anchor] for step, anchor in anchors],
            header=False,
        )
        if not fits:
            _notes(document, OPEN_NOTES)


def _scale(document: WordDocument) -> None:
    document.heading(_("Bilag: skalaen"), 1)
    rows: list[list[Cell | str]] = [
        [heat_cell(step, Run(str(step), bold=True)), str(name)] for step, name in SCALE.items()
    ]
    rows.append([Cell(hatched=True), _("Ikke belyst. Det står uden for skalaen og er aldrig et tal.")])
    columns = [Column("", STEP_WIDTH), Column("", document.text_width_cm - STEP_WIDTH)]
    document.table(columns, rows, header=False)
    document.paragraph(
        _("Hver vurdering har belæg: det, kandidaten sagde og har gjort, skrevet med få ord."), style="Hint"
    )
