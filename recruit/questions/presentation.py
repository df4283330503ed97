"""A guide as it is shown: its questions with their wording, how its time is spent, what it lacks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from recruit.charter.models import Area, Charter
from recruit.datafiles import Localised
from recruit.questions.bank import Frame
from recruit.questions.choosing import WeighedCriterion
from recruit.questions.guide import used_minutes
from recruit.questions.models import GuideQuestion
from recruit.questions.rules import FEWEST_CRITERIA, REASONS, is_crowded, is_own, leaving
from recruit.questions.service import CriterionWording, criterion_wording, frame_of
from recruit.recruitments.models import Recruitment, Round
from recruit.recruitments.rules import MAX_MINUTES
from recruit.recruitments.service import round_criteria
from recruit.web.forms import digest
from recruit.web.language import listed, localised
from recruit.wording.models import Finding, Language
from recruit.wording.service import check

# So many criteria can be named in one sentence.
NAMED_CRITERIA = 3


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

    @property
    def why(self) -> str:
        """Why it stands in the guide, in a sentence."""
        reasons = [str(REASONS[code]) for code in self.row.chosen_because.split() if code in REASONS]
        if reasons:
            return _("Valgt, fordi %(reasons)s.", reasons=_(", og ").join(reasons))
        return _("Rettet af jer.") if self.row.edited else _("Lagt ind af jer.")

    @property
    def shown(self) -> str:
        """A fingerprint of its wording: what a page remembers that it showed."""
        return digest(self.row.wording)


@dataclass(frozen=True)
class Coverage:
    """How much of the guide asks about one criterion of the round, beside how much the criterion weighs.

    `share_of_time` is of the minutes of all questions about the round's criteria, 0 to 1, None while there are none;
    `share_of_weight` is of their weights.
    """

    criterion: CriterionWording
    area: Area
    questions: int
    minutes: int
    share_of_time: float | None
    share_of_weight: float


@dataclass(frozen=True)
class Shortage:
    """What is to be done about an interview that is too long. `leaving`: criteria (by id) that it only counts."""

    sentence: str
    leaving: frozenset[int] = frozenset()


@dataclass(frozen=True)
class AskerLine:
    """What one person asks; the last line is of nobody, for what is not given to anybody. `has_left` the panel."""

    person_id: int | None
    name: str
    questions: int
    minutes: int
    has_left: bool


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
    criteria = round_criteria(recruitment, round_)
    asked = {item.id: [row.minutes for row in rows if row.criterion_id == item.id] for item in criteria}
    minutes = sum(sum(own) for own in asked.values())
    weight = sum(item.weight for item in criteria)
    return [
        Coverage(
            criterion_wording(recruitment, item),
            charter.area_of(item.key),
            len(asked[item.id]),
            sum(asked[item.id]),
            sum(asked[item.id]) / minutes if minutes else None,
            item.weight / weight,
        )
        for item in criteria
    ]


def red_findings(rows: Sequence[GuideQuestion], language: Language) -> dict[int, list[Finding]]:
    """What is against the law in the questions' own wordings, by question id; a question without any is left out.

    The shipped bank's wordings have been checked.
    """
    found = {}
    for row in rows:
        if row.edited or row.kept_because or row.source is None or is_own(row.source):
            lines = [row.wording["text"], *row.wording.get("probes", [])]
            text = "\n".join(Localised.model_validate(line).within(language) for line in lines)
            findings = check(text, kind="question", language=language).findings
            if red := [finding for finding in findings if finding.severity == "red"]:
                found[row.id] = red
    return found


def asker_lines(
    rows: Sequence[GuideQuestion], askers: Sequence[tuple[int, str]], names: Mapping[int, str]
) -> list[AskerLine]:
    """Who asks how much: all who may ask, in their order, then those who have left; last what nobody asks."""
    present = dict(askers)
    left = {row.asker_id: names.get(row.asker_id, "") for row in rows if row.asker_id and row.asker_id not in present}
    found = []
    for person_id, name in [*present.items(), *left.items(), (None, "")]:
        own = [row.minutes for row in rows if row.asker_id == person_id]
        found.append(AskerLine(person_id, name, len(own), sum(own), person_id in left))
    return found


def advice(count: int, minutes: int) -> str:
    """What is said about a round with very many or very few criteria; empty for the others. Never a refusal."""
    if is_crowded(count, minutes):
        return _(
            "%(count)s kriterier på %(minutes)s minutter er mange. Tre til fem på en time giver tid til at spørge i"
            " dybden, og flere runder kan dele kriterierne mellem sig.",
            count=count,
            minutes=minutes,
        )
    if count < FEWEST_CRITERIA:
        return _("Tre til fem kriterier i en samtale giver et mere retvisende billede end et eller to.")
    return ""


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
        return ngettext("Der mangler %(num)s minut.", "Der mangler %(num)s minutter.", -left)
    if left == 0:
        return _("Alle kriterier har et spørgsmål, og tiden er brugt helt.")
    return ngettext(
        "Alle kriterier har et spørgsmål, og der er %(num)s minut tilbage.",
        "Alle kriterier har et spørgsmål, og der er %(num)s minutter tilbage.",
        left,
    )


def shortage(
    recruitment: Recruitment, round_: Round, rows: Sequence[GuideQuestion], covered: Sequence[Coverage]
) -> Shortage | None:
    """What is to be done when the guide is longer than its time; None when it is not."""
    needed = used_minutes(recruitment, round_, rows)
    if needed <= round_.minutes:
        return None
    if needed > MAX_MINUTES:
        return Shortage(_("En samtale varer højst %(most)s minutter. Fjern et spørgsmål.", most=MAX_MINUTES))
    if len(rows) > len({row.criterion_id for row in rows}):
        return Shortage(_("Sæt %(minutes)s minutter af, eller fjern et spørgsmål.", minutes=needed))
    taken = {item.criterion.criterion.key: item.minutes for item in covered if item.questions}
    asked = [item.criterion.criterion for item in covered if item.questions]
    weighed = [WeighedCriterion(item.key, item.weight) for item in asked]
    keys = leaving(weighed, taken, round_.minutes - frame_of(recruitment, round_).minutes)
    if not keys:
        return Shortage(_("Sæt %(minutes)s minutter af.", minutes=needed))
    if len(keys) <= NAMED_CRITERIA:
        texts = {item.criterion.criterion.key: localised(item.criterion.text) for item in covered}
        named = listed([_("”%(text)s”", text=texts[key].rstrip(".")) for key in keys])
        return Shortage(
            _("Sæt %(minutes)s minutter af, eller tag %(criteria)s ud af runden.", minutes=needed, criteria=named)
        )
    sentence = _(
        "Sæt %(minutes)s minutter af, eller tag de %(count)s kriterier, der er mærket herunder, ud af runden.",
        minutes=needed,
        count=len(keys),
    )
    return Shortage(sentence, frozenset(item.id for item in asked if item.key in keys))
