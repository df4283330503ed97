"""The sift in words and in marks, in the page's or the document's language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from recruit.charter.models import Area
from recruit.panel.models import PanelMember
from recruit.questions.service import criterion_wording
from recruit.recruitments.models import Criterion, Recruitment
from recruit.recruitments.service import charter_of
from recruit.sifting.piles import Result, Sifted, pile_counts
from recruit.sifting.rules import ENOUGH, A, C, Proposal
from recruit.web.language import listed, localised, percent


@dataclass(frozen=True)
class ShownCriterion:
    """A criterion as the sift shows it. `meaning` is the bank's, `here` what it means in this post."""

    id: int
    area: Area
    text: str
    short: str
    meaning: str
    here: str
    weight: float


def shown_criteria(recruitment: Recruitment, criteria: Sequence[Criterion]) -> list[ShownCriterion]:
    charter = charter_of(recruitment)
    found = []
    for criterion in criteria:
        wording = criterion_wording(recruitment, criterion)
        place = charter.find(criterion.key)
        found.append(
            ShownCriterion(
                id=criterion.id,
                area=charter.area_of(criterion.key),
                text=localised(wording.text),
                short=localised(place[1].short) if place else localised(wording.text),
                meaning=localised(wording.meaning),
                here=criterion.here,
                weight=criterion.weight,
            )
        )
    return found


def explain(proposal: Proposal) -> str:
    """Why the rule proposes what it does for one applicant."""
    if proposal.share is None:
        return _("Intet kriterium er belyst, så reglen foreslår ingen bunke.")
    share, coverage = percent(float(proposal.share)), percent(float(proposal.coverage))
    if proposal.coverage < ENOUGH:
        return _("Kun %(coverage)s af kriteriernes vægt er belyst. Det er for lidt til andet end B.", coverage=coverage)
    if proposal.coverage == 1:
        told = _("Alle kriterier er belyst, og %(share)s fremgår.", share=share)
    else:
        told = _("%(coverage)s af vægten er belyst, og heraf fremgår %(share)s.", coverage=coverage, share=share)
    if proposal.letter == A:
        return told + " " + _("Mindst to tredjedele giver A.")
    if proposal.letter == C:
        return told + " " + _("Under en tredjedel giver C.")
    return told + " " + _("Mellem en og to tredjedele giver B.")


def summary(result: Result) -> str:
    """The sentence that matters about the result."""
    counts = pile_counts(result)
    total, undecided = len(result.applicants), len(result.undecided)
    spread = listed([_("%(count)s i %(letter)s", count=count, letter=letter) for letter, count in counts.items()])
    if not undecided:
        return ngettext("%(num)s ansøger er sorteret:", "%(num)s ansøgere er sorteret:", total) + f" {spread}."
    if undecided == total:
        return (
            ngettext("Reglen foreslår for %(num)s ansøger:", "Reglen foreslår for %(num)s ansøgere:", total)
            + f" {spread}."
        )
    return ngettext("%(num)s ansøger mangler en afgørelse.", "%(num)s ansøgere mangler en afgørelse.", undecided)


def given_answers(
    item: Sifted, criterion_id: int, readers: Sequence[PanelMember]
) -> list[tuple[PanelMember, str | None]]:
    """What each reader answered about one applicant on one criterion; None where they did not."""
    given = item.answers.get(criterion_id, {})
    return [(reader, given.get(reader.id)) for reader in readers]
