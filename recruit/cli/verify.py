"""Whether a document was made from the data as it is now."""

from __future__ import annotations

from pathlib import Path

import click

from recruit.cli.application import Refusal, with_app
from recruit.documents.origin import ORIGINS, NoOrigin, Origin, digest_of, read_origin
from recruit.errors import RuleBroken
from recruit.recruitments.models import Recruitment
from recruit.recruitments.service import load_recruitment
from recruit.web.guard import LARGEST_ID
from recruit.web.language import moment

CHANGED = 1  # the exit status; 2, as everywhere, where nothing can be said


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@with_app
def verify(file: Path) -> None:
    """Say whether a Word or Excel file was made from the data as it is now (exit status 0), or it has changed (1).

    The data that the file names is looked up. What somebody has written into the file afterwards is not seen.
    """
    try:
        origin = read_origin(file.read_bytes())
    except NoOrigin as unknown:
        raise Refusal(f"{file}: the file does not say what it was made from.") from unknown
    recruitment = find_case(file, origin)
    try:
        now = digest_of(ORIGINS[origin.kind](recruitment, origin.round, origin.candidate))
    except RuleBroken as closed:
        raise Refusal(f"{file}: {closed}") from closed
    made = f"made on {moment(origin.made_at)}: {named(origin)}."
    if now != origin.digest:
        click.echo(f"{file}: the data has changed since the document was {made}")
        raise SystemExit(CHANGED)
    click.echo(f"{file}: the data is as it was when the document was {made}")


def find_case(file: Path, origin: Origin) -> Recruitment:
    """The recruitment that the document is of. Raises Refusal where it is not here, or another has its number."""
    recruitment = load_recruitment(origin.recruitment) if origin.recruitment <= LARGEST_ID else None
    if recruitment is None or origin.kind not in ORIGINS:
        raise Refusal(f"{file}: not from this installation, or its recruitment is deleted: {named(origin)}.")
    same = recruitment.title == origin.title or recruitment.case_number == origin.case_number != ""
    if recruitment.created_at.replace(microsecond=0) > origin.made_at or not same:
        raise Refusal(f"{file}: not from this installation, where recruitment {recruitment.id} is another one.")
    return recruitment


def named(origin: Origin) -> str:
    """comparison, round 1, recruitment 12"""
    parts = [origin.kind]
    parts += [f"candidate {origin.candidate}"] if origin.candidate is not None else []
    parts += [f"round {origin.round}"] if origin.round is not None else []
    return ", ".join([*parts, f"recruitment {origin.recruitment}"])
