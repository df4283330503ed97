"""The first pages of the printed guide: who is met, the time plan, who does what, the rules, the welcome."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from flask_babel import gettext as _

from recruit.documents.space import NOTE_LINE_CM
from recruit.documents.word import Cell, Column, Run, WordDocument
from recruit.questions.bank import Frame, FramePart
from recruit.questions.guide_plan import PlannedQuestion, blanks, minutes, notes, span, usable
from recruit.recruitments.documents import badge_of
from recruit.recruitments.models import Recruitment, Round
from recruit.web.language import localised

FEWEST_NOTES = 5
POINT_SIZE = 12  # of what is said, in points: readable at arm's length
# Centimetres.
CLOCK_WIDTH, ASKER_WIDTH, MINUTES_WIDTH, ROLE_WIDTH = 2.2, 3.9, 1.9, 4.4


def write_front(
    document: WordDocument, recruitment: Recruitment, round_: Round, frame: Frame, questions: Sequence[PlannedQuestion]
) -> None:
    """Time plan, roles, rules and welcome: on the front page as far as it holds them, the rest on the next."""

    def parts(close: bool, named: bool) -> list[Callable[[], None]]:
        return [
            partial(_plan, document, recruitment, round_, frame, questions, close),
            partial(_roles, document, questions, close, named),
            partial(_rules, document, frame),
        ]

    def fits(writers: list[Callable[[], None]]) -> bool:
        return sum(document.height_of(write) for write in writers) <= usable(document)

    choices = [parts(close=False, named=True), parts(close=True, named=True), parts(close=True, named=False)]
    used = 0.0
    for write in next(filter(fits, choices), choices[1]):
        taken = document.height_of(write)
        if used + taken > usable(document):
            document.page_break()
            used = 0.0
        write()
        used = (used + taken) % usable(document)  # a plan longer than a page ends on the next
    write_part(document, _("Velkomst og ramme"), frame.opening, 0, above=used)


def _plan(
    document: WordDocument,
    recruitment: Recruitment,
    round_: Round,
    frame: Frame,
    questions: Sequence[PlannedQuestion],
    close: bool,
) -> None:
    document.title(_("Interviewguide"), f"{recruitment.title} · {round_.name}")
    blanks(document, [(_("Kandidat"), 0.5), (_("Dato og tid"), 0.27), (_("Lokale"), 0.23)])
    document.heading(_("Tidsplan"), 2)
    closing = questions[-1].end if questions else frame.opening.minutes
    end = closing + frame.closing.minutes
    rows: list[list[Cell | str]] = [_row(0, frame.opening.minutes, Cell(_("Velkomst og ramme")))]
    for question in questions:
        text = f"{question.number}. {localised(question.shown.criterion.text)}"
        rows.append(_row(question.start, question.end, Cell(text, room=badge_of(question.shown.area)), question.asker))
    rows.append(_row(closing, end, Cell(_("Kandidatens egne spørgsmål og afslutning"))))
    whole = _("I alt. Der er sat %(minutes)s af til hver kandidat.", minutes=minutes(round_.minutes))
    rows.append([Cell(whole, bold=True, span=3), Cell(str(end), bold=True)])
    part_width = document.text_width_cm - CLOCK_WIDTH - ASKER_WIDTH - MINUTES_WIDTH
    document.table(
        [
            Column(_("Fra og til"), CLOCK_WIDTH),
            Column(_("Del af samtalen"), part_width),
            Column(_("Hvem"), ASKER_WIDTH),
            Column(_("Minutter"), MINUTES_WIDTH, "right"),
        ],
        rows,
        alt=_("Samtalens dele i rækkefølge, med minutter fra samtalens begyndelse og navnet på den, der spørger."),
        close=close,
    )


def _row(start: int, end: int, part: Cell, asker: str = "") -> list[Cell | str]:
    return [f"{start}–{end}", part, asker, str(end - start)]


def _roles(document: WordDocument, questions: Sequence[PlannedQuestion], close: bool, named: bool) -> None:
    """Who does what. What nobody is named for is left open, to be written in by hand.

    With little room those who ask are only named in the time plan.
    """
    numbers: dict[str, list[str]] = {}
    for question in questions:
        if question.asker:
            numbers.setdefault(question.asker, []).append(str(question.number))
    asked = ", ".join(f"{name} ({', '.join(own)})" for name, own in numbers.items())
    if asked and not named:
        asked = _("Se tidsplanen.")
    document.heading(_("Roller"), 2)
    document.table(
        [Column(_("Opgave"), ROLE_WIDTH), Column(_("Hvem"), document.text_width_cm - ROLE_WIDTH)],
        [
            [_("Stiller spørgsmålene"), asked],
            [_("Holder øje med tiden"), ""],
        ],
        close=close,
    )


def _rules(document: WordDocument, frame: Frame) -> None:
    document.heading(_("Fem regler for samtalen"), 2)
    document.numbered([localised(rule) for rule in frame.rules])


def write_part(
    document: WordDocument,
    heading: str,
    part: FramePart,
    start: int,
    *,
    above: float = 0.0,
    below: Callable[[], None] | None = None,
) -> None:
    """The opening or the closing, with room for notes that fills the page.

    `above` are the centimetres already used on the page, `below` writes what follows. Each begins a new page where it
    does not fit on this one.
    """

    def said() -> None:
        document.heading(heading, 1)
        about = f"{minutes(part.minutes)} · {span(start, start + part.minutes)}"
        document.paragraph(Run(about, bold=True), style="Hint", keep_with_next=True)
        document.bullets([Run(localised(point), size=POINT_SIZE) for point in part.points])

    least = document.height_of(said) + FEWEST_NOTES * NOTE_LINE_CM
    if above + least > usable(document):
        document.page_break()
        above = 0.0
    after = document.height_of(below) if below else 0.0
    fits = above + least + after <= usable(document)
    used = above + document.height_of(said) + (after if fits else 0.0)
    said()
    notes(document, _("Noter"), used, FEWEST_NOTES)
    if below:
        if not fits:
            document.page_break()
        below()
