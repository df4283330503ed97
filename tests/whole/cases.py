"""Case files with something changed, and what is said of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result

from recruit import datafiles
from recruit.accounts.models import Person
from recruit.casefile.service import import_case
from recruit.cli import main
from recruit.errors import FaultyFile
from recruit.extensions import db
from recruit.recruitments.models import Recruitment

Change = Callable[[dict[str, Any]], Any]


def run(tmp_path: Path, text: str | bytes, *, name: str = "case.yaml") -> Result:
    file = tmp_path / name
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    db.session.remove()
    return CliRunner().invoke(main, ["import", str(file)])


def refused(text: str | bytes) -> str:
    """The refusal, one line for each fault; and not a row written."""
    with pytest.raises(FaultyFile) as caught:
        import_case(datafiles.parse(text.encode() if isinstance(text, str) else text, "case.yaml"))
    assert not db.session.new
    for table in (Recruitment, Person):
        assert db.session.scalar(db.select(db.func.count()).select_from(table)) == 0
    return str(caught.value)


def dump(values: dict[str, Any]) -> str:
    return yaml.safe_dump(values, allow_unicode=True, sort_keys=False)


def set_at(*path: str | int, to: Any) -> Change:
    def change(values: dict[str, Any]) -> None:
        for part in path[:-1]:
            values = values[part]  # type: ignore[index]
        values[path[-1]] = to  # type: ignore[index]

    return change


def drop(*path: str | int) -> Change:
    def change(values: dict[str, Any]) -> None:
        for part in path[:-1]:
            values = values[part]  # type: ignore[index]
        del values[path[-1]]  # type: ignore[arg-type]

    return change


def add(part: str, *items: Any) -> Change:
    return lambda values: values.setdefault(part, []).extend(items)


def dissent_of(panelist: str, number: int = 1) -> dict[str, Any]:
    return {"panelist": panelist, "round": number, "text": "Jeg hørte noget andet."}


def deviation_of(**changes: Any) -> dict[str, Any]:
    return {"candidate": "K1", "round": 1, "code": "other", "reason": "Brandalarmen gik."} | changes
