"""Whether what a case file says of recommendation, decision, references and hearings holds together."""

from __future__ import annotations

from collections.abc import Iterator

from recruit.accounts.rules import same_email
from recruit.casefile.decided_parts import RecommendationPart
from recruit.casefile.models import Case
from recruit.decisions.rules import AGAINST, ENDINGS, SUMMARY, check_choice, sentences
from recruit.recruitments.rules import HIRED

Found = tuple[tuple[str | int, ...], str]


def decision_faults(case: Case) -> Iterator[Found]:
    """Every fault as (its place, a sentence)."""
    if case.recommendation:
        yield from _recommendation(case, case.recommendation)
    yield from _decision(case)
    yield from _references(case)
    yield from _hearings(case)


def _unknown(case: Case, *path: str | int, ref: str) -> Iterator[Found]:
    if ref not in [item.ref for item in case.candidates]:
        yield path, f"there is no candidate {ref!r}"


def _recommendation(case: Case, part: RecommendationPart) -> Iterator[Found]:
    where = "recommendation"
    round_ = case.round(part.round)
    if round_ is None:
        yield (where, "round"), f"there is no round {part.round}"
        return
    if part.round not in case.revealed:
        yield (where, "round"), f"round {part.round} is not revealed"
    in_round = case.round_candidates(round_)
    for place, ref in enumerate(part.candidates):
        if ref not in in_round:
            yield (where, "candidates", place), f"{ref!r} is not in round {part.round}"
    if check_choice(part.choice, part.candidates):
        yield (where, "candidates"), f"these are no candidates for the choice {part.choice!r}"
    keys = [criterion.key for criterion in case.criteria]
    for key in part.texts:
        if key not in (SUMMARY, AGAINST, *keys):
            yield (where, "texts", key), "there is no such text"
    if part.final_at and part.verdict is None:
        yield (where, "verdict"), "a final recommendation keeps the verdict that was read"
    evidence = {
        (same_email(card.panelist), card.candidate, key): rating.evidence or ""
        for card in case.scorecards
        if card.round == part.round and card.submitted
        for key, rating in card.ratings.items()
    }
    for place, quote in enumerate(part.quotes):
        words = evidence.get((same_email(quote.panelist), quote.candidate, quote.statement), "")
        if quote.text not in sentences(words):
            sentence = f"{quote.panelist} has no such sentence on {quote.candidate} and {quote.statement}"
            yield (where, "quotes", place, "text"), sentence


def _decision(case: Case) -> Iterator[Found]:
    part = case.decision
    if part is None:
        return
    if case.recommendation is None or case.recommendation.final_at is None:
        yield ("decision",), "a decision comes after a final recommendation"
    for place, ref in enumerate(part.hired):
        yield from _unknown(case, "decision", "hired", place, ref=ref)
    most = case.recruitment.posts if part.outcome == HIRED else 0
    least = 1 if part.outcome == HIRED else 0
    if not least <= len(set(part.hired)) == len(part.hired) <= most:
        yield ("decision", "hired"), f"{len(part.hired)} hired do not fit the outcome and the posts"
    closed = case.closed
    if (
        closed
        and closed.outcome in (HIRED, "nobody")
        and (closed.outcome, closed.hired) != (part.outcome, len(part.hired))
    ):
        yield ("closed",), "the recruitment ends otherwise than was decided"


def _references(case: Case) -> Iterator[Found]:
    for place, part in enumerate(case.references):
        yield from _unknown(case, "references", place, "candidate", ref=part.candidate)
        if not case.revealed:
            yield ("references", place), "references are taken when a round is revealed"
        if part.called_on and part.called_on < part.consent_on:
            yield ("references", place, "called_on"), "the call comes before the consent"
        asked = [answer.question for answer in part.answers]
        for number, question in enumerate(asked):
            if question in asked[:number]:
                yield ("references", place, "answers", number, "question"), f"{question!r} is given twice"


def _hearings(case: Case) -> Iterator[Found]:
    for place, part in enumerate(case.hearings):
        yield from _unknown(case, "hearings", place, "candidate", ref=part.candidate)
        if part.due_on < part.opened_on:
            yield ("hearings", place, "due_on"), "the deadline lies before the beginning"
        if part.reference is not None and part.reference > len(case.references):
            yield ("hearings", place, "reference"), f"there is no reference {part.reference}"
        if part.ending is not None and (part.ending not in ENDINGS or ENDINGS[part.ending].kind != part.kind):
            yield ("hearings", place, "ending"), f"a task of the kind {part.kind} does not end with {part.ending!r}"
        if bool(part.ending) != bool(part.closed_on):
            yield ("hearings", place, "closed_on"), "ending and closed_on belong together"
