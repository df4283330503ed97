"""A recommendation gathered once, for its page and its note alike: what is chosen and what it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import force_locale

from recruit.candidates.models import Candidate
from recruit.charter.models import Area
from recruit.comparison.presentation import criterion_label
from recruit.comparison.record import Record, load_record
from recruit.comparison.rules import CandidateResult
from recruit.comparison.sentences import Sentence as Verdict
from recruit.comparison.sentences import verdict_sentence
from recruit.comparison.service import RevealedRound
from recruit.decisions.models import HiringDecision
from recruit.decisions.quotes import Sentence, load_quotes
from recruit.decisions.rules import AGAINST, SUMMARY
from recruit.decisions.service import Standing, load_decision, load_standing, load_texts
from recruit.profiles.rules import blocks
from recruit.recruitments.models import Criterion, Recruitment
from recruit.recruitments.service import charter_of

Blocks = list[tuple[bool, list[str]]]


@dataclass(frozen=True)
class Reasons:
    """What is written on one criterion, and the sentences it is drawn from."""

    criterion: Criterion
    area: Area
    label: str
    text: Blocks
    quotes: list[Sentence]


@dataclass(frozen=True)
class Chosen:
    """One who is recommended: the place, from 1, and what the comparison says of them; None when they are not in it."""

    place: int
    candidate: Candidate
    result: CandidateResult | None


@dataclass(frozen=True)
class Material:
    standing: Standing
    record: Record
    texts: Mapping[str, str]
    reasons: list[Reasons]
    chosen: list[Chosen]
    verdict_now: Verdict
    decision: HiringDecision | None

    @property
    def revealed(self) -> RevealedRound:
        return self.standing.revealed

    @property
    def verdict(self) -> Verdict:
        """The verdict as it was shown when the recommendation became final; today's while it is a draft."""
        frozen = self.standing.recommendation.verdict if self.standing.recommendation else None
        return Verdict(**frozen) if frozen else self.verdict_now

    @property
    def verdict_moved(self) -> bool:
        """Whether the numbers say something else today than the recommendation was made on.

        Shares may differ in the second decimal between versions of numpy: the headline is what counts.
        """
        return self.standing.is_final and self.verdict.headline != self.verdict_now.headline

    def blocks(self, key: str) -> Blocks:
        return list(blocks(self.texts.get(key, "")))

    @property
    def summary(self) -> Blocks:
        return self.blocks(SUMMARY)

    @property
    def against(self) -> Blocks:
        return self.blocks(AGAINST)


def load_material(recruitment: Recruitment) -> Material:
    """The same number of queries at every size. Raises RuleBroken before any reveal (rule 1).

    The verdict is in the recruitment's language, whoever reads it: it is kept in that language.
    """
    standing = load_standing(recruitment)
    revealed = standing.revealed
    record = load_record(revealed)
    texts = {key: row.text for key, row in load_texts(recruitment).items()}
    quotes = load_quotes(revealed, record.words)
    charter = charter_of(recruitment)
    results = {result.ref: result for result in revealed.comparison.candidates}
    with force_locale(recruitment.language):
        verdict = verdict_sentence(revealed)
    return Material(
        standing=standing,
        record=record,
        texts=texts,
        reasons=[
            Reasons(
                criterion,
                charter.area_of(criterion.key),
                criterion_label(charter, criterion),
                list(blocks(texts.get(criterion.key, ""))),
                quotes.get(criterion.id, []),
            )
            for criterion in recruitment.criteria
        ],
        chosen=[Chosen(place, item, results.get(item.ref)) for place, item in enumerate(standing.chosen, 1)],
        verdict_now=verdict,
        decision=load_decision(recruitment),
    )
