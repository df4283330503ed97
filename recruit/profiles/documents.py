"""The job profile in Word: what an applicant reads before applying."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from flask import current_app, get_template_attribute
from flask_babel import force_locale
from flask_babel import gettext as _

from recruit.charter.models import Area, Charter
from recruit.documents.pictures import svg_to_png
from recruit.documents.word import Cell, Column, Run, WordDocument
from recruit.profiles.house_picture import house_picture
from recruit.profiles.material import applicant_steps
from recruit.profiles.rules import SECTIONS, Section, blocks
from recruit.profiles.service import Standing, load_profile, load_rows, standing_of
from recruit.recruitments.documents import badge_of, word_document
from recruit.recruitments.models import Criterion, Recruitment, TimetableStep
from recruit.recruitments.presentation import picture_bars
from recruit.recruitments.service import amendments, charter_of, criterion_text
from recruit.recruitments.timetable import load_timetable, step_date
from recruit.web.language import day, listed, localised

LABEL_WIDTH, WHEN_WIDTH, SPREAD_WIDTH = 4.0, 6.4, 9.0  # centimetres
HOUSE_PIXELS, SPREAD_PIXELS = 1600, 900
CONTENTS_SIZE = 16  # points


def current_profile(recruitment: Recruitment) -> bytes:
    """The profile as it stands, in Word; five queries."""
    rows = load_rows(recruitment)
    standing = standing_of(recruitment, load_profile(recruitment), rows)
    return profile_document(
        recruitment,
        {key: row.text for key, row in rows.items()},
        sections=standing.sections,
        steps=load_timetable(recruitment),
        standing=standing,
        amended=[(row.subject, row.at) for row, _name in amendments(recruitment) if row.part == "profile"],
    )


def profile_document(
    recruitment: Recruitment,
    texts: Mapping[str, str],
    *,
    sections: Sequence[Section] = SECTIONS,
    steps: Sequence[TimetableStep] = (),
    standing: Standing | None = None,
    amended: Sequence[tuple[str, datetime]] = (),
) -> bytes:
    """The profile as a .docx file in the recruitment's language.

    `texts` holds what is written, by section key; a section without text is left out. The leader profile is written
    from the criteria, without weights, minimums and reasons: those are for the panel. `steps` are those of the
    timetable; what concerns an applicant stands in the section of the process, whether or not that is written.
    `standing` is told on the front page, and `amended` (section key, moment), oldest first, at the end: who has read an
    earlier edition sees what is new. The reasons are the panel's.
    """
    with force_locale(recruitment.language):
        charter = charter_of(recruitment)
        document = word_document(recruitment, _("Job- og kompetenceprofil"))
        _front(document, recruitment, charter, steps, standing)
        document.page_break()
        document.paragraph(Run(_("Indhold"), bold=True, size=CONTENTS_SIZE), keep_with_next=True)
        document.contents()
        document.page_break()
        for section in sections:
            text = texts.get(section.key, "").strip()
            dates = applicant_steps(steps) if section.key == "process" else []
            if not section.written:
                _leader_profile(document, recruitment, charter, str(section.heading))
            elif text or dates:
                document.heading(str(section.heading))
                write_prose(document, text)
                _dates(document, dates)
        _amended(document, amended)
        return document.to_bytes()


def _front(
    document: WordDocument,
    recruitment: Recruitment,
    charter: Charter,
    steps: Sequence[TimetableStep],
    standing: Standing | None,
) -> None:
    document.paragraph(_("Job- og kompetenceprofil"), style="Hint", keep_with_next=True)
    place = (recruitment.department, current_app.config["ORGANISATION"])
    document.title(recruitment.title, " · ".join(part for part in place if part))
    width = document.text_width_cm / len(charter.areas)
    rooms = [
        Cell(
            [Run(area.letter, size=22), Run(f"\n{localised(area.name)}", bold=False)],
            fill=area.colour,
            colour="#ffffff",
            bold=True,
            align="center",
        )
        for area in charter.areas
    ]
    document.table([Column("", width) for _area in charter.areas], [rooms], header=False)
    if recruitment.criteria:
        document.paragraph(_("Det betyder mest hos en leder i denne stilling"), style="Lead", keep_with_next=True)
    for criterion in recruitment.criteria:
        area = next((area for area in charter.areas if area.id == criterion.area_id), None)
        document.paragraph(
            localised(criterion_text(charter, criterion)), room=badge_of(area) if area else None, keep_with_next=True
        )
    role = charter.role(recruitment.role)
    deadline, start = step_date(steps, "deadline"), step_date(steps, "start") or recruitment.starts_on
    facts = [
        (_("Ansøgningsfrist"), day(deadline) if deadline else ""),
        (_("Tiltrædelse"), day(start) if start else ""),
        (_("Forvaltning"), recruitment.department),
        (_("Lederrolle"), localised(role.name) if role else ""),
        (_("Ledelsesgrundlag"), f"{localised(charter.title)}, {localised(charter.organisation)}"),
        (_("Profilen er"), _state(standing) if standing else ""),
    ]
    document.paragraph(_("Stillingen kort"), style="Lead", keep_with_next=True)
    document.table(
        [Column("", LABEL_WIDTH), Column("", document.text_width_cm - LABEL_WIDTH)],
        [[Cell(label, bold=True), value] for label, value in facts if value],
        header=False,
    )


def _state(standing: Standing) -> str:
    """Approved, a draft, or changed since; as the words go on after ”Profilen er”."""
    profile = standing.profile
    if profile is None or profile.approved_at is None:
        return _("låst, men ikke godkendt") if standing.locked else _("et udkast, som ikke er godkendt")
    approved = day(profile.approved_at)
    if standing.holds:
        return _("godkendt %(day)s", day=approved)
    if standing.locked:
        return _("godkendt %(day)s og ændret siden", day=approved)
    return _("ændret, siden den blev godkendt %(day)s", day=approved)


def _amended(document: WordDocument, amended: Sequence[tuple[str, datetime]]) -> None:
    if not amended:
        return
    names = {section.key: str(section.heading) for section in SECTIONS}
    document.heading(_("Ændret, siden profilen blev låst"))
    document.bullets(f"{names.get(key, key)}, {day(moment)}" for key, moment in amended)


def _dates(document: WordDocument, dates: Sequence[tuple[str, str]]) -> None:
    if not dates:
        return
    document.table(
        [Column(_("Hvad"), document.text_width_cm - WHEN_WIDTH), Column(_("Hvornår"), WHEN_WIDTH)],
        [[Cell(what, bold=True), when] for what, when in dates],
        caption=_("Tidsplan"),
        alt=_("De trin i forløbet, der vedrører en ansøger, med deres dage."),
        together=True,
    )


def _leader_profile(document: WordDocument, recruitment: Recruitment, charter: Charter, heading: str) -> None:
    document.heading(heading)
    document.paragraph(
        _(
            "Profilen bygger på ”%(charter)s”, ledelsesgrundlaget i %(organisation)s fra %(day)s.",
            charter=localised(charter.title),
            organisation=localised(charter.organisation),
            day=day(charter.adopted),
        )
    )
    document.paragraph(localised(charter.one_profile), style="Quote")
    _house(document, recruitment, charter)
    for area in charter.areas:
        criteria = [criterion for criterion in recruitment.criteria if criterion.area_id == area.id]
        if criteria:
            _room(document, charter, area, criteria)
    if charter.values:
        document.heading(_("Værdierne bag"), 2)
        values = listed([localised(value.name).lower() for value in charter.values])
        document.paragraph(_("Ledelse hos os bygger på %(values)s.", values=values))


def _house(document: WordDocument, recruitment: Recruitment, charter: Charter) -> None:
    """The house with what was chosen marked, and how it is spread over the rooms."""
    keys = {criterion.key for criterion in recruitment.criteria}
    if not keys:
        return
    chosen = [localised(criterion_text(charter, criterion)) for criterion in recruitment.criteria]
    title = _("Ledelsesgrundlaget som et hus. Valgt er: %(chosen)s", chosen=" ".join(chosen))
    picture = get_template_attribute("components/house_picture.html", "picture")
    svg = str(picture(house_picture(charter, keys), charter, current_app.config["BRAND_COLOUR"], title))
    document.picture(
        svg_to_png(svg, HOUSE_PIXELS),
        width_cm=document.text_width_cm,
        alt=title,
        caption=_("Ledelsesgrundlaget som et hus. Det, der betyder mest i denne stilling, er mærket."),
    )
    bars = picture_bars(recruitment, by_count=True)
    spread = get_template_attribute("components/spread.html", "spread")
    words = str(get_template_attribute("components/spread.html", "counts")(bars))
    heading = _("Kriterierne over fokusområderne")
    document.picture(
        svg_to_png(str(spread(bars, charter.id, heading, words)), SPREAD_PIXELS),
        width_cm=SPREAD_WIDTH,
        alt=f"{heading}. {words}",
        caption=_("Så mange kriterier har vi valgt i hvert fokusområde."),
    )


def _room(document: WordDocument, charter: Charter, area: Area, criteria: list[Criterion]) -> None:
    """The statements looked for in one room. A whole room as one criterion is told by the room's own definition."""
    document.heading(localised(area.heading), 2, badge_of(area))
    for criterion in criteria:
        if criterion.key == area.id:
            document.paragraph(localised(area.definition), keep_with_next=bool(criterion.here))
            write_prose(document, criterion.here)
        else:
            write_prose(document, criterion.here, Run(localised(criterion_text(charter, criterion)), bold=True))


def write_prose(document: WordDocument, text: str, opening: Run | None = None) -> None:
    """Text as people type it. `opening` stands on a line of its own, close above the text."""
    parts = list(blocks(text))
    if opening and (not parts or parts[0][0]):
        document.paragraph(opening, keep_with_next=bool(parts))
        opening = None
    for place, (is_list, lines) in enumerate(parts):
        if is_list:
            document.bullets(lines)
            continue
        before_list = place + 1 < len(parts) and parts[place + 1][0]
        content: list[str | Run] = ["\n".join(lines)]
        if opening:
            content, opening = [opening, "\n", *content], None
        document.paragraph(*content, keep_with_next=before_list)
