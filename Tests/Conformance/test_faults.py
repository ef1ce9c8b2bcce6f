"""What is left after the worst: SIGKILL, a full or failing disk, a foreign database, a lost master key."""

from __future__ import annotations

import contextlib
import hashlib
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import time
from pathlib import Path

import pytest
import requests

from support.app import App, account_of, tokens
from support.refresh_storm import Storm
from support.server import Installation, Refused, binary, free_port
from support.visitor import Visitor

ROUNDS = int(os.environ.get("SLUICE_KILL_ROUNDS", "8"))
CHAINS = 16


@pytest.mark.parametrize("leeway", [0, 60], ids=["no-leeway", "leeway"])
def test_s84_kill_under_refresh_load_loses_and_doubles_nothing(installation, leeway, record_property):
    """S83, D13: without a leeway a lost answer costs the grant; with one its successor is answered again."""
    rounds = ROUNDS if leeway == 0 else max(1, ROUNDS // 4)
    account = installation.create_account()
    client = installation.create_client(account, "http://127.0.0.1:9/callback")
    # The same port each time: the address is the issuer, and tokens are bound to it.
    port = free_port()
    moments = random.Random(20_240_229)
    options = ("--reuse-leeway", str(leeway))
    server = installation.serve(*options, port=port)
    try:
        storm = Storm(installation, account, client, port, chains=CHAINS, leeway=leeway > 0)
        for _ in range(rounds):
            storm.blow(server, moments.uniform(0.05, 0.8))
            server = installation.serve(*options, port=port)
            storm.check()
    finally:
        server.kill()
    tally = storm.tally
    record_property("tally", str(tally))
    print(f"\n{tally}")
    assert tally.rounds == tally.reuse_checks == rounds
    assert tally.refreshes > rounds, "there was no load"


def test_s84_a_stop_by_signal_finishes_what_it_began(installation):
    account = installation.create_account()
    client = installation.create_client(account, "http://127.0.0.1:9/callback")
    port = free_port()
    with installation.serve(port=port) as server:
        app = App(server.url, client)
        signed_in = app.sign_in(Visitor(server.url), account)
        newest = tokens(app.refresh(signed_in.refresh))
        app.http.close()
        assert server.stop() == 0
    with installation.serve(port=port) as server:
        assert account_of(server.url, newest.access).status_code == 200
        assert App(server.url, client).refresh(newest.refresh).status_code == 200


@contextlib.contextmanager
def small_disk(folder: Path, megabytes: int = 24):
    """A file system of its own, or None where this user may not mount one."""
    folder.mkdir(parents=True, exist_ok=True)
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=0700", "tmpfs", str(folder)], capture_output=True
    )
    try:
        yield folder if mounted.returncode == 0 else None
    finally:
        if mounted.returncode == 0:
            subprocess.run(["umount", "-l", str(folder)], check=True)


class FullDisk:
    """Fills the disk to the last byte, and frees it again."""

    def __init__(self, folder: Path):
        self.ballast = folder / "ballast"

    def fill(self) -> None:
        with self.ballast.open("wb") as file:
            for size in (1 << 20, 4096, 512, 1):
                with contextlib.suppress(OSError):
                    while True:
                        os.write(file.fileno(), b"\0" * size)

    def free(self) -> None:
        self.ballast.unlink()


class FailingWrites:
    """Lets every growing write of a running server fail, without a mount: the fallback for users who are not root."""

    def __init__(self, server):
        self.server = server

    def fill(self) -> None:
        self.server.limit_file_size(1)

    def free(self) -> None:
        self.server.limit_file_size(None)


def refresh_until_refused(app: App, current, limit: int = 5000):
    """Refreshes until the server cannot write. Returns the last acknowledged tokens and the refusal."""
    for _ in range(limit):
        response = app.refresh(current.refresh)
        if response.status_code != 200:
            return current, response
        current = tokens(response)
    raise AssertionError(f"{limit} refreshes succeeded on a disk that takes nothing")


def assert_unavailable(response: requests.Response) -> None:
    assert response.status_code == 503, f"{response.status_code} {response.text}"
    body = response.json()
    assert body["error"] in ("temporarily_unavailable", "server_error")
    assert body["error_description"]
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("how", ["full-disk", "failing-writes"])
def test_s65_s84_a_disk_that_takes_nothing_is_a_503_and_loses_nothing(tmp_path, how):
    """The server says so, keeps what it acknowledged, and goes on by itself once there is room."""
    with small_disk(tmp_path / "disk") as disk:
        if how == "full-disk" and disk is None:
            how = "failing-writes"
        installation = Installation(tmp_path)
        if how == "full-disk":
            installation.data = disk / "data"
        account = installation.create_account()
        client = installation.create_client(account, "http://127.0.0.1:9/callback")
        port = free_port()
        with installation.serve(port=port) as server:
            fault = FullDisk(disk) if how == "full-disk" else FailingWrites(server)
            app = App(server.url, client)
            visitor = Visitor(server.url)
            current = app.sign_in(visitor, account)
            bystander = app.sign_in(visitor, account)

            fault.fill()
            current, refusal = refresh_until_refused(app, current)
            assert_unavailable(refusal)
            for _ in range(3):
                assert_unavailable(app.refresh(current.refresh))
            # What needs no write goes on.
            assert account_of(server.url, current.access).status_code == 200
            assert requests.get(f"{server.url}/jwks", timeout=10).status_code == 200
            # A key that cannot be stored is not shown either.
            page = visitor.get("/settings/api/keys/new")
            if visitor.status == 200:
                visitor.submit(page.form("/settings/api/keys"), {"name": "Never made"})
            assert visitor.status == 503
            assert "buf_" not in visitor.response.text

            fault.free()
            recovered = tokens(app.refresh(current.refresh))
            assert app.refresh(bystander.refresh).status_code == 200
        with installation.serve(port=port) as server:
            again = App(server.url, client)
            newest = tokens(again.refresh(recovered.refresh))
            assert again.refresh(recovered.refresh).json()["error"] == "invalid_grant"
            assert account_of(server.url, newest.access).status_code == 401


def content(folder: Path) -> dict[str, str]:
    """The hash of every file below a folder that is no log of SQLite's."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and not path.name.endswith(("-shm", "-wal"))]
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def database_file(installation: Installation) -> Path:
    found = [p for p in installation.data.iterdir() if p.is_file() and p.read_bytes()[:15] == b"SQLite format 3"]
    assert len(found) == 1, [p.name for p in installation.data.iterdir()]
    return found[0]


def master_key_file(installation: Installation) -> Path:
    found = [p for p in installation.data.iterdir() if p.is_file() and "master" in p.name]
    assert len(found) == 1, [p.name for p in installation.data.iterdir()]
    return found[0]


def settled(installation: Installation) -> None:
    """Starts and stops once, then folds the write-ahead log into the database, so that hashes can be compared."""
    installation.serve().stop()
    with contextlib.closing(sqlite3.connect(database_file(installation))) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def assert_refuses_to_start(installation: Installation, *words: str, **how) -> None:
    """The server ends by itself, not by a crash, says why, and leaves every file as it was."""
    before = content(installation.data)
    with pytest.raises(Refused) as refusal:
        installation.serve(**how).kill()
    assert refusal.value.status > 0, f"ended by signal {signal.Signals(-refusal.value.status).name}"
    said = refusal.value.output.lower()
    assert any(word in said for word in words), refusal.value.output
    assert "fatal error" not in said and "stack dump" not in said
    assert content(installation.data) == before, "a refused start changed something"


def test_s84_a_read_only_database_is_refused_or_answers_503(tmp_path):
    """Nobody's rights are enough: the server runs as a user who may read everything and write nothing."""
    installation = Installation(tmp_path)
    account = installation.create_account()
    client = installation.create_client(account, "http://127.0.0.1:9/callback")
    port = free_port()
    with installation.serve(port=port) as server:
        signed_in = App(server.url, client).sign_in(Visitor(server.url), account)
    with contextlib.closing(sqlite3.connect(database_file(installation))) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    before = content(installation.data)
    found = {path: path.stat() for path in [installation.data, *installation.data.rglob("*")]}
    how: dict = {}
    opened = []
    try:
        for path in found:
            path.chmod(0o500 if path.is_dir() else 0o400)
        if os.getuid() == 0:
            # Rights do not hold root back: another user, who needs to reach the binary and the folders above the data.
            how = {"user": 65534, "executable": tmp_path / "sluice"}
            shutil.copy(binary(), how["executable"])
            how["executable"].chmod(0o755)
            for path in found:
                os.chown(path, 65534, 65534)
            for parent in [tmp_path, *tmp_path.parents]:
                if not parent.stat().st_mode & 0o001:
                    opened.append((parent, parent.stat().st_mode))
                    parent.chmod(parent.stat().st_mode | 0o011)
        try:
            server = installation.serve(port=port, **how)
        except Refused as refusal:
            assert refusal.status > 0, refusal.output
            assert any(word in refusal.output.lower() for word in ("read-only", "readonly", "write", "permission"))
        else:
            with server:
                assert_unavailable(App(server.url, client).refresh(signed_in.refresh))
        assert all(path.stat().st_mode & 0o222 == 0 for path in found), "the server took a right that it was not given"
    finally:
        for path, before_it in found.items():
            os.chown(path, before_it.st_uid, before_it.st_gid)
            path.chmod(before_it.st_mode)
        for parent, mode in reversed(opened):
            parent.chmod(mode)
    assert content(installation.data) == before
    with installation.serve(port=port) as server:
        assert App(server.url, client).refresh(signed_in.refresh).status_code == 200


def test_a_database_newer_than_the_binary_is_refused_with_an_explanation(installation):
    installation.create_account()
    settled(installation)
    path = database_file(installation)
    with contextlib.closing(sqlite3.connect(path)) as database:
        version = database.execute("PRAGMA user_version").fetchone()[0]
        assert version > 0
        database.execute(f"PRAGMA user_version = {version + 1000}")
        database.commit()
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert_refuses_to_start(installation, "newer")


@pytest.mark.parametrize("fault", ["wrong", "lost", "truncated"])
def test_a_wrong_or_lost_master_key_is_refused_and_nothing_is_overwritten(installation, fault):
    account = installation.create_account()
    client = installation.create_client(account, "http://127.0.0.1:9/callback")
    port = free_port()
    with installation.serve(port=port) as server:
        signed_in = App(server.url, client).sign_in(Visitor(server.url), account)
    settled(installation)
    key = master_key_file(installation)
    original = key.read_bytes()
    if fault == "lost":
        key.unlink()
    elif fault == "truncated":
        key.write_bytes(original[: len(original) // 2])
    else:
        other = Installation(installation.folder / "other")
        other.folder.mkdir()
        other.create_account()
        key.write_bytes(master_key_file(other).read_bytes())
    assert_refuses_to_start(installation, "master key", "master-key", port=port)
    with pytest.raises(Refused):
        installation.create_key(account)
    assert key.exists() == (fault != "lost"), "a new master key was written over a database that needs the old one"

    # With the right key back, everything is as it was.
    key.write_bytes(original)
    key.chmod(0o600)
    with installation.serve(port=port) as server:
        assert App(server.url, client).refresh(signed_in.refresh).status_code == 200


def test_the_data_folder_and_its_files_belong_to_their_owner_alone(installation):
    installation.create_account()
    with installation.serve():
        assert installation.data.stat().st_mode & 0o777 == 0o700
        for path in installation.data.rglob("*"):
            assert path.stat().st_mode & 0o077 == 0, f"others may read {path.name}"


def test_s12_no_secret_reaches_the_log_or_stands_in_the_database(installation):
    """S6, S18: after a day's work neither the log nor the files hold a key, a client secret, a code or a token."""
    account = installation.create_account()
    key = installation.create_key(account)
    client = installation.create_client(account, "http://127.0.0.1:9/callback")
    with installation.serve("--log-level", "debug") as server:
        app = App(server.url, client)
        signed_in = app.sign_in(Visitor(server.url), account)
        newest = tokens(app.refresh(signed_in.refresh))
        account_of(server.url, key)
        account_of(server.url, newest.access)
        app.refresh(signed_in.refresh)
        requests.get(f"{server.url}/?access_token={key}", timeout=10)
        metrics = requests.get(f"{server.url}/metrics", timeout=10).text
    secrets = [key, client.client_secret, account.password, signed_in.refresh, newest.refresh, newest.access]
    places = {"log": installation.log.read_bytes(), "metrics": metrics.encode()}
    places |= {path.name: path.read_bytes() for path in installation.data.rglob("*") if path.is_file()}
    for place, text in places.items():
        for number, secret in enumerate(secrets):
            assert secret.encode() not in text, f"secret {number} stands in {place}"


def test_cold_start_on_an_existing_database_is_quick(installation):
    """From the start of the process to its first 200."""
    installation.create_account()
    installation.serve().stop()
    started = time.monotonic()
    with installation.serve():
        # A debug build on a busy machine: an order of magnitude, not the release build's figure.
        assert time.monotonic() - started < 5
