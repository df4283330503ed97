"""One recruitment in and out: case files, documents, results."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import click

from recruit.audit import record
from recruit.casefile.archive import make_archive
from recruit.casefile.export import export_case
from recruit.casefile.models import Case
from recruit.casefile.papers import PAPERS
from recruit.casefile.service import read_case
from recruit.cli.application import Refusal, with_app
from recruit.comparison.service import load_revealed
from recruit.errors import FaultyFile
from recruit.extensions import db
from recruit.recruitments.models import Recruitment, Round
from recruit.recruitments.service import load_recruitment
from recruit.web.downloads import file_name
from recruit.web.guard import LARGEST_ID


def find_recruitment(recruitment_id: int) -> Recruitment:
    recruitment = load_recruitment(recruitment_id)
    if recruitment is None:
        raise Refusal(f"There is no recruitment {recruitment_id}.")
    return recruitment


def find_round(recruitment: Recruitment, number: int | None) -> Round:
    """The round asked for; without a number the last revealed one, else the last."""
    rounds = recruitment.rounds
    if number is None:
        revealed = [round_ for round_ in rounds if round_.revealed_at]
        found = (revealed or rounds)[-1:]
    else:
        found = [round_ for round_ in rounds if round_.number == number]
    if not found:
        raise Refusal(f"Recruitment {recruitment.id} has no round{'' if number is None else f' {number}'}.")
    if not found[0].revealed_at:
        raise Refusal(f"Round {found[0].number} of recruitment {recruitment.id} is not revealed.")
    return found[0]


@click.command(name="import")
@click.argument("file", type=click.Path(path_type=Path))
@with_app
def import_command(file: Path) -> None:
    """Make a new recruitment from a case file; prints its id."""
    try:
        recruitment = read_case(file)
    except FaultyFile as faulty:
        more = len(faulty.faults) - 1
        raise Refusal(f"{faulty.faults[0]}{f' (and {more} more)' if more else ''}") from faulty
    db.session.commit()
    click.echo(recruitment.id)


FORMATS = ("docx", "xlsx", "json", "case", "zip")
# Kinds of papers (see recruit.casefile.papers); the numbers in Excel are a format of the comparison.
DOCUMENTS = tuple(kind for kind in PAPERS if kind != "workbook")


@click.command()
@click.argument("recruitment_id", type=click.IntRange(1, LARGEST_ID))
@click.option("--to", "folder", required=True, type=click.Path(path_type=Path, file_okay=False))
@click.option("--only", default=None, help="Of " + ",".join(DOCUMENTS) + "; separated by commas.")
@click.option("--format", "form", default="docx", show_default=True, type=click.Choice(FORMATS))
@with_app
def export(recruitment_id: int, folder: Path, only: str | None, form: str) -> None:
    """Write a recruitment's documents, results or case file into a folder."""
    recruitment = find_recruitment(recruitment_id)
    wanted = [part.strip() for part in only.split(",")] if only else []
    unknown = [part for part in wanted if part not in DOCUMENTS]
    if unknown:
        raise Refusal(f"--only: {unknown[0]!r} is not one of {', '.join(DOCUMENTS)}.")
    if only and form in ("case", "zip"):
        raise Refusal(f"--only: a {'case file' if form == 'case' else 'zip'} holds the recruitment whole.")
    if form in ("json", "xlsx") and set(wanted) - {"comparison"}:
        raise Refusal(f"--only: as {form} there is the comparison only.")
    revealed = [round_ for round_ in recruitment.rounds if round_.revealed_at]
    if not revealed and ("comparison" in wanted or form in ("json", "xlsx")):
        raise Refusal(f"No round of recruitment {recruitment_id} is revealed.")
    files: dict[str, bytes] = {}
    if form == "case":
        files["case.yaml"] = export_case(recruitment, actor=None).encode()
    elif form == "json":
        for round_ in revealed:
            files[f"comparison-{round_.number}.json"] = comparison_json(recruitment, round_).encode()
    elif form == "xlsx":
        files = documents(recruitment, {"workbook"})
    elif form == "zip":
        write_archive(recruitment, folder)
    else:
        files = documents(recruitment, set(wanted or DOCUMENTS))
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
        click.echo(folder / name)
    for name in files:
        record("document.made", None, recruitment.id, document=file_name(name))
    db.session.commit()


def documents(recruitment: Recruitment, wanted: set[str]) -> dict[str, bytes]:
    """What there is of the kinds asked for, by the name of the file."""
    found = {kind: list(papers(recruitment)) for kind, papers in PAPERS.items() if kind in wanted}
    missing = [kind for kind, papers in found.items() if not papers]
    if missing and wanted != set(DOCUMENTS):
        name = {"ad": "job ad"}.get(missing[0], missing[0])
        raise Refusal(f"Recruitment {recruitment.id} has no {name} yet.")
    return {paper.name: paper.make() for papers in found.values() for paper in papers}


def write_archive(recruitment: Recruitment, folder: Path) -> None:
    """The whole case for the records system; nothing is written unless it can be read back."""
    with make_archive(recruitment, actor=None) as archive:
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / "case.zip").open("wb") as file:
            shutil.copyfileobj(archive, file)
    click.echo(folder / "case.zip")


def comparison_json(recruitment: Recruitment, round_: Round) -> str:
    found = load_revealed(recruitment, round_).comparison.as_json(recruitment.id, round_.number)
    return json.dumps(found, ensure_ascii=False, allow_nan=False, indent=2)


@click.command()
@click.argument("recruitment_id", type=click.IntRange(1, LARGEST_ID))
@click.option("--round", "number", type=int, default=None, help="The last revealed round when left out.")
@click.option("--json", "as_json", is_flag=True, help="Everything, in full precision.")
@with_app
def compare(recruitment_id: int, number: int | None, as_json: bool) -> None:
    """Compare the candidates of a revealed round."""
    recruitment = find_recruitment(recruitment_id)
    round_ = find_round(recruitment, number)
    if as_json:
        click.echo(comparison_json(recruitment, round_))
        return
    found = load_revealed(recruitment, round_).comparison
    for result in found.candidates:
        score = "–" if result.score is None else f"{result.score:.2f}"
        click.echo(f"{result.rank or '–':>3}  {result.ref:<8} {score:>5}  coverage {result.coverage:.0%}")
    verdict = found.verdict
    if verdict.clear:
        click.echo(f"The numbers are clear for {verdict.leader}. The panel recommends, the leader decides.")
    elif verdict.between:
        click.echo(f"Too close to call between {', '.join(verdict.between)}. The panel recommends, the leader decides.")
    if verdict.thin:
        click.echo("Thin basis: fewer than three scorecards.")


@click.command()
def schema() -> None:
    """Print the JSON Schema of the case file."""
    found = {"$schema": "https://json-schema.org/draft/2020-12/schema", **Case.model_json_schema()}
    click.echo(json.dumps(found, ensure_ascii=False, indent=2))
