"""Many members save at once, and the server is killed in the middle: nothing that was acknowledged is lost or doubled.

The load comes from this process over loopback, bounded in members and rounds; the server is the real one.
"""

from __future__ import annotations

import http.cookiejar
import json
import random
import re
import signal
import statistics
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urlencode

import pytest
import yaml
from browser.server import Server
from support import case

from recruit import datafiles
from recruit.accounts.service import find_person, set_password
from recruit.casefile.service import import_case
from recruit.cli import EXAMPLE_PASSWORD
from recruit.extensions import db
from recruit.scoring.models import Rating

MEMBERS = 20
ROUNDS = 25
KILLS = 5


def large_panel() -> dict[str, object]:
    emails = [f"m{number}@example.org" for number in range(MEMBERS)]
    return case(
        panel=[
            {"email": email, "name": email, "role": "member" if number else "chair", "side": "peer"}
            for number, email in enumerate(emails)
        ],
        impartiality=[
            {"panelist": email, "candidate": ref, "conflict": False} for email in emails for ref in ("K1", "K2")
        ],
        locked=[1],
    )


class Member:
    """A member's browser: signs in by the form, then saves one criterion again and again, as the score page does."""

    def __init__(self, server: Server, email: str) -> None:
        self.server, self.email = server, email
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
        self.acknowledged = ""
        self.version = 0
        self.token = ""
        self.times: list[float] = []

    def open(self, path: str, data: bytes | None = None, method: str | None = None) -> str:
        headers = {"Accept": "application/json", "X-CSRFToken": self.token}
        if method == "PUT":
            headers["Content-Type"] = "application/json"
        request = urllib.request.Request(self.server.url + path, data=data, method=method, headers=headers)
        with self.opener.open(request, timeout=30) as answer:
            text: str = answer.read().decode()
            return text

    def sign_in(self) -> None:
        self.renew("/sign-in")
        self.open("/sign-in", urlencode({"email": self.email, "password": EXAMPLE_PASSWORD}).encode(), "POST")
        self.renew("/")

    def renew(self, path: str) -> None:
        found = re.search(r'name="csrf-token" content="([^"]+)"', self.open(path))
        assert found is not None
        self.token = found[1]

    def save(self, path: str, evidence: str) -> bool:
        """One save; True when the server acknowledged it. A lost answer is asked about, as the page does."""
        body = json.dumps({"score": 3, "evidence": evidence, "version": self.version}).encode()
        start = time.perf_counter()
        try:
            answer = json.loads(self.open(path, body, "PUT"))
        except urllib.error.HTTPError as refused:
            if refused.code != 409:
                raise
            stored = json.loads(refused.read())  # the answer before was lost on the way, the save was not
            self.version, self.acknowledged = stored["version"], stored["evidence"]
            return False
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return False
        self.times.append(time.perf_counter() - start)
        self.version, self.acknowledged = answer["version"], evidence
        return True


@pytest.fixture
def server(database_url: str, tmp_path: Path) -> Server:
    server = Server(tmp_path, database_url if database_url.startswith("postgresql") else "")
    server.run("upgrade")
    with server.database():
        import_case(datafiles.parse(yaml.safe_dump(large_panel()).encode(), "case.yaml"))
        for number in range(MEMBERS):
            person = find_person(f"m{number}@example.org")
            assert person is not None
            set_password(person, EXAMPLE_PASSWORD, actor=None)
        db.session.commit()
    server.start()
    return server


def test_saves_of_many_members_survive_load_and_kills(server: Server) -> None:
    with server.database():
        recruitment = db.session.execute(db.text("SELECT max(id) FROM recruitment")).scalar()
        candidate = db.session.execute(
            db.text("SELECT min(id) FROM candidate WHERE recruitment_id = :r"), {"r": recruitment}
        ).scalar()
        criterion = db.session.execute(
            db.text("SELECT min(id) FROM criterion WHERE recruitment_id = :r"), {"r": recruitment}
        ).scalar()
    path = f"/recruitments/{recruitment}/rounds/1/scorecards/{candidate}/ratings/{criterion}"
    members = [Member(server, f"m{number}@example.org") for number in range(MEMBERS)]
    for member in members:
        member.sign_in()

    def write(member: Member) -> None:
        for turn in range(ROUNDS):
            text = f"{member.email} skriver {turn}"
            until = time.monotonic() + 60
            while not member.save(path, text) and member.acknowledged != text and time.monotonic() < until:
                time.sleep(0.1)
            time.sleep(random.uniform(0, 0.2))

    threads = [threading.Thread(target=write, args=(member,)) for member in members]
    for thread in threads:
        thread.start()
    for _kill in range(KILLS):
        time.sleep(1)
        server.stop(signal.SIGKILL)
        server.start()
    for thread in threads:
        thread.join()
    server.stop()
    with server.database():
        rows = db.session.scalars(db.select(Rating).where(Rating.criterion_id == criterion)).all()
    assert len(rows) == MEMBERS
    assert {row.evidence for row in rows} == {member.acknowledged for member in members}
    assert all(member.acknowledged.endswith(str(ROUNDS - 1)) for member in members)
    times = sorted(value for member in members for value in member.times)
    print(f"\n{MEMBERS} members, {len(times)} acknowledged saves, {KILLS} kills: median {statistics.median(times) * 1000:.0f} ms, "
          f"95 % under {times[int(len(times) * 0.95)] * 1000:.0f} ms")  # fmt: skip
