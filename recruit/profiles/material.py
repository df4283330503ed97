"""Gathers what is known of a post for the suggested texts of its profile."""

from __future__ import annotations

from collections.abc import Sequence

from flask import current_app
from flask_babel import force_locale

from recruit.organisation.service import standard_texts
from recruit.profiles.suggestions import Known
from recruit.recruitments.models import Recruitment, TimetableStep
from recruit.recruitments.needs import needs_texts
from recruit.recruitments.service import charter_of
from recruit.recruitments.timetable import load_timetable, step_date
from recruit.recruitments.timetable_presentation import days_in_words
from recruit.web.language import day, listed, localised

# Given by create_app: (recruitment) -> whom each member of the panel represents, in words. The panel stands above.
PANEL = "recruit_profile_panel"
# The steps that an applicant takes part in or waits for.
FOR_APPLICANTS = ("deadline", "interviews_1", "test", "interviews_2", "offer", "start")


def gather(recruitment: Recruitment) -> Known:
    """What the suggestions are made of, in the recruitment's language; four queries."""
    steps = load_timetable(recruitment)
    start = step_date(steps, "start") or recruitment.starts_on
    with force_locale(recruitment.language):
        charter = charter_of(recruitment)
        sides = [str(side) for side in current_app.extensions[PANEL](recruitment)]
        own = str(current_app.config["ORGANISATION"])
        on = "on" if recruitment.language == "en" else "den"
        return Known(
            title=recruitment.title,
            organisation=localised(charter.organisation)
            if own in (charter.organisation.da, charter.organisation.en)
            else own,
            department=recruitment.department,
            role=recruitment.role,
            language=recruitment.language,
            charter=localised(charter.title),
            needs=needs_texts(recruitment),
            standard=standard_texts(recruitment.language),
            start=f"{on} {day(start)}" if start else "",
            has_dates=bool(applicant_steps(steps)),
            panel=len(sides),
            sides=listed([side.lower() if side[1:2].islower() else side for side in dict.fromkeys(sides)]),
        )


def applicant_steps(steps: Sequence[TimetableStep]) -> list[tuple[str, str]]:
    """(what, when) of the steps that concern an applicant, in the order of their days. No names of people."""
    return [
        (step.title, days_in_words(step.starts_on, step.ends_on, year=True))
        for step in steps
        if step.code in FOR_APPLICANTS
    ]
