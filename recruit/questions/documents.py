"""The interview guide in Word: one page for every question, with room for notes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import zip_longest

from babel.lists import format_list
from flask import current_app
from flask_babel import force_locale, ngettext
from flask_babel import gettext as _

from recruit.charter.models import Area, Charter, Localised
from recruit.documents.space import note_lines_left, text_height
from recruit.documents.word import Cell, Column, Run, WordDocument
from recruit.questions.models import GuideQuestion
from recruit.questions.rules import CLOSING_MINUTES, OPENING_MINUTES
from recruit.questions.service import CriterionWording, criterion_wording, used_minutes
from recruit.recruitments.documents import badge_of, word_document
from recruit.recruitments.models import Recruitment, Round
from recruit.recruitments.service import charter_of
from recruit.web.language import localised

FEWEST_NOTES, MOST_NOTES = 4, 14
QUIET = "#5b646d"

Asked = tuple[GuideQuestion, CriterionWording, Area]


def guide_document(recruitment: Recruitment, round_: Round, rows: Sequence[GuideQuestion]) -> bytes:
    """The guide of a round as a .docx file in the recruitment's language. `rows` are its questions in their order."""
    with force_locale(recruitment.language):
        charter = charter_of(recruitment)
        wordings = {criterion.id: criterion_wording(recruitment, criterion) for criterion in recruitment.criteria}
        asked = [
            (row, wordings[row.criterion_id], charter.area_of(wordings[row.criterion_id].criterion.key)) for row in rows
        ]
        document = word_document(recruitment, _("Interviewguide"))
        _front(document, recruitment, round_, asked)
        _opening(document, charter, round_)
        last = {row.criterion_id: row.id for row in rows}
        for number, (row, wording, area) in enumerate(asked, start=1):
            _question(document, row, wording, area, f"{number} / {len(rows)}", is_last=last[row.criterion_id] == row.id)
        _closing(document)
        _scale(document)
        return document.to_bytes()
