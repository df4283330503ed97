"""The sift for the file: the rule, the answers by ref, the piles and their reasons."""

from __future__ import annotations

from flask_babel import force_locale
from flask_babel import gettext as _

from recruit.documents.word import Cell, Column, Run, WordDocument
from recruit.recruitments.documents import badge_of, word_document
from recruit.recruitments.models import Recruitment
from recruit.sifting.piles import Result, Sifted
from recruit.sifting.presentation import ShownCriterion, explain, given_answers, shown_criteria, summary
from recruit.sifting.rules import ANSWERS, PILES
from recruit.web.language import day, listed, weight

REF_WIDTH, PILE_WIDTH = 1.7, 3.2  # centimetres
MOST_COLUMNS = 6


def sift_document(recruitment: Recruitment, result: Result) -> bytes:
    """The opened sift as a .docx file in the recruitment's language. Applicants stand by ref, without names."""
    with force_locale(recruitment.language):
        document = word_document(recruitment, _("Grovsortering"))
        criteria = shown_criteria(recruitment, recruitment.criteria)
        names = [reader.person.name for reader in result.readers]
        opened = result.sift.revealed_at
        document.title(_("Grovsortering"), recruitment.title)
        document.paragraph(summary(result), style="Lead")
        document.paragraph(
            _("Ansøgningerne er læst af %(names)s, hver for sig.", names=listed(names))
            + (" " + _("Svarene blev åbnet %(day)s.", day=day(opened)) if opened else "")
        )
        document.paragraph(
            _(
                "Reglen foreslår en bunke ud fra svarene: fremgår tæller 1, fremgår delvist ½ og fremgår ikke 0. "
                "Ikke belyst tæller ikke med. Mindst to tredjedele giver A, under en tredjedel C, resten B. "
                "Er under halvdelen af kriteriernes vægt belyst, foreslås B. Forpersonen beslutter."
            ),
            style="Hint",
        )
        width = document.text_width_cm
        document.table(
            [
                Column(_("Ansøger"), REF_WIDTH),
                Column(_("Bunke"), PILE_WIDTH),
                Column(_("Begrundelse"), width - REF_WIDTH - PILE_WIDTH),
            ],
            [_decision(item) for item in result.applicants],
            caption=_("Bunkerne, som forpersonen har besluttet dem"),
        )
        document.page_break()
        document.heading(_("Svarene"), 1)
        for criterion in criteria:
            document.heading(criterion.text, 2, badge_of(criterion.area))
            document.paragraph(_("Vægt %(weight)s", weight=weight(criterion.weight)), style="Hint", keep_with_next=True)
            _answers(document, criterion, result)
        return document.to_bytes()


def _decision(item: Sifted) -> list[Cell | str]:
    if item.pile is None:
        return [item.candidate.ref, Cell(_("Ikke afgjort")), explain(item.proposal)]
    pile: list[str | Run] = [Run(item.pile.letter, bold=True), f" · {PILES[item.pile.letter]}"]
    followed = item.pile.letter == item.proposal.letter
    proposal = explain(item.proposal) if followed else _("Foreslået: %(letter)s.", letter=item.proposal.letter or "–")
    return [item.candidate.ref, Cell(pile), "\n".join(part for part in (item.pile.reason, proposal) if part)]


def _answers(document: WordDocument, criterion: ShownCriterion, result: Result) -> None:
    """A column for each reader; where they are too many for that, their answers after each other."""
    width = document.text_width_cm - REF_WIDTH
    names = [reader.person.name for reader in result.readers]
    rows = []
    for item in result.applicants:
        given = [
            str(ANSWERS[answer]) if answer else "–"
            for _reader, answer in given_answers(item, criterion.id, result.readers)
        ]
        rows.append([item.candidate.ref, *(given if len(names) <= MOST_COLUMNS else [" · ".join(given)])])
    headings = names if len(names) <= MOST_COLUMNS else [" · ".join(names)]
    columns = [Column(heading, width / len(headings)) for heading in headings]
    document.table([Column(_("Ansøger"), REF_WIDTH), *columns], rows)
