"""The bank at hand: as shipped, with HR's own questions in their places, and the wording of a criterion."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from flask import Flask, current_app
from sqlalchemy import select

from recruit import datafiles
from recruit.charter.models import Charter
from recruit.charter.service import charters
from recruit.datafiles import Localised
from recruit.errors import Fault, FaultyFile
from recruit.extensions import db
from recruit.questions.bank import AdVoice, Bank, Entry, Frame, Question
from recruit.questions.models import LocalQuestion
from recruit.recruitments.models import Criterion, Recruitment, Round
from recruit.recruitments.service import charter_of, criterion_text

EXTENSION = "recruit_banks"


def read_bank(folder: Path, charter: Charter) -> Bank:
    """`folder/frame.yaml` and every entry below `folder/questions`, checked against the charter.

    Raises FaultyFile with all faults found.
    """
    faults: list[Fault] = []
    entries: dict[str, Entry] = {}
    roles = {role.id for role in charter.roles}
    for file in sorted(folder.glob("questions/*/*.yaml")):
        try:
            document = datafiles.read(file, str(file.relative_to(folder.parent)))
            entry = datafiles.fit(Entry, document)
        except FaultyFile as faulty:
            faults += faulty.faults
            continue
        found = charter.find(entry.key)
        if found is None:
            faults.append(document.fault(("statement",), f"{entry.key} is not in the charter"))
        elif entry.statement and entry.text != found[1].text:
            faults.append(document.fault(("text",), f"the wording of {entry.key} differs from the charter's"))
        if entry.key in entries or file.stem != entry.key:
            faults.append(document.fault((), f"the entry of {entry.key} must stand once, in {entry.key}.yaml"))
        for place, question in enumerate(entry.questions):
            for role in set(question.roles) - roles:
                faults.append(document.fault(("questions", place, "roles"), f"the charter has no role {role}"))
        entries[entry.key] = entry
    for _area, item in charter.criteria():
        if item.id not in entries and not faults:
            faults.append(Fault(f"{folder.name}/questions", None, item.id, "the bank has no entry for it"))
    frame = None
    try:
        file = folder / "frame.yaml"
        frame = datafiles.fit(Frame, datafiles.read(file, str(file.relative_to(folder.parent))))
    except FaultyFile as faulty:
        faults += faulty.faults
    if faults or frame is None:
        raise FaultyFile(faults)
    return Bank(entries=entries, frame=frame)


def install(app: Flask) -> None:
    with app.app_context():
        found = charters()
    app.extensions[EXTENSION] = {
        charter.id: read_bank(app.config["QUESTION_BANK"] / charter.id, charter) for charter in found.values()
    }


def bank_of(charter_id: str) -> Bank:
    """The bank of an installed charter as it was shipped. KeyError for another."""
    return current_app.extensions[EXTENSION][charter_id]


def ad_voices(charter_id: str) -> dict[str, AdVoice]:
    """How an ad says each criterion, by its key; a criterion that the bank has no sentence for is left out."""
    return {key: entry.ad for key, entry in bank_of(charter_id).entries.items() if entry.ad}


def bank_at_hand(charter_id: str) -> Bank:
    """The shipped bank with HR's questions in use: copies in the place of their originals, others last; one query."""
    return with_local(bank_of(charter_id), local_questions(charter_id))


def local_questions(charter_id: str) -> list[LocalQuestion]:
    """HR's questions in use, oldest first; one query."""
    rows = db.session.scalars(
        select(LocalQuestion)
        .where(LocalQuestion.charter == charter_id, LocalQuestion.retired_at.is_(None))
        .order_by(LocalQuestion.id)
    )
    return list(rows)


def with_local(bank: Bank, rows: Sequence[LocalQuestion]) -> Bank:
    """The bank with these questions of HR's in it."""
    entries = dict(bank.entries)
    for row in rows:
        entry = entries.get(row.key)
        if entry is None:  # the charter no longer has the statement
            continue
        own = as_question(row)
        kept = [own if question.id == row.copied_from else question for question in entry.questions]
        if own not in kept:
            kept.append(own)
        entries[row.key] = entry.model_copy(update={"questions": kept})
    return bank.model_copy(update={"entries": entries})


def as_question(row: LocalQuestion) -> Question:
    """The row as a question of the bank."""
    return Question.model_validate(
        {
            "id": row.source,
            "kind": row.kind,
            "minutes": row.minutes,
            "rounds": row.rounds,
            "roles": row.roles,
            **row.wording,
        }
    )


def frame_of(recruitment: Recruitment, round_: Round) -> Frame:
    """What the interviews of a round open and close with; frozen at the lock."""
    return Frame.model_validate(round_.frame) if round_.frame else bank_of(recruitment.charter).frame


@dataclass(frozen=True)
class CriterionWording:
    """What a criterion says where it is asked about and rated; frozen at the lock."""

    criterion: Criterion
    text: Localised
    meaning: Localised
    anchors: dict[int, Localised]


def criterion_wording(recruitment: Recruitment, criterion: Criterion) -> CriterionWording:
    if criterion.frozen:
        frozen = criterion.frozen
        return CriterionWording(
            criterion,
            Localised.model_validate(frozen["text"]),
            Localised.model_validate(frozen["meaning"]),
            {int(level): Localised.model_validate(text) for level, text in frozen["anchors"].items()},
        )
    entry = bank_of(recruitment.charter).entries[criterion.key]
    text = criterion_text(charter_of(recruitment), criterion)
    return CriterionWording(
        criterion, text, entry.meaning, {int(level): anchor for level, anchor in entry.anchors.items()}
    )


def freeze(recruitment: Recruitment, round_: Round) -> None:
    """Copies the wording of every criterion into the recruitment, and the interview's frame into the round, once."""
    round_.frame = round_.frame or bank_of(recruitment.charter).frame.model_dump()
    freeze_criteria(recruitment)


def freeze_criteria(recruitment: Recruitment) -> None:
    """Copies the wording of every criterion into the recruitment, once."""
    for criterion in recruitment.criteria:
        if criterion.frozen is None:
            wording = criterion_wording(recruitment, criterion)
            criterion.frozen = {
                "text": wording.text.model_dump(),
                "meaning": wording.meaning.model_dump(),
                "anchors": {str(level): text.model_dump() for level, text in wording.anchors.items()},
            }
