"""Mail that goes out by itself: a thread in every worker of the server, never in tests or commands.

`recruit serve` gives this module to gunicorn as its configuration; gunicorn calls the two functions at the end. With
another server, run `recruit send-mail` from time to time.
"""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from flask import Flask, current_app

from recruit.audit import now
from recruit.extensions import db
from recruit.mail.service import Delivery, deliver_due, is_configured

EVERY = 20  # seconds
SELDOM = 30  # rounds: what looks through every recruitment for something to remind of
EXTENSION = "recruit.mail.jobs"

# Writes the messages that have become due at a moment (UTC), each once however many processes do so. Never commits.
Job = Callable[[datetime], None]


def install(app: Flask, often: Sequence[Job], seldom: Sequence[Job]) -> None:
    """The jobs are given by create_app: what reminds of what stands above this package."""
    app.extensions[EXTENSION] = (tuple(often), tuple(often) + tuple(seldom))


def run_once(*, everything: bool = True) -> Delivery:
    """The jobs, each in a transaction of its own, then whatever is due. Nothing where mail is not configured.

    A job that fails holds up neither the others nor the mail: the first fault is raised at the end.
    """
    if not is_configured():
        return Delivery(0, 0)
    faults = []
    for job in current_app.extensions[EXTENSION][everything]:
        try:
            job(now())
            db.session.commit()
        except Exception as fault:
            faults.append(fault)
        finally:
            db.session.remove()
    delivered = deliver_due()
    if faults:
        raise faults[0]
    return delivered


class Postman(threading.Thread):
    """Runs until it is stopped; a fault is logged and tried again at the next round."""

    def __init__(self, app: Flask, every: float = EVERY) -> None:
        super().__init__(name="recruit-mail", daemon=True)
        self.app, self.every = app, every
        self.stopped = threading.Event()

    def run(self) -> None:
        for turn in itertools.count():
            if turn and self.stopped.wait(self.every):
                return
            with self.app.app_context():
                try:
                    run_once(everything=turn % SELDOM == 0)
                except Exception as fault:
                    # By its kind only: a message of the database's could quote what was being written.
                    self.app.logger.error("mail was not sent: %s", type(fault).__name__)

    def stop(self) -> None:
        """Lets the letter that is being sent come to its end."""
        self.stopped.set()
        self.join(timeout=5)


def post_worker_init(worker: Any) -> None:
    """gunicorn: a worker is ready, its application loaded and forked."""
    worker.postman = Postman(worker.wsgi)
    worker.postman.start()


def worker_exit(server: Any, worker: Any) -> None:
    """gunicorn: a worker ends. One that never became ready has no postman."""
    postman = getattr(worker, "postman", None)
    if postman is not None:
        postman.stop()
