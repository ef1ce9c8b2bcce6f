"""Several processes that share one file of tokens: whatever they do at once, and however they die, the grant lives."""

from __future__ import annotations

import json
import os
import random
import subprocess
import time

import pytest
import requests

from support.app import account_of
from support.home import Home
from support.server import Account, Client, Server, binary
from support.visitor import Visitor

# How often two processes find the same stale token. SLUICE_TOKEN_ROUNDS asks for more or fewer.
ROUNDS = int(os.environ.get("SLUICE_TOKEN_ROUNDS", "200"))
KILLS = max(10, ROUNDS // 5)


@pytest.fixture
def home(tmp_path) -> Home:
    return Home(tmp_path)


def sign_in(home: Home, server: Server, account: Account) -> Client:
    client = server.installation.create_client(
        account, "http://127.0.0.1/callback", confidential=False, name="Command line"
    )
    home.add_profile(server.url, client)
    with home.login() as login:
        callback = Visitor(server.url).authorize(login.url, account)
        assert requests.get(callback, timeout=30).status_code == 200
        assert login.wait() == 0, login.notes
    return client


def make_stale(home: Home) -> None:
    """The access token has ended, as far as this machine knows. Nobody else is at the file now."""
    stored = json.loads(home.tokens.read_text())
    stored["tokens"]["expiresAt"] = stored["tokens"]["obtainedAt"]
    home.tokens.write_text(json.dumps(stored))


def ask(home: Home) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [str(binary()), "token"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env=home.environment,
    )  # fmt: skip


def grant_of(server: Server, client: Client) -> dict:
    (grant,) = server.installation.json("grant", "list", "--client", client.client_id)["items"]
    return grant


def test_two_processes_on_one_token_file_never_spend_a_refresh_token_twice_s85(installation, home):
    with installation.serve() as server:
        client = sign_in(home, server, installation.create_account())
        for number in range(ROUNDS):
            make_stale(home)
            both = [ask(home), ask(home)]
            answers = [process.communicate(timeout=60) for process in both]
            assert [process.returncode for process in both] == [0, 0], f"round {number}: {answers}"
            assert answers[0][0] == answers[1][0], f"round {number}: two tokens"
        grant = grant_of(server, client)
        assert (grant["state"], grant["generation"]) == ("active", 1 + ROUNDS)
        assert account_of(server.url, home.ok("token").strip()).status_code == 200


def test_processes_that_are_killed_over_a_refresh_cost_no_grant_where_the_server_has_a_leeway_s84_s85(installation, home):
    with installation.serve("--reuse-leeway", "5m") as server:
        client = sign_in(home, server, installation.create_account())
        chance = random.Random(85)
        killed = 0
        for number in range(KILLS):
            make_stale(home)
            victim, survivor = ask(home), ask(home)
            time.sleep(chance.uniform(0, 0.15))
            victim.kill()
            killed += victim.wait() != 0
            victim.communicate()
            token, notes = survivor.communicate(timeout=60)
            assert survivor.returncode == 0, f"round {number}: {notes}"
            assert account_of(server.url, token.strip()).status_code == 200
        assert killed > 0
        assert grant_of(server, client)["state"] == "active"
        # Whatever the dead left beside the file is gone, and no lock is held.
        assert sorted(path.name for path in home.tokens.parent.iterdir()) == ["test.json", "test.json.lock"]
