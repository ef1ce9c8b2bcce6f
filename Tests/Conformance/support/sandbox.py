"""A live `sluice sandbox`: started as a process, found by the lines that it prints."""

from __future__ import annotations

import shlex
import signal
import subprocess
import time
from pathlib import Path

import requests

from support.server import binary

READY_LIMIT_IN_SECONDS = 60


class Sandbox:
    """A running sandbox. Use it in a `with`."""

    def __init__(self, folder: Path, *options: str):
        self.log = folder / "sandbox.log"
        self.lines = folder / "sandbox.env"
        with self.log.open("wb") as log, self.lines.open("wb") as lines:
            self.process = subprocess.Popen(
                [str(binary()), "sandbox", *options], stdin=subprocess.DEVNULL, stdout=lines, stderr=log, cwd=folder
            )
        try:
            self.environment = self._wait_until_ready()
        except BaseException:
            self.process.kill()
            self.process.wait()
            raise
        self.url = self.environment["BUFFER_API_URL"]

    def _wait_until_ready(self) -> dict[str, str]:
        deadline = time.monotonic() + READY_LIMIT_IN_SECONDS
        while time.monotonic() < deadline:
            # The lines are written at once, so whoever sees the last sees all.
            printed = self.lines.read_text()
            if "SLUICE_SANDBOX_URL=" in printed and printed.endswith("\n"):
                return dict(shlex.split(line)[0].split("=", 1) for line in printed.splitlines())
            assert self.process.poll() is None, f"ended: {self.log.read_text()}"
            time.sleep(0.01)
        raise TimeoutError(self.log.read_text())

    def tell(self, path: str, /, **body) -> requests.Response:
        return requests.post(f"{self.environment['SLUICE_SANDBOX_URL']}/{path}", json=body, timeout=30)

    def look(self, path: str, /, **query) -> dict:
        answer = requests.get(f"{self.environment['SLUICE_SANDBOX_URL']}/{path}", params=query, timeout=30)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def approve(self, url: str, **more) -> dict:
        answer = self.tell("approve", url=url, **more)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def advance(self, span: str) -> None:
        answer = self.tell("clock", advance=span)
        assert answer.status_code == 200, answer.text

    def stop(self) -> int:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(30)

    def __enter__(self) -> "Sandbox":
        return self

    def __exit__(self, *_) -> None:
        self.stop()
