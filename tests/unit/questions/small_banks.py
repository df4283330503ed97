"""The shipped bank, and small ones made for a test."""

from __future__ import annotations

from support import ROOT

from recruit.charter.service import read_charter
from recruit.questions.bank import Bank, Entry, Question
from recruit.questions.service import read_bank

ODDER = ROOT / "question_bank" / "odder"
CHARTER = read_charter(ODDER)
BANK = read_bank(ODDER, CHARTER)
FRAME = BANK.frame


def question(key: str, number: int, minutes: int, kind: str = "behavioural", own: bool = False) -> Question:
    text = {"da": "Hvad gjorde du?", "en": "What did you do?"}
    name = f"own{number}" if own else f"{kind[0]}{number}"
    return Question.model_validate(
        {
            "id": f"{key}.{name}",
            "kind": kind,
            "minutes": minutes,
            "rounds": [1, 2],
            "roles": ["institution_manager"],
            "text": text,
            "probes": [],
            "listen_for": [],
            "warning_signs": [],
        }
    )


def bank_of(entries: dict[str, list[Question]]) -> Bank:
    made = {key: Entry.model_construct(statement=key, questions=questions) for key, questions in entries.items()}
    return Bank.model_construct(entries=made, frame=FRAME)
