"""The real server, with the worked example in a folder of its own, and what the tests read from its database."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from flask import Flask

from recruit import create_app
from recruit.extensions import db

RECRUIT = str(Path(sys.executable).with_name("recruit"))
PATIENCE = 30  # seconds, for a machine that is busy with something else


def free_port() -> int:
    with closing(socket.socket()) as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


class Server:
    """`recruit serve`, on a port of its own. It can be killed and started again."""

    def __init__(self, folder: Path, database_url: str = "") -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = folder / "server.log"
        self.settings = {
            "RECRUIT_INSTANCE": str(folder / "instance"),
            "RECRUIT_DATABASE_URL": database_url,
            "RECRUIT_BASE_URL": self.url,
            "RECRUIT_SECRET_KEY": "only-for-tests",
        }
        self.process: subprocess.Popen[bytes] | None = None
        self._app: Flask | None = None

    def run(self, *arguments: str) -> None:
        subprocess.run(
            [RECRUIT, *arguments],
            env=os.environ | self.settings,
            check=True,
            stdout=subprocess.DEVNULL,
        )

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [RECRUIT, "serve", "--port", str(self.port)],
                env=os.environ | self.settings,
                stdout=log,
                stderr=log,
                start_new_session=True,  # so that its workers can be killed with it
            )
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and self.process.poll() is None:
            try:
                with urlopen(f"{self.url}/sign-in", timeout=PATIENCE):
                    return
            except (URLError, ConnectionError):
                time.sleep(0.05)
        pytest.fail(f"The server did not start:\n{self.log.read_text()}")

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        if self.process is not None:
            os.killpg(self.process.pid, how)
            self.process.wait(PATIENCE)
            self.process = None

    @contextmanager
    def database(self) -> Iterator[Flask]:
        """The same database, from inside."""
        if self._app is None:  # reading charter and bank takes a second
            with pytest.MonkeyPatch.context() as patch:
                for name, value in self.settings.items():
                    patch.setenv(name, value)
                self._app = create_app({"TESTING": True})
        with self._app.app_context():
            yield self._app
            db.session.remove()
            db.engine.dispose()
