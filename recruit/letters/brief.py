"""The development brief of somebody who is hired: what the panel saw, room by room, and goals to agree on.

It is the start of the first LUS talk and the first 100 days, and leaves the house in no form before the new leader has
been told of it: what was noted to choose somebody is used for something else only openly (General Data Protection
Regulation, article 5(1)(a) and (b)).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import force_locale
from flask_babel import gettext as _

from recruit.accounts.models import Person
from recruit.audit import record
from recruit.candidates.mentions import Mention
from recruit.candidates.models import Candidate
from recruit.charter.models import Area
from recruit.errors import RuleBroken
from recruit.extensions import db
from recruit.letters import compose
from recruit.letters.compose import Ground
from recruit.letters.material import Field, grounds_of, load_heard
from recruit.letters.models import Answer, AnswerText
from recruit.letters.rules import GOALS, HIRED, OPENING, WRITTEN_BY_HAND
from recruit.letters.texts import load_answers, load_texts, own_answer, texts_of, write_text
from recruit.profiles.rules import blocks
from recruit.profiles.service import load_sections
from recruit.profiles.suggestions import in_a_sentence
from recruit.recruitments.models import Recruitment
from recruit.recruitments.timetable import today


@dataclass(frozen=True)
class Part:
    """One part: the room it is about (None for the opening and the goals), what is written, and what is composed."""

    key: str
    area: Area | None
    row: AnswerText | None
    composed: str

    @property
    def text(self) -> str:
        """As written; as composed until somebody has written."""
        return self.row.text if self.row is not None else self.composed


@dataclass(frozen=True)
class Brief:
    candidate: Candidate
    answer: Answer | None
    parts: Sequence[Part]
    mentions: Sequence[tuple[Part, Mention]]

    @property
    def told_on(self) -> date | None:
        return self.answer.told_on if self.answer else None

    def part(self, key: str) -> Part | None:
        return next((part for part in self.parts if part.key == key), None)


def hired(field: Field) -> list[Candidate]:
    """Those who are hired, by ref."""
    return [item for item in field.candidates if field.stage(item) == HIRED]


def part_keys(field: Field) -> list[str]:
    return [OPENING, *(area.id for area in field.charter.areas), GOALS]


def load_brief(field: Field, candidate: Candidate) -> Brief:
    """Raises RuleBroken for somebody who is not hired. A fixed number of queries."""
    if field.stage(candidate) != HIRED:
        raise RuleBroken(_("Briefen er til den, der er ansat. Registrér afgørelsen først."))
    recruitment = field.recruitment
    heard = load_heard(recruitment, candidate)
    rows = texts_of(load_texts(recruitment, candidate), candidate)
    sections = load_sections(recruitment)
    success = [
        line
        for is_list, lines in blocks(sections["success"].text if "success" in sections else "")
        if is_list
        for line in lines
    ]
    with force_locale(recruitment.language):
        composed = compose_parts(field, grounds_of(field, heard, candidate), success, field.interviews(candidate))
    areas = {area.id: area for area in field.charter.areas}
    parts = [Part(key, areas.get(key), rows.get(key), composed[key]) for key in part_keys(field)]
    names = field.names(candidate)
    mentions = [(part, mention) for part in parts for mention in names.find(part.text)]
    return Brief(candidate, load_answers(recruitment).get(candidate.id), parts, mentions)


def compose_parts(field: Field, grounds: Sequence[Ground], success: Sequence[str], interviews: int) -> dict[str, str]:
    """Every part as it begins, by key, in the language that is forced."""
    by_room: Mapping[str, list[Ground]] = {
        area.id: [item for item in grounds if item.room == area.id] for area in field.charter.areas
    }
    title = in_a_sentence(field.recruitment.title)
    return {
        OPENING: compose.opening(title, interviews),
        **{key: compose.room(items) for key, items in by_room.items()},
        GOALS: compose.goals(grounds, success),
    }


def write_part(
    field: Field,
    candidate: Candidate,
    key: str,
    text: str,
    *,
    version: int | None = None,
    what: str = WRITTEN_BY_HAND,
    actor: Person | None,
) -> None:
    """Writes one part. Raises as `write_text` does, and RuleBroken for an unknown part and for whoever is not hired."""
    if field.stage(candidate) != HIRED:
        raise RuleBroken(_("Briefen er til den, der er ansat. Registrér afgørelsen først."))
    if key not in part_keys(field):
        raise RuleBroken(_("Den del findes ikke i briefen."))
    write_text(field.recruitment, candidate, key, text, version=version, what=what, actor=actor)


def tell(recruitment: Recruitment, candidate: Candidate, told_on: date | None, *, actor: Person | None) -> None:
    """Records when the new leader was told of the brief; None takes that back."""
    if told_on is not None and told_on > today():
        raise RuleBroken(_("Dagen ligger i fremtiden. Notér den, når I har talt sammen."))
    row = own_answer(candidate)
    if row.told_on == told_on:
        return
    row.told_on = told_on
    record(
        "brief.told" if told_on else "brief.untold", actor.id if actor else None, recruitment.id, candidate=candidate.id
    )
    db.session.flush()


def check_may_share(brief: Brief) -> None:
    """Raises RuleBroken until the new leader has been told, and while the brief names somebody else."""
    if brief.told_on is None:
        raise RuleBroken(_("Fortæl først den nye leder om briefen, og notér dagen. Derefter kan den hentes."))
    for _place, mention in brief.mentions:
        if mention.sure:
            raise RuleBroken(_("Briefen nævner ”%(text)s”. Den handler kun om den, der er ansat.", text=mention.text))
