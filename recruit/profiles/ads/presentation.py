"""The values that the pages of an ad are shown from: its pieces with their sources, its checks, what is missing."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from recruit.organisation.rules import STANDARD_TEXTS
from recruit.profiles.ads.checks import MISSING_RULES, WORDS, Must, musts, unfilled
from recruit.profiles.ads.forms import SECTION_NAMES
from recruit.profiles.ads.material import Known
from recruit.profiles.ads.models import Ad, AdPart
from recruit.profiles.ads.rules import (
    CHARTER,
    CRITERION,
    FACTS,
    FULL,
    PROFILE,
    SHORT,
    STANDARD,
    TIMETABLE,
    Line,
    Part,
    section_at,
    whole_text,
)
from recruit.profiles.ads.service import is_edited, is_outdated, lines_of
from recruit.profiles.ads.sources import Naming, Piece, naming, pieces
from recruit.profiles.rules import SECTIONS as PROFILE_SECTIONS
from recruit.recruitments.models import Recruitment
from recruit.recruitments.service import charter_of
from recruit.web.guard import may
from recruit.web.language import localised
from recruit.wording.models import Finding, Language, Report
from recruit.wording.views import report_on

PROFILE_NAMES = {section.key: section.heading for section in PROFILE_SECTIONS}
STANDARD_NAMES = {text.key: text.name for text in STANDARD_TEXTS}
MUST_NAMES = {
    "pay": _l("Løn eller lønramme"),
    "deadline": _l("Ansøgningsfrist"),
    "how": _l("Hvor og hvordan man søger"),
    "contact": _l("Hvem man kan kontakte"),
    "charter": _l("Ledelsesgrundlaget er nævnt"),
    "diversity": _l("En sætning om, at alle kan søge"),
}
LENGTH_NAMES = {FULL: _l("Fuld længde"), SHORT: _l("Kort udgave")}
SEVERITIES = ("red", "amber", "advice")


@dataclass(frozen=True)
class Origin:
    """Where a piece came from, in words, with the page where it can be changed (None: no page, or not for you)."""

    text: str
    url: str | None = None


@dataclass(frozen=True)
class Shown:
    """A section on the page of the ad."""

    part: AdPart
    name: object
    pieces: list[tuple[Piece, list[Origin]]]
    edited: bool
    outdated: bool


@dataclass(frozen=True)
class Checks:
    """What the checks say of a whole ad. `findings` (finding, section), the gravest first."""

    length: str
    words: int
    least: int
    most: int
    lix: float | None
    masculine: Sequence[str]
    feminine: Sequence[str]
    findings: Sequence[tuple[Finding, str]]
    musts: Sequence[Must]
    unfilled: Sequence[str]

    @property
    def red(self) -> int:
        return sum(finding.severity == "red" for finding, _section in self.findings)

    @property
    def fits(self) -> bool:
        return self.least <= self.words <= self.most


def check_ad(parts: Sequence[tuple[str, str, str]], length: str, language: Language) -> Checks:
    """Parts (key, heading, text) in order. What must be there is listed by itself, not among the findings."""
    text, begins = whole_text(parts)
    report: Report = report_on(text, "ad", language)
    said = "\n\n".join(text for _key, _heading, text in parts)  # a heading alone does not say what the pay is
    least, most = WORDS[length]
    own = {*MISSING_RULES, "length"}
    found = [
        (finding, section_at(begins, finding.start) if finding.text else "")
        for finding in report.findings
        if finding.rule not in own
    ]
    return Checks(
        length=length,
        words=report.words or 0,
        least=least,
        most=most,
        lix=report.lix,
        masculine=report.gender_coded.get("masculine", []),
        feminine=report.gender_coded.get("feminine", []),
        findings=sorted(found, key=lambda item: SEVERITIES.index(item[0].severity)),
        musts=musts(said, {finding.rule for finding in report_on(said, "ad", language).findings}, length),
        unfilled=unfilled(text),
    )


def as_parts(parts: Mapping[str, AdPart]) -> list[tuple[str, str, str]]:
    return [(part.key, part.heading, part.text) for part in parts.values()]


def shown_sections(recruitment: Recruitment, parts: Mapping[str, AdPart], proposals: Mapping[str, Part]) -> list[Shown]:
    """The sections of one length, each piece with where it came from."""
    origins = Origins(recruitment)
    found = []
    for key, part in parts.items():
        lines = [*lines_of(part), *(line for line in proposals[key].lines if line not in lines_of(part))]
        shown = [(piece, origins.of(piece)) for piece in pieces(part.text, lines)]
        found.append(Shown(part, SECTION_NAMES[key], shown, is_edited(part), is_outdated(part, proposals[key])))
    return found


def names_of(sections: Sequence[Shown], recruitment: Recruitment, ad: Ad) -> Naming:
    """Which criteria an ad names, and which it names that are no longer criteria."""
    found = [piece for section in sections for piece, _origins in section.pieces]
    return naming(found, [criterion.key for criterion in recruitment.criteria], ad.said)


class Origins:
    """Puts sources into words."""

    def __init__(self, recruitment: Recruitment) -> None:
        self.recruitment = recruitment
        self.shorts = {item.id: item.short for _area, item in charter_of(recruitment).criteria()}

    def of(self, piece: Piece) -> list[Origin]:
        found: list[Origin] = []
        for source in piece.sources:
            origin = self.origin(source.line)
            if source.edited:
                origin = replace(origin, text=_("Rettet. Var: %(source)s", source=origin.text))
            if origin not in found:
                found.append(origin)
        if piece.own:
            found.append(Origin(_("Skrevet her")))
        return found

    def origin(self, line: Line) -> Origin:
        here: dict[str, Any] = {"recruitment_id": self.recruitment.id}
        if line.kind == CRITERION:
            short = localised(self.shorts[line.key]) if line.key in self.shorts else line.key
            url = url_for("recruitments.criteria", **here) if may("criteria.edit") else None
            return Origin(_("Kriterium: %(name)s", name=short), url)
        if line.kind == PROFILE:
            url = url_for("profiles.profile", **here, _anchor=line.key)
            return Origin(_("Profilen: %(name)s", name=PROFILE_NAMES.get(line.key, line.key)), url)
        if line.kind == STANDARD:
            url = url_for("organisation.texts") if may("organisation.edit") else None
            return Origin(_("Standardtekst: %(name)s", name=STANDARD_NAMES.get(line.key, line.key)), url)
        if line.kind == TIMETABLE:
            return Origin(_("Tidsplanen"), url_for("recruitments.timetable", **here))
        if line.kind == CHARTER:
            return Origin(_("Ledelsesgrundlaget"))
        if line.kind == FACTS:
            return Origin(_("Opslagets oplysninger"), url_for("ads.facts", **here) if may("ad.edit") else None)
        return Origin(_("Fast vending"))


def gaps(recruitment: Recruitment, ad: Ad, known: Known) -> list[tuple[str, str | None]]:
    """What would make the ad better if it were known: (sentence, where to say it)."""
    here: dict[str, Any] = {"recruitment_id": recruitment.id}
    facts = url_for("ads.facts", **here)
    found: list[tuple[str, str | None]] = []
    if known.other_language:
        found.append((_("Profilen er på forløbets sprog. Skriv selv det om stillingen på opslagets sprog."), None))
    else:
        found += [
            (
                _("Profilens afsnit ”%(name)s” er ikke skrevet.", name=PROFILE_NAMES[key]),
                url_for("profiles.profile", **here, _anchor=key),
            )
            for key in known.unwritten
        ]
    if not ad.apply_at:
        found.append((_("Opslaget siger ikke, hvor man søger."), facts))
    if ad.pay_from is None:
        found.append((_("Skriv, hvad lønnen forventes at blive. Ansøgerne skal vide det før samtalen."), facts))
    if not ad.workplace:
        found.append((_("Arbejdsstedet mangler."), facts))
    if known.deadline is None:
        found.append((_("Tidsplanen har ingen ansøgningsfrist endnu."), url_for("recruitments.timetable", **here)))
    return found


def compare(now: str, then: str) -> tuple[list[tuple[bool, str]], list[tuple[bool, str]]]:
    """Two texts cut into stretches, (does it differ from the other text, the stretch), word by word."""
    old, new = (re.findall(r"\S+|\s+", text) for text in (now, then))
    left: list[tuple[bool, str]] = []
    right: list[tuple[bool, str]] = []
    for tag, old_from, old_to, new_from, new_to in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        differs = tag != "equal"
        for side, words in ((left, old[old_from:old_to]), (right, new[new_from:new_to])):
            if words:
                side.append((differs, "".join(words)))
    return left, right


def check_values(checks: Checks, place: Any) -> dict[str, Any]:
    """What templates/ads/_checks.html is shown from. `place(section)` is the address of a section."""
    return {
        "checks": checks,
        "must_names": MUST_NAMES,
        "section_names": SECTION_NAMES,
        "place": place,
    }
