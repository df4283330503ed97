"""The scorecard on paper, for a member without a screen: a page for every criterion."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import force_locale
from flask_babel import gettext as _

from recruit.charter.models import Area
from recruit.documents.space import note_lines_left
from recruit.documents.word import SMALL_HEADING, Cell, Column, Run, WordDocument
from recruit.questions.models import GuideQuestion
from recruit.questions.presentation import shown_questions
from recruit.questions.scale import BOX, SCALE, WHITE, heat_cell
from recruit.questions.service import CriterionWording, criterion_wording
from recruit.recruitments.documents import badge_of, word_document
from recruit.recruitments.models import Recruitment, Round
from recruit.recruitments.service import charter_of, round_criteria
from recruit.web.language import localised

FEWEST_LINES, MOST_LINES = 5, 18
OVERALL_LINES = 12
BOX_WIDTH, STEP_WIDTH, NAME_WIDTH = 1.0, 1.2, 3.2  # centimetres
SPARE_CM = 0.5  # what is measured may be a little higher on paper


def scorecard_document(recruitment: Recruitment, round_: Round, rows: Sequence[GuideQuestion]) -> bytes:
    """A blank scorecard of a round as a .docx file in the recruitment's language.

    `rows` are the round's questions. The criteria stand in the order of the interview, those without a question last.
    """
    with force_locale(recruitment.language):
        charter = charter_of(recruitment)
        document = word_document(recruitment, _("Vurderingsskema, %(round)s", round=round_.name))
        asked: dict[int, list[str]] = {}
        for question in shown_questions(recruitment, round_, charter, rows):
            asked.setdefault(question.row.criterion_id, []).append(localised(question.text))
        order = list(asked)
        criteria = [
            (criterion_wording(recruitment, criterion), charter.area_of(criterion.key))
            for criterion in sorted(
                round_criteria(recruitment, round_),
                key=lambda item: order.index(item.id) if item.id in asked else len(order),
            )
        ]
        _front(document, recruitment, round_, criteria)
        for wording, area in criteria:
            document.page_break()
            _criterion(document, wording, area, asked.get(wording.criterion.id, []))
        document.page_break()
        document.heading(_("Samlet indtryk"), 1)
        document.paragraph(
            _("Skriv det til sidst, når alle kriterier er vurderet. Det indgår ikke i scoren."), keep_with_next=True
        )
        document.note_lines(OVERALL_LINES)
        return document.to_bytes()


def _front(
    document: WordDocument, recruitment: Recruitment, round_: Round, criteria: Sequence[tuple[CriterionWording, Area]]
) -> None:
    document.title(_("Vurderingsskema"), f"{recruitment.title} · {round_.name}")
    document.paragraph(_("Udfyld skemaet alene, før du taler med andre om kandidaten."), style="Lead")
    labels = (_("Kandidat"), _("Udvalgsmedlem"), _("Dato"))
    width = document.text_width_cm
    document.table(
        [Column("", NAME_WIDTH), Column("", width - NAME_WIDTH)],
        [[Cell(Run(f"\n{label}", bold=True)), ""] for label in labels],
        header=False,
    )
    document.heading(_("Sådan gør du"), 2)
    document.numbered(
        [
            _("Skriv belæg for hvert kriterium: hvad kandidaten sagde og har gjort."),
            _("Sæt ét kryds for hvert kriterium, hvor teksten ligner det, du hørte."),
            _("Fik du intet svar på kriteriet, så sæt kryds ved ”Ikke belyst”. Det er aldrig et tal."),
            _("Skriv dit samlede indtryk til allersidst."),
        ]
    )
    document.heading(_("Dine vurderinger"), 2)
    document.table(
        [Column(_("Kriterium"), width - 3.2), Column(_("Vurdering"), 3.2, "center")],
        [[Cell(localised(wording.text), room=badge_of(area)), ""] for wording, area in criteria],
    )
    document.paragraph(_("Overfør tallene hertil, når alle kriterier er vurderet."), style="Hint")


def _criterion(document: WordDocument, wording: CriterionWording, area: Area, asked: Sequence[str]) -> None:
    """One criterion on its own page; the ruled lines take what the texts leave."""
    text, about = localised(wording.text), wording.criterion.here or localised(wording.meaning)

    def ask() -> None:
        document.heading(text, 1, badge_of(area))
        document.paragraph(about, style="Hint", keep_with_next=True)
        for question in asked:
            document.paragraph(question, style="Quote", keep_with_next=True)
        document.heading(Run(_("Belæg: hvad kandidaten sagde og har gjort"), size=SMALL_HEADING), 2)

    used = document.height_of(ask) + document.height_of(lambda: _steps(document, wording)) + SPARE_CM
    ask()
    document.note_lines(note_lines_left(used, FEWEST_LINES, MOST_LINES, document.text_height_cm))
    _steps(document, wording)


def _steps(document: WordDocument, wording: CriterionWording) -> None:
    """The boxes to tick, each beside its step of the scale."""
    anchors = [
        (heat_cell(step, Run(str(step), bold=True)), str(SCALE[step]), localised(anchor))
        for step, anchor in sorted(wording.anchors.items())
    ]
    outside = (Cell(hatched=True), _("Ikke belyst"), _("Der kom ikke noget frem om kriteriet."))
    document.heading(Run(_("Din vurdering: sæt ét kryds"), size=SMALL_HEADING), 2)
    document.table(
        [
            Column("", BOX_WIDTH),
            Column("", STEP_WIDTH),
            Column("", document.text_width_cm - BOX_WIDTH - STEP_WIDTH),
        ],
        [
            [Cell(Run(BOX, size=14), fill=WHITE, align="center"), tile, Cell([Run(name, bold=True), f"\n{text}"])]
            for tile, name, text in [*anchors, outside]
        ],
        header=False,
    )
