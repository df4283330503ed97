"""What is odd about a round and must be said in a sentence before its numbers are read, on the page and in Word."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import ngettext

from recruit.comparison.rules import CandidateResult
from recruit.comparison.service import RevealedRound
from recruit.scoring.rules import CONFLICT, NOT_EXPECTED
from recruit.web.language import listed


def remarks(revealed: RevealedRound) -> list[str]:
    """One sentence for each odd thing, the most important first; nothing for an ordinary round."""
    if not revealed.candidates:
        if revealed.progress.candidates:
            return [_("Alle kandidater i runden har trukket sig, så der er ingen at sammenligne.")]
        return [_("Der er ingen kandidater i runden, så der er ingen at sammenligne.")]
    if not revealed.criteria:
        return [_("Runden har ingen kriterier, så der er intet at sammenligne på.")]
    found = []
    scores = [row.score for row in revealed.given if row.score is not None]
    if len(revealed.candidates) == 1:
        found.append(
            _("Der er kun én kandidat. Tallene siger, hvordan kandidaten er vurderet, ikke hvem der er bedst.")
        )
    if not scores:
        if revealed.given:
            found.append(
                _("Ingen kandidat har fået noget kriterium belyst, så der er ingen score og ingen rækkefølge.")
            )
    elif len(scores) > 1 and len(set(scores)) == 1:
        found.append(_("Alle vurderinger er %(score)s, så tallene skelner ikke mellem noget.", score=scores[0]))
    if revealed.member_count == 1:
        found.append(
            _(
                "Kun ét medlem har vurderet. Enighed og spredning kan ikke beregnes, og gennemregningerne varierer kun "
                "vægtene: de siger intet om, hvad et andet udvalg ville mene."
            )
        )
    return found + _about_candidates(revealed, bool(scores))


def _about_candidates(revealed: RevealedRound, any_scores: bool) -> list[str]:
    """Those nobody could or did rate, the reasons apart: a conflict is not an absence."""
    conflicted, unrated, silent = [], [], []
    for result in revealed.comparison.candidates:
        if result.score is not None:
            continue
        if result.scorecards:
            silent.append(_named(revealed, result))
        elif _all_in_conflict(revealed, result):
            conflicted.append(_named(revealed, result))
        else:
            unrated.append(_named(revealed, result))
    found = []
    if conflicted:
        found.append(
            _(
                "Alle i udvalget er inhabile over for %(candidates)s, som derfor ikke er vurderet og ikke har nogen "
                "placering.",
                candidates=listed(conflicted),
            )
        )
    if unrated:
        found.append(
            _(
                "Ingen har afgivet et skema om %(candidates)s, som derfor ikke har nogen placering.",
                candidates=listed(unrated),
            )
        )
    if silent and any_scores:
        found.append(
            ngettext(
                "%(candidates)s har ikke fået noget kriterium belyst og har derfor ingen placering. Det er ikke det "
                "samme som en lav score.",
                "%(candidates)s har ikke fået noget kriterium belyst og har derfor ingen placering. Det er ikke det "
                "samme som en lav score.",
                len(silent),
                candidates=listed(silent),
            )
        )
    return found


def _named(revealed: RevealedRound, result: CandidateResult) -> str:
    return f"{result.ref} {revealed.candidate(result.ref).name}"


def _all_in_conflict(revealed: RevealedRound, result: CandidateResult) -> bool:
    """Whether everybody of whom a card on the candidate could be expected is disqualified."""
    candidate = revealed.candidate(result.ref)
    states = [state for (_member, about), state in revealed.progress.states.items() if about == candidate.id]
    return CONFLICT in states and set(states) <= {CONFLICT, NOT_EXPECTED}
