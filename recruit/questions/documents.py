"""The interview guide in Word: what a panel lays on the table."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from flask_babel import force_locale
from flask_babel import gettext as _

from recruit.questions.guide import askers
from recruit.questions.guide_appendix import write_appendix
from recruit.questions.guide_front import write_front, write_part
from recruit.questions.guide_pages import write_question, write_sheet
from recruit.questions.guide_plan import planned
from recruit.questions.models import GuideQuestion
from recruit.questions.presentation import shown_questions
from recruit.questions.service import frame_of
from recruit.recruitments.documents import word_document
from recruit.recruitments.models import Recruitment, Round
from recruit.recruitments.service import charter_of


def guide_document(recruitment: Recruitment, round_: Round, rows: Sequence[GuideQuestion]) -> bytes:
    """The guide of a round as a .docx file in the recruitment's language. `rows` are its questions in their order.

    Front page, welcome, a page for every question, closing, appendix; last, each on a sheet of its own, what the
    candidate gets in hand.
    """
    with force_locale(recruitment.language):
        document = word_document(recruitment, _("Interviewguide, %(round)s", round=round_.name), close=True)
        frame = frame_of(recruitment, round_)
        shown = shown_questions(recruitment, round_, charter_of(recruitment), rows)
        questions = planned(shown, frame.opening, dict(askers(recruitment)))
        write_front(document, recruitment, round_, frame, questions)
        for question in questions:
            write_question(document, question)
        document.page_break()
        write_part(
            document,
            _("Kandidatens egne spørgsmål og afslutning"),
            frame.closing,
            questions[-1].end if questions else frame.opening.minutes,
            below=partial(write_appendix, document, questions),
        )
        for question in questions:
            write_sheet(document, question)
        return document.to_bytes()
