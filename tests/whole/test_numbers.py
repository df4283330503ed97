"""`recruit import` and `recruit compare --json` on odd case files, against the design's section 3 read by itself."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy
import pytest
import yaml
from click.testing import CliRunner
from flask import Flask
from numbers_by_the_design import expected
from oddcases import SHAPES, odd_case
from support import IS_WHOLE

from recruit.cli import main
from recruit.extensions import db

# The shapes that no unit test has; every shape, several times, in `make proof`.
SOME = ("everybody out for one candidate", "far apart weights", "consensus everywhere", "members out")
SEEDS = range(4 * len(SHAPES)) if IS_WHOLE else [SHAPES.index(shape) for shape in SOME]


def printed(*arguments: str) -> str:
    db.session.remove()
    result = CliRunner().invoke(main, list(arguments))
    assert result.exit_code == 0, result.output
    return result.output


def assert_same(found: Any, wanted: Any, place: str = "") -> None:
    """To the digit where the design says so; whatever is drawn may differ in the last ones."""
    if isinstance(wanted, dict):
        assert list(found) == list(wanted), place
        for key in wanted:
            assert_same(found[key], wanted[key], f"{place}.{key}")
    elif isinstance(wanted, list):
        assert len(found) == len(wanted), place
        for number, (one, other) in enumerate(zip(found, wanted, strict=True)):
            assert_same(one, other, f"{place}[{number}]")
    elif isinstance(wanted, float):
        assert found == pytest.approx(wanted, abs=1e-9), place
    else:
        assert found == wanted and type(found) is type(wanted), place


def refuse(name: str) -> None:
    raise AssertionError(f"{name} is no number of JSON")


@pytest.mark.parametrize("seed", SEEDS)
def test_numbers_of_an_odd_case_are_those_of_the_design(app: Flask, tmp_path: Path, seed: int) -> None:
    case = odd_case(seed)
    file = tmp_path / "case.yaml"
    file.write_text(yaml.safe_dump(case, allow_unicode=True), encoding="utf-8")
    recruitment = printed("import", str(file)).strip()
    for number in case["revealed"]:
        text = printed("compare", recruitment, "--round", str(number), "--json")
        found = json.loads(text, parse_constant=refuse)
        assert (found.pop("recruitment"), found.pop("numpy")) == (int(recruitment), numpy.__version__)
        assert_same(found, expected(case, number))
