"""The steps of a recruitment, their dates reckoned backwards from the first day at work, and what to be warned of.

The steps are those of KL's and the municipalities' practice; where a step, or its place, is a rule of law it names it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from flask_babel import lazy_gettext as _l

from recruit.recruitments.workdays import working_day_after, working_day_before

OWN = "own"
NOTICE_MONTHS, APPLICATION_WEEKS, ROUNDS = (1, 2, 3), (2, 3, 4, 5, 6), (1, 2)
NO_BOARD, SCHOOL, DAY_CARE = "", "school", "day_care"
BOARDS = {
    SCHOOL: _l("Folkeskoleloven § 40, stk. 6, og § 44, stk. 7"),
    DAY_CARE: _l("Dagtilbudsloven § 15"),
}
# Leaders whose contracts usually agree on a longer notice than the law's, and on whom the council decides.
LONG_NOTICE, BY_COUNCIL = frozenset({"director", "head_of_staff"}), frozenset({"director"})
SHORTEST_APPLICATION = 14  # days
RETENTION_MONTHS = 6  # after the decision
LONGEST_VIEW = 24  # months ahead in which the earliest start is looked for

PREPARE, APPLY, SELECT, HIRE, NOTICE = "prepare", "apply", "select", "hire", "notice"
PHASES = {
    PREPARE: _l("Forberedelse"),
    APPLY: _l("Opslag"),
    SELECT: _l("Samtaler"),
    HIRE: _l("Ansættelse"),
    NOTICE: _l("Opsigelse"),
}

HR, CHAIR, PANEL, LEADER = _l("HR"), _l("Forpersonen"), _l("Ansættelsesudvalget"), _l("Ansættende leder")


@dataclass(frozen=True)
class Kind:
    """A step that is known: its title, who usually does it, the rule of law it stands on, and what to mind."""

    title: object
    responsible: object
    basis: object = ""
    hint: object = ""


STEPS: Mapping[str, Kind] = {
    "needs": Kind(_l("Behovsafklaring"), LEADER, hint=_l("Hvad skal være anderledes, når stillingen er løst godt?")),
    "panel": Kind(
        _l("Ansættelsesudvalget udpeges"),
        LEADER,
        _l("Forvaltningsloven §§ 3 og 6"),
        _l("Medlemmerne oplyser deres habilitet, når ansøgerne er kendt."),
    ),
    "profile": Kind(_l("Job- og kompetenceprofilen godkendes"), CHAIR),
    "posted": Kind(
        _l("Stillingen slås op"),
        HR,
        _l("FOB 2022-1"),
        _l("På Jobnet og kommunens egen hjemmeside. Opslag på Jobnet er pligt."),
    ),
    "deadline": Kind(_l("Ansøgningsfrist"), HR),
    "acknowledged": Kind(
        _l("Kvittering til ansøgerne"),
        HR,
        _l("Databeskyttelsesforordningen art. 13"),
        _l("Med tidsplanen og oplysning om, hvordan ansøgningen bliver behandlet."),
    ),
    "sift": Kind(_l("Grovsortering"), PANEL),
    # LBK 108 of 3 February 2020, section 3, and BEK 1174 of 25 November 2019 (PAV 15.2.2.12): called to an interview,
    # and written reasons and a negotiation with the job centre before another is hired.
    "preference": Kind(
        _l("Fortrinsadgang"),
        HR,
        _l("Lov om kompensation til handicappede i erhverv m.v. § 3"),
        _l(
            "En ansøger, der påberåber sig den og opfylder kravene, kommer til samtale. Før en anden ansættes, "
            "begrunder I det skriftligt og forhandler med jobcentret. Skriv ikke her, hvem det gælder."
        ),
    ),
    "interviews_1": Kind(_l("1. samtaler"), PANEL),
    "test": Kind(_l("Test eller case"), HR),
    "interviews_2": Kind(_l("2. samtaler"), PANEL),
    "references": Kind(_l("Referencer"), LEADER, hint=_l("Nuværende arbejdsgiver kun med kandidatens samtykke.")),
    "hearing": Kind(
        _l("Partshøring"),
        HR,
        _l("Forvaltningsloven § 19"),
        _l("Når I har fået oplysninger, som taler imod kandidaten, og som kandidaten ikke kender."),
    ),
    "criminal_record": Kind(
        _l("Straffeattest"), HR, _l("Databeskyttelsesloven § 8"), _l("Kun den, I vil ansætte, og med samtykke.")
    ),
    # LBK 362 of 2 April 2014, section 2: direct contact with children under 15, lasting employment.
    "child_certificate": Kind(
        _l("Børneattest"),
        HR,
        _l("Lov om indhentelse af børneattest"),
        _l("Kun den, I vil ansætte. Gem, at den er indhentet, og hvornår, aldrig hvad der står."),
    ),
    "recommendation": Kind(_l("Udvalget indstiller"), CHAIR, _l("Offentlighedsloven § 13")),
    "opinion": Kind(
        _l("Bestyrelsens udtalelse"),
        HR,
        hint=_l("Skole- eller forældrebestyrelsen skal have udtalt sig, før I ansætter."),
    ),
    "council": Kind(_l("Byrådet beslutter"), LEADER),
    "negotiation": Kind(_l("Lønforhandling med organisationen"), HR, hint=_l("KL 30.01, når stillingen er en chef.")),
    "offer": Kind(_l("Tilbud og ansættelsesbrev"), LEADER),
    "rejections": Kind(
        _l("Svar til alle øvrige ansøgere"),
        HR,
        _l("Forvaltningsloven § 22"),
        _l("Begrundet skriftligt, og mere udførligt efter en samtale."),
    ),
    "notice": Kind(
        _l("Sidste dag for den nye leders opsigelse"),
        HR,
        _l("Funktionærloven § 2, stk. 6"),
        _l("En måned til udgangen af en måned, hvis ikke kontrakten siger andet."),
    ),
    "start": Kind(_l("Tiltrædelse"), LEADER),
    "deletion": Kind(
        _l("Oplysninger om ansøgerne slettes"),
        HR,
        _l("Databeskyttelsesforordningen art. 5, stk. 1, litra e"),
        _l("Sagen journaliseres først (offentlighedsloven § 15)."),
    ),
}
ORDER = {code: place for place, code in enumerate(STEPS)}
# What each step builds on; the nearest of them that is on the timetable counts.
MAIN_LINE = (
    "needs", "panel", "profile", "posted", "deadline", "sift", "interviews_1", "test", "interviews_2", "references",
    "hearing", "recommendation", "opinion", "council", "negotiation", "offer", "notice", "start",
)  # fmt: skip
BUILDS_ON = {later: earlier for earlier, later in pairwise(MAIN_LINE)} | {
    "acknowledged": "posted",
    "preference": "deadline",
    "criminal_record": "interviews_1",
    "child_certificate": "interviews_1",
    "rejections": "offer",
    "deletion": "rejections",
}
# What must be there before somebody is hired, though other work may go on beside it.
BEFORE_OFFER = ("opinion", "criminal_record", "child_certificate")
# On any day: they are limits, or the day a contract names.
ANY_DAY = frozenset({"notice", "start", "deletion"})
# On days that follow each other, so that the panel has it in one go.
ON_END = frozenset({"interviews_1"})
# What the line shows, and what ends each of its parts.
MILESTONES = ("posted", "deadline", "interviews_1", "interviews_2", "offer", "start")
PARTS = {PREPARE: ("needs", "posted"), APPLY: ("posted", "deadline"), SELECT: ("deadline", "recommendation"),
         HIRE: ("recommendation", "offer"), NOTICE: ("offer", "start")}  # fmt: skip


@dataclass(frozen=True)
class Frame:
    """What a timetable is proposed from: the first day at work, whole months of notice after the running one, weeks
    from posting to deadline, and which steps the post asks for. `board` is one of BOARDS, or NO_BOARD."""

    starts_on: date
    notice_months: int = 1
    weeks: int = 3
    rounds: int = 2
    tests: bool = True
    board: str = NO_BOARD
    children: bool = False
    record: bool = True
    council: bool = False


@dataclass(frozen=True)
class Planned:
    """A step and its days. `ends_on` None is one day."""

    code: str
    starts_on: date
    ends_on: date | None = None

    @property
    def last_day(self) -> date:
        return self.ends_on or self.starts_on


def notice_months(role: str) -> int:
    """Funktionærloven section 2(6) asks an employee for one month to the end of a month; contracts of directors and
    other chiefs usually agree on three."""
    return 3 if role in LONG_NOTICE else 1


def month_start(day: date, months: int = 0) -> date:
    """The first of the month that is `months` after (or before) that of a day."""
    count = day.year * 12 + day.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)


def last_notice(starts_on: date, months: int) -> date:
    """The last day on which the one who is hired can leave the present job in time: the running month, and whole
    months after it, end before the month of the first day at work."""
    return month_start(starts_on, -months) - timedelta(days=1)


def propose(frame: Frame) -> list[Planned]:
    """Every step, in order, on working days, reckoned backwards from the first day at work."""
    found: dict[str, Planned] = {}

    def back(code: str, before: date, gap: int = 1, length: int = 1) -> date:
        """Puts a step of `length` working days `gap` working days before a day. The day on which it begins."""
        last = working_day_before(before, gap)
        first = working_day_before(last, length - 1)
        while code in ON_END and (last - first).days >= length:  # a weekend in between
            last = working_day_before(last)
            first = working_day_before(last, length - 1)
        found[code] = Planned(code, first, last if length > 1 else None)
        return first

    notice = last_notice(frame.starts_on, frame.notice_months)
    found["start"] = Planned("start", frame.starts_on)
    found["notice"] = Planned("notice", notice)
    # Three working days to sign and to give notice.
    offer = at = back("offer", notice + timedelta(days=1), gap=4)
    at = back("negotiation", at, length=3)
    if frame.council:
        at = back("council", at)
    if frame.board:
        at = back("opinion", at, length=3)
    at = back("recommendation", at)
    at = back("hearing", at, length=5)
    at = back("references", at, length=2)
    if frame.rounds > 1:
        at = back("interviews_2", at)
    if frame.tests:
        at = back("test", at, gap=3, length=2)
    at = back("interviews_1", at, gap=3, length=2)
    at = sift = back("sift", at, gap=4)
    deadline = back("deadline", at, gap=2)
    at = back("posted", deadline - timedelta(weeks=frame.weeks), gap=0)
    at = back("profile", at, gap=2)
    at = back("panel", at, gap=10)
    back("needs", at, gap=5)
    # Beside the main line.
    found["acknowledged"] = Planned("acknowledged", working_day_after(deadline))
    found["preference"] = Planned("preference", sift, working_day_before(offer))
    checks = working_day_after(found["references"].last_day)
    for code, wanted in (("criminal_record", frame.record), ("child_certificate", frame.children)):
        if wanted:
            found[code] = Planned(code, checks, working_day_before(offer))
    found["rejections"] = Planned("rejections", working_day_after(offer, 2))
    decided = month_start(offer, RETENTION_MONTHS)
    found["deletion"] = Planned("deletion", min(decided + timedelta(days=offer.day - 1), _month_end(decided)))
    return sorted(found.values(), key=lambda step: (step.starts_on, ORDER[step.code]))


def _month_end(day: date) -> date:
    return month_start(day, 1) - timedelta(days=1)


def begins(frame: Frame) -> date:
    """The day on which the first step of the proposal begins."""
    return propose(frame)[0].starts_on


def earliest_start(frame: Frame, today: date) -> date:
    """The earliest first of a month that leaves time for every step from today on."""
    firsts = (month_start(today, months) for months in range(1, LONGEST_VIEW))
    for first in firsts:
        if begins(Frame(**{**vars(frame), "starts_on": first})) >= today:
            return first
    return month_start(today, LONGEST_VIEW)
