"""The command line. Every refusal is one clear sentence with its place, exit status 2, and nothing changed."""

from __future__ import annotations

import json
import os
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from alembic.script import ScriptDirectory
from flask import Flask
from flask_babel import force_locale
from flask_migrate import upgrade
from sqlalchemy import inspect, text
from sqlalchemy.exc import SQLAlchemyError

from recruit import create_app, datafiles
from recruit.accounts.service import create_person, find_person, invite, set_password
from recruit.audit import record
from recruit.casefile.export import export_case
from recruit.casefile.models import Case
from recruit.casefile.service import read_case
from recruit.charter.models import Charter
from recruit.charter.service import read_charter
from recruit.comparison.documents import comparison_document
from recruit.comparison.service import load_revealed
from recruit.config import FaultySetting, settings
from recruit.errors import FaultyFile, RuleBroken
from recruit.extensions import db
from recruit.panel.service import load_members
from recruit.profiles.documents import profile_document
from recruit.profiles.service import load_sections
from recruit.questions.documents import guide_document
from recruit.questions.guide import load_guide
from recruit.questions.service import read_bank
from recruit.recruitments.models import Recruitment, Round
from recruit.recruitments.service import load_recruitment
from recruit.scoring.documents import scorecard_document
from recruit.web.downloads import file_name
from recruit.web.forms import LINE_LIMIT, unwritable
from recruit.web.guard import LARGEST_ID

EXAMPLES = Path(__file__).parent / "casefile" / "examples"
EXAMPLE_PASSWORD = "sammen-om-ledelse"  # noqa: S105 (printed on purpose: it opens the worked example only)


class Refusal(click.ClickException):
    """One sentence on standard error, exit status 2."""

    exit_code = 2

    def show(self, file: Any = None) -> None:
        click.echo(self.message, err=True)


class Commands(click.Group):
    """Turns what the application refuses into a refusal of the command."""

    def invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
        except (FaultyFile, FaultySetting, RuleBroken) as refused:
            raise Refusal(str(refused)) from refused
        except SQLAlchemyError as failed:
            raise Refusal(f"The database cannot be used: {type(failed).__name__}.") from failed
        except OSError as failed:
            raise Refusal(f"{failed.filename or 'recruit'}: {failed.strerror or failed}.") from failed


@click.group(cls=Commands)
def main() -> None:
    """Hire public leaders the way your own leadership charter says leaders should be."""


def prepared_app() -> Flask:
    """The application with its database: a new one is made, an old one must be brought up to date first."""
    app = create_app()
    app.config["INSTANCE"].mkdir(parents=True, exist_ok=True)
    with app.app_context():
        try:
            revision = current_revision()
            if revision is None:
                upgrade()
            elif revision != newest_revision(app):
                raise FaultySetting("The database is from an earlier version. Back it up, then run: recruit upgrade")
        finally:
            db.engine.dispose()  # a server forks after this: no connection may be shared
    return app


def current_revision() -> str | None:
    if not inspect(db.engine).has_table("alembic_version"):
        return None
    with db.engine.connect() as connection:
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def newest_revision(app: Flask) -> str | None:
    return ScriptDirectory(app.extensions["migrate"].directory).get_current_head()


def with_app(command: Callable[..., None]) -> Callable[..., None]:
    """Runs a command inside the application, with English sentences: a command line has no language switch."""

    def run(**values: Any) -> None:
        app = prepared_app()
        with app.app_context(), force_locale("en"):
            try:
                command(**values)
            finally:
                db.session.remove()
                db.engine.dispose()

    run.__name__, run.__doc__ = command.__name__, command.__doc__
    return run


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


@main.command()
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64))
def serve(port: int, host: str, workers: int) -> None:
    """Serve the application on a production server."""
    try:  # the server itself would try for five seconds and then fail with status 1
        socket.create_server((host, port)).close()
    except OSError as failed:
        raise Refusal(f"{host}:{port} cannot be listened on: {failed.strerror}.") from failed
    os.environ.setdefault("RECRUIT_BASE_URL", f"http://{host}:{port}")  # the links that HR hands on lead here
    prepared_app()
    arguments = ["--bind", f"{host}:{port}", "--workers", str(workers), "--threads", "4", "--worker-class", "gthread"]
    # The control socket would be written into the home folder of whoever runs the server.
    arguments += ["--no-control-socket", "--preload", "--worker-tmp-dir", "/dev/shm", "recruit:create_app()"]  # noqa: S108
    click.echo(f"recruit listens on http://{host}:{port}")
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, "-m", "gunicorn", *arguments])  # noqa: S606


@main.command(name="upgrade")
def upgrade_command() -> None:
    """Bring the database to this version's schema."""
    app = create_app()
    app.config["INSTANCE"].mkdir(parents=True, exist_ok=True)
    with app.app_context():
        upgrade()


EXAMPLE_PEOPLE = (("hr@odder.example", "Mette Kjær", "hr"), ("revisor@odder.example", "Ib Winther", "auditor"))


@main.command()
@click.option("--if-empty", is_flag=True, help="Only when the database holds no recruitment yet.")
@with_app
def demo(if_empty: bool) -> None:
    """Load the worked example: two recruitments with panel, candidates and scores."""
    if db.session.scalar(db.select(Recruitment.id).limit(1)) is None:
        load_example()
    elif not if_empty:
        raise Refusal("The database already holds recruitments. The example goes into an empty one.")
    elif find_person(EXAMPLE_PEOPLE[0][0]) is None:
        return
    click.echo(f"The worked example's sign-ins, password {EXAMPLE_PASSWORD}:")
    for email, role in example_sign_ins():
        click.echo(f"  {email:<34} {role}")


def load_example() -> None:
    for email, name, role in EXAMPLE_PEOPLE:
        person = find_person(email) or create_person(email, name, role=role, actor=None)
        set_password(person, EXAMPLE_PASSWORD, actor=None)
    for file in sorted(EXAMPLES.glob("*.yaml")):
        for member in load_members(read_case(file)):
            if member.person.password_hash is None:
                set_password(member.person, EXAMPLE_PASSWORD, actor=None)
    db.session.commit()


def example_sign_ins() -> list[tuple[str, str]]:
    """E-mail and role of everybody in the example."""
    found = [(email, role) for email, _name, role in EXAMPLE_PEOPLE]
    for file in sorted(EXAMPLES.glob("*.yaml")):
        case = datafiles.fit(Case, datafiles.read(file))
        found += [(member.email, f"{member.role} in «{case.recruitment.title}»") for member in case.panel]
    return found


@main.command(name="check-data")
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
        questions = sum(len(entry.questions) for entry in bank.entries.values())
        click.echo(f"{charter.id}: {len(charter.areas)} areas, {len(bank.entries)} entries, {questions} questions")


@main.command(name="import")
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


DOCUMENTS = ("profile", "guide", "scorecards", "comparison")


@main.command()
@click.argument("recruitment_id", type=click.IntRange(1, LARGEST_ID))
@click.option("--to", "folder", required=True, type=click.Path(path_type=Path, file_okay=False))
@click.option("--only", default=None, help="Of " + ",".join(DOCUMENTS) + "; separated by commas.")
@click.option("--format", "form", default="docx", show_default=True, type=click.Choice(["docx", "json", "case"]))
@with_app
def export(recruitment_id: int, folder: Path, only: str | None, form: str) -> None:
    """Write a recruitment's documents, results or case file into a folder."""
    recruitment = find_recruitment(recruitment_id)
    wanted = [part.strip() for part in only.split(",")] if only else []
    unknown = [part for part in wanted if part not in DOCUMENTS]
    if unknown:
        raise Refusal(f"--only: {unknown[0]!r} is not one of {', '.join(DOCUMENTS)}.")
    if only and form == "case":
        raise Refusal("--only: a case file holds the recruitment whole.")
    if form == "json" and set(wanted) - {"comparison"}:
        raise Refusal("--only: as JSON there is the comparison only.")
    revealed = [round_ for round_ in recruitment.rounds if round_.revealed_at]
    if not revealed and ("comparison" in wanted or form == "json"):
        raise Refusal(f"No round of recruitment {recruitment_id} is revealed.")
    files: dict[str, bytes] = {}
    if form == "case":
        files["case.yaml"] = export_case(recruitment, actor=None).encode()
    elif form == "json":
        for round_ in revealed:
            files[f"comparison-{round_.number}.json"] = comparison_json(recruitment, round_).encode()
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
    files = {}
    if "profile" in wanted:
        texts = {key: row.text for key, row in load_sections(recruitment).items()}
        files["profile.docx"] = profile_document(recruitment, texts)
    for round_ in recruitment.rounds:
        rows = load_guide(round_)
        if "guide" in wanted:
            files[f"guide-{round_.number}.docx"] = guide_document(recruitment, round_, rows)
        if "scorecards" in wanted:
            files[f"scorecard-{round_.number}.docx"] = scorecard_document(recruitment, round_, rows)
        if "comparison" in wanted and round_.revealed_at:
            files[f"comparison-{round_.number}.docx"] = comparison_document(load_revealed(recruitment, round_))
    return files


def comparison_json(recruitment: Recruitment, round_: Round) -> str:
    found = load_revealed(recruitment, round_).comparison.as_json(recruitment.id, round_.number)
    return json.dumps(found, ensure_ascii=False, allow_nan=False, indent=2)


@main.command()
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


@main.command()
def schema() -> None:
    """Print the JSON Schema of the case file."""
    found = {"$schema": "https://json-schema.org/draft/2020-12/schema", **Case.model_json_schema()}
    click.echo(json.dumps(found, ensure_ascii=False, indent=2))


@main.command(name="create-user")
@click.argument("email")
@click.option("--role", required=True, type=click.Choice(["hr", "auditor"]))
@click.option("--name", default=None, help="The e-mail's first part when left out.")
@with_app
def create_user(email: str, role: str, name: str | None) -> None:
    """Create a person; prints a link, good once, with which they choose a password."""
    if name is not None and (not name.strip() or len(name) > LINE_LIMIT or unwritable(name)):
        raise Refusal(f"--name must be one to {LINE_LIMIT} characters, without control characters.")
    person = create_person(email, name or email.split("@")[0], role=role, actor=None)
    token = invite(person, actor=None)
    db.session.commit()
    click.echo(f"{settings()['BASE_URL']}/welcome/{token}")


@main.command(name="invite")
@click.argument("email")
@with_app
def invite_command(email: str) -> None:
    """Print a link, good once, with which a person chooses a new password."""
    person = find_person(email)
    if person is None:
        raise Refusal(f"Nobody has the e-mail {email}.")
    token = invite(person, actor=None)
    db.session.commit()
    click.echo(f"{settings()['BASE_URL']}/welcome/{token}")


if __name__ == "__main__":
    main()
