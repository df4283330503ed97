"""Two candidates of a revealed round against each other: where they differ most, and what was said of both."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from recruit.candidates.models import Candidate
from recruit.charter.models import Area
from recruit.comparison.presentation import criterion_label, criterion_note
from recruit.comparison.rules import CandidateResult, Comparison
from recruit.comparison.scores import TIE, Cell, relative_weights
from recruit.comparison.service import Given, RevealedRound, Words
from recruit.panel.models import PanelMember
from recruit.panel.rules import SIDES
from recruit.recruitments.models import Criterion
from recruit.recruitments.service import charter_of
from recruit.web.language import alphabetical, listed, number, percent

MOST_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Difference:
    """One criterion: `by` is a minus b in steps of the scale, `share` what it moves the first's score beside the
    other's. Both None where one of them is not evidenced, and 0 within 1e-9."""

    key: str
    by: float | None
    share: float | None


def differences(a: Mapping[str, Cell], b: Mapping[str, Cell], weights: Mapping[str, float]) -> list[Difference]:
    """Every criterion, the one that weighs most between the two first; all arguments by criterion.

    `share` = w_k · (a_k − b_k) / Σ w over the criteria that both are rated on, with the values that count (a consensus
    where there is one): the shares add up to the difference of two scores on those criteria, and to the difference of
    the scores themselves where both are rated on everything. Equal shares, and criteria that cannot be compared, which
    come last, stand in the order of `weights`.
    """
    relative = relative_weights(weights)
    by: dict[str, float | None] = {}
    for key in weights:
        first, second = a[key].value, b[key].value
        apart = None if first is None or second is None else first - second
        by[key] = 0.0 if apart is not None and abs(apart) <= TIE else apart
    total = math.fsum(relative[key] for key in weights if by[key] is not None)
    found = [
        Difference(key, apart, None if apart is None else relative[key] * apart / total) for key, apart in by.items()
    ]
    return sorted(found, key=lambda one: (one.share is None, -round(abs(one.share or 0.0), 9)))


@dataclass(frozen=True)
class Heard:
    """What one member gave and wrote of the two: (score, evidence), None without a rating; a score None is *not
    evidenced*. `name` is None where names are not shown."""

    side: str
    name: str | None
    a: tuple[int | None, str] | None
    b: tuple[int | None, str] | None


@dataclass(frozen=True)
class Contrast:
    """One criterion as it is shown. `share` and `by` as in `Difference`; `reasons` are those of a consensus."""

    criterion: Criterion
    area: Area
    text: str
    note: str | None
    by: float | None
    share: float | None
    a: Cell
    b: Cell
    heard: list[Heard]
    reasons: tuple[str | None, str | None]

    @property
    def apart(self) -> str:
        """+1,33, or a dash."""
        return signed(self.by)

    @property
    def moves(self) -> str:
        """+0,36, or a dash."""
        return signed(self.share)


@dataclass(frozen=True)
class Versus:
    """Two candidates as they are shown. `apart` holds the criteria that they differ on most, at most `MOST_SHOWN`;
    `rest` those that follow, those without any difference and those that cannot be compared last."""

    a: Candidate
    b: Candidate
    scores: tuple[float | None, float | None]
    headline: str
    sentences: list[str]
    apart: list[Contrast]
    rest: list[Contrast]

    @property
    def names(self) -> str:
        return listed([f"{candidate.ref} {candidate.name}" for candidate in (self.a, self.b)])

    @property
    def all(self) -> list[Contrast]:
        return [*self.apart, *self.rest]


def versus(revealed: RevealedRound, pair: tuple[Candidate, Candidate], words: Words, *, with_names: bool) -> Versus:
    """What is shown of two different candidates of the round. `words` are those of both; no query."""
    a, b = pair
    results = {result.ref: result for result in revealed.comparison.candidates}
    first, second = results[a.ref], results[b.ref]
    found = differences(first.cells, second.cells, {item.key: item.weight for item in revealed.criteria})
    charter = charter_of(revealed.recruitment)
    criteria = {item.key: item for item in revealed.criteria}
    given = {(row.candidate_id, row.criterion_id, row.member_id): row for row in revealed.given}
    reasons = {(row.candidate_id, row.criterion_id): row.reason for row in revealed.consensus}
    members = sorted(
        revealed.progress.members,
        key=lambda item: (list(SIDES).index(item.side), alphabetical(item.person.name), item.id),
    )
    shown = []
    for one in found:
        criterion = criteria[one.key]
        heard = [_heard(member, criterion, pair, given, words, with_names=with_names) for member in members]
        shown.append(
            Contrast(
                criterion=criterion,
                area=charter.area_of(one.key),
                text=criterion_label(charter, criterion),
                note=criterion_note(criterion),
                by=one.by,
                share=one.share,
                a=first.cells[one.key],
                b=second.cells[one.key],
                heard=[item for item in heard if item.a or item.b],
                reasons=(reasons.get((a.id, criterion.id)), reasons.get((b.id, criterion.id))),
            )
        )
    count = min(MOST_SHOWN, sum(bool(one.share) for one in found))
    return Versus(
        a=a,
        b=b,
        scores=(first.score, second.score),
        headline=_headline(first, second, found),
        sentences=_sentences(revealed.comparison, first, second, found),
        apart=shown[:count],
        rest=shown[count:],
    )


def _heard(
    member: PanelMember,
    criterion: Criterion,
    pair: tuple[Candidate, Candidate],
    given: Mapping[tuple[int, int, int], Given],
    words: Words,
    *,
    with_names: bool,
) -> Heard:
    said: list[tuple[int | None, str] | None] = []
    for candidate in pair:
        row = given.get((candidate.id, criterion.id, member.id))
        said.append(None if row is None else (row.score, words.evidence[member.id, candidate.id, criterion.id]))
    return Heard(member.side, member.person.name if with_names else None, said[0], said[1])


def _headline(a: CandidateResult, b: CandidateResult, found: Sequence[Difference]) -> str:
    """Who lies above on how many criteria: no verdict, and none is meant."""
    compared = [one.by for one in found if one.by is not None]
    if not compared:
        return _("%(a)s og %(b)s er ikke belyst på noget fælles kriterium.", a=a.ref, b=b.ref)
    if not any(compared):
        return _("%(a)s og %(b)s er vurderet ens på alle de kriterier, hvor begge er belyst.", a=a.ref, b=b.ref)
    above, below = sum(by > 0 for by in compared), sum(by < 0 for by in compared)
    equal = len(compared) - above - below
    text = ngettext(
        "%(a)s ligger højest på %(num)s kriterium, %(b)s på %(below)s.",
        "%(a)s ligger højest på %(num)s kriterier, %(b)s på %(below)s.",
        above,
        a=a.ref,
        b=b.ref,
        below=below,
    )
    if equal:
        text += " " + ngettext("De er lige på %(num)s.", "De er lige på %(num)s.", equal)
    return text


def _sentences(
    comparison: Comparison, a: CandidateResult, b: CandidateResult, found: Sequence[Difference]
) -> list[str]:
    sentences = []
    if a.score is None or b.score is None:
        silent = [result.ref for result in (a, b) if result.score is None]
        sentences += [_("%(ref)s har ingen score, fordi intet kriterium er belyst.", ref=ref) for ref in silent]
    else:
        sentences.append(
            _(
                "%(a)s har score %(first)s, %(b)s %(second)s. Forskellen er %(apart)s.",
                a=a.ref,
                b=b.ref,
                first=number(a.score),
                second=number(b.score),
                apart=number(abs(a.score - b.score)),
            )
        )
    compared = [one.share for one in found if one.share is not None]
    if compared and len(compared) < len(found):
        sentences.append(
            _(
                "Begge er belyst på %(common)s af %(all)s kriterier. På dem er forskellen %(apart)s, og kun dem kan de "
                "sammenlignes på.",
                common=len(compared),
                all=len(found),
                apart=number(abs(math.fsum(compared))),
            )
        )
    above = share_above(comparison, a.ref, b.ref)
    if above is not None:
        upper, lower, share = (a.ref, b.ref, above) if above >= 0.5 else (b.ref, a.ref, 1 - above)
        sentences.append(
            _(
                "%(upper)s ligger over %(lower)s i %(share)s af gennemregningerne. Udvalget indstiller, og lederen "
                "beslutter.",
                upper=upper,
                lower=lower,
                share=percent(share),
            )
        )
    return sentences


def share_above(comparison: Comparison, a: str, b: str) -> float | None:
    """Share of draws in which a is above b, by ref; None if one of them has no score."""
    for pair in comparison.pairs:
        if (pair.a, pair.b) == (a, b):
            return pair.above
        if (pair.a, pair.b) == (b, a):
            return None if pair.above is None else 1 - pair.above
    return None


def signed(value: float | None) -> str:
    """+0,36 or −0,36; what is written as zero has no sign; None is a dash."""
    if value is None:
        return number(None)
    text = number(abs(value))
    if not any(letter in "123456789" for letter in text):
        return text
    return f"{'+' if value > 0 else '−'}{text}"
