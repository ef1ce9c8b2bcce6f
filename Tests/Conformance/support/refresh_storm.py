"""Refresh chains under load, a SIGKILL in the middle, and the books that must balance afterwards."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import dataclass, field

import requests

from support.app import App, Tokens, account_of, tokens
from support.server import Account
from support.visitor import Visitor


class Ledger:
    """Every refresh token that was ever presented, with what came of it. Two threads never share a token."""

    def __init__(self, *, leeway: bool):
        self.leeway = leeway
        self.accepted: Counter[str] = Counter()
        self.issued: Counter[str] = Counter()
        self.lock = threading.Lock()

    def acknowledge(self, spent: str, successor: str) -> None:
        """A 200 arrived: `spent` was accepted and `successor` issued."""
        with self.lock:
            self.accepted[spent] += 1
            self.issued[successor] += 1
            assert self.accepted[spent] == 1, "a refresh token was accepted twice"
            # A successor that is answered again within the leeway had its first answer lost: still received only once.
            assert self.issued[successor] == 1, "one refresh token was received twice"
            assert successor not in self.accepted, "a spent refresh token was issued again"


@dataclass
class Chain:
    """One grant, refreshed over and over by one client that always saves the latest token."""

    app: App
    current: Tokens
    in_doubt: bool = False
    refreshes: int = 0
    problems: list[str] = field(default_factory=list)

    def refresh_once(self, ledger: Ledger) -> bool:
        """Presents the current token. False when no answer came."""
        try:
            response = self.app.refresh(self.current.refresh)
        except requests.RequestException:
            # Sent, perhaps received, perhaps committed: nobody knows.
            self.in_doubt = True
            return False
        if response.status_code != 200:
            self.problems.append(f"{response.status_code} {response.text[:200]}")
            return False
        successor = tokens(response)
        ledger.acknowledge(self.current.refresh, successor.refresh)
        self.current = successor
        self.refreshes += 1
        return True

    def run(self, ledger: Ledger, stop: threading.Event) -> None:
        while not stop.is_set() and self.refresh_once(ledger):
            continue


@dataclass
class Tally:
    """What all rounds added up to, for the report."""

    rounds: int = 0
    refreshes: int = 0
    in_doubt: int = 0
    in_doubt_lost: int = 0
    reuse_checks: int = 0


class Storm:
    """Sixteen chains against one installation that is killed and started again on the same port."""

    def __init__(self, installation, account: Account, client, port: int, *, chains: int, leeway: bool):
        self.installation = installation
        self.account = account
        self.client = client
        self.base = f"http://127.0.0.1:{port}"
        self.visitor = Visitor(self.base)
        self.ledger = Ledger(leeway=leeway)
        self.tally = Tally()
        # Access tokens of grants that were revoked: they stay refused, whatever is restarted.
        self.dead_access: list[str] = []
        self.chains = [self.new_chain() for _ in range(chains)]

    def new_chain(self) -> Chain:
        app = App(self.base, self.client)
        return Chain(app, app.sign_in(self.visitor, self.account))

    def blow(self, server, seconds: float) -> None:
        """All chains at full speed, then SIGKILL while their requests are on the way."""
        stop = threading.Event()
        threads = [threading.Thread(target=chain.run, args=(self.ledger, stop)) for chain in self.chains]
        before = sum(chain.refreshes for chain in self.chains)
        for thread in threads:
            thread.start()
        stop.wait(seconds)
        server.kill()
        stop.set()
        for thread in threads:
            thread.join(60)
        problems = [problem for chain in self.chains for problem in chain.problems]
        assert problems == [], f"answers other than 200 under load: {problems[:5]}"
        self.tally.rounds += 1
        self.tally.refreshes += sum(chain.refreshes for chain in self.chains) - before

    def check(self) -> None:
        """After a restart: what was received works, once; what was not is in one of the two defined states."""
        for token in self.dead_access[-40:]:
            assert account_of(self.base, token).status_code == 401, "a revoked grant came back to life"
        for number, chain in enumerate(self.chains):
            chain.app.http.close()
            assert account_of(self.base, chain.current.access).status_code == 200, "an access token was forgotten"
            if not chain.in_doubt:
                assert chain.refresh_once(self.ledger), f"an acknowledged refresh token is refused: {chain.problems}"
            elif not self._resolve(chain):
                self.chains[number] = self.new_chain()
        self._present_twice()

    def _resolve(self, chain: Chain) -> bool:
        """Presents the token whose answer was lost. False when its grant is gone, as the rules say it then must be."""
        self.tally.in_doubt += 1
        chain.in_doubt = False
        if chain.refresh_once(self.ledger):
            return True
        # Only one other outcome is allowed, and only without a leeway: the rotation was committed, so the token is
        # an old one and its reuse revoked the grant, all of it.
        assert not self.ledger.leeway, f"within the leeway the successor must be answered again: {chain.problems}"
        assert len(chain.problems) == 1 and "invalid_grant" in chain.problems[0], chain.problems
        assert account_of(self.base, chain.current.access).status_code == 401, "reuse left an access token alive"
        self.dead_access.append(chain.current.access)
        self.tally.in_doubt_lost += 1
        return False

    def _present_twice(self) -> None:
        """One chain per round proves "once": its spent token is refused, and takes the grant with it."""
        chain = self.chains[0]
        spent = chain.current
        assert chain.refresh_once(self.ledger)
        # With a leeway the directly preceding token is answered again until its successor was used: use it.
        assert chain.refresh_once(self.ledger)
        for token in (spent.refresh, chain.current.refresh):
            response = chain.app.refresh(token)
            assert response.status_code == 400 and response.json()["error"] == "invalid_grant", response.text
        assert account_of(self.base, chain.current.access).status_code == 401
        self.dead_access.append(chain.current.access)
        self.tally.reuse_checks += 1
        self.chains[0] = self.new_chain()
