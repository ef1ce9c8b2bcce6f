"""The programs in Examples/ do what they say, in a sandbox. `scripts/examples` builds them and says where they are."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import time
from pathlib import Path

import pytest
import requests

from support.pages import AUTHORIZATION_URL
from support.processes import listening
from support.sandbox import Sandbox
from support.server import free_port

PROGRAMS = os.environ.get("SLUICE_EXAMPLES")
pytestmark = pytest.mark.skipif(not PROGRAMS, reason="scripts/examples builds and runs them")
LIMIT_IN_SECONDS = 30


@pytest.fixture
def sandbox(tmp_path) -> Sandbox:
    with Sandbox(tmp_path, "--rate-limits", "off") as running:
        yield running


def program(name: str) -> str:
    return str(Path(PROGRAMS) / name)


def environment(sandbox: Sandbox, **more: str) -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("BUFFER", "SLUICE"))}
    return inherited | sandbox.environment | more


def wait_for(condition) -> None:
    end = time.monotonic() + LIMIT_IN_SECONDS
    while not condition():
        assert time.monotonic() < end, "that did not come about"
        time.sleep(0.05)


class Outbox:
    """The folder that the worker works off."""

    def __init__(self, folder: Path):
        self.folder = folder
        (folder / "due").mkdir(parents=True)

    def add(self, name: str, **job: str) -> None:
        (self.folder / "due" / f"{name}.json").write_text(json.dumps(job))

    def names(self, state: str) -> list[str]:
        return sorted(file.stem for file in (self.folder / state).glob("*.json"))


def test_the_worker_posts_each_job_once_and_stops_when_told(sandbox, tmp_path):
    channel = sandbox.environment["BUFFER_CHANNEL_ID"]
    outbox = Outbox(tmp_path / "outbox")
    outbox.add("1-good", channelID=channel, text="From the worker")
    outbox.add("2-empty", channelID=channel, text="")
    outbox.add("3-nowhere", channelID="0" * 24, text="To nobody")
    outbox.add("4-broken")
    outbox.add("5-later", channelID=channel, text="Not yet", dueAt="2036-12-01T08:00:00Z")
    worker = subprocess.Popen(
        [program("Worker")], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        env=environment(sandbox, OUTBOX=str(outbox.folder), INTERVAL="1"),
    )  # fmt: skip
    try:
        wait_for(lambda: worker.poll() is not None or outbox.names("sent") and len(outbox.names("refused")) == 3)
        outbox.add("6-second-look", channelID=channel, text="From the second look")
        wait_for(lambda: worker.poll() is not None or len(outbox.names("sent")) == 2)
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(LIMIT_IN_SECONDS) == 0, worker.stdout.read()
    finally:
        worker.kill()
        log = worker.communicate()[0]
    assert outbox.names("sent") == ["1-good", "6-second-look"], log
    assert outbox.names("refused") == ["2-empty", "3-nowhere", "4-broken"]
    assert outbox.names("due") == ["5-later"]
    assert outbox.names("in-doubt") == outbox.names("sending") == []
    assert "Text is required" in log and "Channel not found" in log
    sandbox.advance("1m")
    texts = [delivery["text"] for delivery in sandbox.look("outbox", channel=channel)["deliveries"]]
    assert sorted(text for text in texts if text.startswith("From the")) == ["From the second look", "From the worker"]


def test_a_worker_that_may_not_post_keeps_its_jobs_and_says_why(sandbox, tmp_path):
    """A key that is no key, and tokens without `posts:write`: no job is lost."""
    outbox = Outbox(tmp_path / "outbox")
    outbox.add("1", channelID=sandbox.environment["BUFFER_CHANNEL_ID"], text="Hello")
    tokens = tmp_path / "tokens.json"
    sign_in(sandbox, tokens)
    without_key = environment(sandbox, OUTBOX=str(outbox.folder), BUFFER_TOKENS=str(tokens))
    del without_key["BUFFER_API_KEY"]
    for variables, words in (
        (environment(sandbox, OUTBOX=str(outbox.folder), BUFFER_API_KEY="buf_none"), "does not accept the credential"),
        (without_key, "posts:write"),
    ):
        done = subprocess.run([program("Worker")], env=variables, capture_output=True, text=True, timeout=LIMIT_IN_SECONDS)
        assert done.returncode == 1 and words in done.stdout + done.stderr, done.stdout + done.stderr
        assert outbox.names("due") == ["1"]


def command(sandbox: Sandbox, tokens: Path, word: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [program("CommandLineApp"), word], env=environment(sandbox, BUFFER_TOKENS=str(tokens)), capture_output=True, text=True,
        timeout=LIMIT_IN_SECONDS,
    )  # fmt: skip


def sign_in(sandbox: Sandbox, tokens: Path) -> str:
    """What `CommandLineApp sign-in` prints once somebody allowed it."""
    app = subprocess.Popen(
        [program("CommandLineApp"), "sign-in"], env=environment(sandbox, BUFFER_TOKENS=str(tokens)), text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    try:
        url = next(found[0] for line in app.stderr if (found := AUTHORIZATION_URL.search(line)))
        answer = requests.get(sandbox.approve(url)["redirect_to"], timeout=LIMIT_IN_SECONDS)
        assert answer.status_code == 200, answer.text
        printed, errors = app.communicate(timeout=LIMIT_IN_SECONDS)
    finally:
        app.kill()
    assert app.returncode == 0, errors
    return printed


def test_the_command_line_app_signs_in_stays_so_and_signs_out(sandbox, tmp_path):
    tokens = tmp_path / "tokens.json"
    assert sign_in(sandbox, tokens) == "Signed in as ada@example.com.\n"
    assert command(sandbox, tokens, "whoami").stdout == "ada@example.com\n"
    sandbox.advance("61m")
    assert command(sandbox, tokens, "whoami").stdout == "ada@example.com\n"
    assert command(sandbox, tokens, "sign-out").stdout == "Signed out.\n"
    again = command(sandbox, tokens, "whoami")
    assert again.returncode == 1 and again.stderr.startswith("error: ")


def test_the_web_app_signs_people_in_and_takes_access_tokens(sandbox, tmp_path):
    port = free_port()
    home = f"http://127.0.0.1:{port}"
    variables = environment(sandbox, PORT=str(port))
    with listening(["env", *(f"{name}={value}" for name, value in variables.items()), program("WebApp")], port, tmp_path):
        browser = requests.Session()
        assert "Nobody is signed in" in browser.get(home, timeout=LIMIT_IN_SECONDS).text
        leaving = browser.get(f"{home}/sign-in", allow_redirects=False, timeout=LIMIT_IN_SECONDS)
        callback = sandbox.approve(leaving.headers["Location"])["redirect_to"]
        assert callback.startswith(f"{home}/callback?")
        forged = browser.get(re.sub("state=[^&]*", "state=forged", callback), timeout=LIMIT_IN_SECONDS)
        assert forged.status_code == 400
        assert "Signed in as ada@example.com" in browser.get(callback, timeout=LIMIT_IN_SECONDS).text
        assert "Nobody is signed in" in requests.get(home, timeout=LIMIT_IN_SECONDS).text
        assert requests.get(f"{home}/reports", timeout=LIMIT_IN_SECONDS).status_code == 401
        bearer = {"Authorization": f"Bearer {sandbox.environment['BUFFER_ACCESS_TOKEN']}"}
        assert requests.get(f"{home}/reports", headers=bearer, timeout=LIMIT_IN_SECONDS).text.startswith("A report for ")
        assert "Nobody is signed in" in browser.post(f"{home}/sign-out", timeout=LIMIT_IN_SECONDS).text
