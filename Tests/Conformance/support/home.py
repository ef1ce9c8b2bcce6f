"""Somebody's home folder with the client half of `sluice` in it: profiles, tokens, and a browser that hands its address over."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import time
from pathlib import Path

from support.server import Client, binary

LIMIT_IN_SECONDS = 60


class Home:
    """A home folder, and commands run in it."""

    def __init__(self, folder: Path):
        self.folder = folder / "home"
        self.folder.mkdir(parents=True)
        self.asked = folder / "asked"
        browser = folder / "browser"
        # One move, so that nobody reads half an address.
        browser.write_text(f"#!/bin/sh\nprintf '%s' \"$1\" > '{self.asked}.part'\nmv '{self.asked}.part' '{self.asked}'\n")
        browser.chmod(0o700)
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("SLUICE_", "BUFFER_", "XDG_"))}
        self.environment = kept | {"HOME": str(self.folder), "BROWSER": str(browser), "SWIFT_BACKTRACE": "enable=no"}

    def run(
        self, *arguments: str, input: str = "", environment: dict[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(binary()), *arguments], input=input, capture_output=True, text=True, timeout=120,
            env=self.environment | (environment or {}),
        )  # fmt: skip

    def ok(self, *arguments: str, **more) -> str:
        """What a command that must work prints."""
        done = self.run(*arguments, **more)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def json(self, *arguments: str, **more):
        return json.loads(self.ok(*arguments, "--json", **more))

    def add_profile(self, base: str, client: Client, name: str = "test", *options: str) -> None:
        secret = ["--client-secret-file", "-"] if client.client_secret else []
        self.ok(
            "profile", "add", name, "--url", base, "--client-id", client.client_id, "--use", *secret, *options,
            input=client.client_secret or "",
        )  # fmt: skip

    def login(self, *arguments: str) -> "Login":
        """Starts `sluice login`; the browser's address comes by `url`."""
        self.asked.unlink(missing_ok=True)
        return Login(self, arguments)

    @property
    def tokens(self) -> Path:
        return self.folder / ".local/state/sluice/tokens/test.json"

    def files(self) -> dict[str, int]:
        """Everything the commands left, with its mode."""
        found = [path for path in self.folder.rglob("*") if "sluice" in path.parts]
        return {str(path.relative_to(self.folder)): stat.S_IMODE(path.stat().st_mode) for path in found}


class Login:
    """A `sluice login` that waits for its browser. Use it in a `with`."""

    def __init__(self, home: Home, arguments: tuple[str, ...]):
        self.home = home
        self.process = subprocess.Popen(
            [str(binary()), "login", *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True, env=home.environment,
        )  # fmt: skip
        self.output = self.notes = ""

    @property
    def url(self) -> str:
        """The address that the browser was started with."""
        deadline = time.monotonic() + LIMIT_IN_SECONDS
        while not self.home.asked.exists():
            assert self.process.poll() is None, "".join(self.process.communicate())
            assert time.monotonic() < deadline, "no browser was started"
            time.sleep(0.01)
        return self.home.asked.read_text()

    def wait(self) -> int:
        """The exit status, once it has ended; then `output` and `notes` hold what it said."""
        self.output, self.notes = self.process.communicate(timeout=LIMIT_IN_SECONDS)
        return self.process.returncode

    def __enter__(self) -> "Login":
        return self

    def __exit__(self, *_) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.communicate()
