"""Members who save as the score page does, over loopback, from another process than the server's."""

from __future__ import annotations

import http.client
import http.cookiejar
import json
import random
import re
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import yaml
from browser.server import Server
from flask_migrate import upgrade
from support import case

from recruit import datafiles
from recruit.accounts.service import find_person, hasher
from recruit.casefile.service import import_case
from recruit.cli import EXAMPLE_PASSWORD
from recruit.extensions import db
from recruit.scoring.models import Rating

PATIENCE = 30  # seconds for an answer
GIVE_UP = 90  # seconds without any server
RETRY = 1.0  # seconds after a save without an answer; the page waits longer
SEED = 20220111


class Visitor:
    """A browser of its own: cookies, and the token that goes with what is written."""

    def __init__(self, url: str) -> None:
        self.url, self.token = url, ""
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))

    def open(self, path: str, data: bytes | None = None, method: str | None = None, kind: str | None = None) -> str:
        headers = {"Accept": "application/json", "X-CSRFToken": self.token}
        if kind:
            headers["Content-Type"] = kind
        request = urllib.request.Request(self.url + path, data=data, method=method, headers=headers)
        with self.opener.open(request, timeout=PATIENCE) as answer:
            text: str = answer.read().decode()
            return text

    def send(self, path: str, values: dict[str, object], method: str) -> dict[str, object]:
        answer: dict[str, object] = json.loads(
            self.open(path, json.dumps(values).encode(), method, kind="application/json")
        )
        return answer

    def sign_in(self, email: str) -> None:
        self._take_token("/sign-in")
        self.open("/sign-in", urlencode({"email": email, "password": EXAMPLE_PASSWORD}).encode(), "POST")
        self._take_token("/")

    def _take_token(self, path: str) -> None:
        found = re.search(r'name="csrf-token" content="([^"]+)"', self.open(path))
        assert found is not None
        self.token = found[1]


@dataclass
class Member:
    """Writes on one criterion after the other of a card, and remembers what the server has acknowledged."""

    email: str
    visitor: Visitor
    paths: Sequence[str]
    acknowledged: dict[str, str] = field(default_factory=dict)  # by path
    versions: Counter[str] = field(default_factory=Counter)  # by path
    times: list[float] = field(default_factory=list)  # seconds
    unanswered: int = 0
    count: int = 0

    def save(self) -> None:
        """One more text, sent until it is acknowledged.

        A text whose answer was lost is sent again with the version it was built on, as the page does. The server never
        says 409 to that: a 409 here is an acknowledged save that has gone, or one that was made twice.
        """
        path = self.paths[self.count % len(self.paths)]
        self.count += 1
        text = f"{self.email}, gang {self.count}: fortalte, hvad der blev gjort, og hvad det førte til."
        values: dict[str, object] = {"score": 1 + self.count % 5, "evidence": text, "version": self.versions[path]}
        until = time.monotonic() + GIVE_UP
        while True:
            start = time.perf_counter()
            try:
                answer = self.visitor.send(path, values, "PUT")
            except urllib.error.HTTPError as refused:
                if refused.code < 500:
                    raise AssertionError(f"{refused.code} {refused.read()!r} for {values}") from refused
            except (OSError, http.client.HTTPException):  # nobody there, or killed in the middle of the answer
                pass
            else:
                self.times.append(time.perf_counter() - start)
                assert answer["version"] == self.versions[path] + 1
                self.versions[path] += 1
                self.acknowledged[path] = text
                return
            self.unanswered += 1
            assert time.monotonic() < until, "the server did not come back"
            time.sleep(RETRY)


def prepare(server: Server, members: int) -> list[Member]:
    """Brings the server's database up to date and seats the members in a locked round. `server.start()` comes after."""
    emails = [f"m{number}@example.org" for number in range(members)]
    values = case(
        panel=[
            {"email": email, "name": email, "role": "member" if number else "chair", "side": "peer"}
            for number, email in enumerate(emails)
        ],
        impartiality=[
            {"panelist": email, "candidate": ref, "conflict": False} for email in emails for ref in ("K1", "K2")
        ],
        locked=[1],
    )
    password_hash = hasher.hash(EXAMPLE_PASSWORD)
    with server.database() as app:
        Path(app.config["INSTANCE"]).mkdir(parents=True, exist_ok=True)
        upgrade()
        recruitment = import_case(datafiles.parse(yaml.safe_dump(values).encode(), "case.yaml"))
        for email in emails:
            person = find_person(email)
            assert person is not None
            person.password_hash = password_hash
        candidate = db.session.execute(
            db.text("SELECT min(id) FROM candidate WHERE recruitment_id = :id"), {"id": recruitment.id}
        ).scalar_one()
        base = f"/recruitments/{recruitment.id}/rounds/1/scorecards/{candidate}/ratings"
        paths = [f"{base}/{criterion.id}" for criterion in recruitment.criteria]
        db.session.commit()
    return [Member(email, Visitor(server.url), paths) for email in emails]


def in_threads(*works: Callable[[], None]) -> None:
    """All at once. Raises what the first of them raised."""
    faults: list[BaseException] = []

    def run(work: Callable[[], None]) -> None:
        try:
            work()
        except BaseException as fault:  # told to the test, which is another thread
            faults.append(fault)

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise faults[0]


def every(period: float, seconds: float, work: Callable[[], None], seed: str) -> None:
    """Works every `period` for `seconds`, from a moment of its own within the first period; late is never early."""
    start = time.monotonic() + random.Random(seed).uniform(0, period)
    for turn in range(round(seconds / period)):
        time.sleep(max(0.0, start + turn * period - time.monotonic()))
        work()


def check_all_there(members: Sequence[Member]) -> None:
    """Every acknowledged save is in the database, once: the newest text, at the version that counts them all."""
    criteria = {int(path.rpartition("/")[2]) for path in members[0].paths}
    rows = db.session.execute(
        db.select(Rating.criterion_id, Rating.evidence, Rating.version).where(Rating.criterion_id.in_(criteria))
    ).all()
    found = Counter((criterion, evidence, version) for criterion, evidence, version in rows)
    expected = Counter(
        (int(path.rpartition("/")[2]), text, member.versions[path])
        for member in members
        for path, text in member.acknowledged.items()
    )
    assert found == expected
    assert sum(version * count for (_criterion, _text, version), count in found.items()) == sum(
        member.count for member in members
    )
