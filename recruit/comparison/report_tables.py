"""The tables of the comparison report that show its numbers."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from recruit.comparison.presentation import MatrixCell, interval, matrix_model
from recruit.comparison.robustness import PERCENTILES
from recruit.comparison.rules import CandidateResult
from recruit.comparison.service import RevealedRound
from recruit.documents.word import Cell, Column, Run, Text, WordDocument
from recruit.questions.scale import WHITE, heat_cell
from recruit.recruitments.documents import badge_of
from recruit.recruitments.rules import EQUAL_WEIGHT
from recruit.recruitments.service import charter_of, criterion_text
from recruit.scoring.rules import EXCUSED
from recruit.web.language import localised, number, percent, weight

COVERED = PERCENTILES[1] - PERCENTILES[0]  # of the draws, by an interval
QUIET = "#5b646d"
DISCUSS = "#a8500a"
SMALL = 8.0  # points
MOST_COLUMNS = 7
MOST_TOGETHER = 16  # rows that may as well move to the next page
CRITERION_WIDTH, WIDEST, LETTER_WIDTH = 5.4, 1.75, 0.12  # centimetres


def named(ref: str, name: str) -> list[str | Run]:
    """A candidate's ref and name."""
    return [Run(ref, bold=True), f" {name}"]


def write_ranking(document: WordDocument, revealed: RevealedRound) -> None:
    """Those who are compared, if there are any, and who has withdrawn."""
    if revealed.candidates:
        _write_ranked(document, revealed)
    withdrawn = [item for item in revealed.progress.candidates if item.status == "withdrawn"]
    if withdrawn:
        listed = ", ".join(f"{item.ref} {item.name}" for item in withdrawn)
        document.paragraph(_("Har trukket sig og indgår ikke: %(candidates)s.", candidates=listed), style="Hint")


def _write_ranked(document: WordDocument, revealed: RevealedRound) -> None:
    names = {item.ref: item.name for item in revealed.candidates}
    excused: defaultdict[str, int] = defaultdict(int)
    refs = {item.id: item.ref for item in revealed.candidates}
    for (_member, candidate), state in revealed.progress.states.items():
        if state == EXCUSED and candidate in refs:
            excused[refs[candidate]] += 1
    document.table(
        [
            Column(_("Plads"), 1.3, "right"),
            Column(_("Kandidat"), 6.1),
            Column(_("Score"), 1.5, "right"),
            Column(_("Interval"), 2.3, "right"),
            Column(_("Først"), 1.5, "right"),
            Column(_("Belyst"), 1.9, "right"),
            Column(_("Skemaer"), 2.0, "right"),
        ],
        [_ranked(result, names[result.ref], excused[result.ref]) for result in revealed.comparison.candidates],
    )
    explained = _(
        "Interval: der, hvor %(share)s af gennemregningerne falder. Først: hvor stor en del af dem, kandidaten ligger "
        "først i. Belyst: andelen af kriterierne, efter vægt, der er vurderet.",
        share=percent(COVERED),
    )
    if revealed.consensus:
        explained += " " + _("Intervallet bygger på de første vurderinger, så konsensus kan flytte scoren ud af det.")
    document.paragraph(explained, style="Hint")


def _ranked(result: CandidateResult, name: str, excused: int) -> list[Cell | str]:
    candidate: list[str | Run] = named(result.ref, name)
    if result.below_minimum:
        below = ngettext(
            "under mindstekravet på %(num)s kriterium",
            "under mindstekravet på %(num)s kriterier",
            len(result.below_minimum),
        )
        candidate.append(Run(f"\n▼ {below}", size=8.5))
    cards = str(result.scorecards)
    if excused:
        cards = _("%(done)s af %(all)s", done=cards, all=result.scorecards + excused)
    low, high = result.score_interval or (None, None)
    return [
        "–" if result.rank is None else str(result.rank),
        Cell(candidate),
        Cell(number(result.score), bold=True),
        interval(low, high),
        percent(result.first),
        Cell(percent(result.coverage), bold=True if result.coverage < 1 else None),
        cards,
    ]


def write_matrix(document: WordDocument, revealed: RevealedRound) -> None:
    """Criteria by room against candidates in rank order, over several tables where one would be too narrow."""
    model = matrix_model(revealed, {})
    candidates = model["candidates"]
    if not candidates or not model["groups"]:
        document.paragraph(_("Der er intet at vise."))
        return
    document.paragraph(
        _(
            "Gennemsnit af medlemmernes vurderinger. Hvor udvalget er blevet enigt om et andet tal, står det i feltet "
            "med det første gennemsnit under."
        ),
        keep_with_next=True,
    )
    _legend(document)
    tables = math.ceil(len(candidates) / MOST_COLUMNS)
    size = math.ceil(len(candidates) / tables)
    for start in range(0, len(candidates), size):
        shown = slice(start, start + size)
        end = min(start + size, len(candidates))
        caption = _("Kandidaterne i rangorden.")
        if tables > 1:
            caption = _(
                "Kandidat %(first)s til %(last)s af %(total)s i rangorden.",
                first=start + 1,
                last=end,
                total=len(candidates),
            )
        width = min(WIDEST, (document.text_width_cm - CRITERION_WIDTH) / size)
        columns = [Column(_("Kriterium"), document.text_width_cm - width * (end - start))]
        columns += [Column(_heading(item, width), width, "center") for item in candidates[shown]]
        rows = _matrix_rows(model, shown, len(columns))
        document.table(columns, rows, caption=caption, together=len(rows) <= MOST_TOGETHER)


def write_weights(document: WordDocument, revealed: RevealedRound) -> None:
    """The criteria that weigh more or less than the others, with the reason; nothing when all weigh the same."""
    unequal = [item for item in revealed.criteria if item.weight != EQUAL_WEIGHT]
    if not unequal:
        return
    charter = charter_of(revealed.recruitment)
    document.paragraph(_("Kriterier, der vejer mere eller mindre end de andre:"), style="Hint", keep_with_next=True)
    document.table(
        [Column(_("Kriterium"), 7.0), Column(_("Vægt"), 1.6, "right"), Column(_("Begrundelse"), 8.0)],
        [
            [
                Cell(localised(criterion_text(charter, item)), room=badge_of(charter.area_of(item.key))),
                weight(item.weight),
                item.weight_reason or _("Ingen begrundelse er skrevet."),
            ]
            for item in unequal
        ],
        close=True,
    )


def _legend(document: WordDocument) -> None:
    small = {step: heat_cell(step, Run(str(step), size=8.5)) for step in range(1, 6)}
    marks = [
        (Cell(Run(_("ikke belyst"), size=8.5), hatched=True, align="center"), 2.2),
        (Cell(Run(_("drøftes først"), size=8.5), outline=DISCUSS, align="center"), 2.5),
        (Cell(Run(_("▼ under mindstekravet"), size=8.5), fill=WHITE), 3.7),
        (Cell(Run(_("↕ største minus mindste"), size=8.5), fill=WHITE), 3.9),
    ]
    document.table(
        [*[Column("", 0.86) for _step in small], *[Column("", width) for _cell, width in marks]],
        [[*small.values(), *[cell for cell, _width in marks]]],
        header=False,
    )


def _heading(candidate: dict[str, Any], width: float) -> Text:
    name = short_name(candidate["name"], int((width - 0.35) / LETTER_WIDTH))
    return [candidate["ref"], Run(f"\n{name}", bold=False, colour=QUIET, size=7.5)]


def short_name(name: str, most: int) -> str:
    """M. Ørsted: what a narrow column holds, in at most so many letters. The whole name stands in the ranking."""
    parts = name.split()
    short = f"{parts[0][0]}. {parts[-1]}" if len(parts) > 1 else name
    if len(short) > most:
        short = parts[-1]
    return short if len(short) <= most else f"{short[: most - 1]}…"


def _matrix_rows(model: dict[str, Any], shown: slice, width: int) -> list[list[Cell | str]]:
    rows: list[list[Cell | str]] = []
    for group in model["groups"]:
        area = group["area"]
        title = Run(group["title"], size=9.5)
        rows.append([Cell(title, room=badge_of(area), colour=area.colour, bold=True, span=width)])
        for criterion in group["criteria"]:
            cells = [_matrix_cell(cell) for cell in criterion["cells"][shown]]
            rows.append([_with_note(criterion["text"], criterion["note"], WHITE), *cells])
    score = _with_note(Run(_("Score"), bold=True), _("vægtet gennemsnit"))
    rows.append([score, *[_score(item) for item in model["candidates"][shown]]])
    return rows


def _score(candidate: dict[str, Any]) -> Cell:
    """A score, and its coverage where it is under one."""
    text = [Run(candidate["score"] or "–", bold=True)]
    if candidate["coverage"]:
        text.append(Run("\n" + _("%(share)s belyst", share=candidate["coverage"]), size=7.5))
    return Cell(text)


def _with_note(text: str | Run, note: str | None, fill: str | None = None) -> Cell:
    return Cell([text, Run("  " + note.replace(" ", "\u00a0") if note else "", colour=QUIET, size=8.5)], fill=fill)


def _matrix_cell(cell: MatrixCell) -> Cell:
    if cell.value is None:
        return Cell(Run(_("ikke belyst"), size=SMALL), hatched=True, align="center")
    marks = []
    if cell.spread:
        marks.append(f"↕ {cell.spread}")
    if cell.below:
        marks.append("▼")
    if cell.first:
        marks.append(_("før %(mean)s", mean=cell.first))
    text: list[str | Run] = [cell.value]
    if marks:
        text.append(Run("\n" + " ".join(marks), size=SMALL))
    return heat_cell(cell.heat, text, outline=DISCUSS if cell.discuss else None)


def write_discuss(document: WordDocument, revealed: RevealedRound) -> None:
    if not revealed.comparison.discuss:
        document.paragraph(_("Ingen vurderinger ligger to trin eller mere fra hinanden."))
        return
    charter = charter_of(revealed.recruitment)
    criteria = {item.key: item for item in revealed.criteria}
    candidates = {item.ref: item for item in revealed.candidates}
    scores: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    for row in revealed.given:
        if row.score is not None:
            scores[row.candidate_id, row.criterion_id].append(row.score)
    points = []
    for ref, key in revealed.comparison.discuss:
        candidate, criterion = candidates[ref], criteria[key]
        given = ", ".join(map(str, sorted(scores[candidate.id, criterion.id])))
        text = localised(criterion_text(charter, criterion))
        rated = Run(_("Vurderet %(scores)s.", scores=given), colour=QUIET)
        points.append([*named(ref, candidate.name), f": {text} ", rated])
    document.numbered(points)


def write_consensus(document: WordDocument, revealed: RevealedRound) -> None:
    if not revealed.consensus:
        document.paragraph(_("Udvalget har ikke ændret nogen vurdering efter drøftelsen."))
        return
    charter = charter_of(revealed.recruitment)
    criteria = {item.id: (place, item) for place, item in enumerate(revealed.criteria)}
    candidates = {item.id: item for item in revealed.candidates}
    results = {result.ref: (place, result) for place, result in enumerate(revealed.comparison.candidates)}
    rows = []
    for row in revealed.consensus:
        if row.criterion_id not in criteria:
            continue
        candidate = candidates[row.candidate_id]
        place, criterion = criteria[row.criterion_id]
        rank, result = results[candidate.ref]
        cells: list[Cell | str] = [
            Cell(named(candidate.ref, candidate.name)),
            Cell(localised(criterion_text(charter, criterion)), room=badge_of(charter.area_of(criterion.key))),
            number(result.cells[criterion.key].mean, 1),
            heat_cell(row.score, Run(str(row.score), bold=True)),
            row.reason,
        ]
        rows.append(((rank, place), cells))
    document.table(
        [
            Column(_("Kandidat"), 2.7),
            Column(_("Kriterium"), 4.2),
            Column(_("Før"), 1.4, "right"),
            Column(_("Konsensus"), 2.1, "center"),
            Column(_("Begrundelse"), 6.2),
        ],
        [cells for _order, cells in sorted(rows, key=lambda row: row[0])],
    )
