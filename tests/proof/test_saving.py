"""Sixty members save at the rate of an hour of scoring, and the server is killed: no acknowledged save is lost or doubled.

The load comes from this process over loopback; the server is the real one. An hour at this rate is 72,000 saves. Time
is compressed by doing fewer of them, never by doing them slower: 60 members × one save every 3 seconds is 20 a second,
for as long as PERIODS says, in turns with the same load on a bare Flask POST that writes one row to the same database.
"""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import load
import psycopg
import pytest
from browser.server import Server, free_port

MEMBERS = 60
PERIOD = 3.0  # seconds between two saves of a member
TURNS = 10  # of each, ours and the floor
SECONDS = 6.0  # a turn
KILLS = 20


@pytest.fixture
def server(database_url: str, tmp_path: Path) -> Iterator[Server]:
    server = Server(tmp_path, database_url if database_url.startswith("postgresql") else "")
    yield server
    server.stop()


@contextmanager
def floor(server: Server) -> Iterator[load.Visitor]:
    """The bare Flask POST, served as recruit is."""
    url = server.settings["RECRUIT_DATABASE_URL"]
    address = url or str(Path(server.settings["RECRUIT_INSTANCE"]) / "recruit.sqlite")
    table = "CREATE TABLE floor (id INTEGER {} PRIMARY KEY, text TEXT)"
    if url:
        with psycopg.connect(url) as connection:
            connection.execute(table.format("GENERATED ALWAYS AS IDENTITY"))
    else:
        with closing(sqlite3.connect(address)) as connection:
            connection.execute(table.format(""))
    port = free_port()
    gunicorn = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--workers", "2", "--threads", "4"]
    process = subprocess.Popen(
        [*gunicorn, "--worker-class", "gthread", "--no-control-socket", "--log-level", "error", "floor:app"],
        cwd=Path(__file__).parent,
        env=os.environ | {"FLOOR_DATABASE": address},
    )
    try:
        visitor = load.Visitor(f"http://127.0.0.1:{port}")
        for _attempt in range(300):
            try:
                urlopen(visitor.url, timeout=5).close()
            except URLError as error:
                if getattr(error, "code", None) in (404, 405):
                    break
                time.sleep(0.1)
        yield visitor
    finally:
        process.terminate()
        process.wait(30)
        if url:  # the database goes on to serve other tests
            with psycopg.connect(url) as connection:
                connection.execute("DROP TABLE floor")


def p95(times: list[float]) -> float:
    """Milliseconds."""
    return sorted(times)[int(len(times) * 0.95)] * 1000


def test_sixty_members_save_at_the_rate_of_a_real_hour(server: Server) -> None:
    members = load.prepare(server, MEMBERS)
    server.start()
    for member in members:
        member.visitor.sign_in(member.email)
    bare: list[float] = []
    with floor(server) as visitor:

        def write() -> None:
            start = time.perf_counter()
            visitor.send("/", {"evidence": "m0@example.org, gang 1: fortalte, hvad der blev gjort."}, "POST")
            bare.append(time.perf_counter() - start)

        for member in members:
            member.save()  # the card is begun
            member.times.clear()
        for turn in range(TURNS):
            for works in ([member.save for member in members], [write] * MEMBERS):
                load.in_threads(
                    *(
                        lambda work=work, seed=f"{load.SEED}-{turn}-{place}": load.every(PERIOD, SECONDS, work, seed)
                        for place, work in enumerate(works)
                    )  # type: ignore[misc]
                )
    ours = [each for member in members for each in member.times]
    with server.database():
        load.check_all_there(members)
    assert len(ours) == len(bare) == MEMBERS * TURNS * round(SECONDS / PERIOD)
    assert sum(member.unanswered for member in members) == 0
    ratio = p95(ours) / p95(bare)
    print(
        f"\n{MEMBERS} members, one save every {PERIOD:.0f} s, {len(ours)} saves: "
        f"median {statistics.median(ours) * 1000:.1f} ms, 95 % under {p95(ours):.1f} ms; "
        f"bare POST: median {statistics.median(bare) * 1000:.1f} ms, 95 % under {p95(bare):.1f} ms; ratio {ratio:.1f}"
    )
    assert ratio < 10


def test_every_acknowledged_save_is_there_after_twenty_kills(server: Server) -> None:
    members = load.prepare(server, MEMBERS)
    server.start()
    for member in members:
        member.visitor.sign_in(member.email)
    chance = random.Random(load.SEED)
    over = False

    def kill() -> None:
        nonlocal over
        for _kill in range(KILLS):
            time.sleep(chance.uniform(0.5, 3))
            server.stop(signal.SIGKILL)
            server.start()
        over = True

    def write(member: load.Member) -> None:
        while not over:
            load.every(PERIOD, PERIOD, member.save, f"{load.SEED}-{member.email}-{member.count}")

    load.in_threads(kill, *(lambda member=member: write(member) for member in members))  # type: ignore[misc]
    server.stop(signal.SIGKILL)
    with server.database():
        load.check_all_there(members)
    times = [each for member in members for each in member.times]
    print(
        f"\n{MEMBERS} members, {KILLS} kills: {len(times)} acknowledged saves, all there; "
        f"{sum(member.unanswered for member in members)} sent again because no answer came"
    )
