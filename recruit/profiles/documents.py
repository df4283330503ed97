"""The job profile in Word: what an applicant reads before applying."""

from __future__ import annotations

from collections.abc import Mapping

from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _

from recruit.charter.models import Area, Charter
from recruit.documents.word import Cell, Column, Run, WordDocument
from recruit.profiles.rules import SECTIONS, blocks
from recruit.recruitments.documents import badge_of, word_document
from recruit.recruitments.models import Criterion, Recruitment
from recruit.recruitments.service import charter_of, criterion_text
from recruit.web.language import day, listed, localised

LABEL_WIDTH = 4.0  # centimetres


def profile_document(recruitment: Recruitment, texts: Mapping[str, str]) -> bytes:
    """The profile as a .docx file in the recruitment's language.

    `texts` holds what is written, by section key; a section without text is left out. The leader profile is written
    from the criteria, without weights and minimums: those are for the panel.
    """
    with force_locale(recruitment.language):
        charter = charter_of(recruitment)
        document = word_document(recruitment, _("Job- og kompetenceprofil"))
        _front(document, recruitment, charter)
        for section in SECTIONS:
            text = texts.get(section.key, "").strip()
            if not section.written:
                document.heading(str(section.heading))
                _leader_profile(document, recruitment, charter)
            elif text:
                document.heading(str(section.heading))
                _prose(document, text)
        return document.to_bytes()


def _front(document: WordDocument, recruitment: Recruitment, charter: Charter) -> None:
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
    role = charter.role(recruitment.role)
    facts = [
        (_("Forvaltning"), recruitment.department),
        (_("Lederrolle"), localised(role.name) if role else ""),
        (_("Ledelsesgrundlag"), f"{localised(charter.title)}, {localised(charter.organisation)}"),
    ]
    document.table(
        [Column("", LABEL_WIDTH), Column("", document.text_width_cm - LABEL_WIDTH)],
        [[Cell(label, bold=True), value] for label, value in facts if value],
        header=False,
    )


def _leader_profile(document: WordDocument, recruitment: Recruitment, charter: Charter) -> None:
    document.paragraph(
        _(
            "Profilen bygger på ”%(charter)s”, ledelsesgrundlaget i %(organisation)s fra %(day)s.",
            charter=localised(charter.title),
            organisation=localised(charter.organisation),
            day=day(charter.adopted),
        )
    )
    document.paragraph(localised(charter.one_profile), style="Quote")
    for area in charter.areas:
        criteria = [criterion for criterion in recruitment.criteria if criterion.area_id == area.id]
        if criteria:
            _room(document, charter, area, criteria)
    if charter.values:
        document.heading(_("Værdierne bag"), 2)
        values = listed([localised(value.name).lower() for value in charter.values])
        document.paragraph(_("Ledelse hos os bygger på %(values)s.", values=values))


def _room(document: WordDocument, charter: Charter, area: Area, criteria: list[Criterion]) -> None:
    """The statements looked for in one room. A whole room as one criterion is told by the room's own definition."""
    document.heading(localised(area.heading), 2, badge_of(area))
    for criterion in criteria:
        if criterion.key == area.id:
            document.paragraph(localised(area.definition), keep_with_next=bool(criterion.here))
            _prose(document, criterion.here)
        else:
            _prose(document, criterion.here, Run(localised(criterion_text(charter, criterion)), bold=True))


def _prose(document: WordDocument, text: str, opening: Run | None = None) -> None:
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
