"""Members save at once while the server is killed: what was acknowledged is there, once. `make proof` does it at length."""

from __future__ import annotations

import random
import signal
import time
from pathlib import Path

import load
from browser.server import Server
from support import empty_database

MEMBERS, SAVES = 6, 6


def test_acknowledged_saves_outlive_a_killed_server(database_url: str, tmp_path: Path) -> None:
    server = Server(tmp_path, database_url if database_url.startswith("postgresql") else "")
    members = load.prepare(server, MEMBERS)
    server.start()
    try:
        for member in members:
            member.visitor.sign_in(member.email)
        chance = random.Random(load.SEED)

        def kill() -> None:
            time.sleep(chance.uniform(0.2, 0.6))
            server.stop(signal.SIGKILL)
            server.start()

        def write(member: load.Member) -> None:
            for _save in range(SAVES):
                member.save()
                time.sleep(0.1)

        load.in_threads(kill, *(lambda member=member: write(member) for member in members))  # type: ignore[misc]
    finally:
        server.stop(signal.SIGKILL)
    assert sum(member.unanswered for member in members) > 0
    with server.database():
        load.check_all_there(members)
        empty_database()  # PostgreSQL is shared with the tests that come after
