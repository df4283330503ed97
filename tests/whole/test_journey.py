"""The whole chain through the pages, from an empty database to four Word documents, for two charters of unlike shape."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from support import Client, make_person, signed_in
from wordfile import WordFile, words

from recruit.candidates.models import Candidate
from recruit.charter.service import charters
from recruit.extensions import db
from recruit.recruitments.models import Recruitment
from recruit.recruitments.service import load_recruitment
from recruit.scoring.models import Rating, Scorecard

PEOPLE = {"karl": "chair", "mie": "member", "per": "member"}
# By candidate and criterion, in the order of PEOPLE; None is not evidenced.
RATINGS: dict[str, list[tuple[int | None, ...]]] = {
    "K1": [(4, 5, 3), (3, 3, 3), (5, 4, 3)],
    "K2": [(2, 2, 2), (3, None, 4), (3, 3, 3)],
}
# By hand, weights 2, 1, 1: (2·4 + 3 + 4) / 4, and (2·2 + 3,5 + 3) / 4 = 2,625.
SCORES = {"K1": "3,75", "K2": "2,63"}
HERE = "Her betyder det <at> sige det højt & tydeligt 🎈"


@dataclass(frozen=True)
class Shape:
    """A charter, a role of it, and what is picked: a statement, a whole area, a statement."""

    charter: str
    role: str
    keys: tuple[str, str, str]


SHAPES = [
    Shape("odder", "institution_manager", ("performance.2", "compliance", "resilience.3")),
    Shape("strandby", "manager", ("heart.1", "hand", "head.2")),
]


class Journey:
    def __init__(self, app: Flask, shape: Shape) -> None:
        self.app, self.shape = app, shape
        make_person("hr@example.org", "hr")
        self.hr = signed_in(app, "hr@example.org")
        values = {
            "title": "Leder af Fyrtårnet",
            "role": shape.role,
            "department": "Havn",
            "case_number": "26/7",
            "language": "da",
            "charter": shape.charter,
            "superior": "Direktøren",
        }
        self.base = self.post(self.hr, "/recruitments/new", values).removesuffix("/needs")

    @property
    def recruitment(self) -> Recruitment:
        db.session.expire_all()
        found = load_recruitment(int(self.base.rsplit("/", 1)[1]))
        assert found is not None
        return found

    def post(self, client: Client, path: str, values: dict[str, Any] | None = None) -> str:
        """Sends a form that must be taken; where it leads."""
        answer = client.post(path, data=values or {})
        assert answer.status_code == 302, (path, answer.status_code, answer.get_data(as_text=True))
        return str(answer.location)

    def as_(self, name: str) -> Client:
        return signed_in(self.app, f"{name}@example.org")

    def candidates(self) -> dict[str, int]:
        return {row.ref: row.id for row in db.session.scalars(db.select(Candidate))}

    def prepare(self) -> None:
        base, hr = self.base, self.hr
        self.post(hr, base + "/house", {"criterion": list(reversed(self.shape.keys)), "shown": ""})
        criteria = self.recruitment.criteria
        assert [item.key for item in criteria] == list(self.shape.keys)
        fields = {}
        for item, (weight, minimum, here) in zip(
            criteria, (("2", "3", HERE), ("1", "", ""), ("1,0", "", "")), strict=True
        ):
            fields |= {f"{item.id}-weight": weight, f"{item.id}-minimum": minimum, f"{item.id}-here": here}
            fields |= {f"{item.id}-weight_reason": "Det vejer tungest her"} if weight == "2" else {}
        self.post(hr, base + "/criteria", fields)
        self.post(
            hr, base + "/profile/edit", {"background": "Fyret skal lyse.\n\n- hver nat", "contact": "Ring til Karl."}
        )
        self.post(hr, base + "/rounds/1/guide/compose")
        for name, role in PEOPLE.items():
            values = {"name": name.title(), "email": f"{name}@example.org", "role": role, "side": "employee"}
            self.post(hr, base + "/panel", values)
        for name in ("Ørsted, Åse", "Bent Æbelø", "Carl Ude"):
            self.post(hr, base + "/candidates", {"name": name, "email": ""})
        self.post(hr, f"{base}/candidates/{self.candidates()['K3']}/status", {"status": "withdrawn"})

    def declare(self) -> None:
        for name in PEOPLE:
            assert self.as_(name).get(self.base).location.endswith("/impartiality")
            answers = {f"answer-{self.candidates()[ref]}": "none" for ref in RATINGS}
            assert self.post(self.as_(name), self.base + "/impartiality", answers) == self.base

    def declare_and_lock(self) -> None:
        self.declare()
        self.lock()

    def lock(self) -> None:
        self.post(self.as_("karl"), self.base + "/rounds/1/lock")

    def score(self) -> None:
        criteria = self.recruitment.criteria
        for place, name in enumerate(PEOPLE):
            client = self.as_(name)
            for ref, rows in RATINGS.items():
                card = f"{self.base}/rounds/1/scorecards/{self.candidates()[ref]}"
                for item, scores in zip(criteria, rows, strict=True):
                    score = scores[place]
                    said = f"{name} om {ref}, {item.key}: sagde det selv"
                    values = {"not_evidenced": True} if score is None else {"score": score, "evidence": said}
                    answer = client.put(f"{card}/ratings/{item.id}", json=values | {"version": 0})
                    assert answer.status_code == 200, answer.get_data(as_text=True)
                self.post(client, card, {"action": "submit"})
        assert db.session.scalar(db.select(db.func.count(Scorecard.id))) == 6
        assert db.session.scalar(db.select(db.func.count(Rating.id))) == 18


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.charter)
def test_chain_leads_from_the_charter_to_the_comparison_in_word(app: Flask, shape: Shape) -> None:
    journey = Journey(app, shape)
    journey.prepare()
    journey.declare_and_lock()
    journey.score()
    base, mie = journey.base, journey.as_("mie")

    before = mie.get(base + "/rounds/1/comparison").get_data(as_text=True)
    assert [score for score in SCORES.values() if score in before] == []
    assert mie.get(base + "/rounds/1/comparison.docx").status_code == 400
    journey.post(journey.as_("karl"), base + "/rounds/1/reveal")

    page = mie.get(base + "/rounds/1/comparison").get_data(as_text=True)
    for score in SCORES.values():
        assert score in page
    assert page.index('data-score="K1"') < page.index('data-score="K2"')
    assert 'data-score="K3"' not in page
    candidate = mie.get(f"{base}/rounds/1/comparison/candidates/{journey.candidates()['K1']}").get_data(as_text=True)
    assert "per om K1, " in candidate

    charter = charters()[shape.charter]
    found = [charter.find(key) for key in shape.keys]
    statements = [item[1].text.da for item in found if item is not None]
    assert len(statements) == 3
    documents = {
        "/profile.docx": ["Fyret skal lyse.", "hver nat", HERE, *statements],
        "/rounds/1/guide.docx": statements,
        "/rounds/1/scorecard.docx": statements,
        "/rounds/1/comparison.docx": [*SCORES.values(), "K1", "per om K1, "],
    }
    for path, expected in documents.items():
        answer = mie.get(base + path)
        assert answer.status_code == 200, path
        file = WordFile(answer.data)
        assert [word for word in expected if word not in file.text] == [], path
        assert "Leder af Fyrtårnet" in words(file.document.sections[0].header._element), path


def test_next_step_leads_through_the_chain(app: Flask) -> None:
    """Somebody new who only follows what the page of the recruitment says comes past every link in its order."""
    journey = Journey(app, SHAPES[0])

    def step(name: str) -> str:
        page = journey.as_(name).get(journey.base).get_data(as_text=True)
        return str(page.split('id="next">')[1].split("<")[0])

    assert step("hr").startswith("Behovsafklaring: ")
    journey.prepare()
    assert step("hr") == "Profil: 2 af 9 afsnit"
    journey.declare()
    assert step("karl") == "Profil: Godkend profilen"
    profile = journey.as_("karl").get(journey.base + "/profile").get_data(as_text=True)
    seen = profile.split('name="seen"')[1].split('value="')[1].split('"')[0]
    journey.post(journey.as_("karl"), journey.base + "/profile/approve", {"seen": seen})
    assert step("hr") == "Tidsplan: Læg en tidsplan"
    values = {"starts_on": "2027-06-01", "notice_months": "1", "weeks": "3", "rounds": "2", "board": "day_care"}
    journey.post(journey.as_("hr"), journey.base + "/timetable/propose", values)
    assert step("hr") == "Opslag: Skriv opslaget"
    journey.lock()
    assert step("hr").startswith("Vurdering: 0 af 6")
    journey.score()
    journey.post(journey.as_("karl"), journey.base + "/rounds/1/reveal")
    assert step("hr") == "Indstilling: Ikke skrevet"
