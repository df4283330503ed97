"""The comparison report in Word: the verdict first, then what it rests on, then how it was reached."""

from __future__ import annotations

from flask_babel import force_locale, ngettext
from flask_babel import gettext as _

from recruit.comparison.origin import comparison_values
from recruit.comparison.record import Record, load_record
from recruit.comparison.remarks import remarks
from recruit.comparison.report_evidence import write_evidence
from recruit.comparison.report_pictures import write_rooms, write_scores
from recruit.comparison.report_record import (
    write_amendments,
    write_deviations,
    write_dissents,
    write_excuses,
    write_panel,
)
from recruit.comparison.report_sure import write_rounds, write_sure
from recruit.comparison.report_tables import (
    write_consensus,
    write_discuss,
    write_matrix,
    write_ranking,
    write_weights,
)
from recruit.comparison.rules import Comparison
from recruit.comparison.sentences import agreement_meaning, agreement_sentence, method_sentences, verdict_sentence
from recruit.comparison.service import RevealedRound
from recruit.documents.origin import Origin, add_origin
from recruit.documents.word import Run, WordDocument
from recruit.recruitments.documents import origin_of, word_document
from recruit.web.language import moment


def comparison_document(revealed: RevealedRound) -> bytes:
    """The report of a revealed round as a .docx file in the recruitment's language; the same few queries at every
    size.

    How strict or lenient each member is stays with the chair and is not printed.
    """
    record = load_record(revealed)
    with force_locale(revealed.recruitment.language):
        document = word_document(revealed.recruitment, _("Sammenligning, %(round)s", round=revealed.round.name))
        _verdict(document, revealed)
        write_ranking(document, revealed)
        write_scores(document, revealed)
        if not _share_a_page(revealed, document.text_height_cm):
            document.page_break()
        document.heading(_("Kriterier og kandidater"))
        write_matrix(document, revealed)
        write_weights(document, revealed)
        write_sure(document, revealed)
        write_rooms(document, revealed)
        write_rounds(document, revealed, record.earlier)
        _agreement(document, revealed)
        document.heading(_("Konsensus efter drøftelsen"))
        write_consensus(document, revealed)
        document.heading(_("Særudtalelser"))
        write_dissents(document, record)
        document.heading(_("Udvalg og habilitet"))
        write_panel(document, revealed, record)
        document.heading(_("Undskyldte skemaer"), 2)
        write_excuses(document, revealed)
        document.heading(_("Afvigelser fra guiden"), 2)
        write_deviations(document, record)
        document.heading(_("Ændringer efter låsen"), 2)
        write_amendments(document, revealed.recruitment, record)
        document.page_break()
        _method(document, revealed.comparison)
        write_evidence(document, revealed, record.words)
        add_origin(document, _origin(revealed, record))
        return document.to_bytes()


def _origin(revealed: RevealedRound, record: Record) -> Origin:
    return origin_of(
        revealed.recruitment,
        "comparison",
        comparison_values(revealed, record),
        round_number=revealed.round.number,
        seed=revealed.comparison.seed,
    )


def _share_a_page(revealed: RevealedRound, page_cm: float) -> bool:
    """Whether verdict, ranking and matrix of a small round fit one page: centimetres, roughly."""
    rooms = len({criterion.area_id for criterion in revealed.criteria})
    return 16.8 + 1.5 * len(revealed.candidates) + len(revealed.criteria) + 0.6 * rooms <= page_cm


def _verdict(document: WordDocument, revealed: RevealedRound) -> None:
    round_, found = revealed.round, verdict_sentence(revealed)
    document.title(_("Sammenligning af kandidater"), f"{revealed.recruitment.title} · {round_.name}")
    document.paragraph(found.headline, style="Lead", keep_with_next=True)
    document.paragraph(found.text)
    if found.thin:
        document.paragraph(_("Grundlaget er tyndt: mindst én af de nævnte kandidater har færre end tre skemaer."))
    for sentence in remarks(revealed):
        document.paragraph(Run(_("Bemærk:"), bold=True), f" {sentence}")
    basis = [
        ngettext("%(num)s kandidat", "%(num)s kandidater", len(revealed.candidates)),
        ngettext("%(num)s medlem har vurderet", "%(num)s medlemmer har vurderet", revealed.member_count),
    ]
    if round_.revealed_at:
        basis.append(_("afsløret %(moment)s", moment=moment(round_.revealed_at)))
    document.paragraph(" · ".join(basis), style="Hint")


def _agreement(document: WordDocument, revealed: RevealedRound) -> None:
    document.heading(_("Enighed i udvalget"))
    document.paragraph(agreement_sentence(revealed.comparison.agreement, len(revealed.comparison.discuss)))
    meaning = agreement_meaning(revealed.comparison.agreement)
    if meaning:
        document.paragraph(" ".join(meaning))
    document.heading(_("Drøftes først"), 2)
    write_discuss(document, revealed)


def _method(document: WordDocument, comparison: Comparison) -> None:
    document.heading(_("Sådan regner vi"))
    decides = _("Udvalget indstiller, og lederen beslutter.")
    document.paragraph(
        _("Tallene vælger ingen og afviser ingen. %(decides)s", decides=decides), style="Lead", keep_with_next=True
    )
    document.bullets(method_sentences(comparison))
