"""A live Sluice: one data folder, its commands, and the server process that runs on it."""

from __future__ import annotations

import json
import os
import re
import resource
import secrets
import signal
import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

import requests

READY_LIMIT_IN_SECONDS = 60
STOP_LIMIT_IN_SECONDS = 30
ADDRESS = re.compile(r"https?://(?:127\.0\.0\.1|localhost|\[::1\]):(\d+)")


def binary() -> Path:
    """The command under test, from SLUICE_BIN."""
    path = os.environ.get("SLUICE_BIN")
    if not path:
        raise RuntimeError("SLUICE_BIN does not say which sluice to test; run scripts/test --conformance")
    return Path(path).resolve()


def free_port() -> int:
    """A loopback port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@dataclass(frozen=True)
class Account:
    id: str
    email: str
    password: str
    name: str


@dataclass(frozen=True)
class Client:
    client_id: str
    client_secret: str | None
    redirect_uri: str


class Refused(Exception):
    """The server ended, or a command failed, and said why."""

    def __init__(self, status: int, output: str):
        super().__init__(f"exit status {status}: {output[-2000:]}")
        self.status = status
        self.output = output


class Installation:
    """A data folder with the commands that work on it. The server may run or not."""

    def __init__(self, folder: Path, *, environment: dict[str, str] | None = None):
        self.folder = folder
        self.data = folder / "data"
        self.log = folder / "server.log"
        # Nothing of the caller's own Sluice settings may reach the server under test.
        inherited = {k: v for k, v in os.environ.items() if not k.startswith("SLUICE_")}
        self.environment = inherited | {"SWIFT_BACKTRACE": "enable=no"} | (environment or {})

    def run(self, *arguments: str, input: str | None = None, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Runs one `sluice` command on this folder."""
        done = subprocess.run(
            [str(binary()), *arguments, "--data", str(self.data)],
            input=input if input is not None else "",
            capture_output=True,
            text=True,
            timeout=120,
            env=self.environment,
        )
        if check and done.returncode != 0:
            raise Refused(done.returncode, done.stdout + done.stderr)
        return done

    def json(self, *arguments: str, input: str | None = None):
        """What a command answers with `--json`."""
        return json.loads(self.run(*arguments, "--json", input=input).stdout)

    def create_account(self, name: str = "Ada Lovelace", email: str | None = None) -> Account:
        email = email or f"ada-{secrets.token_hex(4)}@example.com"
        password = secrets.token_urlsafe(18)
        answer = self.json(
            "account", "create", "--email", email, "--name", name, "--password-file", "-", input=password + "\n"
        )
        return Account(answer["id"], email, password, name)

    def create_key(self, account: Account, name: str = "Conformance", *options: str) -> str:
        answer = self.json("key", "create", "--account", account.email, "--name", name, *options)
        return answer["key"]

    def create_client(
        self, account: Account, redirect_uri: str, *, confidential: bool = True, name: str = "Conformance App"
    ) -> Client:
        answer = self.json(
            "client", "create", "--account", account.email, "--name", name,
            "--type", "confidential" if confidential else "public", "--redirect-uri", redirect_uri,
        )  # fmt: skip
        return Client(answer["client_id"], answer.get("client_secret"), redirect_uri)

    def serve(self, *options: str, port: int | None = None, **limits) -> "Server":
        """Starts the server and waits until it is ready."""
        return Server(self, options, port if port is not None else 0, **limits)


class Server:
    """A running `sluice serve`. Always stop it, or use it in a `with`."""

    def __init__(
        self,
        installation: Installation,
        options: tuple[str, ...],
        port: int,
        *,
        user: int | None = None,
        executable: Path | None = None,
        verify: str | bool = True,
    ):
        self.installation = installation
        self.mark = installation.log.stat().st_size if installation.log.exists() else 0
        self.secure = "--tls-certificate" in options
        self.verify = verify
        command = [str(executable or binary()), "serve", "--data", str(installation.data), "--port", str(port), *options]
        with installation.log.open("ab") as log:
            self.process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env=installation.environment,
                cwd=installation.folder,
                user=user,
                group=user,
                extra_groups=[] if user is not None else None,
                # SIGXFSZ stays ignored, so a test can let writes fail with EFBIG instead of killing the server.
                restore_signals=False,
            )
        try:
            self.port = self._wait_until_ready()
        except BaseException:
            self.kill()
            raise

    @property
    def url(self) -> str:
        return f"{'https' if self.secure else 'http'}://127.0.0.1:{self.port}"

    @property
    def output(self) -> str:
        """What the server printed since it was started."""
        with self.installation.log.open("rb") as log:
            log.seek(self.mark)
            return log.read().decode(errors="replace")

    def _wait_until_ready(self) -> int:
        deadline = time.monotonic() + READY_LIMIT_IN_SECONDS
        while time.monotonic() < deadline:
            status = self.process.poll()
            if status is not None:
                raise Refused(status, self.output)
            found = ADDRESS.search(self.output)
            if found and self._answers(int(found.group(1))):
                return int(found.group(1))
            time.sleep(0.02)
        raise TimeoutError(f"not ready after {READY_LIMIT_IN_SECONDS} s:\n{self.output}")

    def _answers(self, port: int) -> bool:
        url = f"{'https' if self.secure else 'http'}://127.0.0.1:{port}/readyz"
        try:
            return requests.get(url, timeout=5, verify=self.verify).status_code == 200
        except requests.RequestException:
            return False

    def kill(self) -> None:
        """SIGKILL: no chance to finish anything."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self) -> int:
        """SIGTERM, then the exit status."""
        if self.process.poll() is None:
            self.process.terminate()
        try:
            return self.process.wait(STOP_LIMIT_IN_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()
            raise

    def limit_file_size(self, size: int | None) -> None:
        """From now on every write past `size` bytes of any file fails; None lifts the limit."""
        hard = resource.prlimit(self.process.pid, resource.RLIMIT_FSIZE)[1]
        soft = hard if size is None else size
        resource.prlimit(self.process.pid, resource.RLIMIT_FSIZE, (soft, hard))

    def __enter__(self) -> "Server":
        return self

    def __exit__(self, *_) -> None:
        self.stop()
