"""The appendix of the comparison report: every first rating with its evidence, candidate by candidate."""

from __future__ import annotations

from collections import defaultdict

from flask_babel import gettext as _

from recruit.candidates.models import Candidate
from recruit.charter.models import Charter
from recruit.comparison.pictures_drawn import profile_choice
from recruit.comparison.presentation import grouped
from recruit.comparison.report_pictures import write_dots
from recruit.comparison.service import Given, RevealedRound, Words
from recruit.documents.word import Cell, Column, Run, WordDocument
from recruit.questions.scale import heat_cell
from recruit.recruitments.documents import badge_of
from recruit.recruitments.models import Criterion
from recruit.recruitments.service import charter_of, criterion_text
from recruit.scoring.models import Consensus
from recruit.scoring.rules import SCORES
from recruit.web.language import localised, number, percent

MEMBER_WIDTH, RATING_WIDTH = 3.8, 1.9  # centimetres

Place = tuple[int, int]  # candidate id, criterion id


def write_evidence(document: WordDocument, revealed: RevealedRound, words: Words) -> None:
    """A table for each candidate in rank order: what each member gave and wrote on each criterion."""
    if not revealed.given:
        return
    document.page_break()
    document.heading(_("Bilag: vurderinger og belæg"))
    document.paragraph(_("Medlemmernes første vurderinger med deres egne ord, og under dem konsensus, hvor der er en."))
    given: defaultdict[Place, list[Given]] = defaultdict(list)
    names = {member.id: member.person.name for member in revealed.progress.members}
    for row in revealed.given:
        given[row.candidate_id, row.criterion_id].append(row)
    order = {member.id: place for place, member in enumerate(revealed.progress.members)}
    for rows in given.values():
        rows.sort(key=lambda row: order[row.member_id])
    consensus = {(row.candidate_id, row.criterion_id): row for row in revealed.consensus}
    charter = charter_of(revealed.recruitment)
    columns = [
        Column(_("Medlem"), MEMBER_WIDTH),
        Column(_("Vurdering"), RATING_WIDTH, "center"),
        Column(_("Belæg"), document.text_width_cm - MEMBER_WIDTH - RATING_WIDTH),
    ]
    bands = _bands(charter, revealed.criteria)
    drawn = profile_choice(revealed)
    for result in revealed.comparison.candidates:
        candidate = revealed.candidate(result.ref)
        document.heading(f"{candidate.ref} {candidate.name}", 2)
        if result.ref in drawn:
            write_dots(document, revealed, result.ref)
        rank = "–" if result.rank is None else result.rank
        text = _(
            "Plads %(rank)s · score %(score)s · %(coverage)s belyst",
            rank=rank,
            score=number(result.score),
            coverage=percent(result.coverage),
        )
        document.paragraph(text, style="Hint", keep_with_next=True)
        document.table(columns, _rows(candidate, bands, given, consensus, names, words))


def _bands(charter: Charter, criteria: list[Criterion]) -> list[tuple[Criterion, Cell]]:
    """The criteria by room, each with the row that stands above its ratings."""
    return [
        (criterion, Cell(localised(criterion_text(charter, criterion)), bold=True, span=3, room=badge_of(area)))
        for area, items in grouped(charter, criteria)
        for criterion in items
    ]


def _rows(
    candidate: Candidate,
    bands: list[tuple[Criterion, Cell]],
    given: dict[Place, list[Given]],
    consensus: dict[Place, Consensus],
    names: dict[int, str],
    words: Words,
) -> list[list[Cell | str]]:
    tiles = {score: heat_cell(score, str(score)) for score in SCORES}
    missing = Cell(Run(_("ikke belyst"), size=8.5), hatched=True)
    nobody = Cell(_("Ingen har vurderet kriteriet."), span=3)
    agreed_on = Cell(_("Konsensus"), bold=True)
    rows: list[list[Cell | str]] = []
    for criterion, band in bands:
        place = (candidate.id, criterion.id)
        rows.append([band])
        ratings = given.get(place, [])
        if not ratings:
            rows.append([nobody])
        for row in ratings:
            evidence = words.evidence[row.member_id, row.candidate_id, row.criterion_id]
            rows.append([names[row.member_id], missing if row.score is None else tiles[row.score], evidence])
        agreed = consensus.get(place)
        if agreed:
            rows.append([agreed_on, tiles[agreed.score], agreed.reason])
    impressions = [
        (names[member], words.overall[member, candidate.id])
        for member in names
        if (member, candidate.id) in words.overall
    ]
    if impressions:
        rows.append([Cell(_("Samlet indtryk, indgår ikke i scoren"), bold=True, span=3)])
        rows += [[name, Cell(text, align="left", span=2)] for name, text in impressions]
    return rows
