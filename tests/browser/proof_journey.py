"""From an empty recruitment to a Word report on PostgreSQL, by mouse. Only `make proof` has time for it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browser.hands import Mouse
from browser.journey import travel
from browser.server import Server
from browser.visitors import Visitors
from playwright.sync_api import Browser
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


def test_journey_on_postgresql(visitors_on_postgresql: Visitors, tmp_path: Path) -> None:
    travel(visitors_on_postgresql, Mouse, tmp_path)
