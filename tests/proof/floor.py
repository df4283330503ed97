"""The least that a save can be: a bare Flask POST that writes one row to the same database, over a kept connection."""

from __future__ import annotations

import os
import sqlite3
import threading
from typing import Any

import psycopg
from flask import Flask, request
from flask.typing import ResponseReturnValue

URL = os.environ["FLOOR_DATABASE"]
here = threading.local()
app = Flask(__name__)


def connection() -> Any:
    """This thread's connection, with the settings that recruit has."""
    if not hasattr(here, "connection"):
        if URL.startswith("postgresql"):
            here.connection = psycopg.connect(URL, autocommit=True)
        else:
            here.connection = sqlite3.connect(URL, isolation_level=None)
            for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=10000"):
                here.connection.execute(f"PRAGMA {pragma}")
    return here.connection


@app.post("/")
def write() -> ResponseReturnValue:
    mark = "%s" if URL.startswith("postgresql") else "?"
    connection().execute(f"INSERT INTO floor (text) VALUES ({mark})", (request.get_json()["evidence"],))
    return {"saved": True}
