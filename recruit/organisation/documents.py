"""An example of what documents look like on a letterhead."""

from __future__ import annotations

from flask import current_app
from flask_babel import gettext as _

from recruit.documents.word import Cell, Column, Run, WordDocument
from recruit.web.language import language

NUMBER_WIDTH = 2.5  # centimetres


def example_document(letterhead: bytes | None) -> bytes:
    """A .docx file in the language of the page with one of everything. `letterhead` is what `prepare` makes."""
    document = WordDocument(
        _("Prøve på brevpapir"),
        language=language(),
        header=_("Prøve på brevpapir"),
        footer=current_app.config["ORGANISATION"],
        brand=current_app.config["BRAND_COLOUR"],
        letterhead=letterhead,
    )
    text = _(
        "Sådan står almindelig tekst i dokumenterne. Skrift, størrelse og margener kommer fra brevpapiret, og det gør "
        "sidehoved og sidefod også. Linjen nederst på siden fortæller, hvad dokumentet er, og hvor langt du er."
    )
    document.title(_("Prøve på brevpapir"), _("Sådan kommer jobprofil, guide og de andre dokumenter til at se ud"))
    document.paragraph(_("Det vigtigste står først og lidt større."), style="Lead")
    document.paragraph(text)
    document.heading(_("Overskrift"))
    document.paragraph(text)
    document.bullets([_("en liste med punkter"), _("der står under hinanden")])
    document.heading(_("Overskrift under den"), 2)
    document.paragraph(_("Et citat står for sig selv og er rykket ind."), style="Quote")
    document.numbered([_("en liste med tal"), _("der tæller selv")])
    document.heading(_("Den mindste overskrift"), 3)
    document.table(
        [Column(_("Kriterium"), document.text_width_cm - NUMBER_WIDTH), Column(_("Vægt"), NUMBER_WIDTH, "right")],
        [[_("Tydelig retning og følgeskab"), "1,5"], [Cell(_("Plads til nye løsninger"), bold=True), "1"]],
        caption=_("En tabel med sin billedtekst"),
    )
    document.paragraph(Run(_("En stille bemærkning til sidst.")), style="Hint")
    document.page_break()
    document.heading(_("Næste side"))
    document.paragraph(text)
    return document.to_bytes()
