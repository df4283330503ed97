"""From an empty recruitment to a Word report: by keyboard alone on SQLite, by mouse on PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import docx
import pytest
from browser import journey
from browser.hands import Hands, Keyboard, Mouse
from browser.journey import CANDIDATES, PANEL, TITLE, Journey
from browser.server import Server
from browser.visitors import HR, Visitors
from playwright.sync_api import Browser, Page
from sqlalchemy import create_engine, text


@pytest.fixture
def visitors_on_postgresql(
    browser: Browser,
    postgresql_server: str,
    tmp_path: Path,
    worker_id: str,
    browser_context_args: dict[str, Any],
) -> Iterator[Visitors]:
    name = f"journey_{worker_id}"
    engine = create_engine(
        postgresql_server.replace("postgresql://", "postgresql+psycopg://"), isolation_level="AUTOCOMMIT"
    )
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    server = Server(tmp_path, postgresql_server.replace("/postgres?", f"/{name}?"))
    server.run("demo")
    server.start()
    visitors = Visitors(browser, server.url, {}, browser_context_args)
    yield visitors
    faults = visitors.close()
    server.stop()
    assert faults == []


def travel(visitors: Visitors, hands: Callable[[Page], Hands], folder: Path) -> None:
    def person(email: str | None = None) -> Journey:
        return Journey(hands(visitors.open(email)[0]))

    hr = person(HR)
    journey.create(hr)
    links = journey.invite(hr)
    panel = [person() for _ in PANEL]
    for traveller, link in zip(panel, links.values(), strict=True):
        journey.enter(traveller, link)
    journey.lock(panel[0])
    for traveller, scores in zip(panel, ((4, 3), (5, 3), (4, 2)), strict=True):
        journey.score(traveller, scores)
    report = docx.Document(str(journey.reveal(panel[0], folder)))
    words = [paragraph.text for paragraph in report.paragraphs]
    words += [cell.text for table in report.tables for row in table.rows for cell in row.cells]
    everything = "\n".join(words)
    for expected in (TITLE, *CANDIDATES, "K1 fortalte om punkt 6.", "K2 var til at følge."):
        assert expected in everything


def test_journey_by_keyboard_alone(visitors: Visitors, tmp_path: Path) -> None:
    travel(visitors, Keyboard, tmp_path)


def test_journey_on_postgresql(visitors_on_postgresql: Visitors, tmp_path: Path) -> None:
    travel(visitors_on_postgresql, Mouse, tmp_path)
