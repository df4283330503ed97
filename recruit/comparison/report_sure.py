"""The parts of the comparison report that say how sure it is, and what moved since the rounds before."""

from __future__ import annotations

from itertools import pairwise

from flask_babel import gettext as _

from recruit.comparison.presentation import standing_rows
from recruit.comparison.report_pictures import put, write_places
from recruit.comparison.report_tables import named
from recruit.comparison.rounds import (
    how_to_read,
    moved_in_words,
    place_in_words,
    places_in_words,
    score_in_words,
    step_sentences,
    traces,
)
from recruit.comparison.rounds_picture import draw_slopes
from recruit.comparison.sentences import robustness_sentences
from recruit.comparison.service import RevealedRound
from recruit.documents.word import Cell, Column, Run, WordDocument

MOST_ROUNDS = 3  # beside each other on an upright page
MOST_TOGETHER = 8  # rows that may as well move to the next page
NAME_WIDTH = 4.6  # centimetres


def write_sure(document: WordDocument, revealed: RevealedRound) -> None:
    """How far the order holds; one sentence where there is no order."""
    document.heading(_("Hvor sikker er rækkefølgen?"))
    scored = sum(result.score is not None for result in revealed.comparison.candidates)
    if scored < 2:
        document.paragraph(
            _("Der er ingen rækkefølge at efterprøve: kun én kandidat har en score.")
            if scored
            else _("Der er ingen rækkefølge at efterprøve: ingen kandidat har en score.")
        )
        return
    for sentence in robustness_sentences(revealed.comparison):
        document.paragraph(sentence)
    document.table(
        [
            Column(_("Kandidat"), 6.8),
            Column(_("Placering"), 2.3, "right"),
            Column(_("Først"), 1.9, "right"),
            Column(_("Blandt de to første"), 3.3, "right"),
            Column(_("Skemaer"), 2.3, "right"),
        ],
        [
            [Cell(named(row["ref"], row["name"])), row["ranks"], row["first"], row["top_two"], str(row["scorecards"])]
            for row in standing_rows(revealed)
        ],
    )
    write_places(document, revealed)


def write_rounds(document: WordDocument, revealed: RevealedRound, earlier: list[RevealedRound]) -> None:
    """This round beside the last ones before it, each with its own numbers; nothing without any."""
    if not earlier:
        return
    rounds = [*earlier, revealed][-MOST_ROUNDS:]
    document.heading(_("Runderne side om side"))
    document.paragraph(how_to_read())
    for before, after in pairwise(rounds):
        document.bullets(step_sentences(before, after))
    rows = _rows(rounds)
    document.table(_columns(rounds, document.text_width_cm), rows, together=len(rows) <= MOST_TOGETHER)
    put(
        document,
        draw_slopes(rounds, wide=True),
        _("En stiplet streg går til en plads længere nede. Plads og score er rundens egne."),
    )


def _columns(rounds: list[RevealedRound], text_width_cm: float) -> list[Column]:
    width = (text_width_cm - NAME_WIDTH) / (2 * len(rounds) - 1)
    columns = [Column(_("Kandidat"), NAME_WIDTH)]
    for place, item in enumerate(rounds):
        if place:
            columns.append(Column(_("Bevægelse"), width))
        columns.append(Column(item.round.name, width))
    return columns


def _rows(rounds: list[RevealedRound]) -> list[list[Cell | str]]:
    rows = []
    for trace in traces(rounds):
        row: list[Cell | str] = [Cell(named(trace.candidate.ref, trace.candidate.name))]
        for place, own in enumerate(trace.standings):
            if place:
                step = trace.steps[place - 1]
                row.append(_two_lines(places_in_words(step), moved_in_words(step)))
            row.append(_two_lines(place_in_words(own), score_in_words(own)))
        rows.append(row)
    return rows


def _two_lines(first: str, second: str) -> Cell:
    return Cell([first, Run(f"\n{second}", size=8.5)] if second else first)
