"""Checks that need no database: the data files, and the wording of a text."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from recruit.charter.models import Charter
from recruit.charter.service import read_charter, read_charters
from recruit.cli.application import Refusal
from recruit.config import question_bank, settings
from recruit.questions.service import read_bank
from recruit.recruitments.examples import read_examples
from recruit.wording.models import KINDS, LANGUAGES, Finding, Kind, Language, Report
from recruit.wording.service import check, read_rules


@click.command(name="check-data")
@click.argument("directory", required=False, type=click.Path(path_type=Path))
def check_data(directory: Path | None) -> None:
    """Check charter and question bank against their schema."""
    root = directory or settings()["QUESTION_BANK"]
    if not root.is_dir():
        raise Refusal(f"{root} is not a folder.")
    folders = (
        [root] if (root / "charter.yaml").exists() else sorted(path.parent for path in root.glob("*/charter.yaml"))
    )
    if not folders:
        raise Refusal(f"There is no charter.yaml in {root} or in a folder below it.")
    for folder in folders:
        charter: Charter = read_charter(folder)
        bank = read_bank(folder, charter)
        read_examples(folder, charter)
        questions = sum(len(entry.questions) for entry in bank.entries.values())
        click.echo(f"{charter.id}: {len(charter.areas)} areas, {len(bank.entries)} entries, {questions} questions")
    for kind in KINDS:
        click.echo(f"rules/{kind}: {len(read_rules(kind).rules)} rules")


@click.command(name="check-text")
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--kind", required=True, type=click.Choice(KINDS))
@click.option("--lang", "language", required=True, type=click.Choice(LANGUAGES))
@click.option("--json", "as_json", is_flag=True, help="Everything, with the place of each finding in characters.")
def check_text(file: Path, kind: Kind, language: Language, as_json: bool) -> None:
    """Check interview questions, one a line, a whole job ad, or a text about a person (- reads standard input)."""
    text = read_text(file)
    charters = read_charters(question_bank()).values() if kind == "ad" else ()
    titles = [title for charter in charters for title in (charter.title.da, charter.title.en)]
    report = check(text, kind=kind, language=language, cites=titles)
    if as_json:
        click.echo(report_json(report, kind))
    else:
        for line in report_lines(report, text, kind, language):
            click.echo(line)


def read_text(file: Path) -> str:
    """The text of a UTF-8 file, its line ends as they are and without a byte order mark. Raises Refusal or OSError."""
    raw = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        name = "standard input" if str(file) == "-" else file
        line = raw[: error.start].count(b"\n") + 1
        raise Refusal(f"{name}, line {line}: the file is not UTF-8 text.") from error


def report_json(report: Report, kind: Kind) -> str:
    aside = {"replace_start", "replace_end"}
    found: dict[str, object] = {"findings": [finding.model_dump(exclude=aside) for finding in report.findings]}
    if kind == "ad":
        found |= report.model_dump(include={"lix", "words", "gender_coded"})
    return json.dumps(found, ensure_ascii=False, indent=2)


# The language of the text is the language of the answer: here the command line has a choice of language.
WORDS = {
    "da": {
        "red": "skal rettes",
        "amber": "se efter en gang til",
        "advice": "godt råd",
        "line": "Linje",
        "whole": "Hele teksten",
        "instead": "I stedet",
        "remove": "Lad det udgå.",
        "figures": "LIX {lix}, {words} ord. Ord, der læses som maskuline: {masculine}, som feminine: {feminine}.",
        "none": "Ingen bemærkninger.",
        "one": "1 bemærkning.",
        "many": "{number} bemærkninger.",
    },
    "en": {
        "red": "must be changed",
        "amber": "look again",
        "advice": "advice",
        "line": "Line",
        "whole": "The whole text",
        "instead": "Instead",
        "remove": "Leave it out.",
        "figures": "LIX {lix}, {words} words. Words read as masculine: {masculine}, as feminine: {feminine}.",
        "none": "No remarks.",
        "one": "1 remark.",
        "many": "{number} remarks.",
    },
}


def report_lines(report: Report, text: str, kind: Kind, language: Language) -> list[str]:
    """One line a finding, for ads the figures, and a closing sentence."""
    words = WORDS[language]
    lines = [finding_line(finding, text, words) for finding in report.findings]
    if kind == "ad":
        lix = "–" if report.lix is None else f"{report.lix:.1f}"
        figures = {gender: len(found) for gender, found in report.gender_coded.items()}
        lix = lix.replace(".", ",") if language == "da" else lix
        lines.append(words["figures"].format(lix=lix, words=report.words, **figures))
    number = len(report.findings)
    return [
        *lines,
        words["none"] if not number else words["one"] if number == 1 else words["many"].format(number=number),
    ]


def finding_line(finding: Finding, text: str, words: dict[str, str]) -> str:
    place = words["whole"]
    if finding.text:
        number = len(f"{text[: finding.start]}.".splitlines())
        place = f"{words['line']} {number}"
    parts = [f"{place}, {words[finding.severity]}:"]
    if finding.text:
        parts.append(f"«{finding.text}».")
    parts.append(f"{finding.why} ({finding.basis})")
    if finding.instead:
        parts.append(f"{words['instead']}: «{finding.instead}»")
    elif finding.replace_start is not None:
        parts.append(words["remove"])
    return " ".join("".join(sign if sign.isprintable() else " " for sign in " ".join(parts)).split())
