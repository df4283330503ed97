"""Every document that a recruitment has by now: what `recruit export` writes and the records system gets.

One function for each kind, in the order of the chain. A paper is built when it is asked for, one at a time. Nothing of
a round that is not revealed is among them (rule 1).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from flask_babel import gettext as _

from recruit.comparison.documents import comparison_document
from recruit.comparison.service import load_revealed
from recruit.comparison.workbook import comparison_workbook
from recruit.decisions.documents import decision_document, recommendation_document
from recruit.decisions.hearing_documents import hearing_document
from recruit.decisions.hearings import load_tasks, open_tasks
from recruit.decisions.material import load_material
from recruit.decisions.rules import HEARING
from recruit.decisions.service import load_decision, load_recommendation
from recruit.errors import RuleBroken
from recruit.interviews.documents import table_document
from recruit.interviews.plans import Plan, last_events, load_plan
from recruit.letters.brief import check_may_share, hired, load_brief
from recruit.letters.documents import letter_document, named
from recruit.letters.material import load_field
from recruit.letters.rules import READY
from recruit.letters.service import load_letters
from recruit.letters.talk_documents import brief_document
from recruit.profiles.ads.documents import ad_files
from recruit.profiles.documents import current_profile
from recruit.questions.documents import guide_document
from recruit.questions.guide import load_guide
from recruit.recruitments.models import Recruitment, Round
from recruit.recruitments.timetable import load_choices, load_timetable
from recruit.recruitments.timetable_documents import timetable_document
from recruit.scoring.documents import scorecard_document
from recruit.sifting.documents import sift_document
from recruit.sifting.models import Sift
from recruit.sifting.piles import load_result
from recruit.sifting.service import load_sift
from recruit.web.downloads import file_name


@dataclass(frozen=True)
class Paper:
    """`name` of the file, with its ending; `title` for people, in the language of the page."""

    name: str
    title: str
    make: Callable[[], bytes]


def _timetable(recruitment: Recruitment) -> Iterator[Paper]:
    steps = load_timetable(recruitment)
    if steps:
        make = partial(timetable_document, recruitment, steps, load_choices(recruitment))
        yield Paper("timetable.docx", _("Tidsplan"), make)


def _profile(recruitment: Recruitment) -> Iterator[Paper]:
    yield Paper("profile.docx", _("Jobprofil"), partial(current_profile, recruitment))


def _ad(recruitment: Recruitment) -> Iterator[Paper]:
    for name, content in ad_files(recruitment).items():
        title = _("Stillingsopslag") if name.startswith("ad.") else _("Stillingsopslag, kort")
        yield Paper(name, title, partial(bytes, content))


def _sift(recruitment: Recruitment) -> Iterator[Paper]:
    sift = load_sift(recruitment)
    if sift is not None and sift.revealed_at is not None:
        make = partial(_sift_of, recruitment, sift)
        yield Paper("sift.docx", _("Grovsortering"), make)


def _sift_of(recruitment: Recruitment, sift: Sift) -> bytes:
    return sift_document(recruitment, load_result(recruitment, sift))


def _guides(recruitment: Recruitment) -> Iterator[Paper]:
    def make(round_: Round) -> bytes:
        return guide_document(recruitment, round_, load_guide(round_))

    for round_ in recruitment.rounds:
        title = _("Interviewguide, %(round)s", round=round_.name)
        yield Paper(f"guide-{round_.number}.docx", title, partial(make, round_))


def _scorecards(recruitment: Recruitment) -> Iterator[Paper]:
    """Blank ones, to fill in by hand."""

    def make(round_: Round) -> bytes:
        return scorecard_document(recruitment, round_, load_guide(round_))

    for round_ in recruitment.rounds:
        title = _("Vurderingsskema, %(round)s", round=round_.name)
        yield Paper(f"scorecard-{round_.number}.docx", title, partial(make, round_))


def _plans(recruitment: Recruitment) -> Iterator[Paper]:

    def make(plan: Plan) -> bytes:
        return table_document(recruitment, plan, last_events(recruitment, plan.round), names=True)

    for round_ in recruitment.rounds:
        plan = load_plan(recruitment, round_)
        if plan.slots:
            title = _("Samtaleplan, %(round)s", round=round_.name)
            yield Paper(f"plan-{round_.number}.docx", title, partial(make, plan))


def _comparisons(recruitment: Recruitment) -> Iterator[Paper]:
    def make(round_: Round) -> bytes:
        return comparison_document(load_revealed(recruitment, round_))

    for round_ in _revealed(recruitment):
        title = _("Sammenligning, %(round)s", round=round_.name)
        yield Paper(f"comparison-{round_.number}.docx", title, partial(make, round_))


def _workbooks(recruitment: Recruitment) -> Iterator[Paper]:
    def make(round_: Round) -> bytes:
        return comparison_workbook(load_revealed(recruitment, round_))

    for round_ in _revealed(recruitment):
        title = _("Sammenligning i tal, %(round)s", round=round_.name)
        yield Paper(f"comparison-{round_.number}.xlsx", title, partial(make, round_))


def _revealed(recruitment: Recruitment) -> list[Round]:
    return [round_ for round_ in recruitment.rounds if round_.revealed_at]


def _recommendation(recruitment: Recruitment) -> Iterator[Paper]:
    row = load_recommendation(recruitment)
    if row is not None and row.final_at is not None:
        yield Paper(
            "recommendation.docx",
            _("Indstilling"),
            lambda: recommendation_document(recruitment, load_material(recruitment)),
        )


def _hearings(recruitment: Recruitment) -> Iterator[Paper]:
    for number, (task, candidate) in enumerate(load_tasks(recruitment), start=1):
        if task.kind == HEARING:
            title = _("Partshøring af %(ref)s", ref=candidate.ref)
            make = partial(hearing_document, recruitment, task, candidate)
            yield Paper(f"hearing-{number}-{file_name(candidate.ref)}.docx", title, make)


def _decision(recruitment: Recruitment) -> Iterator[Paper]:
    row = load_decision(recruitment)
    if row is not None:
        yield Paper("decision.docx", _("Afgørelse om ansættelse"), partial(decision_document, recruitment, row))


def _letters(recruitment: Recruitment) -> Iterator[Paper]:
    """Those that are ready to be sent, and wait for no hearing."""
    field = load_field(recruitment)
    held = {task.candidate_id for task in open_tasks(recruitment)}
    ready = [item for item in load_letters(field) if item.state == READY and item.candidate.id not in held]
    for name, letter in named(ready).items():
        title = _("Svar til %(ref)s", ref=letter.candidate.ref)
        yield Paper(f"letter-{name}.docx", title, partial(letter_document, field, letter))


def _briefs(recruitment: Recruitment) -> Iterator[Paper]:
    """Those that may be shared."""
    field = load_field(recruitment)
    for candidate in hired(field):
        brief = load_brief(field, candidate)
        try:
            check_may_share(brief)
        except RuleBroken:
            continue
        title = _("Udviklingsbrief, %(ref)s", ref=candidate.ref)
        yield Paper(f"brief-{file_name(candidate.ref)}.docx", title, partial(brief_document, field, brief))


PAPERS: dict[str, Callable[[Recruitment], Iterator[Paper]]] = {
    "timetable": _timetable,
    "profile": _profile,
    "ad": _ad,
    "sift": _sift,
    "guide": _guides,
    "scorecards": _scorecards,
    "plan": _plans,
    "comparison": _comparisons,
    "workbook": _workbooks,
    "recommendation": _recommendation,
    "hearings": _hearings,
    "decision": _decision,
    "letters": _letters,
    "brief": _briefs,
}
BLANK = "scorecards"  # nothing is written on these: they are not filed


def filed(recruitment: Recruitment) -> Iterator[tuple[str, Paper]]:
    """What goes to the records system: (kind, paper), in the order of the chain."""
    for kind, papers in PAPERS.items():
        if kind != BLANK:
            for paper in papers(recruitment):
                yield kind, paper
