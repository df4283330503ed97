"""The pictures of a revealed round, drawn: as SVG for the page or for a document, with what they show in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from flask import current_app, get_template_attribute
from flask_babel import gettext as _

from recruit.candidates.models import Candidate
from recruit.charter.models import Area
from recruit.comparison.pictures import (
    MOST_PROFILES,
    DotRow,
    Dots,
    Profile,
    RoomValue,
    dots_picture,
    profile_picture,
)
from recruit.comparison.pictures_order import Pairs, PlaceRow, Places, pairs_picture, places_picture
from recruit.comparison.presentation import criterion_label, rank_reach
from recruit.comparison.scores import relative_weights, score_of
from recruit.comparison.service import RevealedRound
from recruit.panel.rules import SIDES
from recruit.profiles.house_picture import wrapped
from recruit.recruitments.models import Criterion
from recruit.recruitments.service import charter_of
from recruit.web.language import listed, localised, number, percent

LABEL_SIZE, LABEL_NARROW, LABEL_WIDE = 13.5, 335, 262  # of the words in a plot of dots, in its own units


@dataclass(frozen=True)
class Drawn:
    """`svg` holds title and words itself; a document takes them as the alternative text: `alt`. `width`: its units."""

    svg: str
    title: str
    text: str
    width: float

    @property
    def alt(self) -> str:
        return f"{self.title}. {self.text}"


@dataclass(frozen=True)
class RoomRow:
    """One candidate in a row for each room: what the picture of the profile shows, for its table."""

    ref: str
    name: str
    values: list[RoomValue]


def _draw(
    macro: str, picture: Profile | Dots | Places | Pairs, *values: object, title: str, text: str, **more: object
) -> Drawn:
    draw = get_template_attribute("components/pictures.html", macro)
    return Drawn(draw(picture, *values, f"picture-{macro}", title, text, **more), title, text, picture.width)


# Rooms


def profile_areas(revealed: RevealedRound) -> list[Area]:
    """The rooms that have a criterion in this round, in the charter's order."""
    used = {criterion.area_id for criterion in revealed.criteria}
    return [area for area in charter_of(revealed.recruitment).areas if area.id in used]


def room_rows(revealed: RevealedRound, refs: Sequence[str]) -> list[RoomRow]:
    """The candidates' weighted means by room, computed as the score is, from what is observed."""
    weights = relative_weights({criterion.key: criterion.weight for criterion in revealed.comparison.criteria})
    areas = profile_areas(revealed)
    keys = {area.id: [item.key for item in revealed.criteria if item.area_id == area.id] for area in areas}
    results = {result.ref: result for result in revealed.comparison.candidates}
    names = {item.ref: item.name for item in revealed.candidates}
    rows = []
    for ref in refs:
        values = []
        for area in areas:
            cells = {key: results[ref].cells[key].value for key in keys[area.id]}
            value = score_of(cells, weights)
            values.append(RoomValue(value, number(value), all(one is not None for one in cells.values())))
        rows.append(RoomRow(ref, names[ref], values))
    return rows


def profile_choice(revealed: RevealedRound, asked: Sequence[str] = ()) -> list[str]:
    """Two to four refs in rank order: those that were asked for, else those the verdict names, else the first ones."""
    ranked = [result.ref for result in revealed.comparison.candidates if result.score is not None]
    wanted = [ref for ref in ranked if ref in set(asked)]
    if not wanted:
        named = set(revealed.comparison.verdict.between)
        wanted = [ref for ref in ranked if ref in named]
        wanted += [ref for ref in ranked if ref not in named][: max(0, 2 - len(wanted))]
        wanted = [ref for ref in ranked if ref in wanted]
    return wanted[:MOST_PROFILES]


def draw_profile(revealed: RevealedRound, refs: Sequence[str], *, wide: bool = False) -> Drawn:
    """`refs`: at most four, with a score."""
    charter, areas = charter_of(revealed.recruitment), profile_areas(revealed)
    rows = room_rows(revealed, refs)
    picture = profile_picture(len(areas), [(row.ref, row.values) for row in rows], wide=wide)
    text = " ".join(
        f"{localised(area.name)}: " + ", ".join(f"{row.ref} {row.values[place].text}" for row in rows) + "."
        for place, area in enumerate(areas)
    )
    title = _("%(refs)s i husets rum", refs=listed(list(refs)))
    return _draw("profile", picture, areas, charter.id, title=title, text=text)


# Dots


def draw_candidate(revealed: RevealedRound, candidate: Candidate, *, wide: bool = False) -> Drawn:
    """Every first rating of one candidate, a row for each criterion."""
    charter = charter_of(revealed.recruitment)
    rows = [(criterion_label(charter, criterion), candidate, criterion) for criterion in revealed.criteria]
    return _draw_dots(revealed, rows, _("Medlemmernes vurderinger af %(ref)s", ref=candidate.ref), wide=wide)


def draw_criterion(revealed: RevealedRound, criterion: Criterion, *, wide: bool = False) -> Drawn:
    """Every first rating on one criterion, a row for each candidate in rank order."""
    candidates = [revealed.candidate(result.ref) for result in revealed.comparison.candidates]
    rows = [(f"{candidate.ref} {candidate.name}", candidate, criterion) for candidate in candidates]
    label = criterion_label(charter_of(revealed.recruitment), criterion)
    return _draw_dots(
        revealed, rows, _("Medlemmernes vurderinger: %(criterion)s", criterion=label.rstrip(".")), wide=wide
    )


def _draw_dots(
    revealed: RevealedRound, places: Sequence[tuple[str, Candidate, Criterion]], title: str, *, wide: bool
) -> Drawn:
    sides = {member.id: member.side for member in revealed.progress.members}
    scores: defaultdict[tuple[int, int], defaultdict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for row in revealed.given:
        if row.score is not None:
            scores[row.candidate_id, row.criterion_id][sides[row.member_id]].append(row.score)
    results = {result.ref: result for result in revealed.comparison.candidates}
    rows, words = [], []
    for label, candidate, criterion in places:
        given = scores[candidate.id, criterion.id]
        lines = wrapped(label, LABEL_WIDE if wide else LABEL_NARROW, LABEL_SIZE)
        rows.append(DotRow(lines, given, results[candidate.ref].cells[criterion.key].value))
        said = [
            f"{SIDES[side]} {listed([str(score) for score in sorted(given[side])])}" for side in SIDES if given[side]
        ]
        words.append(f"{label.rstrip('.')}: {', '.join(said) or _('ikke belyst')}.")
    return _draw("dots", dots_picture(rows, list(SIDES), wide=wide), title=title, text=" ".join(words))


# How sure the order is


def draw_places(revealed: RevealedRound, *, wide: bool = False) -> Drawn:
    """How far each candidate's rank reaches in the draws."""
    names = {item.ref: item.name for item in revealed.candidates}
    rows = []
    for result in revealed.comparison.candidates:
        low, high = result.rank_interval or (None, None)
        rows.append(PlaceRow(result.ref, names[result.ref], result.rank, low, high, rank_reach(result)))
    text = " ".join(f"{row.label} {row.name}: {row.text}." for row in rows)
    brand = current_app.config["BRAND_COLOUR"]
    title = _("Placeringer i gennemregningerne")
    return _draw("places", places_picture(rows, wide=wide), title=title, text=text, brand=brand)


def draw_pairs(revealed: RevealedRound) -> Drawn | None:
    """How often one candidate is above another; None with fewer than two that have a score."""
    ranked = [result.ref for result in revealed.comparison.candidates if result.score is not None]
    if len(ranked) < 2:
        return None
    above = {(pair.a, pair.b): pair.above for pair in revealed.comparison.pairs if pair.above is not None}
    picture = pairs_picture(ranked, above)
    neighbours = []
    for a, b in pairwise(ranked):
        share = above[a, b] if (a, b) in above else 1 - above[b, a]
        neighbours.append(_("%(a)s over %(b)s i %(share)s", a=a, b=b, share=percent(share)))
    text = listed(neighbours) + "."
    return _draw("pairs", picture, title=_("Hvem ligger over hvem, i procent af gennemregningerne"), text=text)
