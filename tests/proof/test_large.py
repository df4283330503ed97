"""The largest round the benchmark knows, through every door once: in, page, Word, out, in again, the same numbers."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import yaml
from flask import Flask
from support import ROOT, signed_in

from recruit import datafiles
from recruit.casefile.export import export_case
from recruit.casefile.service import import_case
from recruit.comparison.service import load_revealed
from recruit.extensions import db
from recruit.recruitments.service import load_recruitment


def large_case() -> dict[str, Any]:
    names: dict[str, Any] = {"__name__": "cases"}
    exec((ROOT / "benchmarks" / "cases.py").read_text(encoding="utf-8"), names)
    found: dict[str, Any] = names["sized_case"](60, 10, 24)
    return found


def numbers(recruitment_id: int) -> dict[str, Any]:
    recruitment = load_recruitment(recruitment_id)
    assert recruitment is not None
    return load_revealed(recruitment, recruitment.rounds[0]).comparison.as_json(0, 1)


def test_large_round_passes_every_door(app: Flask, tmp_path: Path) -> None:
    raw = yaml.dump(large_case(), Dumper=yaml.CSafeDumper).encode()
    first = import_case(datafiles.parse(raw, "large.yaml"))
    db.session.commit()
    chair = signed_in(app, "m00@example.org")
    page = chair.get(f"/recruitments/{first.id}/rounds/1/comparison")
    assert page.status_code == 200
    word = chair.get(f"/recruitments/{first.id}/rounds/1/comparison.docx")
    assert len(docx.Document(BytesIO(word.data)).tables) > 60
    recruitment = load_recruitment(first.id)
    assert recruitment is not None
    again = import_case(datafiles.parse(export_case(recruitment, actor=None).encode(), "again.yaml"))
    db.session.commit()
    assert numbers(again.id) == numbers(first.id)
