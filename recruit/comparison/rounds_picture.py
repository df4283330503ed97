"""The picture of several rounds: everybody's place in each, and the way from one to the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from flask import current_app, get_template_attribute
from flask_babel import gettext as _

from recruit.comparison.pictures_drawn import Drawn
from recruit.comparison.rounds import traces
from recruit.comparison.service import RevealedRound
from recruit.web.language import listed, number

NARROW, WIDE = (380, 130), (640, 200)  # width, and room for words on either side
ROW, TOP, FOOT = 32, 56, 20
LETTER = 8  # the width of one


@dataclass(frozen=True, slots=True)
class Stop:
    """A candidate's place in one round, in the picture's units."""

    x: float
    y: float
    label: str


@dataclass(frozen=True, slots=True)
class Path:
    """A candidate's way through the rounds, `name` empty in the narrow picture. `falls`: which steps go down."""

    ref: str
    name: str
    stops: list[Stop]
    falls: list[bool]


@dataclass(frozen=True, slots=True)
class Slopes:
    """`letters` is how many of a round's name there is room for at a side."""

    width: int
    letters: int
    height: float
    heads: list[tuple[float, str]]
    paths: list[Path]


def slopes(rounds: Sequence[RevealedRound], *, wide: bool) -> Slopes:
    """The places of each round below each other, and lines from each candidate's place in one to the next."""
    width, side = WIDE if wide else NARROW
    gap = (width - 2 * side) / max(1, len(rounds) - 1)
    places = [
        {one.ref: (place, one) for place, one in enumerate(revealed.comparison.candidates)} for revealed in rounds
    ]
    paths = []
    for trace in traces(rounds):
        stops, falls = [], []
        for column, found in enumerate(places):
            if trace.candidate.ref not in found:
                continue
            place, one = found[trace.candidate.ref]
            stops.append(Stop(side + column * gap, TOP + place * ROW, f"{_place(one.rank)} · {number(one.score)}"))
        for first, second in pairwise(stops):
            falls.append(second.y > first.y)
        paths.append(Path(trace.candidate.ref, trace.candidate.name if wide else "", stops, falls))
    heads = [(side + column * gap, revealed.round.name) for column, revealed in enumerate(rounds)]
    most = max((len(found) for found in places), default=0)
    return Slopes(width, side // LETTER, TOP + max(0, most - 1) * ROW + FOOT, heads, paths)


def _place(rank: int | None) -> str:
    return "–" if rank is None else _("nr. %(rank)s", rank=rank)


def draw_slopes(rounds: Sequence[RevealedRound], *, wide: bool = False) -> Drawn:
    """At least two rounds, in their order; `wide` for documents, with names."""
    picture = slopes(rounds, wide=wide)
    words = []
    for trace in traces(rounds):
        places = [
            _("%(place)s i %(round)s", place=_place(own.rank), round=revealed.round.name)
            for own, revealed in zip(trace.standings, rounds, strict=True)
            if own is not None
        ]
        words.append(f"{trace.candidate.ref} {trace.candidate.name}: {', '.join(places)}.")
    title = _("Pladser i %(rounds)s", rounds=listed([revealed.round.name for revealed in rounds]))
    text = " ".join(words)
    svg = get_template_attribute("components/slopes.html", "slopes")(
        picture, "slopes", title, text, current_app.config["BRAND_COLOUR"]
    )
    return Drawn(svg, title, text, picture.width)
