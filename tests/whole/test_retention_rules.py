"""Every table with texts of people has a rule for how long they are kept (design, rule 10)."""

from __future__ import annotations

import re

from support import ROOT

from recruit.extensions import db

# Tables whose rules stand in docs/retention.md: of what HR writes before anybody has applied, and of what is decided and
# answered in the end.
PACKAGES = ("recruit.organisation", "recruit.profiles", "recruit.decisions", "recruit.letters")
OTHERS = {"need_answer", "timetable", "timetable_step"}


def test_every_table_of_texts_before_and_after_the_scoring_has_a_rule() -> None:
    tables = {
        str(mapper.local_table.name)  # type: ignore[attr-defined]
        for mapper in db.Model.registry.mappers
        if mapper.class_.__module__.startswith(PACKAGES)
    }
    rows = [
        line for line in (ROOT / "docs/retention.md").read_text(encoding="utf-8").splitlines() if line.startswith("| `")
    ]
    assert {name for row in rows for name in re.findall(r"`(\w+)`", row.split("|")[1])} == tables | OTHERS
    assert all(row.split("|")[3].strip() for row in rows)
