"""The result of the sift: what the answers point to, and where the chair puts each applicant."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import select

from recruit.accounts.models import Person
from recruit.audit import now, record
from recruit.candidates.conflicts import barred_from
from recruit.candidates.impartiality import load_standings
from recruit.candidates.models import Candidate
from recruit.candidates.rules import OUT, OUT_FOR_CANDIDATE
from recruit.candidates.service import choose_candidates, chosen_candidates, load_candidates
from recruit.errors import RuleBroken
from recruit.extensions import db
from recruit.panel.models import PanelMember
from recruit.panel.service import load_members, membership
from recruit.recruitments.models import Recruitment, Round
from recruit.recruitments.service import hold
from recruit.sifting.models import Pile, Sift, SiftRating, SiftSubmission
from recruit.sifting.progress import first_round
from recruit.sifting.rules import PILES, A, B, Proposal, check_decision, propose
from recruit.sifting.service import hold_sift


@dataclass(frozen=True)
class Sifted:
    """One applicant: the answers by criterion id and then member id, the proposal, and the decision if there is one."""

    candidate: Candidate
    answers: dict[int, dict[int, str]]
    proposal: Proposal
    pile: Pile | None

    @property
    def letter(self) -> str | None:
        """Where the applicant lies now: as decided, else as proposed."""
        return self.pile.letter if self.pile else self.proposal.letter


@dataclass(frozen=True)
class Result:
    """The opened sift. `readers` are those whose answers count, by name."""

    sift: Sift
    readers: list[PanelMember]
    applicants: list[Sifted]

    @property
    def undecided(self) -> list[Sifted]:
        return [item for item in self.applicants if item.pile is None]

    @property
    def acceptable(self) -> list[Sifted]:
        """Those whose proposal can be followed without a reason."""
        return [item for item in self.undecided if item.proposal.letter in (A, B)]

    def of(self, letter: str | None) -> list[Sifted]:
        return [item for item in self.applicants if item.letter == letter]

    def chosen(self, letter: str) -> list[Sifted]:
        """Those whom the chair has put there."""
        return [item for item in self.applicants if item.pile is not None and item.pile.letter == letter]


def load_result(recruitment: Recruitment, sift: Sift) -> Result:
    """The result, best share first and then by ref; six queries. Raises RuleBroken before it is opened.

    An answer counts when its member has submitted, is not disqualified, and may judge the applicant.
    """
    if sift.revealed_at is None:
        raise RuleBroken(_("Resultatet er ikke åbnet endnu."))
    declared = load_standings(recruitment)
    submitted = set(
        db.session.scalars(
            select(SiftSubmission.member_id)
            .join(PanelMember, PanelMember.id == SiftSubmission.member_id)
            .where(PanelMember.recruitment_id == recruitment.id, PanelMember.sifts)
        )
    )
    readers = [
        member
        for member in sorted(load_members(recruitment), key=lambda member: (member.person.name.casefold(), member.id))
        if member.id in submitted and OUT not in declared.get(member.id, {}).values()
    ]
    counted = {member.id for member in readers}
    answers: dict[int, dict[int, dict[int, str]]] = defaultdict(lambda: defaultdict(dict))
    for row in db.session.scalars(select(SiftRating).where(SiftRating.member_id.in_(counted))):
        if declared[row.member_id].get(row.candidate_id) != OUT_FOR_CANDIDATE:
            answers[row.candidate_id][row.criterion_id][row.member_id] = row.answer
    candidates = [item for item in load_candidates(recruitment) if item.status == "active"]
    piles = load_piles(recruitment)
    weights = {criterion.id: criterion.weight for criterion in recruitment.criteria}
    applicants = []
    for candidate in candidates:
        own = answers[candidate.id]
        proposal = propose(weights, {key: list(given.values()) for key, given in own.items()})
        applicants.append(Sifted(candidate, dict(own), proposal, piles.get(candidate.id)))
    applicants.sort(key=lambda item: (item.letter or "", -(item.proposal.share or 0)))
    return Result(sift, readers, applicants)


def load_piles(recruitment: Recruitment) -> dict[int, Pile]:
    """What the chair has decided, by candidate id; one query."""
    rows = db.session.scalars(
        select(Pile)
        .join(Candidate, Candidate.id == Pile.candidate_id)
        .where(Candidate.recruitment_id == recruitment.id)
        .execution_options(populate_existing=True)
    )
    return {row.candidate_id: row for row in rows}


def is_fixed(recruitment: Recruitment) -> bool:
    """Whether a decided pile can no longer be changed: the interviews are about to be held."""
    first = first_round(recruitment)
    return first is not None and first.locked_at is not None


def decide_pile(recruitment: Recruitment, candidate: Candidate, letter: str, reason: str, *, actor: Person) -> None:
    """Puts an applicant in a pile. The log keeps every change, by letter. Raises RuleBroken.

    Changes are over when the first round is locked; an applicant who lies nowhere can still be decided on.
    """
    result = _hold_result(recruitment)
    if candidate.id in barred_from(membership(recruitment.id, actor.id)):
        raise RuleBroken(_("Du er inhabil over for kandidaten."))
    found = next((item for item in result.applicants if item.candidate.id == candidate.id), None)
    if found is None:
        raise RuleBroken(_("Ansøgeren er ikke længere med."))
    check_decision(letter, reason, found.proposal.letter)
    if found.pile is not None and (found.pile.letter, found.pile.reason) == (letter, reason.strip()):
        return
    if found.pile is not None and is_fixed(recruitment):
        raise RuleBroken(_("Første samtalerunde er låst. Bunken kan ikke længere ændres."))
    _put(recruitment, found, letter, reason.strip(), actor)


def accept_proposals(recruitment: Recruitment, *, actor: Person) -> int:
    """Follows the proposals A and B for everybody who is not decided on; answers how many. C is decided one by one."""
    barred = barred_from(membership(recruitment.id, actor.id))
    items = [item for item in _hold_result(recruitment).acceptable if item.candidate.id not in barred]
    for item in items:
        _put(recruitment, item, item.proposal.letter or B, "", actor)
    return len(items)


def _hold_result(recruitment: Recruitment) -> Result:
    hold(*recruitment.rounds)
    sift = hold_sift(recruitment)
    if sift is None:
        raise RuleBroken(_("Grovsorteringen er ikke begyndt."))
    return load_result(recruitment, sift)


def _put(recruitment: Recruitment, item: Sifted, letter: str, reason: str, actor: Person) -> None:
    row, was = item.pile, item.pile.letter if item.pile else None
    if row is None:
        row = Pile(candidate_id=item.candidate.id)
        db.session.add(row)
    row.letter, row.reason = letter, reason
    row.decided_by_id, row.decided_at = actor.id, now()
    record("pile.decided", actor.id, recruitment.id, candidate=item.candidate.id, pile=letter, was=was)


@dataclass(frozen=True)
class Call:
    """Calling the A pile to the first round: whom, and whom the round has chosen now (None: everybody)."""

    round: Round
    candidates: Sequence[Candidate]
    chosen: Sequence[Candidate] | None

    @property
    def is_done(self) -> bool:
        return self.chosen is not None and set(self.chosen) == set(self.candidates)


def plan_call(recruitment: Recruitment, result: Result) -> Call | None:
    """What calling the A pile would do; None without a round that still takes candidates, or an A pile. One query."""
    first = first_round(recruitment)
    called = [item.candidate for item in result.chosen(A)]
    if first is None or first.revealed_at or not called:
        return None
    chosen = chosen_candidates(recruitment).get(first.id)
    everybody = [item.candidate for item in result.applicants]
    if chosen is None:
        # A round without a choice of its own sees everybody: so does a call of everybody.
        return Call(first, called, called if len(called) == len(everybody) else None)
    return Call(first, called, [candidate for candidate in everybody if candidate.id in chosen])


def call_pile(recruitment: Recruitment, *, actor: Person) -> Call:
    """The first round sees the A pile, and nobody else. Raises RuleBroken."""
    call = plan_call(recruitment, _hold_result(recruitment))
    if call is None:
        raise RuleBroken(_("Der skal være en runde, som ikke er afsløret, og mindst én ansøger i A-bunken."))
    choose_candidates(recruitment, call.round, [candidate.id for candidate in call.candidates], actor=actor)
    return call


def pile_counts(result: Result) -> dict[str, int]:
    """How many lie in each pile, as decided or proposed."""
    return {letter: len(result.of(letter)) for letter in PILES}
