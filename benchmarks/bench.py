"""Measures pages and documents against the least that the same work can cost, side by side in one run.

A machine is slow or fast, busy or idle; a ratio to a floor on the same machine in the same minute says something. The
two sides of a ratio are measured in turn, a pair at a time, and the median of the pairs' ratios is printed.
"""

from __future__ import annotations

import gc
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import numpy as np
import yaml
from docx.opc.oxml import serialize_part_xml
from docx.oxml import parse_xml
from docx.shared import Cm
from flask import Flask, get_template_attribute, render_template_string
from flask_babel import force_locale
from sqlalchemy import text

from recruit import create_app, datafiles
from recruit.accounts.service import find_person
from recruit.casefile.service import import_case
from recruit.comparison.documents import PICTURE_PIXELS, comparison_document
from recruit.comparison.presentation import rank_rows
from recruit.comparison.robustness import simulate
from recruit.comparison.rules import DRAWS, SEED
from recruit.comparison.service import forget_comparisons, load_revealed
from recruit.documents.base import BASE_FILE
from recruit.documents.pictures import svg_to_png
from recruit.extensions import db
from recruit.questions.choosing import WeighedCriterion
from recruit.questions.rules import compose
from recruit.questions.service import bank_of
from recruit.recruitments.service import load_recruitment

PAIRS = 15
STATEMENTS = [
    f"{area}.{number}" for area in ("performance", "compliance", "emergence", "resilience") for number in range(1, 7)
]


def sized_case(candidates: int, members: int, criteria: int) -> dict[str, Any]:
    """A revealed round; scores and evidence are made by a fixed rule, so that every run measures the same."""
    keys = STATEMENTS[:criteria]
    emails = [f"m{number:02}@example.org" for number in range(members)]
    refs = [f"K{number}" for number in range(1, candidates + 1)]
    return {
        "case": 1,
        "charter": "odder",
        "recruitment": {"title": "Måling", "role": "director", "language": "da"},
        "criteria": [{"statement": key} for key in keys],
        "rounds": [{"number": 1, "minutes": 480}],
        "panel": [
            {"email": email, "name": f"Medlem {email[:3]}", "role": "member" if number else "chair", "side": "peer"}
            for number, email in enumerate(emails)
        ],
        "candidates": [{"ref": ref, "name": f"Kandidat {ref}"} for ref in refs],
        "impartiality": [{"panelist": email, "candidate": ref, "conflict": False} for email in emails for ref in refs],
        "scorecards": [
            {
                "panelist": email,
                "candidate": ref,
                "round": 1,
                "submitted": True,
                "ratings": {
                    key: {"score": 1 + (7 * a + 5 * b + 3 * c + a * b * c) % 5, "evidence": f"Sagde {a}, {b}, {c}."}
                    for c, key in enumerate(keys)
                },
            }
            for a, email in enumerate(emails)
            for b, ref in enumerate(refs)
        ],
        "revealed": [1],
    }


def ratio(ours: Callable[[], object], floor: Callable[[], object]) -> tuple[float, float, float]:
    """Median times in milliseconds of ours and the floor, and the median of the pairs' ratios."""
    ours(), floor()
    times = []
    for _pair in range(PAIRS):
        pair = []
        for work in (ours, floor):
            gc.collect()
            start = time.perf_counter()
            work()
            pair.append((time.perf_counter() - start) * 1000)
        times.append(pair)
    return (
        statistics.median(pair[0] for pair in times),
        statistics.median(pair[1] for pair in times),
        statistics.median(pair[0] / pair[1] for pair in times),
    )


TABLE = """<!doctype html><title>Floor</title><table>{% for row in rows %}<tr>{% for value in row %}<td>{{ value }}</td>
{% endfor %}</tr>{% endfor %}</table>"""


def page(app: Flask, size: tuple[int, int, int]) -> tuple[float, float, float]:
    """The comparison page, nothing remembered, against a bare page: one query, the same draws, the same table."""
    recruitment_id, email = load(app, size)
    client = app.test_client()
    with app.app_context():
        person = find_person(email)
        assert person is not None
        with client.session_transaction() as session:
            session["_user_id"], session["_fresh"] = person.get_id(), True
    bare = Flask("floor")

    @bare.get("/")
    def table() -> str:
        with app.app_context(), db.engine.connect() as connection:
            rows = connection.execute(
                text(
                    "SELECT s.candidate_id, r.criterion_id, s.member_id, r.score "
                    "FROM rating r JOIN scorecard s ON s.id = r.scorecard_id "
                    "JOIN interview_round i ON i.id = s.round_id WHERE i.recruitment_id = :id"
                ),
                {"id": recruitment_id},
            ).all()
        candidates, criteria, members = (places(row[part] for row in rows) for part in range(3))
        ratings = np.zeros((len(criteria), len(candidates), len(members)))
        cells: dict[tuple[int, int], list[int]] = {}
        for candidate, criterion, member, score in rows:
            ratings[criteria[criterion], candidates[candidate], members[member]] = score
            cells.setdefault((candidate, criterion), []).append(score)
        simulate(ratings, [1.0] * len(criteria), SEED, DRAWS)
        means = [
            [f"{sum(cells[candidate, criterion]) / len(cells[candidate, criterion]):.1f}" for candidate in candidates]
            for criterion in criteria
        ]
        return render_template_string(TABLE, rows=means)

    floor_client = bare.test_client()

    def ours() -> None:
        forget_comparisons()
        answer = client.get(f"/recruitments/{recruitment_id}/rounds/1/comparison")
        assert answer.status_code == 200

    def floor() -> None:
        assert floor_client.get("/").status_code == 200

    return ratio(ours, floor)


def places(values: Iterable[int]) -> dict[int, int]:
    """Each value's place among the sorted different ones."""
    return {value: place for place, value in enumerate(sorted(set(values)))}


def report(app: Flask, size: tuple[int, int, int]) -> tuple[float, float, float]:
    """The Word report, its comparison computed before, against the same tables built straight into a document."""
    recruitment_id, _email = load(app, size)
    with app.app_context(), force_locale("da"):
        recruitment = load_recruitment(recruitment_id)
        assert recruitment is not None
        revealed = load_revealed(recruitment, recruitment.rounds[0])
        written = docx.Document(BytesIO(comparison_document(revealed)))
        tables = [serialize_part_xml(table._tbl) for table in written.tables]
        svg = str(
            get_template_attribute("components/ranks.html", "ranks")(rank_rows(revealed), "Score", for_print=True)
        )
        assert len(written.inline_shapes) == 1
        return ratio(lambda: comparison_document(revealed), lambda: straight(tables, svg))


def straight(tables: list[bytes], svg: str) -> bytes:
    """A document with the report's tables and picture and nothing else: the least that python-docx makes it of.

    `tables` are the finished XML of the report's own tables, all their formatting included, so that no text is
    gathered, translated or escaped here. Each is parsed once by `parse_xml` and put into a document opened from the
    same base; `svg` is the report's picture, drawn and inserted; the whole is saved.
    """
    document = docx.Document(str(BASE_FILE))
    document.add_picture(BytesIO(svg_to_png(svg, PICTURE_PIXELS)), width=Cm(17))
    end = document.element.body[-1]
    for xml in tables:
        end.addprevious(parse_xml(xml))
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def load(app: Flask, size: tuple[int, int, int]) -> tuple[int, str]:
    """A new recruitment of this size; its id and its chair's e-mail."""
    with app.app_context():
        raw = yaml.dump(sized_case(*size), Dumper=yaml.CSafeDumper).encode()
        recruitment = import_case(datafiles.parse(raw, "bench.yaml"))
        db.session.commit()
        return recruitment.id, "m00@example.org"


def proposal(app: Flask) -> float:
    """Milliseconds, the median of a proposed guide: 24 criteria of as many weights, eight hours."""
    criteria = [WeighedCriterion(key, 1 + place / 7) for place, key in enumerate(STATEMENTS)]
    with app.app_context():
        bank = bank_of("odder")
    times = []
    for _run in range(PAIRS):
        start = time.perf_counter()
        compose(bank, criteria, role="institution_manager", round_number=1, minutes=480)
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        app = create_app({"SQLALCHEMY_DATABASE_URI": f"sqlite:///{Path(folder) / 'bench.sqlite'}"})
        with app.app_context():
            db.create_all()
        print(f"{'':44}{'ours ms':>10}{'floor ms':>10}{'ratio':>8}   target")
        for size in ((12, 7, 12), (60, 10, 24)):
            name = "comparison page, {} × {} × {}".format(*size)
            print("{:44}{:>10.1f}{:>10.1f}{:>8.2f}   ≤ 2".format(name, *page(app, size)), flush=True)
        for size in ((12, 7, 12), (60, 10, 24)):
            name = "comparison report in Word, {} × {} × {}".format(*size)
            print("{:44}{:>10.1f}{:>10.1f}{:>8.2f}   ≤ 2".format(name, *report(app, size)), flush=True)
        print("{:44}{:>10.1f}{:>18}   ≤ 100 ms".format("guide proposed for 24 criteria", proposal(app), ""), flush=True)
        with app.app_context():
            db.engine.dispose()


if __name__ == "__main__":
    main()
