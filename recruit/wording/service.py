"""The checks of interview questions and job ads: rules read once per process, a text in, a report out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from recruit import datafiles
from recruit.datafiles import Document, Path_
from recruit.errors import Fault, FaultyFile
from recruit.wording.checker import Checker, Rules
from recruit.wording.models import KINDS, LANGUAGES, GenderCoded, Kind, Language, Report, Rule, RuleKind, Texts
from recruit.wording.patterns import compile_pattern

RULES = Path(__file__).parent / "rules"


def read_rules(kind: RuleKind, folder: Path = RULES) -> Rules:
    """The rules in `folder`. Raises FaultyFile with every fault found in their files."""
    faults: list[Fault] = []
    rules: dict[str, Rule] = {}
    for file in sorted((folder / kind).glob("*.yaml")):
        try:
            document = datafiles.read(file, f"rules/{kind}/{file.name}")
            rule = datafiles.fit(Rule, document)
        except FaultyFile as faulty:
            faults += faulty.faults
            continue
        for field, expected in (("id", file.stem), ("kind", kind)):
            if getattr(rule, field) != expected:
                faults.append(document.fault((field,), f"must be {expected}, as the file's place says"))
        for part in ("patterns", "unless", "needs"):
            faults += _pattern_faults(document, (part,))
        rules[rule.id] = rule
    third_party, gender_coded = Texts(), None
    try:
        document = datafiles.read(folder / "third_party.yaml", "rules/third_party.yaml")
        third_party = datafiles.fit(Texts, document)
        faults += _pattern_faults(document, ())
        document = datafiles.read(folder / "gender_coded.yaml", "rules/gender_coded.yaml")
        gender_coded = datafiles.fit(GenderCoded, document)
        for language in LANGUAGES:
            for gender in ("masculine", "feminine"):
                faults += _faults_of_list(document, (language, gender))
    except FaultyFile as faulty:
        faults += faulty.faults
    if faults or gender_coded is None:
        raise FaultyFile(faults)
    return Rules(kind, rules, third_party, gender_coded)


def _pattern_faults(document: Document, path: Path_) -> Iterator[Fault]:
    for language in LANGUAGES:
        yield from _faults_of_list(document, (*path, language))


def _faults_of_list(document: Document, path: Path_) -> Iterator[Fault]:
    values = document.values
    for part in path:
        values = values.get(part, {})
    for place, value in enumerate(values):
        try:
            compile_pattern(value["pattern"] if isinstance(value, dict) else value)
        except ValueError as error:
            yield document.fault((*path, place), str(error))


@cache
def _rules(kind: RuleKind) -> Rules:
    return read_rules(kind)


@cache
def _checker(kind: RuleKind, language: Language) -> Checker:
    return Checker(_rules(kind), language)


def load() -> None:
    """Reads all rules, so that a faulty file is found at the start. Raises FaultyFile."""
    for kind in KINDS:
        _rules(kind)


def explained(report: Report, *, kind: Kind, language: Language) -> Report:
    """The report with basis and reasons in the language of the reader. What to write instead stays the text's."""
    rules = _rules(_rule_kind(kind)).rules
    return report.model_copy(
        update={
            "findings": tuple(
                finding.model_copy(
                    update={
                        "basis": rules[finding.rule].basis.within(language),
                        "why": rules[finding.rule].why.within(language),
                    }
                )
                for finding in report.findings
            )
        }
    )


def check(text: str, *, kind: Kind, language: Language, cites: Sequence[str] = ()) -> Report:
    """What a lawyer or a careful colleague would mark in a text: questions, one a line, one whole ad, a part of one,
    or what is written about a candidate.

    `cites` are titles of leadership charters; an ad that names one of them is not told that the charter is missing.
    Takes any text, and time that grows with its length only. Raises FaultyFile when the rules cannot be read.
    """
    report = _checker(_rule_kind(kind), language).check(text, cites)
    if kind != "ad_part":
        return report
    return report.model_copy(update={"findings": tuple(finding for finding in report.findings if finding.text)})


def _rule_kind(kind: Kind) -> RuleKind:
    """The kind whose rules a text is checked by."""
    return "ad" if kind == "ad_part" else kind
