"""The pictures of the comparison report, drawn by the same templates as on the page, with their values in words."""

from __future__ import annotations

from dataclasses import replace

from flask import current_app, get_template_attribute
from flask_babel import gettext as _

from recruit.comparison.pictures import WIDE
from recruit.comparison.pictures_drawn import (
    Drawn,
    draw_candidate,
    draw_pairs,
    draw_places,
    draw_profile,
    profile_areas,
    profile_choice,
)
from recruit.comparison.presentation import interval, rank_rows
from recruit.comparison.report_tables import COVERED
from recruit.comparison.service import RevealedRound
from recruit.documents.pictures import svg_to_png
from recruit.documents.word import WordDocument
from recruit.panel.rules import SIDES
from recruit.web.language import percent

PIXELS = 1000  # across the whole width of the text
MOST_ROWS = 12  # of dots in one picture: more would leave no room for the heading above it
FEWEST_ROOMS = 2  # one room alone says no more than the score
# The shapes of components/side.html as letters, for the words under a picture.
SIGNS = {"chief": "■", "hr": "●", "employee": "▲", "union": "▼", "peer": "◆", "user": "★"}


def put(document: WordDocument, drawn: Drawn, caption: str) -> None:
    """All pictures in one scale, so that their words are equally large; a wide one is lowered to fit."""
    share = min(1.0, drawn.width / WIDE)
    document.picture(
        svg_to_png(drawn.svg, round(PIXELS * max(1.0, drawn.width / WIDE) * share)),
        width_cm=document.text_width_cm * share,
        alt=drawn.alt,
        caption=caption,
    )


def write_scores(document: WordDocument, revealed: RevealedRound) -> None:
    """The scores with their intervals; nothing when there is no score."""
    rows = rank_rows(revealed)
    if all(row["score"] is None for row in rows):
        return
    title = _("Score fra 1 til 5 for hver kandidat")
    svg = get_template_attribute("components/ranks.html", "ranks")(
        rows, title, for_print=True, brand=current_app.config["BRAND_COLOUR"]
    )
    values = [f"{row['ref']} {row['name']}: {row['text']} ({interval(row['low'], row['high'])})" for row in rows]
    share = percent(COVERED)
    put(
        document,
        Drawn(svg, title, f"{'; '.join(values)}.", WIDE),
        _("Prikken er scoren, bjælken det interval, hvor %(share)s af gennemregningerne falder.", share=share),
    )


def write_places(document: WordDocument, revealed: RevealedRound) -> None:
    """How far each rank reaches, and how often one is above another."""
    share = percent(COVERED)
    put(
        document,
        draw_places(revealed, wide=True),
        _("Prikken er pladsen, bjælken de pladser, hvor %(share)s af gennemregningerne falder.", share=share),
    )
    pairs = draw_pairs(revealed)
    if pairs:
        put(document, pairs, _("Hvor ofte kandidaten i rækken ligger over den i kolonnen, i procent."))


def write_rooms(document: WordDocument, revealed: RevealedRound) -> None:
    """The candidates that the verdict names, room by room; nothing where it would say nothing."""
    refs = profile_choice(revealed)
    if len(refs) < 2 or len(profile_areas(revealed)) < FEWEST_ROOMS:
        return
    document.heading(_("I husets rum"))
    document.paragraph(
        _(
            "De kandidater, som konklusionen nævner, eller de to øverste. Højden er det vægtede gennemsnit i rummet; "
            "en stjerne betyder, at ikke alle rummets kriterier er belyst."
        ),
        keep_with_next=True,
    )
    put(document, draw_profile(revealed, refs, wide=True), _("Vurderingerne i hvert rum, fra 1 til 5."))


def write_dots(document: WordDocument, revealed: RevealedRound, ref: str) -> None:
    """Every first rating of one candidate by the side that gave it."""
    present = {member.side for member in revealed.progress.members}
    signs = ", ".join(f"{SIGNS[side]} {word}" for side, word in SIDES.items() if side in present)
    caption = _("Hvert tegn er et medlems vurdering: %(signs)s. Stregen er det, der tæller i scoren.", signs=signs)
    for start in range(0, len(revealed.criteria), MOST_ROWS):
        part = replace(revealed, criteria=revealed.criteria[start : start + MOST_ROWS])
        put(document, draw_candidate(part, revealed.candidate(ref), wide=True), caption)
