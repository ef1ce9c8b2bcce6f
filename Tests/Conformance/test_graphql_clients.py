"""A GraphQL client that knows nothing of Sluice: it reads the schema, checks documents against that, and meets refusals."""

from __future__ import annotations

import datetime
import time

import pytest
from gql import Client, gql
from gql.transport.exceptions import TransportQueryError
from gql.transport.requests import RequestsHTTPTransport
from graphql import GraphQLError

from support.sandbox import Sandbox

FIXTURE = """
accounts:
  - email: ada@example.com
    name: Ada
    organizations: [{name: Engines, channels: [{service: mastodon, name: engines}]}]
    keys: [{name: k}]
"""
CREATE = """
mutation($input: CreatePostInput!) {
  createPost(input: $input) { __typename ... on PostActionSuccess { post { id status dueAt } } ... on MutationError { message } }
}
"""
PAGE = """
query($input: PostsInput!, $after: String) {
  posts(first: 7, after: $after, input: $input) { edges { node { id } } pageInfo { hasNextPage endCursor } }
}
"""


@pytest.fixture
def sandbox(tmp_path) -> Sandbox:
    (tmp_path / "fixture.yaml").write_text(FIXTURE)
    with Sandbox(tmp_path, "--fixture", "fixture.yaml", "--rate-limits", "off") as running:
        yield running


def client(sandbox: Sandbox, bearer: str | None = None, *, reads_schema: bool = True) -> Client:
    headers = {"Authorization": f"Bearer {bearer or sandbox.environment['BUFFER_API_KEY']}"}
    # Without retries: this one would sleep for as long as `Retry-After` says.
    transport = RequestsHTTPTransport(sandbox.url, headers=headers, retries=0, timeout=30)
    return Client(transport=transport, fetch_schema_from_transport=reads_schema)


def ask(client: Client, query: str, **variables) -> dict:
    request = gql(query)
    request.variable_values = variables
    return client.execute(request)


def codes(refused: pytest.ExceptionInfo[TransportQueryError]) -> list[str]:
    return [error["extensions"]["code"] for error in refused.value.errors]


def test_the_schema_that_is_read_is_one_that_documents_can_be_checked_against(sandbox):
    one = client(sandbox)
    assert ask(one, "{ account { email } }")["account"]["email"] == "ada@example.com"
    assert {"Query", "Mutation", "Post"} <= one.schema.type_map.keys()
    wrong = "{ account { username } }"
    with pytest.raises(GraphQLError, match="username"):
        ask(one, wrong)
    with pytest.raises(TransportQueryError) as there:
        ask(client(sandbox, reads_schema=False), wrong)
    assert codes(there) == ["GRAPHQL_VALIDATION_FAILED"]


def test_a_first_post_goes_from_the_queue_to_the_outbox(sandbox):
    one, channel = client(sandbox), sandbox.environment["BUFFER_CHANNEL_ID"]
    given = {"channelId": channel, "text": "By another client", "mode": "addToQueue", "schedulingType": "automatic"}
    made = ask(one, CREATE, input=given)["createPost"]
    assert made["__typename"] == "PostActionSuccess" and made["post"]["status"] == "scheduled"
    due = datetime.datetime.fromisoformat(made["post"]["dueAt"])
    assert sandbox.tell("clock", to=made["post"]["dueAt"]).status_code == 200
    sent = ask(one, "query($id: PostId!) { post(input: {id: $id}) { status sentAt } }", id=made["post"]["id"])["post"]
    assert sent["status"] == "sent" and datetime.datetime.fromisoformat(sent["sentAt"]) >= due
    assert [delivery["text"] for delivery in sandbox.look("outbox")["deliveries"]] == ["By another client"]
    assert ask(one, CREATE, input=given | {"text": ""})["createPost"]["message"] == "Text is required"
    assert ask(one, CREATE, input=given | {"channelId": "0" * 24})["createPost"]["message"] == "Channel not found"
    with pytest.raises(TransportQueryError) as refused:
        ask(one, "query($id: PostId!) { post(input: {id: $id}) { id } }", id="0" * 24)
    assert codes(refused) == ["NOT_FOUND"]


@pytest.mark.parametrize(
    "sort", [None, ("createdAt", "asc"), ("createdAt", "desc"), ("dueAt", "asc"), ("dueAt", "desc")], ids=str
)
def test_pages_neither_repeat_nor_skip_while_posts_come_and_go(sandbox, sort):
    one, channel = client(sandbox), sandbox.environment["BUFFER_CHANNEL_ID"]
    start = datetime.datetime(2036, 1, 31, tzinfo=datetime.UTC)

    def add(minutes: int) -> str:
        due = (start + datetime.timedelta(minutes=minutes)).isoformat()
        given = {"channelId": channel, "text": "x", "mode": "customScheduled", "schedulingType": "automatic", "dueAt": due}
        return ask(one, CREATE, input=given)["createPost"]["post"]["id"]

    def delete(post: str) -> None:
        ask(one, "mutation($id: PostId!) { deletePost(input: {id: $id}) { __typename } }", id=post)
        there.discard(post)

    # Some are due at one moment, so that it alone gives no order.
    first = [add(minutes // 3) for minutes in range(30)]
    there = set(first)
    wanted = {"organizationId": sandbox.environment["BUFFER_ORGANIZATION_ID"]}
    if sort:
        wanted["sort"] = [{"field": sort[0], "direction": sort[1]}]
    seen: list[str] = []
    after = None
    while after is not None or not seen:
        page = ask(one, PAGE, input=wanted, after=after)["posts"]
        seen += [edge["node"]["id"] for edge in page["edges"]]
        assert len(seen) < 100, "there is no end"
        after = page["pageInfo"]["endCursor"] if page["pageInfo"]["hasNextPage"] else None
        add(-1), add(5), add(1000)
        # The one that the cursor stands for, and one that is still to come.
        for post in [seen[-1], *[post for post in first if post in there and post not in seen][:1]]:
            delete(post)
    assert len(seen) == len(set(seen)), "a page repeats"
    assert there <= set(seen), "a page skips"


def test_a_missing_scope_and_a_full_window_say_what_they_are(tmp_path):
    (tmp_path / "fixture.yaml").write_text(FIXTURE.replace("[{name: k}]", "[{name: k, scopes: [posts:read]}]"))
    with Sandbox(tmp_path, "--fixture", "fixture.yaml", "--rate-limits", "2/15m") as own:
        one = client(own, reads_schema=False)
        with pytest.raises(TransportQueryError) as narrow:
            ask(one, "{ account { id } }")
        assert codes(narrow) == ["FORBIDDEN"]
        assert narrow.value.errors[0]["extensions"]["requiredScopes"] == ["account:read"]
        ask(one, "{ __typename }")
        with pytest.raises(TransportQueryError) as full:
            ask(one, "{ __typename }")
        assert codes(full) == ["RATE_LIMIT_EXCEEDED"]
        assert full.value.errors[0]["extensions"]["window"] == "15m"
        assert 0 < int(one.transport.response_headers["Retry-After"]) <= 900


def test_a_revoked_key_is_refused(server, account):
    made = server.installation.json("key", "create", "--account", account.email, "--name", "gql")
    headers = {"Authorization": f"Bearer {made['key']}"}
    one = Client(transport=RequestsHTTPTransport(server.url, headers=headers, retries=0, timeout=30))
    assert ask(one, "{ account { email } }")["account"]["email"] == account.email
    server.installation.run("key", "revoke", made["id"])
    with pytest.raises(TransportQueryError) as refused:
        # Another process than the server revoked it, which the server hears of within 100 ms.
        for _ in range(50):
            ask(one, "{ account { email } }")
            time.sleep(0.02)
    assert codes(refused) == ["UNAUTHENTICATED"]
