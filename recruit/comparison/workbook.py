"""A revealed round as an Excel workbook: every rating, and the numbers that come of them, in full precision.

How strict or lenient each member is stays with the chair and is not written.
"""

from __future__ import annotations

from collections.abc import Iterator

from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _

from recruit.comparison.origin import workbook_values
from recruit.comparison.presentation import criterion_label
from recruit.comparison.service import RevealedRound, Words, load_words
from recruit.documents.excel import Column, Value, Workbook
from recruit.documents.origin import add_origin
from recruit.panel.rules import SIDES
from recruit.recruitments.documents import origin_of
from recruit.recruitments.service import charter_of
from recruit.scoring.rules import EXCUSED, EXCUSES
from recruit.web.language import localised

Line = list[Value]


def comparison_workbook(revealed: RevealedRound) -> bytes:
    """The numbers of a revealed round as an .xlsx file in the recruitment's language; two queries at every size."""
    recruitment = revealed.recruitment
    words = load_words(revealed)
    with force_locale(recruitment.language):
        book = Workbook(
            _("Sammenligning: %(title)s", title=recruitment.title),
            language=recruitment.language,
            author=current_app.config["ORGANISATION"],
            brand=current_app.config["BRAND_COLOUR"],
        )
        charter = charter_of(recruitment)
        labels = {item.id: criterion_label(charter, item) for item in revealed.criteria}
        of = {item.id: [localised(charter.area_of(item.key).heading), labels[item.id]] for item in revealed.criteria}
        book.sheet(_("Vurderinger"), _rating_columns(), _ratings(revealed, words, of))
        book.sheet(_("Felter"), _cell_columns(), _cells(revealed, of))
        book.sheet(_("Resultater"), _result_columns(), _results(revealed, of))
        book.sheet(_("Par"), _pair_columns(), _pairs(revealed))
        made_from = workbook_values(revealed, words)
        round_number, seed = revealed.round.number, revealed.comparison.seed
        add_origin(book, origin_of(recruitment, "workbook", made_from, round_number=round_number, seed=seed))
        return book.to_bytes()


def _candidate_columns() -> list[Column]:
    return [Column(_("Kandidat"), 10), Column(_("Navn"), 26)]


def _criterion_columns() -> list[Column]:
    return [Column(_("Fokusområde"), 26), Column(_("Kriterium"), 48)]


def _rating_columns() -> list[Column]:
    return [
        *_candidate_columns(),
        Column(_("Medlem"), 24),
        Column(_("Side"), 18),
        *_criterion_columns(),
        Column(_("Vurdering"), 11, "number"),
        Column(_("Status"), 24),
        Column(_("Belæg"), 90),
    ]


def _ratings(revealed: RevealedRound, words: Words, of: dict[int, list[str]]) -> Iterator[Line]:
    """A row for each rating that counts, the first ones, and one for each card that was not waited for.

    What is not evidenced is an empty cell with a word beside it, never a number (rule 6).
    """
    names = {item.id: item.name for item in revealed.progress.candidates}
    refs = {item.id: item.ref for item in revealed.progress.candidates}
    members = {item.id: [item.person.name, str(SIDES[item.side])] for item in revealed.progress.members}
    order = {item.id: place for place, item in enumerate(revealed.progress.candidates)}
    seats = {item: place for place, item in enumerate(members)}
    columns = {item: place for place, item in enumerate(of)}
    rated, missing = _("vurderet"), _("ikke belyst")
    for row in sorted(
        revealed.given, key=lambda row: (order[row.candidate_id], seats[row.member_id], columns[row.criterion_id])
    ):
        yield [
            refs[row.candidate_id],
            names[row.candidate_id],
            *members[row.member_id],
            *of[row.criterion_id],
            row.score,
            missing if row.score is None else rated,
            words.evidence[row[:3]],
        ]
    excused = [card for card, state in revealed.progress.states.items() if state == EXCUSED]
    for member, candidate in sorted(excused, key=lambda card: (order[card[1]], seats[card[0]])):
        code = str(EXCUSES[revealed.progress.codes[member, candidate]])
        reason = _("undskyldt: %(reason)s", reason=code)
        yield [refs[candidate], names[candidate], *members[member], None, None, None, reason, None]


def _cell_columns() -> list[Column]:
    return [
        *_candidate_columns(),
        *_criterion_columns(),
        Column(_("Vægt"), 9, "decimal"),
        Column(_("Mindstekrav"), 13, "number"),
        Column(_("Antal"), 8, "number"),
        Column(_("Gennemsnit"), 12, "decimal"),
        Column(_("Median"), 9, "decimal"),
        Column(_("Standardafvigelse"), 18, "decimal"),
        Column(_("Spænd"), 9, "number"),
        Column(_("Konsensus"), 11, "number"),
        Column(_("Gælder"), 9, "decimal"),
        Column(_("Under mindstekrav"), 18),
        Column(_("Begrundelse for konsensus"), 50),
    ]


def _cells(revealed: RevealedRound, of: dict[int, list[str]]) -> Iterator[Line]:
    """A row for each candidate on each criterion. `Gælder` is what score and rank use."""
    reasons = {(row.candidate_id, row.criterion_id): row.reason for row in revealed.consensus}
    for result in revealed.comparison.candidates:
        candidate = revealed.candidate(result.ref)
        for criterion in revealed.criteria:
            cell = result.cells[criterion.key]
            yield [
                result.ref,
                candidate.name,
                *of[criterion.id],
                criterion.weight,
                criterion.minimum,
                cell.n,
                cell.mean,
                cell.median,
                cell.sd,
                cell.spread,
                cell.consensus,
                cell.value,
                _("ja") if criterion.key in result.below_minimum else None,
                reasons.get((candidate.id, criterion.id)),
            ]


def _result_columns() -> list[Column]:
    return [
        Column(_("Plads"), 8, "number"),
        *_candidate_columns(),
        Column(_("Score"), 9, "decimal"),
        Column(_("Belyst"), 9, "percent"),
        Column(_("Skemaer"), 10, "number"),
        Column(_("Først i"), 9, "percent"),
        Column(_("Blandt de to første i"), 12, "percent"),
        Column(_("Plads, 5. percentil"), 10, "number"),
        Column(_("Plads, 95. percentil"), 10, "number"),
        Column(_("Score, 5. percentil"), 10, "decimal"),
        Column(_("Score, 95. percentil"), 10, "decimal"),
        Column(_("Under mindstekrav"), 50),
    ]


def _results(revealed: RevealedRound, of: dict[int, list[str]]) -> Iterator[Line]:
    """A row for each candidate in rank order, those without a score last."""
    labels = {item.key: ": ".join(of[item.id]) for item in revealed.criteria}
    for result in revealed.comparison.candidates:
        yield [
            result.rank,
            result.ref,
            revealed.candidate(result.ref).name,
            result.score,
            result.coverage,
            result.scorecards,
            result.first,
            result.top_two,
            *(result.rank_interval or (None, None)),
            *(result.score_interval or (None, None)),
            "\n".join(labels[key] for key in result.below_minimum),
        ]


def _pair_columns() -> list[Column]:
    return [
        Column(_("Kandidat"), 10),
        Column(_("Navn"), 26),
        Column(_("Over"), 10),
        Column(_("Navn"), 26),
        Column(_("Andel af gennemregningerne"), 18, "percent"),
    ]


def _pairs(revealed: RevealedRound) -> Iterator[Line]:
    """A row for each pair: the share of draws in which the first is above the second."""
    names = {item.ref: item.name for item in revealed.candidates}
    for pair in revealed.comparison.pairs:
        yield [pair.a, names[pair.a], pair.b, names[pair.b], pair.above]
