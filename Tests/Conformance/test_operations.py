"""The requests in Tests/Golden/API over HTTP, each with a key of just the scopes that it is known to take: status, and code of
what is refused. The Swift tests look at the shapes of the answers."""

from __future__ import annotations

import json
import re
import time

import pytest
import requests

from support.pages import ROOT
from support.server import Server

FOLDERS = [ROOT / "Tests/Golden/API" / name for name in ("client-operations", "documented-examples")]
OPERATIONS = [one for folder in FOLDERS for file in sorted(folder.glob("*.json")) for one in json.loads(file.read_text())]
SERVICES = ("twitter", "instagram", "tiktok", "youtube", "facebook")
SCOPES = frozenset("account:read account:write posts:read posts:write ideas:read ideas:write insights:read".split())
CREATE = """
mutation($channel: ChannelId!, $mode: ShareMode!, $due: DateTime) {
  createPost(input: {channelId: $channel, text: "Hello", mode: $mode, dueAt: $due, schedulingType: automatic}) {
    ... on PostActionSuccess { post { id } }
  }
}
"""
SENT = """
query($id: OrganizationId!) { posts(input: {organizationId: $id, filter: {status: sent}}) { edges { cursor node { id } } } }
"""
KIND = re.compile(r"<([a-z ]+)>")


class World:
    """An account of the shared server, in which each kind of thing that the requests name can be had."""

    def __init__(self, server: Server):
        self.url, self.installation = server.url, server.installation
        self.account = server.installation.create_account()
        self.keys: dict[frozenset[str], str] = {}
        mine = ("--account", self.account.email)
        channels = {
            service: self.installation.json("channel", "add", *mine, "--service", service, "--name", service)["id"]
            for service in SERVICES
        }
        self.known = {f"channel {service}": channel for service, channel in channels.items()}
        self.known |= {"channel": channels["twitter"], "instagram": channels["instagram"]}
        self.known["organization"] = self.data("{ account { organizations { id } } }")["account"]["organizations"][0]["id"]
        for _ in range(2):
            self.id("sent post")
        end = time.monotonic() + 30
        while len(edges := self.data(SENT, id=self.known["organization"])["posts"]["edges"]) < 2:
            assert time.monotonic() < end, "the posts do not go out"
            time.sleep(0.1)
        self.known |= {"sent post": edges[0]["node"]["id"], "cursor": edges[0]["cursor"]}

    def key(self, scopes: frozenset[str]) -> str:
        if scopes not in self.keys:
            self.keys[scopes] = self.installation.create_key(self.account, "Operations", "--scope", *sorted(scopes))
        return self.keys[scopes]

    def ask(self, body: dict, scopes: frozenset[str] = SCOPES) -> requests.Response:
        return requests.post(self.url, json=body, headers={"Authorization": f"Bearer {self.key(scopes)}"}, timeout=30)

    def data(self, query: str, **variables) -> dict:
        return self.ask({"query": query, "variables": variables}).json()["data"]

    def id(self, kind: str) -> str:
        """Posts are made afresh, since some requests delete theirs."""
        if kind in self.known:
            return self.known[kind]
        mode = {"post": "customScheduled", "queued post": "addToQueue", "sent post": "shareNow"}[kind]
        due = "2036-03-10T15:00:00Z" if kind == "post" else None
        made = self.data(CREATE, channel=self.known["channel"], mode=mode, due=due)["createPost"]
        return made["post"]["id"]

    def filled(self, operation: dict) -> dict:
        """The body of a request, with ids in place of kinds."""
        text = json.dumps({name: operation[name] for name in ("query", "variables") if name in operation})
        ids = {kind: self.id(kind) for kind in set(re.findall(KIND, text))}
        return json.loads(re.sub(KIND, lambda found: ids[found[1]], text))


@pytest.fixture(scope="module")
def world(server) -> World:
    return World(server)


def test_there_are_operations_that_only_their_variables_decide():
    refused = [one for one in OPERATIONS if one.get("refused")]
    assert (len(OPERATIONS), len(refused)) == (121 + 64, 17 + 7)
    assert len([one for one in refused if one["refused"] == "BAD_USER_INPUT"]) == 3


def named(operations: list[dict]):
    return pytest.mark.parametrize("operation", operations, ids=[one["id"] for one in operations])


@named([one for one in OPERATIONS if "refused" in one])
def test_what_is_no_request_for_this_schema_is_a_400_with_the_code_that_clients_know(world, operation):
    answer = world.ask(world.filled(operation))
    assert answer.status_code == 400, answer.text
    assert {error["extensions"]["code"] for error in answer.json()["errors"]} == {operation["refused"]}
    assert "data" not in answer.json()


@named([one for one in OPERATIONS if "refused" not in one])
def test_s86_s87_s88_s89_s90_the_scopes_of_a_request_are_enough_and_each_is_needed(world, operation):
    """By scopes that were written down apart from the server's own table."""
    body, scopes = world.filled(operation), frozenset(operation["scopes"].split())
    answer = world.ask(body, scopes)
    assert answer.status_code == 200, answer.text
    assert "errors" not in answer.json(), answer.text
    assert answer.json()["data"].keys() == (operation.get("answer") or operation["data"]).keys()
    for scope in scopes:
        refused = world.ask(body, SCOPES - {scope})
        assert refused.status_code == 200, refused.text
        errors = refused.json()["errors"]
        assert {error["extensions"]["code"] for error in errors} == {"FORBIDDEN"}
        assert [error["extensions"]["requiredScopes"] for error in errors] == [[scope]] * len(errors)
