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
from typing import TypeVar
from unittest.mock import patch

import docx
import numpy as np
import yaml
from cases import STATEMENTS, sized_case
from docx.opc.oxml import serialize_part_xml
from docx.oxml import parse_xml
from docx.shared import Cm
from flask import Flask, render_template_string
from flask.testing import FlaskClient
from flask_babel import force_locale
from sqlalchemy import event, text

from recruit import create_app, datafiles
from recruit.accounts.service import find_person
from recruit.casefile.service import import_case
from recruit.comparison import report_pictures
from recruit.comparison.documents import comparison_document
from recruit.comparison.robustness import simulate
from recruit.comparison.rules import DRAWS, SEED, compare
from recruit.comparison.service import forget_comparisons, load_revealed, round_input
from recruit.documents.base import BASE_FILE
from recruit.documents.pictures import svg_to_png
from recruit.extensions import db
from recruit.profiles.ads.material import gather
from recruit.profiles.ads.service import create_ad, load_ad
from recruit.questions.choosing import WeighedCriterion
from recruit.questions.rules import compose
from recruit.questions.service import bank_of
from recruit.recruitments.service import load_recruitment
from recruit.web.guard import needs

PAIRS = 15
OTHERS = 200
Value = TypeVar("Value", int, str)
EXAMPLE = Path(__file__).parent.parent / "recruit/casefile/examples/skovbrynet.yaml"


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


def comparison(app: Flask, size: tuple[int, int, int]) -> tuple[float, float, float]:
    """All the numbers of a round, from its ratings, against the same draws and nothing else."""
    recruitment_id, _email = load(app, size)
    candidates, members, criteria = size
    with app.app_context():
        recruitment = load_recruitment(recruitment_id)
        assert recruitment is not None
        revealed = load_revealed(recruitment, recruitment.rounds[0])
        data = round_input(
            revealed.progress, revealed.candidates, revealed.criteria, revealed.given, revealed.consensus
        )
    layers = [places(getattr(data, name)) for name in ("candidates", "members")]
    rows = places(criterion.key for criterion in data.criteria)
    ratings = np.zeros((criteria, candidates, members))
    for rating in data.ratings:
        ratings[rows[rating.criterion], layers[0][rating.candidate], layers[1][rating.member]] = rating.score
    return ratio(lambda: compare(data), lambda: simulate(ratings, [1.0] * criteria, SEED, DRAWS))


def among_others(app: Flask, crowd: Flask, size: tuple[int, int, int]) -> tuple[float, float, float]:
    """The comparison page in a database with 200 other recruitments of 20 candidates, against one where it is alone."""
    for _other in range(OTHERS):
        load(crowd, (20, 3, 2))
    return ratio(reader(crowd, *load(crowd, size)), reader(app, *load(app, size)))


def queries(app: Flask, size: tuple[int, int, int]) -> int:
    """How many statements the comparison page sends to the database."""
    count = 0

    def note(*_cursor: object) -> None:
        nonlocal count
        count += 1

    read = reader(app, *load(app, size))
    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        read()
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return count


TABLE = """<!doctype html><title>Floor</title><table>{% for row in rows %}<tr>{% for value in row %}<td>{{ value }}</td>
{% endfor %}</tr>{% endfor %}</table>"""


def page(app: Flask, size: tuple[int, int, int]) -> tuple[float, float, float]:
    """The comparison page, nothing remembered, against a bare page: one query, the same draws, the same table."""
    recruitment_id, email = load(app, size)
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

    def floor() -> None:
        assert floor_client.get("/").status_code == 200

    return ratio(reader(app, recruitment_id, email), floor)


def reader(app: Flask, recruitment_id: int, email: str) -> Callable[[], None]:
    """Reads the comparison page as the chair, nothing remembered."""
    client = app.test_client()
    with app.app_context():
        person = find_person(email)
        assert person is not None
        with client.session_transaction() as session:
            session["_user_id"], session["_fresh"] = person.get_id(), True

    def read() -> None:
        forget_comparisons()
        answer = client.get(f"/recruitments/{recruitment_id}/rounds/1/comparison")
        assert answer.status_code == 200

    return read


def signed_in(app: Flask, email: str) -> FlaskClient:
    """A browser of one person."""
    client = app.test_client()
    with app.app_context():
        person = find_person(email)
        assert person is not None
        with client.session_transaction() as session:
            session["_user_id"], session["_fresh"] = person.get_id(), True
    return client


def places(values: Iterable[Value]) -> dict[Value, int]:
    """Each value's place among the sorted different ones."""
    return {value: place for place, value in enumerate(sorted(set(values)))}


def report(app: Flask, size: tuple[int, int, int]) -> tuple[float, float, float]:
    """The Word report, its comparison computed before, against the same tables built straight into a document."""
    recruitment_id, _email = load(app, size)
    with app.app_context(), force_locale("da"):
        recruitment = load_recruitment(recruitment_id)
        assert recruitment is not None
        revealed = load_revealed(recruitment, recruitment.rounds[0])
        drawn: list[tuple[str, int]] = []

        def keep(svg: str, pixels: int) -> bytes:
            drawn.append((svg, pixels))
            return svg_to_png(svg, pixels)

        with patch.object(report_pictures, "svg_to_png", keep):
            written = docx.Document(BytesIO(comparison_document(revealed)))
        tables = [serialize_part_xml(table._tbl) for table in written.tables]
        assert len(written.inline_shapes) == len(drawn)
        return ratio(lambda: comparison_document(revealed), lambda: straight(tables, drawn))


def straight(tables: list[bytes], drawn: list[tuple[str, int]]) -> bytes:
    """A document with the report's tables and pictures and nothing else: the least that python-docx makes it of.

    `tables` are the finished XML of the report's own tables, all their formatting included, so that no text is
    gathered, translated or escaped here. Each is parsed once by `parse_xml` and put into a document opened from the
    same base; `drawn` are the report's pictures and their pixels, drawn and inserted; the whole is saved.
    """
    document = docx.Document(str(BASE_FILE))
    for svg, pixels in drawn:
        document.add_picture(BytesIO(svg_to_png(svg, pixels)), width=Cm(17))
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


FRAME = """{% extends "recruitment.html" %}{% block heading %}<h1>{{ recruitment.title }}</h1>{% endblock %}
{% block content %}{% for text in texts %}{% for line in text.split("\n") %}<p>{{ line }}</p>{% endfor %}{% endfor %}
{% endblock %}"""


def add_floor(app: Flask) -> None:
    """An empty page of the product: sign-in, permission and frame as every page, one query, the profile's words."""

    @app.get("/floor/<int:recruitment_id>")
    @needs("profile.see")
    def floor(recruitment_id: int) -> str:
        rows = db.session.execute(
            text("SELECT text FROM profile_section WHERE recruitment_id = :id"), {"id": recruitment_id}
        )
        return render_template_string(FRAME, texts=[row.text for row in rows])


def example(app: Flask) -> tuple[int, str]:
    """The worked example, whose profile is written; its id and its chair's e-mail."""
    with app.app_context():
        recruitment = import_case(datafiles.parse(EXAMPLE.read_bytes(), EXAMPLE.name))
        db.session.commit()
        return recruitment.id, "karen.holm@odder.example"


def profile(app: Flask, recruitment_id: int, email: str) -> tuple[float, float, float]:
    """The page of a whole profile against an empty page of the product with the same words."""
    client = signed_in(app, email)

    def ours() -> None:
        assert client.get(f"/recruitments/{recruitment_id}/profile").status_code == 200

    def floor() -> None:
        assert client.get(f"/floor/{recruitment_id}").status_code == 200

    return ratio(ours, floor)


def composing(app: Flask, recruitment_id: int) -> float:
    """Milliseconds, the median of composing an ad in both lengths, all that it is made of read from the database."""
    times = []
    with app.test_request_context(), force_locale("da"):
        recruitment = load_recruitment(recruitment_id)
        assert recruitment is not None
        ad = load_ad(recruitment)
        if ad is None:
            facts = {"language": "da", "tone": "direct", "apply_at": "https://odder.example", "workplace": "Odder"}
            ad = create_ad(recruitment, facts, actor=None)
        for _run in range(PAIRS):
            db.session.flush()
            start = time.perf_counter()
            assert gather(recruitment, ad).parts()
            times.append((time.perf_counter() - start) * 1000)
        db.session.rollback()
    return statistics.median(times)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        app, crowd = (
            create_app({"SQLALCHEMY_DATABASE_URI": f"sqlite:///{Path(folder) / name}.sqlite"})
            for name in ("bench", "crowd")
        )
        add_floor(app)
        for each in (app, crowd):
            with each.app_context():
                db.create_all()
        print(f"{'':44}{'ours ms':>10}{'floor ms':>10}{'ratio':>8}   target")
        measured = (
            ("comparison with its draws", comparison, ((30, 15, 24),)),
            ("comparison page", page, ((12, 7, 12), (30, 15, 24), (60, 10, 24))),
            ("comparison report in Word", report, ((12, 7, 12), (30, 15, 24), (60, 10, 24))),
        )
        for name, measure, sizes in measured:
            for size in sizes:
                what = "{}, {} × {} × {}".format(name, *size)
                print("{:44}{:>10.1f}{:>10.1f}{:>8.2f}   ≤ 2".format(what, *measure(app, size)), flush=True)
        found = among_others(app, crowd, (12, 7, 12))
        what = f"the page among {OTHERS} other recruitments"
        print("{:44}{:>10.1f}{:>10.1f}{:>8.2f}   ≤ 1.1".format(what, *found), flush=True)
        counts = [queries(app, size) for size in ((2, 2, 2), (12, 7, 12), (30, 15, 24))]
        what = "queries of the page at three sizes"
        print(f"{what:44}{' '.join(map(str, counts)):>28}   one number", flush=True)
        recruitment_id, email = example(app)
        row = profile(app, recruitment_id, email)
        print("{:44}{:>10.1f}{:>10.1f}{:>8.2f}   ≤ 2".format("profile page", *row), flush=True)
        time_ = composing(app, recruitment_id)
        print("{:44}{:>10.1f}{:>18}   ≤ 20 ms".format("composing an ad in both lengths", time_, ""), flush=True)
        print("{:44}{:>10.1f}{:>18}   ≤ 100 ms".format("guide proposed for 24 criteria", proposal(app), ""), flush=True)
        for each in (app, crowd):
            with each.app_context():
                db.engine.dispose()


if __name__ == "__main__":
    main()
