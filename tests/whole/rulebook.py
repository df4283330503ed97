"""Rules 1 to 8 of the design's section 2, told of what the database held before and after one step by one person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from whole.snapshot import DISQUALIFIED, OUTSIDE, UNDECLARED, Card, Snapshot


def changed(before: Mapping[Any, Any], after: Mapping[Any, Any]) -> set[Any]:
    """The keys under which something was added, changed or removed."""
    return {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}


@dataclass(frozen=True)
class Step:
    """One person did one thing."""

    email: str
    before: Snapshot
    after: Snapshot

    @property
    def kind(self) -> str:
        return self.before.kind(self.email)

    @property
    def member(self) -> int | None:
        return self.before.member(self.email)

    def check(self) -> None:
        self.rule_2_reveal_when_all_have_submitted()
        self.rule_3_frozen_after_the_reveal()
        self.rule_3_consensus()
        self.rule_4_locked_before_the_first_card()
        self.rule_5_same_questions()
        self.rule_6_evidence()
        self.rule_7_declared_first()
        self.rule_7_decided_by_another()
        self.rule_7_own_cards_only()
        self.rule_8_overall_last()
        self.dissent_is_its_owners()

    # Rule 1 is looked for in what everybody gets to see: see `leaked` and the machine.

    def rule_2_reveal_when_all_have_submitted(self) -> None:
        for round_ in self.before.rounds:
            if self.before.revealed(round_):
                assert self.after.rounds[round_] == self.before.rounds[round_], "a reveal is for good"
            elif self.after.revealed(round_):
                assert self.kind == "chair", "the chair reveals"
                assert self.before.rounds[round_][0], "what is revealed was locked"
                assert self.before.waits_for(round_) == [], "every expected card is there or excused"
                counting = [card for card in self.before.cards if card[1] == round_ and self.before.counts(card)]
                assert counting, "there is something to reveal"
        assert set(self.after.excuses.values()) <= {"absent", "left", "conflict", "withdrew"}, "an excuse is a code"
        for card in changed(self.before.excuses, self.after.excuses):
            handed_in = self.after.cards.get(card, (False, ""))[0]
            is_own = card not in self.after.excuses and card[0] == self.member and handed_in
            assert self.kind in ("hr", "chair") or is_own, "whoever hands in is not excused any more"
        both = [card for card in self.after.excuses if self.after.cards.get(card, (False, ""))[0]]
        assert not both, "a submitted card is not excused"

    def rule_3_frozen_after_the_reveal(self) -> None:
        for round_ in filter(self.before.revealed, self.before.rounds):
            for name in ("cards", "ratings", "excuses"):
                moved = changed(getattr(self.before, name), getattr(self.after, name))
                assert round_ not in {_round_of(key) for key in moved}, f"{name} after the reveal"
            moved = {item for item in self.before.chosen ^ self.after.chosen if item[0] == round_}
            assert not moved, "the candidates of a revealed round"

    def rule_3_consensus(self) -> None:
        for round_, candidate, criterion in changed(self.before.consensus, self.after.consensus):
            assert self.kind == "chair", "the chair writes what the panel agrees on"
            assert self.before.revealed(round_), "a consensus before the reveal"
            agreed = self.after.consensus.get((round_, candidate, criterion))
            if agreed is not None:
                assert agreed[0] in range(1, 6), "a consensus outside the scale"
                assert agreed[1].strip(), "a consensus without a reason"
                assert [
                    1
                    for (card, key), (score, _silent, _words) in self.before.ratings.items()
                    if key == criterion and card[1:] == (round_, candidate) and score and self.before.counts(card)
                ], "no consensus where nobody rated"

    def rule_4_locked_before_the_first_card(self) -> None:
        for _member, round_, _candidate in self.after.cards:
            assert self.after.rounds[round_][0], "a card in a round that is not locked"
        for round_, (locked, _revealed) in self.before.rounds.items():
            if locked:
                assert self.after.rounds[round_][0] == locked, "a lock is for good"
            elif self.after.rounds[round_][0]:
                assert self.kind == "chair", "the chair locks"
        if any(locked for locked, _revealed in self.before.rounds.values()):
            assert self.after.criteria.keys() == self.before.criteria.keys(), "criteria picked after the lock"
            moved = len(changed(self.before.criteria, self.after.criteria))
            assert self.after.amendments - self.before.amendments == moved, "a change after the lock is an amendment"
            assert not (moved and any(map(self.before.revealed, self.before.rounds))), "nobody chooses the result"

    def rule_5_same_questions(self) -> None:
        for question in changed(self.before.guide, self.after.guide):
            round_ = (self.before.guide.get(question) or self.after.guide[question])[0]
            assert not self.before.rounds[round_][0], "the guide of a locked round"

    def rule_6_evidence(self) -> None:
        for score, silent, _words in self.after.ratings.values():
            assert score is None or (score in range(1, 6) and not silent), "not evidenced is never a number"
        for card, (submitted, _overall) in self.after.cards.items():
            if submitted:
                given = {key: rating for (of, key), rating in self.after.ratings.items() if of == card}
                assert len(given) == len(self.after.criteria), "a submitted card without a criterion"
                complete = [silent or (score and words.strip()) for score, silent, words in given.values()]
                assert all(complete), "a submitted rating without evidence"

    def rule_7_declared_first(self) -> None:
        if self.kind in (OUTSIDE, DISQUALIFIED):
            assert self.after == self.before, f"somebody {self.kind} changed something"
        elif self.kind == UNDECLARED:
            for name in (
                "seats",
                "candidates",
                "decisions",
                "rounds",
                "criteria",
                "guide",
                "cards",
                "ratings",
                "excuses",
                "consensus",
                "dissents",
            ):
                assert getattr(self.after, name) == getattr(self.before, name), f"{name} before a declaration"
        for key in changed(self.before.declarations, self.after.declarations):
            assert key not in self.before.declarations, "what was declared stays"
            assert key[0] == self.member, "everybody declares for themselves"

    def rule_7_decided_by_another(self) -> None:
        for member, candidate in changed(self.before.decisions, self.after.decisions):
            _decision, reason, _by = self.after.decisions[member, candidate]
            assert reason.strip(), "a decision is in writing"
            assert member != self.member, "the one in doubt never decides"
            assert self.before.declarations[member, candidate][0] != "none", "there is nothing to decide"
            role = self.before.seats[member][1]
            assert self.kind == ("hr" if role == "chair" else "chair"), "the chair decides, on the chair the superior"
        chairs = [role for _email, role, _joined in self.after.seats.values()].count("chair")
        assert chairs == 1, f"{chairs} chairs"

    def rule_7_own_cards_only(self) -> None:
        touched = {card for card, _key in changed(self.before.ratings, self.after.ratings)}
        touched |= changed(self.before.cards, self.after.cards)
        for member, _round, candidate in touched:
            assert member == self.member, "the card of somebody else"
            assert self.kind in ("chair", "member"), "a card by somebody who does not rate"
            assert self.before.standing(member, candidate) == "none", "a card by somebody who is not impartial"
            assert self.before.candidates[candidate] == "active", "a card on somebody who has withdrawn"

    def rule_8_overall_last(self) -> None:
        for card, (_submitted, overall) in self.after.cards.items():
            if overall and overall != self.before.cards.get(card, (False, ""))[1]:
                rated = [
                    1
                    for (of, _key), (score, silent, _words) in self.after.ratings.items()
                    if of == card and (score or silent)
                ]
                assert len(rated) == len(self.after.criteria), "the overall impression comes last"

    def dissent_is_its_owners(self) -> None:
        for round_, member in changed(self.before.dissents, self.after.dissents):
            assert self.before.revealed(round_), "dissent before the reveal"
            assert member == self.member, "the dissent of somebody else"
            assert self.kind in ("chair", "member"), "a dissent by somebody who does not rate"


def _round_of(key: Any) -> int:
    """The round of a card's key, or of a rating's, whose first part is its card."""
    card: Card = key[0] if isinstance(key[0], tuple) else key
    return card[1]


def leaked(reader: str, seen: str, owners: Mapping[str, tuple[str, int]], now: Snapshot) -> list[str]:
    """Rule 1: the words in what `reader` was shown that are another's, of a round that is not revealed.

    `owners`: words -> e-mail of whoever wrote them, round.
    """
    return [
        words
        for words, (email, round_) in owners.items()
        if words in seen and email != reader and not now.revealed(round_)
    ]
