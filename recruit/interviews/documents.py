"""The plan on paper: for the table with names, for the door without; and as an Excel workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _

from recruit.audit import AuditEvent
from recruit.documents.excel import Column as SheetColumn
from recruit.documents.excel import Value, Workbook
from recruit.documents.word import Cell, Column, Run, WordDocument
from recruit.interviews.plans import Plan, local_zone
from recruit.interviews.presentation import INTERVIEW, PAUSE, Day, Row, days, order_sentence
from recruit.recruitments.documents import word_document
from recruit.recruitments.models import Recruitment

QUIET = "#5b646d"
HOURS_WIDTH, REF_WIDTH, ROOM_WIDTH, DOOR_HOURS_WIDTH = 3.0, 2.0, 4.2, 6.5  # centimetres
DOOR_SIZE, DOOR_HEADING = 22, 30  # points


def table_document(recruitment: Recruitment, plan: Plan, events: Mapping[str, AuditEvent], *, names: bool) -> bytes:
    """The plan as a .docx file in the recruitment's language, a table for each day. `events` say how it came about."""
    with force_locale(recruitment.language):
        document = word_document(recruitment, _("Samtaleplan, %(round)s", round=plan.round.name))
        document.title(_("Samtaleplan"), f"{recruitment.title} · {plan.round.name}")
        if names:
            secret = _("Kandidaternes navne er fortrolige. Planen hører til på bordet, ikke på døren.")
            document.paragraph(secret, style="Lead")
        if order := order_sentence(plan, events):
            document.paragraph(order, style="Hint")
        for day in days(plan, names=names):
            _day(document, day, names)
        return document.to_bytes()


def _day(document: WordDocument, day: Day, names: bool) -> None:
    document.heading(day.title, 2)
    document.paragraph(day.summary, style="Hint", keep_with_next=True)
    about = document.text_width_cm - HOURS_WIDTH - REF_WIDTH - ROOM_WIDTH
    document.table(
        [
            Column(_("Tid"), HOURS_WIDTH),
            Column(_("Nr."), REF_WIDTH),
            Column(_("Kandidat") if names else _("Hvad"), about),
            Column(_("Lokale"), ROOM_WIDTH),
        ],
        [_table_row(row, day) for row in day.rows],
    )


def _table_row(row: Row, day: Day) -> list[Cell | str]:
    if row.kind != INTERVIEW:
        colour = QUIET if row.kind == PAUSE else None
        return [Cell(row.hours, colour=QUIET), "", Cell(row.label, colour=colour), ""]
    if row.gone:
        return [Cell(row.hours, colour=QUIET), Cell(row.ref, colour=QUIET), Cell(_about(row), colour=QUIET), ""]
    return [Cell(row.hours, bold=True), Cell(row.ref, bold=True), _about(row), row.room or day.room]


def _about(row: Row) -> str:
    return " · ".join(part for part in (row.name or row.label, row.gone) if part)


def door_document(recruitment: Recruitment, plan: Plan) -> bytes:
    """A sign for the door, a page for each day with interviews: times and refs, nobody's name, nothing cancelled."""
    with force_locale(recruitment.language):
        document = word_document(recruitment, _("Dørskilt, %(round)s", round=plan.round.name))
        for day in days(plan, names=False):
            if not day.count:
                continue
            document.page_break()
            document.heading(Run(day.title, size=DOOR_HEADING))
            if day.room:
                document.paragraph(Run(day.room, size=DOOR_SIZE), style="Lead")
            document.paragraph(_("Samtaler i gang. Vent her, så henter vi dig."), style="Lead")
            shown = [row for row in day.rows if not row.gone and row.kind != PAUSE]
            document.table(
                [Column("", DOOR_HOURS_WIDTH), Column("", document.text_width_cm - DOOR_HOURS_WIDTH)],
                [[_large(row.hours, row.kind == INTERVIEW), _large(_at_the_door(row))] for row in shown],
                header=False,
            )
        return document.to_bytes()


def _large(text: str, bold: bool = False) -> Cell:
    return Cell(Run(text, bold=bold, size=DOOR_SIZE))


def _at_the_door(row: Row) -> str:
    return ", ".join(part for part in (row.ref or row.label, row.room) if part)


def plan_workbook(recruitment: Recruitment, plan: Plan, *, names: bool) -> bytes:
    """The plan as an .xlsx file in the recruitment's language, a row for each entry."""
    with force_locale(recruitment.language):
        book = Workbook(
            _("Samtaleplan: %(title)s", title=recruitment.title),
            language=recruitment.language,
            author=current_app.config["ORGANISATION"],
            brand=current_app.config["BRAND_COLOUR"],
        )
        columns = [
            SheetColumn(_("Dag"), 18, "date"),
            SheetColumn(_("Fra"), 8, "time"),
            SheetColumn(_("Til"), 8, "time"),
            SheetColumn(_("Minutter"), 10, "number"),
            SheetColumn(_("Nr."), 8),
            SheetColumn(_("Hvad"), 20),
            *([SheetColumn(_("Kandidat"), 32)] if names else []),
            SheetColumn(_("Lokale"), 24),
            SheetColumn(_("Bemærkning"), 28),
        ]
        book.sheet(plan.round.name, columns, [line for day in days(plan, names=names) for line in _lines(day, names)])
        return book.to_bytes()


def _lines(day: Day, names: bool) -> Sequence[Sequence[Value]]:
    return [
        [
            day.date,
            _local(row.starts_at).time(),
            _local(row.ends_at).time(),
            row.minutes,
            row.ref,
            row.label,
            *([row.name] if names else []),
            row.room or (day.room if row.kind == INTERVIEW else ""),
            row.gone,
        ]
        for row in day.rows
    ]


def _local(at: datetime) -> datetime:
    return at.astimezone(local_zone())
