"""A guide as it is shown: its questions with their wording, how its time is spent, what it lacks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from recruit.charter.models import Area, Charter, Localised
from recruit.questions.bank import Frame
from recruit.questions.guide import used_minutes
from recruit.questions.models import GuideQuestion
from recruit.questions.service import CriterionWording, criterion_wording
from recruit.recruitments.models import Recruitment, Round
from recruit.recruitments.service import round_criteria


@dataclass(frozen=True)
class ShownQuestion:
    """One question of the guide. `is_outside`: its criterion has been taken out of the round."""

    row: GuideQuestion
    criterion: CriterionWording
    area: Area
    is_outside: bool
    text: Localised
    material: Localised | None
    probes: list[Localised]
    listen_for: list[Localised]
    warning_signs: list[Localised]


@dataclass(frozen=True)
class Coverage:
    """How much of the guide asks about one criterion of the round."""

    criterion: CriterionWording
    area: Area
    questions: int
    minutes: int


def shown_questions(
    recruitment: Recruitment, round_: Round, charter: Charter, rows: Sequence[GuideQuestion]
) -> list[ShownQuestion]:
    wordings = {item.id: criterion_wording(recruitment, item) for item in recruitment.criteria}
    rated = {item.id for item in round_criteria(recruitment, round_)}
    found = []
    for row in rows:
        wording = wordings[row.criterion_id]
        material = row.wording.get("material")
        found.append(
            ShownQuestion(
                row=row,
                criterion=wording,
                area=charter.area_of(wording.criterion.key),
                is_outside=row.criterion_id not in rated,
                text=Localised.model_validate(row.wording["text"]),
                material=Localised.model_validate(material) if material else None,
                probes=_texts(row, "probes"),
                listen_for=_texts(row, "listen_for"),
                warning_signs=_texts(row, "warning_signs"),
            )
        )
    return found


def _texts(row: GuideQuestion, part: str) -> list[Localised]:
    return [Localised.model_validate(text) for text in row.wording.get(part, [])]


def coverage(
    recruitment: Recruitment, round_: Round, charter: Charter, rows: Sequence[GuideQuestion]
) -> list[Coverage]:
    """One for each criterion of the round, in its order."""
    found = []
    for item in round_criteria(recruitment, round_):
        own = [row.minutes for row in rows if row.criterion_id == item.id]
        wording = criterion_wording(recruitment, item)
        found.append(Coverage(wording, charter.area_of(item.key), len(own), sum(own)))
    return found


def time_parts(frame: Frame, questions: Sequence[ShownQuestion]) -> list[tuple[Area | None, int]]:
    """Minutes in the order of the interview: opening, each question by its room, closing."""
    asked = [(question.area, question.row.minutes) for question in questions]
    return [(None, frame.opening.minutes), *asked, (None, frame.closing.minutes)]


def verdict(recruitment: Recruitment, round_: Round, rows: Sequence[GuideQuestion], covered: Sequence[Coverage]) -> str:
    """The sentence that matters about a guide."""
    missing = sum(1 for item in covered if not item.questions)
    left = round_.minutes - used_minutes(recruitment, round_, rows)
    if missing:
        return ngettext(
            "Der mangler et spørgsmål til %(num)s kriterium.", "Der mangler spørgsmål til %(num)s kriterier.", missing
        )
    if left < 0:
        return ngettext("Samtalen er %(num)s minut for lang.", "Samtalen er %(num)s minutter for lang.", -left)
    if left == 0:
        return _("Alle kriterier har et spørgsmål, og tiden er brugt helt.")
    return ngettext(
        "Alle kriterier har et spørgsmål, og der er %(num)s minut tilbage.",
        "Alle kriterier har et spørgsmål, og der er %(num)s minutter tilbage.",
        left,
    )
