"""What a comparison says in sentences, on the page and in Word alike."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import format_decimal, ngettext
from flask_babel import gettext as _

from recruit.comparison.agreement import Agreement
from recruit.comparison.rules import Comparison
from recruit.comparison.service import RevealedRound
from recruit.comparison.verdict import CLEAR_SHARE
from recruit.web.language import listed, number, percent


@dataclass(frozen=True)
class Sentence:
    """What the numbers say: one sentence, what it rests on, and that a human decides (rule 9)."""

    headline: str
    text: str
    thin: bool


def verdict_sentence(revealed: RevealedRound) -> Sentence:
    comparison = revealed.comparison
    verdict = comparison.verdict
    results = {result.ref: result for result in comparison.candidates}
    scored = [result for result in comparison.candidates if result.score is not None]
    decides = _("Udvalget indstiller, og lederen beslutter.")
    if verdict.leader is None:
        text = _("Ingen kandidat er vurderet på noget kriterium, så der er intet at sammenligne.")
        return Sentence(_("Tallene siger ikke noget."), text, thin=False)
    leader = results[verdict.leader]
    if len(scored) == 1:
        text = _(
            "Kun %(ref)s er vurderet, så der er ingen at sammenligne med. %(decides)s", ref=leader.ref, decides=decides
        )
        return Sentence(_("Én kandidat er vurderet."), text, verdict.thin)
    if verdict.clear:
        text = _(
            "%(ref)s ligger først i %(share)s af de gennemregninger, hvor udvalgets medlemmer og vægtene varieres. "
            "%(decides)s",
            ref=leader.ref,
            share=percent(leader.first),
            decides=decides,
        )
        return Sentence(_("Tallene er klare for %(ref)s.", ref=leader.ref), text, verdict.thin)
    first, *rest = verdict.between
    others = [_("%(ref)s i %(share)s", ref=ref, share=percent(results[ref].first)) for ref in rest]
    text = _(
        "%(ref)s ligger først i %(share)s af de gennemregninger, hvor udvalgets medlemmer og vægtene varieres, og "
        "%(others)s. Udvalget må begrunde sit valg med andet end tallet. %(decides)s",
        ref=first,
        share=percent(results[first].first),
        others=listed(others),
        decides=decides,
    )
    return Sentence(_("For tæt til at afgøre mellem %(refs)s.", refs=listed(list(verdict.between))), text, verdict.thin)


def agreement_sentence(agreement: Agreement, discuss: int) -> str:
    """Agreement in words; Krippendorff's limits .80 and .667 (design, section 3)."""
    if agreement.alpha is None:
        reasons = {
            "few_cells": _("der er færre end seks vurderinger, som mindst to medlemmer har givet"),
            "no_variation": _("alle vurderinger er ens"),
        }
        return _("Enigheden i udvalget kan ikke beregnes: %(reason)s.", reason=reasons[agreement.reason or "few_cells"])
    words = (
        _("god")
        if agreement.alpha >= 0.80
        else _("foreløbig")
        if agreement.alpha >= 0.667
        else _("lav: drøft vurderingerne")
    )
    text = _("Enighed i udvalget: α = %(alpha)s, %(words)s.", alpha=number(agreement.alpha), words=words)
    if discuss:
        text += " " + ngettext(
            "%(num)s vurdering bør drøftes først.", "%(num)s vurderinger bør drøftes først.", discuss
        )
    return text


def agreement_meaning(agreement: Agreement) -> list[str]:
    """What the agreement means for the talk, in words that need no statistics; nothing when it cannot be computed."""
    if agreement.alpha is None:
        return []
    if agreement.alpha >= 0.80:
        meaning = _("Medlemmerne vurderer næsten ens. Tallene kan bære en samtale om kandidaterne.")
    elif agreement.alpha >= 0.667:
        meaning = _(
            "Medlemmerne trækker i samme retning, men ser ikke ens på alt. Drøft de felter, hvor afstanden er størst."
        )
    else:
        meaning = _("Medlemmerne ser forskelligt på kandidaterne. Drøft vurderingerne, før I bruger tallene.")
    scale = ngettext(
        "Ved 1 vurderer alle ens. Ved 0 er enigheden ikke større, end hvis vurderingerne var delt ud tilfældigt. "
        "Tallet bygger på %(num)s felt.",
        "Ved 1 vurderer alle ens. Ved 0 er enigheden ikke større, end hvis vurderingerne var delt ud tilfældigt. "
        "Tallet bygger på %(num)s felter.",
        agreement.cells,
    )
    return [meaning, scale]


def robustness_sentences(comparison: Comparison) -> list[str]:
    """What the draws are and how to read them, in words that need no statistics."""
    return [
        _(
            "Ville et lidt andet udvalg være nået til det samme? Vi har regnet rækkefølgen igennem %(draws)s gange. "
            "Hver gang tæller nogle medlemmer flere gange og andre slet ikke, og vægtene er rykket lidt.",
            draws=format_decimal(comparison.draws),
        ),
        _(
            "Holder en kandidat sin plads næsten hver gang, er den sikker. Bytter to kandidater ofte plads, er "
            "forskellen mellem dem mindre end uenigheden i udvalget."
        ),
    ]


def method_sentences(comparison: Comparison) -> list[str]:
    """How the numbers come about."""
    draws = format_decimal(comparison.draws)
    return [
        _(
            "Hvert medlem har vurderet hvert kriterium alene, fra 1 til 5 og med belæg. "
            "Ikke belyst er ikke et tal og tæller ikke med."
        ),
        _(
            "Et felt er gennemsnittet af medlemmernes vurderinger. Er udvalget efter drøftelsen enigt om et andet "
            "tal, bruges det i score og placering. De første vurderinger står ved siden af."
        ),
        _(
            "Scoren er det vægtede gennemsnit af felterne. Vægtene er ens, hvor der ikke står andet. Et felt, der "
            "mangler, sænker ikke scoren, men andelen af kriterierne, der er belyst."
        ),
        _("Samme score giver samme placering. Et mindstekrav er et mærke og tager ingen ud."),
        _(
            "Hvor sikker placeringen er, viser %(draws)s gennemregninger. I hver trækkes udvalgets medlemmer "
            "tilfældigt med tilbagelægning, og vægtene varieres omkring de valgte. De bygger kun på de første "
            "vurderinger, for enighed opnået i en samtale må ikke ligne sikkerhed.",
            draws=draws,
        ),
        _(
            "Tallene kaldes klare, når én kandidat ligger først i mindst %(share)s af gennemregningerne, og de "
            "nærmeste er vurderet på de samme kriterier. Ellers er det for tæt til at afgøre.",
            share=percent(CLEAR_SHARE),
        ),
        _(
            "Enigheden er Krippendorffs alfa for en ordnet skala, over felter med mindst to vurderinger. Fra "
            "%(good)s er den god, fra %(tentative)s foreløbig, og derunder skal vurderingerne drøftes.",
            good=number(0.8),
            tentative=number(0.667, 3),
        ),
        _(
            "Frø %(seed)s, %(draws)s gennemregninger, numpy %(numpy)s. De samme vurderinger giver de samme tal.",
            seed=comparison.seed,
            draws=draws,
            numpy=comparison.numpy,
        ),
    ]
