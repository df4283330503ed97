"""The job profile in Word: what an applicant reads before applying."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby

from babel.lists import format_list
from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _

from recruit.charter.models import Area, Charter
from recruit.documents.word import Cell, Column, Run, WordDocument
from recruit.profiles.rules import SECTIONS
from recruit.recruitments.documents import badge_of, word_document
from recruit.recruitments.models import Criterion, Recruitment
from recruit.recruitments.service import charter_of, criterion_text
from recruit.web.language import day, localised

BULLET = "- "
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
    document.title(recruitment.title, f"{recruitment.department} · {current_app.config['ORGANISATION']}")
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
            "Profilen er skrevet af ”%(charter)s”, ledelsesgrundlaget i %(organisation)s fra %(day)s.",
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
        values = format_list([localised(value.name).lower() for value in charter.values], locale=recruitment.language)
        document.paragraph(_("Ledelse hos os bygger på %(values)s.", values=values))


def _room(document: WordDocument, charter: Charter, area: Area, criteria: list[Criterion]) -> None:
    """The statements looked for in one room. A whole room as one criterion is told by the room's own definition."""
    document.heading(localised(area.heading), 2, badge_of(area))
    for criterion in criteria:
        if criterion.key == area.id:
            document.paragraph(localised(area.definition), keep_with_next=bool(criterion.here))
        else:
            text = Run(localised(criterion_text(charter, criterion)), bold=True)
            document.paragraph(text, keep_with_next=bool(criterion.here))
        _prose(document, criterion.here)


def _prose(document: WordDocument, text: str) -> None:
    """Text as people type it: a blank line parts paragraphs, lines that begin with a hyphen are a list."""
    blocks = list(_blocks(text))
    for place, (is_list, lines) in enumerate(blocks):
        if is_list:
            document.bullets(lines)
        else:
            before_list = place + 1 < len(blocks) and blocks[place + 1][0]
            document.paragraph("\n".join(lines), keep_with_next=before_list)


def _blocks(text: str) -> Iterator[tuple[bool, list[str]]]:
    """Paragraphs and lists in their order: whether it is a list, and its lines."""

    def kind(line: str) -> str:
        return "" if not line else "list" if line.startswith(BULLET) else "text"

    for found, lines in groupby((line.strip() for line in text.splitlines()), key=kind):
        if found:
            yield found == "list", [line.removeprefix(BULLET).strip() for line in lines]
