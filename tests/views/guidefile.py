"""Interview guides in Word for the tests: made, given to members, cut into pages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docx.oxml.ns import qn
from lxml import etree
from support import case, load
from wordfile import WordFile, words

from recruit.documents.measure import height
from recruit.extensions import db
from recruit.questions.bank import Question
from recruit.questions.documents import guide_document
from recruit.questions.guide import askers, guide_question, load_guide
from recruit.questions.models import GuideQuestion
from recruit.recruitments.models import Recruitment

HOSTILE = "<b>Å & \"Ø\"</b> 'x' 🎈 שלום"
CASE_TASK = "compliance.5.c1"
UNLAWFUL = "Er du gravid, eller planlægger du at få børn?"
# Two questions about one criterion with another between them, and a case task.
QUESTIONS = ["performance.2.b1", CASE_TASK, "performance.2.b2"]
# The longest names of criteria there are.
EIGHT = [
    *("performance.4.b1", "performance.6.b1", "resilience.2.b1", "emergence.5.b1"),
    *("emergence.2.b1", "compliance.1.b1", "performance.3.b1", "resilience.5.b1"),
]


def recruitment_with(questions: list[str], **changes: Any) -> Recruitment:
    keys = dict.fromkeys(question.rpartition(".")[0] for question in questions)
    criteria = [{"statement" if "." in key else "area": key} for key in keys]
    rounds = [{"number": 1, "name": "1. samtale", "minutes": 60, "questions": questions}]
    return load(case(criteria=criteria, rounds=rounds, **changes))


def built(recruitment: Recruitment, rows: list[GuideQuestion] | None = None) -> WordFile:
    round_ = recruitment.rounds[0]
    return WordFile(guide_document(recruitment, round_, load_guide(round_) if rows is None else rows))


def give(recruitment: Recruitment, *names: str | None) -> None:
    """The questions to the members of these names, in turn."""
    ids = {name: person_id for person_id, name in askers(recruitment)}
    for row, name in zip(load_guide(recruitment.rounds[0]), names, strict=True):
        row.asker_id = ids[name] if name else None
    db.session.commit()


def pages(file: WordFile) -> list[list[Any]]:
    """The blocks of every page that the document itself begins."""
    found: list[list[Any]] = [[]]
    new_sheet = False
    for block in file.body:
        if block.tag == qn("w:sectPr"):
            continue
        if new_sheet or block.find(f"{qn('w:pPr')}/{qn('w:pageBreakBefore')}") is not None:
            found.append([])
        found[-1].append(block)
        new_sheet = block.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None
    return found


def page_words(file: WordFile) -> list[str]:
    return ["\n".join(words(block) for block in page) for page in pages(file)]


def overfull(file: WordFile) -> Iterator[str]:
    """The pages that hold more than a page holds, as `documents.measure` reckons."""
    section = file.document.sections[0]
    sides = (section.page_width, section.left_margin, section.right_margin)
    ends = (section.page_height, section.top_margin, section.bottom_margin)
    width, room = (whole.twips - first.twips - last.twips for whole, first, last in (sides, ends))
    for page in pages(file):
        taken = height([etree.tostring(block).decode() for block in page], width)
        if taken > room / 1440 * 2.54:
            yield f"{words(page[0])}: {taken:.1f} cm"


def asked_alone(recruitment: Recruitment, questions: list[Question]) -> list[GuideQuestion]:
    """Rows that are not stored, for criteria of which each has one question."""
    criteria = {criterion.key: criterion for criterion in recruitment.criteria}
    round_ = recruitment.rounds[0]
    return [
        guide_question(round_, criteria[question.id.rpartition(".")[0]], question, position)
        for position, question in enumerate(questions)
    ]
