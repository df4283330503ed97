"""One member's scorecard: saved as typed, submitted, reopened.

Nothing here gives one member's ratings to another: every function takes the member whose card it is.
"""

from __future__ import annotations

from flask_babel import gettext as _
from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from recruit.accounts.models import Person
from recruit.audit import now, record
from recruit.candidates.impartiality import standings_of
from recruit.candidates.models import Candidate, round_candidate
from recruit.candidates.rules import NOT_RECORDED
from recruit.errors import EditedMeanwhile, RuleBroken
from recruit.extensions import db
from recruit.panel.models import PanelMember
from recruit.recruitments.models import Criterion, Recruitment, Round
from recruit.recruitments.service import hold, round_criteria
from recruit.scoring.models import Excuse, Rating, Scorecard
from recruit.scoring.progress import remove_excuse
from recruit.scoring.rules import (
    CONFLICT,
    EVIDENCE_LIMIT,
    SCORES,
    WITHDRAWN,
    Entered,
    came_late,
    card_state,
    lacking,
)
from recruit.web.forms import unwritable


def load_card(round_: Round, member: PanelMember, candidate_id: int) -> Scorecard | None:
    """The member's own card on a candidate, with its ratings; one query."""
    cards = db.session.scalars(
        select(Scorecard)
        .where(
            Scorecard.round_id == round_.id,
            Scorecard.member_id == member.id,
            Scorecard.candidate_id == candidate_id,
        )
        .options(joinedload(Scorecard.ratings))
    )
    return cards.unique().one_or_none()


def entered(card: Scorecard | None) -> dict[int, Entered]:
    """What stands on a card, by criterion id."""
    rows = card.ratings if card else []
    return {row.criterion_id: Entered(row.score, row.not_evidenced, row.evidence) for row in rows}


def rated_counts(round_: Round, member: PanelMember) -> dict[int, int]:
    """How many criteria the member has rated, by candidate id; one query. For that member's eyes."""
    rows = db.session.execute(
        select(Scorecard.candidate_id, func.count(Rating.id))
        .join(Rating, Rating.scorecard_id == Scorecard.id)
        .where(
            Scorecard.round_id == round_.id,
            Scorecard.member_id == member.id,
            (Rating.score.is_not(None)) | Rating.not_evidenced,
        )
        .group_by(Scorecard.candidate_id)
    )
    return {row[0]: row[1] for row in rows}


def check_open(round_: Round, card: Scorecard | None, state: str | None) -> None:
    """Whether this member may write on the card. Raises RuleBroken with what to do."""
    check_own(round_, state)
    if card is not None and card.submitted_at:
        raise RuleBroken(_("Skemaet er afgivet. Åbn det igen, hvis du vil rette."))


def check_own(round_: Round, state: str | None) -> None:
    """Whether the card is this member's to write or to take back. Raises RuleBroken with what to do."""
    if not round_.locked_at:
        raise RuleBroken(_("Skemaet åbner, når forpersonen har låst kriterier og guide."))
    if state == WITHDRAWN:
        raise RuleBroken(_("Kandidaten har trukket sig og skal ikke vurderes."))
    if state in (None, CONFLICT):
        raise RuleBroken(_("Du skal ikke vurdere denne kandidat."))
    if round_.revealed_at:
        raise RuleBroken(_("Runden er afsløret. Vurderingerne ligger fast."))


def own_state(recruitment: Recruitment, round_: Round, member: PanelMember, candidate: Candidate) -> str | None:
    """`progress` for one card, without everybody else's: it is asked at every save. Two queries.

    None when the candidate is not in the round.
    """
    chosen = select(round_candidate.c.candidate_id).where(round_candidate.c.round_id == round_.id)
    excuse = select(Excuse.id).where(
        Excuse.round_id == round_.id, Excuse.member_id == member.id, Excuse.candidate_id == candidate.id
    )
    card = (Scorecard.round_id == round_.id, Scorecard.member_id == member.id, Scorecard.candidate_id == candidate.id)
    is_in, excused, begun, submitted_at = db.session.execute(
        select(
            or_(~chosen.exists(), chosen.where(round_candidate.c.candidate_id == candidate.id).exists()),
            excuse.exists(),
            select(Scorecard.id).where(*card).exists(),
            select(Scorecard.submitted_at).where(*card).scalar_subquery(),
        )
    ).one()
    if not is_in or candidate.recruitment_id != recruitment.id:
        return None
    standings = standings_of(member)
    return card_state(
        role=member.role,
        standings=standings.values(),
        standing=standings.get(candidate.id, NOT_RECORDED),
        withdrawn=candidate.status == "withdrawn",
        submitted=submitted_at is not None if begun else None,
        late=came_late(member.joined_at, round_.revealed_at),
        excused=excused,
    )


def check_entry(entry: Entered) -> None:
    """Raises RuleBroken for what no rating may be."""
    if entry.score is not None and (isinstance(entry.score, bool) or entry.score not in SCORES):
        raise RuleBroken(_("En vurdering er et helt tal fra 1 til 5."))
    if entry.score is not None and entry.not_evidenced:
        raise RuleBroken(_("Vælg enten et tal eller ”Ikke belyst”."))
    if len(entry.evidence) > EVIDENCE_LIMIT:
        raise RuleBroken(_("Teksten må højst have %(limit)s tegn.", limit=EVIDENCE_LIMIT))
    if unwritable(entry.evidence):
        raise RuleBroken(_("Teksten har et skjult styretegn, som ikke kan gemmes."))


def begin_card(round_: Round, member: PanelMember, candidate: Candidate) -> Scorecard:
    card = Scorecard(round_id=round_.id, member_id=member.id, candidate_id=candidate.id, ratings=[])
    db.session.add(card)
    db.session.flush()
    return card


def save_rating(
    round_: Round,
    member: PanelMember,
    candidate: Candidate,
    criterion: Criterion,
    entry: Entered,
    *,
    version: int,
    state: str | None,
) -> tuple[Scorecard, Rating]:
    """Saves one criterion as typed. `version` is the one the page knows, 0 for a rating it has not seen.

    Raises EditedMeanwhile when another window has saved since: the later edit never silently wins.
    """
    hold(round_)
    card = load_card(round_, member, candidate.id)
    check_open(round_, card, state)
    check_entry(entry)
    card = card or begin_card(round_, member, candidate)
    row = next((item for item in card.ratings if item.criterion_id == criterion.id), None)
    if row is not None and Entered(row.score, row.not_evidenced, row.evidence) == entry:
        return card, row  # a double click, or a request whose answer was lost, sent again
    if version != (row.version if row else 0):
        raise EditedMeanwhile(_("Du har rettet dette et andet sted."))
    if row is None:
        row = Rating(criterion_id=criterion.id)
        card.ratings.append(row)
    row.score, row.not_evidenced, row.evidence = entry.score, entry.not_evidenced, entry.evidence
    row.saved_at = now()
    db.session.flush()
    return card, row


def save_overall(
    recruitment: Recruitment,
    round_: Round,
    member: PanelMember,
    candidate: Candidate,
    text: str,
    *,
    version: int,
    state: str | None,
) -> Scorecard:
    """The overall impression: only after every criterion is rated, and never part of the score (rule 8)."""
    hold(round_)
    card = load_card(round_, member, candidate.id)
    check_open(round_, card, state)
    if card is None or any(
        not entered(card).get(criterion.id, Entered()).rated for criterion in round_criteria(recruitment, round_)
    ):
        raise RuleBroken(_("Helhedsindtrykket skrives til sidst, når alle kriterier er vurderet."))
    check_entry(Entered(evidence=text))
    if text == card.overall:
        return card
    if version != card.version:
        raise EditedMeanwhile(_("Du har rettet dette et andet sted."))
    card.overall = text
    return card


def submit(
    recruitment: Recruitment,
    round_: Round,
    member: PanelMember,
    candidate: Candidate,
    *,
    state: str | None,
    actor: Person | None,
) -> dict[int, str]:
    """Submits the card when it is complete; else returns what is lacking, as `rules.lacking` does."""
    hold(round_)
    card = load_card(round_, member, candidate.id)
    check_open(round_, card, state)
    found = lacking([criterion.id for criterion in round_criteria(recruitment, round_)], entered(card))
    if found or card is None:
        return found
    card.submitted_at = now()
    record(
        "scorecard.submitted",
        actor.id if actor else None,
        recruitment.id,
        round=round_.number,
        member=member.id,
        candidate=candidate.id,
    )
    # Somebody who was not waited for any longer may hand in after all.
    remove_excuse(recruitment, round_, member.id, candidate.id, actor=actor)
    return {}


def reopen(
    recruitment: Recruitment,
    round_: Round,
    member: PanelMember,
    candidate: Candidate,
    *,
    state: str | None,
    actor: Person,
) -> None:
    """Takes a submitted card back for correction: by its owner, before the reveal, logged."""
    hold(round_)
    card = load_card(round_, member, candidate.id)
    check_own(round_, state)
    if card is None or not card.submitted_at:
        raise RuleBroken(_("Skemaet er ikke afgivet."))
    card.submitted_at = None
    record(
        "scorecard.reopened",
        actor.id,
        recruitment.id,
        round=round_.number,
        member=member.id,
        candidate=candidate.id,
    )
