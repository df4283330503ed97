"""The worked example: two recruitments that show the whole chain, and three posts whose ads are ready."""

from __future__ import annotations

from pathlib import Path

import click

from recruit import datafiles
from recruit.accounts.service import create_person, find_person, set_password
from recruit.casefile.models import Case
from recruit.casefile.service import read_case
from recruit.cli.application import Refusal, with_app
from recruit.extensions import db
from recruit.panel.service import load_members
from recruit.recruitments.models import Recruitment

EXAMPLES = Path(__file__).parents[1] / "casefile" / "examples"
EXAMPLE_PASSWORD = "sammen-om-ledelse"  # noqa: S105 (printed on purpose: it opens the worked example only)
EXAMPLE_PEOPLE = (("hr@odder.example", "Mette Kjær", "hr"), ("revisor@odder.example", "Ib Winther", "auditor"))


@click.command()
@click.option("--if-empty", is_flag=True, help="Only when the database holds no recruitment yet.")
@with_app
def demo(if_empty: bool) -> None:
    """Load the worked example: two recruitments with panel, candidates and scores, and three job ads."""
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
    shown = {email for email, _role in example_sign_ins()}
    for file in sorted(EXAMPLES.glob("*.yaml")):
        for member in load_members(read_case(file)):
            if member.person.email in shown and member.person.password_hash is None:
                set_password(member.person, EXAMPLE_PASSWORD, actor=None)
    db.session.commit()


def example_sign_ins() -> list[tuple[str, str]]:
    """E-mail and role of everybody who can sign in; where there are no candidates yet, of the chair alone."""
    found = [(email, role) for email, _name, role in EXAMPLE_PEOPLE]
    for file in sorted(EXAMPLES.glob("*.yaml")):
        case = datafiles.fit(Case, datafiles.read(file))
        shown = case.panel if case.candidates else [member for member in case.panel if member.role == "chair"]
        found += [(member.email, f"{member.role} in «{case.recruitment.title}»") for member in shown]
    return found
