"""Posts come due while servers die: each goes out once, none is lost."""

from __future__ import annotations

import datetime
import time
from collections import Counter

import pytest
import requests

from support.server import Account, Installation, Server

POSTS = 200
# A claim is its server's for this long; what a killed server had in hand is nobody else's before.
LEASE_IN_SECONDS = 60
CREATE = """
mutation($input: CreatePostInput!) {
  createPost(input: $input) { ... on PostActionSuccess { post { id } } ... on MutationError { message } }
}
"""


class Desk:
    """Somebody who schedules posts on channels of one account."""

    def __init__(self, installation: Installation, channels: int = 4):
        self.installation = installation
        self.account: Account = installation.create_account()
        self.key = installation.create_key(self.account)
        self.channels = [
            installation.json("channel", "add", "--account", self.account.email, "--service", "mastodon", "--name", f"c{number}")["id"]
            for number in range(channels)
        ]  # fmt: skip
        self.due: dict[str, datetime.datetime] = {}
        self.session = requests.Session()

    def schedule(self, server: Server, text: str, due: datetime.datetime) -> None:
        variables = {
            "channelId": self.channels[len(self.due) % len(self.channels)], "text": text, "mode": "customScheduled",
            "schedulingType": "automatic", "dueAt": due.isoformat(timespec="milliseconds"),
        }  # fmt: skip
        answer = self.session.post(
            server.url, json={"query": CREATE, "variables": {"input": variables}},
            headers={"Authorization": f"Bearer {self.key}"}, timeout=30,
        ).json()  # fmt: skip
        self.due[answer["data"]["createPost"]["post"]["id"]] = due

    def listed(self, *command: str) -> list[dict]:
        items, after = [], []
        while True:
            page = self.installation.json(*command, "--account", self.account.email, "--limit", "200", *after)
            items += page["items"]
            if page["next"] is None:
                return items
            after = ["--after", page["next"]]

    def unfinished(self) -> int:
        return len(self.listed("post", "list", "--status", "scheduled", "sending"))

    def wait_until_out(self, limit: float) -> None:
        end = time.monotonic() + limit
        while self.unfinished():
            assert time.monotonic() < end, f"{self.unfinished()} posts wait still"
            time.sleep(0.25)

    def check(self) -> None:
        """The outbox has each post once, none before its time, and each post says that it is out."""
        outbox = self.listed("outbox", "list")
        assert Counter(item["post_id"] for item in outbox) == Counter(self.due.keys())
        for item in outbox:
            sent = datetime.datetime.fromisoformat(item["sent_at"])
            assert sent >= self.due[item["post_id"]] - datetime.timedelta(milliseconds=1), "out before its time"
        posts = self.listed("post", "list")
        assert {post["id"] for post in posts} == set(self.due)
        assert {post["status"] for post in posts} == {"sent"}


def start_of(seconds: float) -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC) + datetime.timedelta(seconds=seconds)


def test_posts_that_come_due_while_the_server_is_killed_go_out_once(installation, record_property):
    """SIGKILL just as posts are being sent, until that happened twice; then what is left by the dead is sent by the living."""
    server = installation.serve()
    hits, held, rounds, wait = 0, 0, 0, 0.015
    try:
        desk = Desk(installation)
        while hits < 2:
            rounds += 1
            assert rounds <= 20, "no kill met a post on its way"
            due = start_of(1.5)
            for _ in range(40):
                desk.schedule(server, f"Post {len(desk.due)}", due)
            time.sleep(max(0.0, (due - datetime.datetime.now(datetime.UTC)).total_seconds() + wait))
            server.kill()
            sending, scheduled = (len(desk.listed("post", "list", "--status", status)) for status in ("sending", "scheduled"))
            # Sooner or later next time, until it hits.
            wait *= 1.5 if scheduled else 0.7
            hits += sending > held
            held = sending
            server = installation.serve()
        desk.wait_until_out(LEASE_IN_SECONDS + 30)
        desk.check()
        attempts = Counter(item["attempt"] for item in desk.listed("outbox", "list"))
        record_property("tally", f"{len(desk.due)} posts, {rounds} kills, {hits} met work, outbox by attempt: {dict(attempts)}")
    finally:
        server.kill()


def test_two_servers_on_one_folder_send_each_post_once(installation):
    """Both look for what is due, and one of them is killed while it is."""
    with installation.serve() as first, Installation.serve(installation) as second:
        desk = Desk(installation)
        begin = start_of(6)
        for number in range(POSTS):
            desk.schedule(first if number % 2 else second, f"Post {number}", begin + datetime.timedelta(seconds=number // 20 * 0.3))
        time.sleep(max(0.0, (begin - datetime.datetime.now(datetime.UTC)).total_seconds()) + 1)
        second.kill()
        desk.wait_until_out(LEASE_IN_SECONDS + 30)
        desk.check()


@pytest.mark.parametrize("signal", ["stop", "kill"])
def test_what_came_due_while_no_server_ran_goes_out_when_one_does(installation, signal):
    server = installation.serve()
    desk = Desk(installation, channels=1)
    for number in range(3):
        desk.schedule(server, f"Late {number}", start_of(2))
    getattr(server, signal)()
    time.sleep(2.2)
    assert desk.listed("outbox", "list") == []
    with installation.serve():
        desk.wait_until_out(15)
    desk.check()
