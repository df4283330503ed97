"""Changing an interview guide: put in, taken out, moved, swapped, reworded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from recruit.accounts.models import Person
from recruit.audit import record
from recruit.datafiles import Localised
from recruit.errors import EditedMeanwhile, RuleBroken
from recruit.extensions import db
from recruit.questions.guide import at_hand, check_unlocked, guide_question, load_guide, wording_of
from recruit.questions.models import GuideQuestion
from recruit.recruitments.models import Criterion, Recruitment, Round
from recruit.recruitments.service import amend, hold
from recruit.web.forms import digest

# What a swap changes, and what taking it back restores.
TAKEN_AWAY = ("source", "kind", "minutes", "edited", "wording", "chosen_because", "kept_because")


@dataclass(frozen=True)
class Wording:
    """What a person may change of a question. `kept_because` is why it stays although it breaks `kept_rules`."""

    text: str
    probes: Sequence[str]
    minutes: int
    kept_because: str = ""
    kept_rules: str = ""


def add_question(
    recruitment: Recruitment, round_: Round, criterion: Criterion, question_id: str, *, actor: Person
) -> None:
    """Puts a question of the bank in after the criterion's other questions. Raises RuleBroken."""
    check_unlocked(round_)
    own = at_hand(recruitment, round_)
    question = own.bank.question(question_id)
    if question is None or question_id.rpartition(".")[0] != criterion.key:
        raise RuleBroken(_("Spørgsmålet findes ikke i spørgsmålsbanken."))
    rows = load_guide(round_)
    if question_id in own.like(row.source for row in rows):
        raise RuleBroken(_("Spørgsmålet er allerede i guiden."))
    places = [place for place, row in enumerate(rows) if row.criterion_id == criterion.id]
    new = guide_question(round_, criterion, question, 0, own.kept)
    rows.insert(places[-1] + 1 if places else len(rows), new)
    db.session.add(new)
    _number(rows)
    record("guide.changed", actor.id, recruitment.id, round=round_.number, question=question_id)


def remove_question(recruitment: Recruitment, round_: Round, row: GuideQuestion, *, actor: Person) -> None:
    check_unlocked(round_)
    rows = [item for item in load_guide(round_) if item.id != row.id]
    db.session.delete(row)
    _number(rows)
    record("guide.changed", actor.id, recruitment.id, round=round_.number, question=row.source or row.id)


def move_question(recruitment: Recruitment, round_: Round, row: GuideQuestion, step: int, *, actor: Person) -> None:
    """Moves a question up (-1) or down (+1); at the end of the list nothing happens."""
    check_unlocked(round_)
    rows = load_guide(round_)
    place = rows.index(row)
    target = place + step
    if 0 <= target < len(rows):
        rows[place], rows[target] = rows[target], rows[place]
        _number(rows)
        record("guide.changed", actor.id, recruitment.id, round=round_.number, question=row.source or row.id)


def guide_state(rows: Sequence[GuideQuestion]) -> str:
    """A fingerprint of which questions stand in the guide, in which order and words: what a page remembers."""
    return digest([(row.id, row.source, row.minutes, row.wording) for row in rows])


def reorder(recruitment: Recruitment, round_: Round, ids: Sequence[int], shown: str, *, actor: Person) -> str:
    """Puts the questions in the order of `ids` and returns the guide's new state.

    `shown` is the state (see `guide_state`) that the page showed. Raises EditedMeanwhile when the guide is another
    now, unless it already stands in this order: then an earlier answer was lost on its way.
    """
    check_unlocked(round_)
    rows = load_guide(round_)
    if [row.id for row in rows] != list(ids):
        by_id = {row.id: row for row in rows}
        if guide_state(rows) != shown or sorted(by_id) != sorted(ids):
            raise EditedMeanwhile(_("Guiden er ændret, siden du åbnede siden. Genindlæs den, og flyt igen."))
        rows = [by_id[each] for each in ids]
        _number(rows)
        record("guide.changed", actor.id, recruitment.id, round=round_.number)
    return guide_state(rows)


def _number(rows: Sequence[GuideQuestion]) -> None:
    for position, row in enumerate(rows):
        row.position = position


def swap_question(
    recruitment: Recruitment, round_: Round, row: GuideQuestion, shown: str, *, actor: Person
) -> dict[str, Any]:
    """Puts the next best question of the same criterion in the same place; who asks it stays.

    `shown` is the digest of the wording that the page showed. Returns what was there before, for `put_back`. Raises
    RuleBroken when the bank has no other, EditedMeanwhile when the wording is another now.
    """
    check_unlocked(round_)
    if digest(row.wording) != shown:
        raise EditedMeanwhile(_("Spørgsmålet er ændret, siden du åbnede siden. Se, hvad der står nu."))
    own = at_hand(recruitment, round_)
    key = _criterion(recruitment, row).key
    question = own.next_for(row, key, load_guide(round_))
    if question is None:
        raise RuleBroken(_("Banken har ikke flere spørgsmål til kriteriet, som kan bruges her."))
    before = {name: getattr(row, name) for name in TAKEN_AWAY}
    row.source, row.kind, row.minutes = question.id, question.kind, question.minutes
    row.wording, row.edited, row.chosen_because = wording_of(question), False, ""
    row.kept_because = own.kept.get(question.id, "")
    record("guide.changed", actor.id, recruitment.id, round=round_.number, question=question.id)
    return before


def put_back(
    recruitment: Recruitment, round_: Round, row: GuideQuestion, before: Mapping[str, Any], *, actor: Person
) -> None:
    """Takes a swap back. `before` is what `swap_question` returned. Raises RuleBroken when it is too late."""
    check_unlocked(round_)
    if row.edited:
        raise RuleBroken(_("Spørgsmålet er rettet, siden det blev skiftet. Skift videre i stedet."))
    own = at_hand(recruitment, round_)
    others = own.like(other.source for other in load_guide(round_) if other is not row)
    if before["source"] in own.used | others:
        raise RuleBroken(_("Spørgsmålet er taget i brug et andet sted imens."))
    for name in TAKEN_AWAY:
        setattr(row, name, before[name])
    record("guide.changed", actor.id, recruitment.id, round=round_.number, question=row.source or row.id)


def _criterion(recruitment: Recruitment, row: GuideQuestion) -> Criterion:
    return next(criterion for criterion in recruitment.criteria if criterion.id == row.criterion_id)


def edit_question(
    recruitment: Recruitment,
    round_: Round,
    row: GuideQuestion,
    wording: Wording,
    *,
    language: str,
    reason: str,
    version: int,
    actor: Person,
) -> None:
    """Gives a question of the guide its own wording; after the lock only with a reason, and never after the reveal.

    The new wording is in one language and stands for both: who edits a question asks it in the recruitment's language.
    """
    hold(round_)
    if version != row.version:
        raise EditedMeanwhile(_("En anden har rettet spørgsmålet imens. Se den nye tekst, og gem igen."))
    if round_.revealed_at:
        raise RuleBroken(_("Runden er afsløret. Spørgsmålene kan ikke længere ændres."))
    text, probes, minutes = wording.text, wording.probes, wording.minutes
    words = dict(row.wording)
    before = Localised.model_validate(words["text"]).within(language)
    words["text"] = {"da": text, "en": text} if text != before else words["text"]
    standing = {Localised.model_validate(probe).within(language): probe for probe in words["probes"]}
    words["probes"] = [standing.get(probe, {"da": probe, "en": probe}) for probe in probes]
    changed = (words, minutes) != (row.wording, row.minutes)
    if not changed and wording.kept_because == row.kept_because:
        return
    subject = row.source or row.id
    if changed and round_.locked_at:
        if not reason.strip():
            raise RuleBroken(_("Guiden er låst. Skriv, hvorfor spørgsmålet ændres."))
        was = [Localised.model_validate(probe).within(language) for probe in row.wording["probes"]]
        amend(
            recruitment,
            part="guide",
            subject=f"{round_.number}: {subject}",
            before=describe_question(before, was, row.minutes),
            after=describe_question(text, probes, minutes),
            reason=reason,
            actor=actor,
        )
        record("guide.amended", actor.id, recruitment.id, round=round_.number, question=subject)
    else:
        record("guide.changed", actor.id, recruitment.id, round=round_.number, question=subject)
    if wording.kept_because:
        rules = wording.kept_rules
        record("wording.kept", actor.id, recruitment.id, round=round_.number, question=subject, rules=rules)
    if changed:  # what was said about the bank's question is not true of this one
        row.wording, row.minutes, row.edited, row.chosen_because = words, minutes, True, ""
    row.kept_because = wording.kept_because


def describe_question(text: str, probes: Sequence[str], minutes: int) -> str:
    """A question as an amendment prints it: everything of it that can be changed."""
    return f"{text} ({'; '.join(probes) or '–'}; {minutes} min.)"
