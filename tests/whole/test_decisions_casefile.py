"""Recommendation, decision, references and hearings go out in a case file and come back the same."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from flask import Flask
from support import full_case, load
from whole.cases import dump, refused

from recruit import datafiles
from recruit.casefile.export import case_values, export_case
from recruit.casefile.service import import_case
from recruit.extensions import db

SENTENCE = "anna om K1, performance.2: sagde noget konkret"
CHAIN: dict[str, Any] = yaml.safe_load(f"""
revealed: [1]
recommendation:
  round: 1
  choice: ranking
  candidates: [K1, K2]
  texts: {{summary: Bedst egnet., performance.2: "Holder retningen, <&> også i blæst."}}
  quotes:
    - {{candidate: K1, panelist: anna@example.org, statement: performance.2, text: "{SENTENCE}"}}
  final_at: "2026-11-20T10:00:00+00:00"
  verdict: {{headline: Tallene er klare for K1., text: K1 ligger først., thin: false}}
decision:
  outcome: hired
  hired: [K2]
  decided_on: 2026-11-22
  decided_by: Dorte Direktør
  approved_by: Byrådet
  reason: Bedst egnet.
  differs_because: K1 er ansat et andet sted.
references:
  - candidate: K1
    referee: Peter Søe, skolechef
    relation: former_chief
    consent_on: 2026-11-18
    consent_how: mail
    called_on: 2026-11-19
    called_by: Carla Chef
    answers:
      - {{question: compliance.4.r1, text: Sagde fra i tide.}}
      - {{question: gone.1.r1, text: Et svar., wording: {{da: Et gammelt spørgsmål, en: An old question}}}}
      - {{question: against, text: Overskred budgettet.}}
hearings:
  - candidate: K1
    reference: 1
    kind: hearing
    what: Overskred budgettet.
    opened_on: 2026-11-19
    due_on: 2026-11-26
    ending: answered
    closed_on: 2026-11-20
    answer: Det var aftalt.
  - {{candidate: K2, kind: access, what: Alle notater., opened_on: 2026-11-20, due_on: 2026-11-27, passed_because: Sendt.}}
""")


def test_whole_chain_comes_back_from_the_case_file(app: Flask) -> None:
    before = case_values(load(full_case(**CHAIN)))
    for key in ("recommendation", "decision", "references", "hearings"):
        assert before[key] == full_case(**CHAIN)[key]
    again = import_case(datafiles.parse(export_case(load(full_case(**CHAIN)), actor=None).encode(), "again.yaml"))
    db.session.flush()
    after = case_values(again)
    assert {key: after[key] for key in CHAIN} == {key: before[key] for key in CHAIN}


@pytest.mark.parametrize(
    ("key", "change", "said"),
    [
        ("recommendation", {"candidates": ["K1", "K9"]}, "'K9' is not in round 1"),
        ("recommendation", {"choice": "one"}, "no candidates for the choice 'one'"),
        ("recommendation", {"texts": {"praise": "x"}}, "there is no such text"),
        ("recommendation", {"quotes": [CHAIN["recommendation"]["quotes"][0] | {"text": "Frit opfundet."}]}, "no such sentence"),
        ("recommendation", {"final_at": None}, "a decision comes after a final recommendation"),
        ("decision", {"hired": ["K1", "K2"]}, "do not fit the outcome"),
    ],
)  # fmt: skip
def test_chain_that_does_not_hold_together_is_refused_with_its_place(
    app: Flask, key: str, change: dict[str, Any], said: str
) -> None:
    values = full_case(**CHAIN)
    values[key] = {name: value for name, value in (values[key] | change).items() if value is not None}
    text = refused(dump(values))
    assert said in text and "case.yaml, line" in text


def test_tasks_and_references_that_make_no_sense_are_refused(app: Flask) -> None:
    values = full_case(**CHAIN)
    values["references"][0]["called_on"] = values["references"][0]["consent_on"].replace(day=1)
    values["hearings"][0]["ending"] = "given"
    values["hearings"][1]["reference"] = 4
    text = refused(dump(values))
    for said in ("the call comes before the consent", "does not end with 'given'", "there is no reference 4"):
        assert said in text


def test_nothing_of_it_comes_in_before_the_reveal(app: Flask) -> None:
    text = refused(dump(full_case(**(CHAIN | {"revealed": []}))))
    assert "round 1 is not revealed" in text and "references are taken when a round is revealed" in text
