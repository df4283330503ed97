"""People and the links by which they choose a password."""

from __future__ import annotations

import click

from recruit.accounts.service import create_person, find_person
from recruit.accounts.sign_in_links import handed_address
from recruit.cli.application import Refusal, with_app
from recruit.extensions import db
from recruit.web.forms import LINE_LIMIT, unwritable


@click.command(name="create-user")
@click.argument("email")
@click.option("--role", required=True, type=click.Choice(["hr", "auditor"]))
@click.option("--name", default=None, help="The e-mail's first part when left out.")
@with_app
def create_user(email: str, role: str, name: str | None) -> None:
    """Create a person; prints a link, good once, with which they choose a password."""
    if name is not None and (not name.strip() or len(name) > LINE_LIMIT or unwritable(name)):
        raise Refusal(f"--name must be one to {LINE_LIMIT} characters, without control characters.")
    person = create_person(email, name or email.split("@")[0], role=role, actor=None)
    address = handed_address(person, actor=None)
    db.session.commit()
    click.echo(address)


@click.command(name="invite")
@click.argument("email")
@with_app
def invite_command(email: str) -> None:
    """Print a link, good once, with which a person signs in, or chooses a new password if they have one."""
    person = find_person(email)
    if person is None:
        raise Refusal(f"Nobody has the e-mail {email}.")
    address = handed_address(person, actor=None)
    db.session.commit()
    click.echo(address)
