"""What goes out by mail, and the log's chain."""

from __future__ import annotations

import click

from recruit.cli.application import Refusal, with_app
from recruit.mail.rules import FAILURES
from recruit.mail.service import is_configured
from recruit.mail.worker import run_once
from recruit.privacy import service as privacy


@click.command(name="send-mail")
@with_app
def send_mail() -> None:
    """Queue the reminders that are due, and send whatever waits, once. The server does so by itself."""
    if not is_configured():
        raise Refusal("RECRUIT_SMTP_HOST names no mail server.")
    done = run_once()
    click.echo(f"{done.sent} sent, {done.failed} failed")
    for code in sorted(done.failures):
        click.echo(f"{code}: {FAILURES[code][0]}")


@click.command(name="check-log")
@with_app
def check_log() -> None:
    """Check the log's chain, event by event."""
    report = privacy.check_log()
    if not report.faults:
        click.echo(f"{report.events} events, unbroken")
        return
    for fault in report.faults:
        click.echo(fault.sentence())
    raise Refusal(f"The chain of {report.events} events is broken.")
