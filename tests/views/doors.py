"""Every door of the web: the URL map, filled in with the ids of a recruitment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from flask import Flask
from support import Client

from recruit.candidates.models import Attachment, Candidate, Declaration
from recruit.decisions.models import Reference, Task
from recruit.extensions import db
from recruit.interviews.models import InterviewSlot
from recruit.organisation.models import Letterhead
from recruit.panel.models import PanelMember
from recruit.profiles.ads.models import Ad
from recruit.questions.models import GuideQuestion, LocalQuestion
from recruit.recruitments.models import Criterion, Recruitment, TimetableStep
from recruit.scoring.models import Deviation


@dataclass
class Ids:
    """What stands in for the variable parts of a URL."""

    values: dict[str, int | str] = field(default_factory=dict)


def ids_of(recruitment: Recruitment) -> Ids:
    def first(model: type, column: object) -> int:
        return db.session.scalar(db.select(model.id).where(column == recruitment.id).order_by(model.id).limit(1)) or 0  # type: ignore[attr-defined]

    round_id = recruitment.rounds[0].id
    question = db.session.scalar(db.select(GuideQuestion.id).where(GuideQuestion.round_id == round_id).limit(1))
    of_round = {
        name: db.session.scalar(db.select(model.id).where(model.round_id == round_id).order_by(model.id).limit(1)) or 0
        for name, model in (("slot_id", InterviewSlot), ("deviation_id", Deviation))
    }
    of_candidate = {
        name: db.session.scalar(
            db.select(model.id)
            .join(Candidate, Candidate.id == model.candidate_id)
            .where(Candidate.recruitment_id == recruitment.id)
            .order_by(model.id)
            .limit(1)
        )
        or 0
        for name, model in (
            ("declaration_id", Declaration),
            ("attachment_id", Attachment),
            ("reference_id", Reference),
            ("task_id", Task),
        )
    }
    return Ids(
        {
            "recruitment_id": recruitment.id,
            "number": recruitment.rounds[0].number,
            "candidate_id": first(Candidate, Candidate.recruitment_id),
            "criterion_id": first(Criterion, Criterion.recruitment_id),
            "member_id": first(PanelMember, PanelMember.recruitment_id),
            "question_id": question or 0,
            **of_round,
            **of_candidate,
            "step_id": first(TimetableStep, TimetableStep.recruitment_id),
            "place": 1,
            "letterhead_id": db.session.scalar(db.select(Letterhead.id).limit(1)) or 0,
            "version_number": 0,
            "job_id": first(Ad, Ad.recruitment_id),
            "slug": "made-up",
            "length": "full",
            "section": "leader",
            "part": "background",
            "need": "change",
            "name": "here",
            "field": "headline_text",
            "charter_id": recruitment.charter,
            "key": "performance.2",
            "source": "performance.2.b1",
            "local_id": db.session.scalar(db.select(LocalQuestion.id).limit(1)) or 0,
            "person_id": 1,
            "token": "made-up",
            "filename": "js/start.js",
        }
    )


def doors(app: Flask, ids: Ids) -> Iterator[tuple[str, str, str]]:
    """(endpoint, method, path) of every endpoint but the static files."""
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        if rule.endpoint == "static":
            continue
        path = adapter.build(rule.endpoint, {name: ids.values[name] for name in rule.arguments})
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield rule.endpoint, method, path


def knock(client: Client, method: str, path: str) -> int:
    json = {} if method == "PUT" else None
    return client.open(path, method=method, json=json).status_code
