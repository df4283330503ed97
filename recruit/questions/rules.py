"""Composing an interview guide: which questions, in which order, within which time."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

from recruit.questions.bank import Bank, Question

KIND_NAMES = {
    "behavioural": _l("Adfærdsspørgsmål"),
    "situational": _l("Situationsspørgsmål"),
    "case": _l("Caseopgave"),
}


@dataclass(frozen=True, slots=True)
class WeighedCriterion:
    key: str
    weight: float


@dataclass(frozen=True)
class Proposal:
    """Questions in the order of the criteria. `missing_minutes` says how much longer the interview would have to be;
    `uncovered` names criteria for which the bank has no question that fits."""

    questions: list[tuple[str, Question]]
    missing_minutes: int
    uncovered: list[str]


def fitting(bank: Bank, key: str, role: str, round_number: int, used: Collection[str]) -> list[Question]:
    """The bank's questions on a criterion for this role and round, best first.

    Never one from an earlier round. Past behaviour before hypotheticals (lederweb; Campion et al. 1997), then the
    bank's order. A case task takes its own time at the table and is only ever put in by hand. Rounds after the second
    use what is marked for the second.
    """
    entry = bank.entries.get(key)
    if entry is None:
        return []
    found = [
        question
        for question in entry.questions
        if question.id not in used
        and role in question.roles
        and min(round_number, 2) in question.rounds
        and question.kind != "case"
    ]
    return sorted(found, key=lambda question: question.kind != "behavioural")


def compose(
    bank: Bank,
    criteria: Sequence[WeighedCriterion],
    *,
    role: str,
    round_number: int,
    minutes: int,
    used: Collection[str] = (),
) -> Proposal:
    """A question for every criterion, and a second for heavier ones where the time allows. Deterministic.

    Every criterion is covered even when the time is too short: the shortest questions are then taken, and
    `missing_minutes` says what is lacking. `minutes` is the whole interview, opening and closing included.
    """
    budget = max(0, minutes - bank.frame.minutes)
    options = {criterion.key: fitting(bank, criterion.key, role, round_number, used) for criterion in criteria}
    covered = [criterion for criterion in criteria if options[criterion.key]]
    chosen = {criterion.key: [options[criterion.key][0]] for criterion in covered}

    def spent() -> int:
        return sum(question.minutes for questions in chosen.values() for question in questions)

    # Too long: exchange where an exchange saves most, the lightest criterion first among equals.
    exchanges = []
    for place, criterion in enumerate(covered):
        shortest = min(options[criterion.key], key=lambda question: question.minutes)
        saving = chosen[criterion.key][0].minutes - shortest.minutes
        if saving > 0:
            exchanges.append((-saving, criterion.weight, place, criterion.key, shortest))
    for _saving, _weight, _place, key, shortest in sorted(exchanges, key=lambda exchange: exchange[:3]):
        if spent() <= budget:
            break
        chosen[key] = [shortest]

    # Time left: a second question for criteria that weigh more than the lightest, heaviest first.
    lightest = min((criterion.weight for criterion in covered), default=0)
    for criterion in sorted(covered, key=lambda criterion: -criterion.weight):
        extra = next((question for question in options[criterion.key] if question not in chosen[criterion.key]), None)
        if extra and criterion.weight > lightest and spent() + extra.minutes <= budget:
            chosen[criterion.key].append(extra)

    return Proposal(
        questions=[(criterion.key, question) for criterion in covered for question in chosen[criterion.key]],
        missing_minutes=max(0, spent() - budget),
        uncovered=[criterion.key for criterion in criteria if not options[criterion.key]],
    )
