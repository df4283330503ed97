"""Composing an interview guide: which questions, why these, within which time, and who asks them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

from recruit.questions.bank import Bank, Question
from recruit.questions.choosing import WeighedCriterion, best_numbers, best_places

KIND_NAMES = {
    "behavioural": _l("Adfærdsspørgsmål"),
    "situational": _l("Situationsspørgsmål"),
    "case": _l("Caseopgave"),
}
# Why a question was proposed, each as it stands after "because".
REASONS = {
    "first": _l("det er bankens første adfærdsspørgsmål til kriteriet, som passer til stillingen og runden"),
    "heavier": _l("kriteriet vejer tungere og derfor får flere spørgsmål"),
    "room": _l("der er tid til flere spørgsmål til hvert kriterium"),
    "situational": _l("der ikke er flere adfærdsspørgsmål til kriteriet, som passer og ikke er brugt"),
    "too_long": _l("adfærdsspørgsmålene til kriteriet er for lange til tiden"),
    "shorter": _l("det er kortere end det, der står før det i banken, så tiden rækker"),
    "shortest": _l("det er det korteste til kriteriet, og tiden er for knap"),
    "own": _l("det er jeres eget"),
}
# Lederweb: three to five competencies in an interview. The hour is the design's.
FEWEST_CRITERIA, MOST_AN_HOUR = 3, 5


@dataclass(frozen=True, slots=True)
class Proposed:
    """A question for a criterion, and the codes of REASONS that say why."""

    key: str
    question: Question
    because: tuple[str, ...]


@dataclass(frozen=True)
class Proposal:
    """What `compose` proposes, in the order of the criteria.

    `missing_minutes` says how much longer the interview would have to be, and `not_fitting` which criteria would
    have to leave the round instead, in the order in which they would. `uncovered` names criteria for which the bank
    has no question that fits.
    """

    questions: list[Proposed]
    missing_minutes: int
    not_fitting: list[str]
    uncovered: list[str]


def is_crowded(criteria: int, minutes: int) -> bool:
    """Whether so many criteria are more than an interview of so many minutes has room to ask about in depth."""
    return criteria * 60 > MOST_AN_HOUR * minutes


def is_own(question_id: str) -> bool:
    """Whether the id is that of a question of HR's own."""
    return question_id.rpartition(".")[2].startswith("own")


def fitting(bank: Bank, key: str, role: str, round_number: int, used: Collection[str]) -> list[Question]:
    """The bank's questions on a criterion for this role and round, best first; `used` ids never.

    Past behaviour before hypotheticals (lederweb; Campion et al. 1997), then the bank's order. A case task takes its
    own time at the table and is only ever put in by hand.
    """
    found = [item for item in _suited(bank, key, role, round_number, used) if item.kind != "case"]
    return sorted(found, key=lambda question: question.kind != "behavioural")


def fitting_cases(bank: Bank, key: str, role: str, round_number: int, used: Collection[str]) -> list[Question]:
    """The bank's case tasks on a criterion for this role and round, in the bank's order."""
    return [item for item in _suited(bank, key, role, round_number, used) if item.kind == "case"]


def _suited(bank: Bank, key: str, role: str, round_number: int, used: Collection[str]) -> list[Question]:
    """Rounds after the second use what is marked for the second."""
    entry = bank.entries.get(key)
    return [
        question
        for question in (entry.questions if entry else [])
        if question.id not in used and role in question.roles and min(round_number, 2) in question.rounds
    ]


def compose(
    bank: Bank,
    criteria: Sequence[WeighedCriterion],
    *,
    role: str,
    round_number: int,
    minutes: int,
    used: Collection[str] = (),
) -> Proposal:
    """Questions for every criterion that the bank has one for: exactly the best set that the time allows.

    Criteria of equal weight get equally many questions, 1 to 3, and a heavier never fewer than a lighter, as far as the
    bank has them. Among the numbers that can be kept within the time, those with the largest sum over all questions of
    weight / (how many the criterion has with it) are taken: highest averages, so that the questions follow the weights;
    of equal sums the one that gives the heavier more. With the numbers settled, the questions are those with the fewest
    hypotheticals, then those that stand first in the bank (least sum of places); of equal sets the one that gives the
    heaviest criterion (of equal weights the first by id) the earlier questions.

    When even one question each is too long, every criterion gets its shortest. `minutes` is the whole interview,
    opening and closing included. The same criteria in another order get the same questions.
    """
    budget = minutes - bank.frame.minutes
    options = {criterion.key: fitting(bank, criterion.key, role, round_number, used) for criterion in criteria}
    asked = [criterion for criterion in criteria if options[criterion.key]]
    shortest = {item.key: min(question.minutes for question in options[item.key]) for item in asked}
    missing = max(0, sum(shortest.values()) - budget)
    places: dict[str, tuple[int, ...]]
    if missing:
        places = {key: (_place_of(options[key], least),) for key, least in shortest.items()}
    else:
        places = best_places(asked, options, best_numbers(asked, options, budget), budget)
    # What a criterion of the lightest weight gets: more than that is for weight.
    lightest = min((item.weight for item in asked), default=0)
    usual = max((len(places[item.key]) for item in asked if item.weight == lightest), default=0)
    return Proposal(
        questions=[
            Proposed(item.key, options[item.key][place], _because(options[item.key], own, place, usual, bool(missing)))
            for item in asked
            for own in [places[item.key]]
            for place in own
        ],
        missing_minutes=missing,
        not_fitting=leaving(asked, shortest, budget) if missing else [],
        uncovered=[criterion.key for criterion in criteria if not options[criterion.key]],
    )


def leaving(criteria: Sequence[WeighedCriterion], taken: Mapping[str, int], budget: int) -> list[str]:
    """Which criteria would have to leave for the rest to fit: the lightest first, of equal weights the last.

    `taken` is the minutes of each by key. Empty when not even the heaviest would fit alone: then only time helps.
    """
    total = sum(taken.values())
    found: list[str] = []
    places = {criterion.key: place for place, criterion in enumerate(criteria)}
    for criterion in sorted(criteria, key=lambda item: (item.weight, -places[item.key])):
        if total <= budget:
            return found
        total -= taken[criterion.key]
        found.append(criterion.key)
    return []


def _place_of(options: Sequence[Question], minutes: int) -> int:
    return next(place for place, question in enumerate(options) if question.minutes == minutes)


def _because(
    options: Sequence[Question], chosen: tuple[int, ...], place: int, usual: int, is_too_short: bool
) -> tuple[str, ...]:
    """Why the question at `place` is among the `chosen`. `usual` questions is what the lightest criteria get."""
    question = options[place]
    skipped = [earlier for index, earlier in enumerate(options[:place]) if index not in chosen]
    found = []
    if chosen.index(place) > 0:
        found.append("heavier" if chosen.index(place) >= usual else "room")
    if is_too_short and skipped:
        found.append("shortest")
    elif question.kind == "situational":
        found.append("too_long" if any(item.kind == "behavioural" for item in skipped) else "situational")
    elif skipped:  # a better one was left out, and only time leaves one out
        found.append("shorter")
    elif place == 0:
        found.append("first")
    if is_own(question.id):
        found.append("own")
    return tuple(found)


def share_out(questions: Sequence[tuple[int, int | None]], askers: Sequence[int]) -> list[int]:
    """Who asks each question: whoever has the fewest minutes so far, of equals the first of `askers`.

    `questions` are (minutes, who of `askers` asks it already or None) in the order of the guide. At least one asker.
    """
    load = dict.fromkeys(askers, 0)
    for minutes, asker in questions:
        if asker is not None:
            load[asker] += minutes
    found = []
    for minutes, asker in questions:
        if asker is None:
            asker = min(askers, key=lambda each: load[each])
            load[asker] += minutes
        found.append(asker)
    return found
