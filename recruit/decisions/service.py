"""The recommendation: what is chosen, its texts with their history, and when it is final."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import select

from recruit.accounts.models import Person
from recruit.audit import now, record
from recruit.candidates.models import Candidate
from recruit.comparison.sentences import Sentence
from recruit.comparison.service import RevealedRound, load_revealed
from recruit.decisions.history import remember
from recruit.decisions.models import (
    HiringDecision,
    Recommendation,
    RecommendationText,
    RecommendedCandidate,
)
from recruit.decisions.rules import (
    AGAINST,
    FINAL,
    REOPENED,
    RESTORED,
    SUMMARY,
    TEXT_LIMIT,
    WHOLE,
    WRITTEN_BY_HAND,
    Numbers,
    against,
    against_sentence,
    check_choice,
)
from recruit.errors import EditedMeanwhile, RuleBroken
from recruit.extensions import db
from recruit.recruitments.models import Recruitment, Round
from recruit.recruitments.needs import check_text
from recruit.recruitments.service import hold


@dataclass(frozen=True)
class Standing:
    """A recommendation on the round it rests on. `chosen` are in order; `against` is `rules.against`."""

    recommendation: Recommendation | None
    revealed: RevealedRound
    chosen: list[Candidate]
    against: str | None

    @property
    def is_final(self) -> bool:
        return self.recommendation is not None and self.recommendation.final_at is not None

    @property
    def choice(self) -> str | None:
        return self.recommendation.choice if self.recommendation else None


def load_recommendation(recruitment: Recruitment) -> Recommendation | None:
    """One query, and one for its places."""
    return db.session.scalar(select(Recommendation).where(Recommendation.recruitment_id == recruitment.id))


def load_decision(recruitment: Recruitment) -> HiringDecision | None:
    """One query, and one for those hired."""
    return db.session.scalar(select(HiringDecision).where(HiringDecision.recruitment_id == recruitment.id))


def last_revealed(recruitment: Recruitment) -> Round | None:
    return next((round_ for round_ in reversed(recruitment.rounds) if round_.revealed_at), None)


def round_of(recruitment: Recruitment, recommendation: Recommendation | None) -> Round:
    """The round that it rests on, or would. Raises RuleBroken before any reveal (rule 1)."""
    chosen = recommendation.round_id if recommendation else None
    found = next((round_ for round_ in recruitment.rounds if round_.id == chosen), None) or last_revealed(recruitment)
    if found is None:
        raise RuleBroken(_("Ingen runde er afsløret endnu. Indstillingen åbner, når forpersonen afslører en."))
    return found


def load_standing(recruitment: Recruitment) -> Standing:
    """The same few queries at every size. Raises RuleBroken before any reveal."""
    recommendation = load_recommendation(recruitment)
    revealed = load_revealed(recruitment, round_of(recruitment, recommendation))
    return standing_of(recommendation, revealed)


def standing_of(recommendation: Recommendation | None, revealed: RevealedRound) -> Standing:
    if recommendation is None:
        return Standing(None, revealed, [], None)
    by_id = {item.id: item for item in revealed.progress.candidates}
    chosen = [by_id[place.candidate_id] for place in recommendation.places if place.candidate_id in by_id]
    code = against(recommendation.choice, [item.ref for item in chosen], numbers_of(revealed))
    return Standing(recommendation, revealed, chosen, code)


def numbers_of(revealed: RevealedRound) -> Numbers:
    found = revealed.comparison
    return Numbers(
        ranks={result.ref: result.rank for result in found.candidates},
        clear=found.verdict.clear,
        leader=found.verdict.leader,
        between=found.verdict.between,
    )


# What is chosen


def choose(
    recruitment: Recruitment,
    round_: Round,
    choice: str,
    candidates: Sequence[Candidate],
    *,
    version: int,
    actor: Person | None,
) -> None:
    """What the panel recommends, `candidates` in order. `version` is that of what was shown, 0 for none.

    Raises EditedMeanwhile when another has chosen since, and RuleBroken for what is no choice, and when it is final.
    """
    hold(round_)
    if not round_.revealed_at:
        raise RuleBroken(_("Runden er ikke afsløret endnu."))
    wrong = check_choice(choice, [item.ref for item in candidates])
    if wrong:
        raise RuleBroken(wrong)
    row = load_recommendation(recruitment)
    check_open(row)
    places = [item.id for item in candidates]
    if row is not None:
        same = row.choice == choice and [place.candidate_id for place in row.places] == places
        if same and row.round_id == round_.id:
            return
        if version != row.version:
            raise EditedMeanwhile(_("En anden har ændret indstillingen, mens du valgte. Se den, og vælg igen."))
        row.round_id, row.choice, row.changed_at = round_.id, choice, now()
        row.places.clear()
        db.session.flush()
    else:
        row = Recommendation(recruitment_id=recruitment.id, round_id=round_.id, choice=choice, changed_at=now())
        db.session.add(row)
    row.places.extend(RecommendedCandidate(candidate_id=item, place=place) for place, item in enumerate(places, 1))
    record("recommendation.chosen", actor.id if actor else None, recruitment.id, round=round_.number, code=choice)
    db.session.flush()


def check_open(row: Recommendation | None) -> None:
    """Raises RuleBroken when it is final. Reads it anew."""
    if row is not None:
        db.session.refresh(row, ["final_at", "version"])
        if row.final_at:
            raise RuleBroken(_("Indstillingen er endelig. Åbn den igen med en begrundelse, før I retter i den."))


# Its texts


def text_keys(recruitment: Recruitment) -> list[str]:
    return [SUMMARY, AGAINST, *(criterion.key for criterion in recruitment.criteria)]


def load_texts(recruitment: Recruitment) -> dict[str, RecommendationText]:
    """The texts by key, those that were emptied too; one query."""
    rows = db.session.scalars(select(RecommendationText).where(RecommendationText.recruitment_id == recruitment.id))
    return {row.key: row for row in rows}


def write_texts(
    recruitment: Recruitment,
    texts: Mapping[str, str],
    *,
    versions: Mapping[str, int] | None = None,
    what: str = WRITTEN_BY_HAND,
    actor: Person | None,
) -> None:
    """Writes the texts that changed, and their history. `versions` are those the writer saw (0 for none).

    Raises EditedMeanwhile when another has saved one since, and RuleBroken for an unknown text, for one that cannot be
    kept, and when the recommendation is final.
    """
    stored, keys = load_texts(recruitment), text_keys(recruitment)
    if any(key not in keys for key in texts):
        raise RuleBroken(_("Teksten hører ikke til i indstillingen."))
    changed = {key: text for key, text in texts.items() if text != (stored[key].text if key in stored else "")}
    if not changed:
        return
    check_open(load_recommendation(recruitment))
    for key, text in changed.items():
        row = stored.get(key)
        if versions is not None and versions.get(key, 0) != (row.version if row else 0):
            raise EditedMeanwhile(_("En anden har ændret teksten, mens du skrev."))
        check_text(text, TEXT_LIMIT)
        if remember(recruitment, key, text, what=what, actor=actor):
            event = "recommendation.restored" if what == RESTORED else "recommendation.changed"
            record(event, actor.id if actor else None, recruitment.id, section=key)
        if row is None:
            row = RecommendationText(recruitment_id=recruitment.id, key=key, text=text, changed_at=now())
            db.session.add(row)
        else:
            row.text, row.changed_at = text, now()
    db.session.flush()


# Draft and final


def unfinished(standing: Standing, texts: Mapping[str, str]) -> list[tuple[str, str]]:
    """What is missing before it can be final: (key of the text, or "" for the choice; a sentence). No query."""
    if standing.recommendation is None:
        return [(WHOLE, _("Vælg, hvad udvalget indstiller."))]
    found = []
    gone = [item.ref for item in standing.chosen if item.status != "active"]
    if gone:
        found.append((WHOLE, _("%(ref)s har trukket sig. Vælg igen.", ref=gone[0])))
    elif len(standing.chosen) != len(standing.recommendation.places):
        found.append((WHOLE, _("En af de valgte er ikke med i runden. Vælg igen.")))
    if standing.against and not texts.get(AGAINST, "").strip():
        found.append((AGAINST, against_sentence(standing.against)))
    if not any(text.strip() for key, text in texts.items() if key != AGAINST):
        found.append((SUMMARY, _("Skriv begrundelsen: den samlede eller for mindst ét kriterium.")))
    return found


def make_final(
    recruitment: Recruitment,
    standing: Standing,
    verdict: Sentence,
    *,
    version: int,
    kept_because: str = "",
    kept_rules: str = "",
    actor: Person | None,
) -> None:
    """The recommendation is what stands there. The verdict that was shown is kept word for word.

    Raises EditedMeanwhile when something was chosen since `version` was shown, and RuleBroken for what is missing.
    """
    hold(standing.revealed.round)
    row = standing.recommendation
    check_open(row)
    missing = unfinished(standing, {key: item.text for key, item in load_texts(recruitment).items()})
    if row is None or missing:
        raise RuleBroken(missing[0][1])
    if row.version != version:
        raise EditedMeanwhile(_("Indstillingen er ændret, siden du læste den. Læs den igen, før du gør den endelig."))
    row.verdict = {"headline": verdict.headline, "text": verdict.text, "thin": verdict.thin}
    row.kept_because, row.final_at, row.final_by_id = kept_because, now(), actor.id if actor else None
    remember(recruitment, WHOLE, "", what=FINAL, actor=actor)
    record("recommendation.final", actor.id if actor else None, recruitment.id)
    if kept_because:
        record("wording.kept", actor.id if actor else None, recruitment.id, document="recommendation", rules=kept_rules)
    db.session.flush()


def reopen(recruitment: Recruitment, reason: str, *, actor: Person) -> None:
    """Makes it a draft again. Raises RuleBroken without a reason, when it is one, and once a decision is recorded."""
    row = load_recommendation(recruitment)
    if row is None or row.final_at is None:
        raise RuleBroken(_("Indstillingen er et udkast."))
    if load_decision(recruitment) is not None:
        raise RuleBroken(_("Afgørelsen er noteret. Indstillingen kan ikke åbnes igen."))
    if not reason.strip():
        raise RuleBroken(_("Skriv, hvorfor indstillingen åbnes igen."))
    check_text(reason, TEXT_LIMIT)
    row.final_at, row.final_by_id, row.verdict, row.kept_because = None, None, None, ""
    remember(recruitment, WHOLE, reason.strip(), what=REOPENED, actor=actor)
    record("recommendation.reopened", actor.id, recruitment.id)
    db.session.flush()
