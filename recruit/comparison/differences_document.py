"""Two candidates beside each other on paper, to be lying on the table at the discussion."""

from __future__ import annotations

from flask_babel import force_locale
from flask_babel import gettext as _

from recruit.candidates.models import Candidate
from recruit.comparison.differences import Contrast, Heard, Versus, versus
from recruit.comparison.origin import workbook_values
from recruit.comparison.presentation import heat
from recruit.comparison.scores import Cell as Rated
from recruit.comparison.service import RevealedRound, load_words
from recruit.documents.origin import add_origin
from recruit.documents.word import QUIET_COLOUR, Cell, Column, Run, WordDocument
from recruit.panel.rules import SIDES
from recruit.questions.scale import heat_cell
from recruit.recruitments.documents import badge_of, origin_of, word_document
from recruit.web.language import number

MEMBER_WIDTH = 3.2  # centimetres
NOTES = 3  # ruled lines after each criterion


def differences_document(revealed: RevealedRound, pair: tuple[Candidate, Candidate], *, with_names: bool) -> bytes:
    """A .docx file in the recruitment's language; two queries whatever the size of the round."""
    words = load_words(revealed)
    with force_locale(revealed.recruitment.language):
        found = versus(revealed, pair, words, with_names=with_names)
        document = word_document(
            revealed.recruitment, _("Forskelle mellem %(a)s og %(b)s", a=pair[0].ref, b=pair[1].ref)
        )
        document.title(_("Hvor er de forskellige?"), f"{revealed.recruitment.title} · {revealed.round.name}")
        document.paragraph(found.names, keep_with_next=True)
        document.paragraph(found.headline, style="Lead", keep_with_next=True)
        document.paragraph(" ".join(found.sentences))
        _overview(document, found)
        for contrast in found.apart:
            _evidence(document, found, contrast)
        if not found.apart:
            document.paragraph(_("Der er ingen forskel at vise belæg for."))
        add_origin(
            document,
            origin_of(
                revealed.recruitment,
                "differences",
                workbook_values(revealed, words),
                round_number=revealed.round.number,
                seed=revealed.comparison.seed,
            ),
        )
        return document.to_bytes()


def _overview(document: WordDocument, found: Versus) -> None:
    document.heading(_("Kriterierne, den største forskel først"))
    rows: list[list[Cell | str]] = [
        [
            Cell([contrast.text, *_note(contrast)], room=badge_of(contrast.area)),
            _tile(contrast.a),
            _tile(contrast.b),
            contrast.apart,
            Cell(contrast.moves, bold=True if contrast in found.apart else None),
        ]
        for contrast in found.all
    ]
    document.table(
        [
            Column(_("Kriterium"), document.text_width_cm - 8.0),
            Column(found.a.ref, 1.9, "center"),
            Column(found.b.ref, 1.9, "center"),
            Column(_("Forskel"), 1.8, "right"),
            Column(_("I scoren"), 2.4, "right"),
        ],
        rows,
    )
    document.paragraph(
        _(
            "Forskel: %(a)s minus %(b)s i trin på skalaen. I scoren: hvad forskellen betyder for scoren, når vægtene "
            "er regnet med. Konsensus bruges, hvor der er en.",
            a=found.a.ref,
            b=found.b.ref,
        ),
        style="Hint",
    )


def _note(contrast: Contrast) -> list[Run]:
    return [Run(f"  {contrast.note}".replace(" ", "\u00a0"), colour=QUIET_COLOUR, size=8.5)] if contrast.note else []


def _tile(cell: Rated) -> Cell:
    """What counts, on the colour of its step; the mean of the first ratings under a consensus."""
    if cell.value is None:
        return Cell(Run(_("ikke belyst"), size=8.0), hatched=True, align="center")
    text: list[str | Run] = [number(cell.value, 1)]
    if cell.consensus is not None:
        text.append(Run("\n" + _("før %(mean)s", mean=number(cell.mean, 1)), size=8.0))
    return heat_cell(heat(cell.value), text)


def _evidence(document: WordDocument, found: Versus, contrast: Contrast) -> None:
    """What each member gave and wrote of both, member by member, and room for what is said about it."""
    document.heading(contrast.text, 2, room=badge_of(contrast.area))
    width = (document.text_width_cm - MEMBER_WIDTH) / 2
    rows: list[list[Cell | str]] = [[_who(heard), _said(heard.a), _said(heard.b)] for heard in contrast.heard]
    if any(contrast.reasons):
        agreed = [
            _agreed(cell, reason) for reason, cell in zip(contrast.reasons, (contrast.a, contrast.b), strict=True)
        ]
        rows.append([Cell(_("Efter drøftelsen"), bold=True), *agreed])
    document.table(
        [
            Column(_("Medlem"), MEMBER_WIDTH),
            Column(_head(found.a, contrast.a), width),
            Column(_head(found.b, contrast.b), width),
        ],
        rows,
    )
    document.note_lines(NOTES, _("Noter"))


def _agreed(cell: Rated, reason: str | None) -> Cell:
    if reason is None:
        return Cell("")
    return Cell([Run(_("Konsensus %(score)s", score=cell.consensus), bold=True), f". {reason}"])


def _head(candidate: Candidate, cell: Rated) -> list[str | Run]:
    mean = _("gennemsnit %(mean)s", mean=number(cell.mean, 1)) if cell.mean is not None else _("ikke belyst")
    return [candidate.ref, Run(f"  {mean}", bold=False, colour=QUIET_COLOUR, size=8.5)]


def _who(heard: Heard) -> Cell:
    side = str(SIDES[heard.side])
    if heard.name is None:
        return Cell(side, bold=True)
    return Cell([Run(heard.name, bold=True), Run(f"\n{side}", size=8.5, colour=QUIET_COLOUR)])


def _said(given: tuple[int | None, str] | None) -> Cell:
    """The score in front of the evidence; *not evidenced*, and no scorecard at all, in words."""
    if given is None:
        return Cell(Run(_("Intet skema"), colour=QUIET_COLOUR))
    score, evidence = given
    if score is None:
        return Cell([Run(_("Ikke belyst"), colour=QUIET_COLOUR), *([f". {evidence}"] if evidence else [])])
    return Cell([Run(f"{score}  ", bold=True), evidence])
