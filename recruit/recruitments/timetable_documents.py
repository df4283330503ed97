"""The timetable in Word, and as a calendar file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _
from icalendar import Event

from recruit.audit import now
from recruit.documents.calendar import calendar_text
from recruit.documents.pictures import svg_to_png
from recruit.documents.word import QUIET_COLOUR, Cell, Column, Run
from recruit.recruitments.documents import word_document
from recruit.recruitments.models import Recruitment, Timetable, TimetableStep
from recruit.recruitments.timetable_presentation import Row, line, rows
from recruit.web.addresses import host, whole_address

PRODUCT = "-//recruit//timetable//DA"
WHEN_WIDTH, WHO_WIDTH = 4.6, 3.8  # centimetres
PICTURE_WIDTH, PICTURE_PIXELS = 17.0, 2000
SMALL = 9.0  # points


def timetable_document(recruitment: Recruitment, steps: Sequence[TimetableStep], chosen: Timetable | None) -> bytes:
    """The timetable as a .docx file in the recruitment's language: the line, then every step."""
    with force_locale(recruitment.language):
        document = word_document(recruitment, _("Tids- og aktivitetsplan"))
        document.title(_("Tids- og aktivitetsplan"), recruitment.title)
        drawn = line(steps)
        if drawn:
            # Not by render_template: a command has no request, and so nobody whom a page's frame could ask for.
            svg = current_app.jinja_env.get_template("recruitments/_line.html").render(line=drawn)
            document.picture(svg_to_png(svg, PICTURE_PIXELS), width_cm=PICTURE_WIDTH, alt=drawn.about)
        document.table(
            [
                Column(_("Hvornår"), WHEN_WIDTH),
                Column(_("Hvad"), document.text_width_cm - WHEN_WIDTH - WHO_WIDTH),
                Column(_("Ansvarlig"), WHO_WIDTH),
            ],
            [
                [row.when, Cell(_about(row)), row.step.responsible]
                for row in rows(steps, chosen, steps[0].starts_on, year=True)
            ],
            alt=_("Forløbets trin med dage og ansvarlige."),
            close=True,
        )
        return document.to_bytes()


def _about(row: Row) -> list[str | Run]:
    text: list[str | Run] = [Run(row.step.title, bold=True)]
    if row.step.note:
        text.append(f"\n{row.step.note}")
    if row.basis:
        text.append(Run(f"\n{row.basis}", size=SMALL, colour=QUIET_COLOUR))
    return text


def timetable_calendar(recruitment: Recruitment, steps: Sequence[TimetableStep]) -> str:
    """The steps as whole days in an .ics file (RFC 5545), in the recruitment's language, without the notes: calendars
    are shared. The UID belongs to the step, so that a moved step moves in the calendar too."""
    with force_locale(recruitment.language):
        return calendar_text(PRODUCT, [_event(recruitment, step) for step in steps])


def _event(recruitment: Recruitment, step: TimetableStep) -> Event:
    event = Event()
    event.add("uid", f"timetable-step-{step.id}@{host()}")
    event.add("sequence", step.version)
    event.add("dtstamp", now())
    event.add("dtstart", step.starts_on)
    event.add("dtend", (step.ends_on or step.starts_on) + timedelta(days=1))
    event.add("summary", f"{step.title}, {recruitment.title}")
    if step.responsible:
        event.add("description", _("Ansvarlig: %(name)s", name=step.responsible))
    event.add("url", whole_address("recruitments.timetable", recruitment_id=recruitment.id))
    event.add("status", "CANCELLED" if recruitment.outcome == "cancelled" else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    return event
