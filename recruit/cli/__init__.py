"""The command line. Every refusal is one clear sentence with its place, exit status 2, and nothing changed."""

from __future__ import annotations

import click

from recruit.cli import cases, checks, example, people, records, server, verify
from recruit.cli.application import Commands
from recruit.cli.example import EXAMPLE_PASSWORD

__all__ = ["EXAMPLE_PASSWORD", "main"]


@click.group(cls=Commands)
def main() -> None:
    """Hire public leaders the way your own leadership charter says leaders should be."""


for command in (
    server.serve,
    server.upgrade_command,
    example.demo,
    checks.check_data,
    checks.check_text,
    cases.import_command,
    cases.export,
    cases.compare,
    cases.schema,
    verify.verify,
    people.create_user,
    people.invite_command,
    records.send_mail,
    records.check_log,
):
    main.add_command(command)
