"""`sluice sandbox` as somebody uses it who builds on Buffer: no browser, no sleeping, from three languages."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import textwrap
import time

import pytest
import requests
from authlib.common.security import generate_token
from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session

from support.app import App, account_of, new_verifier, tokens
from support.pages import ROOT, blocks
from support.sandbox import Sandbox
from support.server import Client, binary
from support.snippets import run_javascript, run_php

SCOPE = "account:read posts:read offline_access"


@pytest.fixture(scope="module")
def strict(tmp_path_factory) -> Sandbox:
    with Sandbox(tmp_path_factory.mktemp("strict")) as sandbox:
        yield sandbox


@pytest.fixture(scope="module")
def lenient(tmp_path_factory) -> Sandbox:
    with Sandbox(tmp_path_factory.mktemp("lenient"), "--reuse-leeway", "30s") as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(strict) -> Sandbox:
    """As a test of one's own finds it: nothing waits, nothing was called."""
    for path in ("faults", "calls"):
        requests.delete(f"{strict.environment['SLUICE_SANDBOX_URL']}/{path}", timeout=10)
    return strict


def app(sandbox: Sandbox, kind: str = "confidential") -> App:
    env = sandbox.environment
    if kind == "public":
        return App(sandbox.url, Client(env["BUFFER_PUBLIC_CLIENT_ID"], None, env["BUFFER_REDIRECT_URI"]))
    return App(sandbox.url, Client(env["BUFFER_CLIENT_ID"], env["BUFFER_CLIENT_SECRET"], env["BUFFER_REDIRECT_URI"]))


def sign_in(sandbox: Sandbox, kind: str = "confidential"):
    one, verifier = app(sandbox, kind), new_verifier()
    answer = sandbox.approve(one.authorization_url(verifier, "state-1", SCOPE))
    assert answer["state"] == "state-1" and answer["iss"] == sandbox.environment["BUFFER_AUTH_URL"]
    response = one.exchange(answer["code"], verifier)
    assert response.status_code == 200, response.text
    return one, tokens(response)


def test_the_printed_key_and_tokens_work(tmp_path):
    with Sandbox(tmp_path) as own:
        for name in ("BUFFER_API_KEY", "BUFFER_ACCESS_TOKEN"):
            answer = account_of(own.url, own.environment[name])
            assert answer.json()["data"]["account"]["email"] == "ada@example.com"
            assert answer.headers["Sluice-Sandbox"] == "true"
        assert app(own).refresh(own.environment["BUFFER_REFRESH_TOKEN"]).status_code == 200


def test_authlib_goes_through_the_whole_cycle_without_a_browser(sandbox):
    env = sandbox.environment
    session = OAuth2Session(
        env["BUFFER_CLIENT_ID"], env["BUFFER_CLIENT_SECRET"], scope=SCOPE, redirect_uri=env["BUFFER_REDIRECT_URI"],
        code_challenge_method="S256", token_endpoint_auth_method="client_secret_post",
        revocation_endpoint_auth_method="client_secret_post",
    )  # fmt: skip
    verifier = generate_token(48)
    url, state = session.create_authorization_url(f"{env['BUFFER_AUTH_URL']}/auth", code_verifier=verifier)
    callback = sandbox.approve(url, account="ada@example.com")["redirect_to"]
    token_url = f"{env['BUFFER_AUTH_URL']}/token"
    session.fetch_token(token_url, authorization_response=callback, state=state, code_verifier=verifier)

    def ask() -> requests.Response:
        return requests.post(
            env["BUFFER_API_URL"], json={"query": "query Who { account { email } }"},
            headers={"Authorization": f"Bearer {session.token['access_token']}"}, timeout=10,
        )  # fmt: skip

    assert ask().json()["data"]["account"]["email"] == "ada@example.com"
    sandbox.advance("61m")
    assert ask().status_code == 401
    session.refresh_token(token_url, refresh_token=session.token["refresh_token"])
    assert ask().status_code == 200
    sandbox.tell("faults", path="/token", grant_type="refresh_token", fault={"oauth_error": "invalid_grant"})
    with pytest.raises(OAuthError, match="invalid_grant"):
        session.refresh_token(token_url, refresh_token=session.token["refresh_token"])
    session.refresh_token(token_url, refresh_token=session.token["refresh_token"])
    session.revoke_token(f"{token_url}/revocation", token=session.token["refresh_token"])
    assert ask().status_code == 401
    calls = sandbox.look("calls", path="/token")["calls"]
    assert [call["grant_type"] for call in calls] == ["authorization_code"] + ["refresh_token"] * 3
    assert [call["status"] for call in calls] == [200, 200, 400, 200]
    assert [call["fault"] for call in calls] == [None, None, "oauth_error invalid_grant", None]
    asked = sandbox.look("calls", path="/")["calls"]
    assert {call["operation_name"] for call in asked} == {"Who"}
    assert [call["status"] for call in asked] == [200, 401, 200, 401]


JAVASCRIPT = """
const form = (fields) => ({ method: 'POST', body: new URLSearchParams(fields) })
const json = (body) => ({ method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) })
const sandbox = async (path, body) => (await fetch(`${env.SLUICE_SANDBOX_URL}/${path}`, json(body))).json()
const base64url = (bytes) => Buffer.from(bytes).toString('base64url')
const verifier = base64url(crypto.getRandomValues(new Uint8Array(32)))
const challenge = base64url(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier)))
const url = new URL('/auth', env.BUFFER_AUTH_URL)
url.search = new URLSearchParams({
  client_id: env.BUFFER_PUBLIC_CLIENT_ID, redirect_uri: env.BUFFER_REDIRECT_URI, response_type: 'code', scope: SCOPE,
  state: 'abc', code_challenge: challenge, code_challenge_method: 'S256', prompt: 'consent',
})
const approved = await sandbox('approve', { url: url.href })
const client = { client_id: env.BUFFER_PUBLIC_CLIENT_ID }
const token = (fields) => fetch(`${env.BUFFER_AUTH_URL}/token`, form({ ...client, ...fields }))
let tokens = await (await token({
  grant_type: 'authorization_code', code: approved.code, redirect_uri: env.BUFFER_REDIRECT_URI, code_verifier: verifier,
})).json()
const ask = () => fetch(env.BUFFER_API_URL, {
  ...json({ query: '{ account { email } }' }),
  headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${tokens.access_token}` },
})
const seen = { state: approved.state, before: (await ask()).status }
await sandbox('clock', { advance: '61m' })
seen.expired = (await ask()).status
tokens = await (await token({ grant_type: 'refresh_token', refresh_token: tokens.refresh_token })).json()
seen.refreshed = (await ask()).status
await sandbox('faults', { path: '/', fault: { status: 429, retry_after: 1 } })
const limited = await ask()
seen.limited = [limited.status, (await limited.json()).errors[0].extensions.code]
await new Promise((resolve) => setTimeout(resolve, 1000 * Number(limited.headers.get('Retry-After'))))
seen.afterwards = (await ask()).status
const old = tokens.refresh_token
await sandbox('faults', { path: '/token', fault: { drop: 'after' } })
seen.lost = await token({ grant_type: 'refresh_token', refresh_token: old }).then(() => 'answered', () => 'lost')
const again = await token({ grant_type: 'refresh_token', refresh_token: old })
const answer = await again.json()
seen.again = [again.status, answer.error ?? null]
if (again.ok) {
  tokens = answer
  seen.recovered = (await ask()).status
}
console.log(JSON.stringify(seen))
"""

PHP = """
function send(string $url, string $body, array $headers = []): array {
    $received = [];
    $request = curl_init($url);
    curl_setopt_array($request, [
        CURLOPT_POSTFIELDS => $body, CURLOPT_RETURNTRANSFER => true, CURLOPT_HTTPHEADER => $headers,
        CURLOPT_HEADERFUNCTION => function ($_, string $line) use (&$received) {
            $parts = explode(':', $line, 2);
            if (count($parts) === 2) $received[strtolower($parts[0])] = trim($parts[1]);
            return strlen($line);
        },
    ]);
    $text = curl_exec($request);
    if ($text === false) return ['status' => 0, 'body' => [], 'headers' => []];
    return ['status' => curl_getinfo($request, CURLINFO_RESPONSE_CODE), 'body' => json_decode($text, true), 'headers' => $received];
}
$sandbox = fn (string $path, array $body) =>
    send("{$env['SLUICE_SANDBOX_URL']}/$path", json_encode($body), ['Content-Type: application/json']);
$client = ['client_id' => $env['BUFFER_CLIENT_ID'], 'client_secret' => $env['BUFFER_CLIENT_SECRET']];
$token = fn (array $fields) => send("{$env['BUFFER_AUTH_URL']}/token", http_build_query($client + $fields));
$ask = fn (string $access) => send(
    $env['BUFFER_API_URL'], json_encode(['query' => '{ account { email } }']),
    ['Content-Type: application/json', "Authorization: Bearer $access"]);
$base64url = fn (string $bytes) => rtrim(strtr(base64_encode($bytes), '+/', '-_'), '=');
$verifier = $base64url(random_bytes(32));
$url = "{$env['BUFFER_AUTH_URL']}/auth?" . http_build_query([
    'client_id' => $env['BUFFER_CLIENT_ID'], 'redirect_uri' => $env['BUFFER_REDIRECT_URI'], 'response_type' => 'code',
    'scope' => $SCOPE, 'state' => 'abc', 'code_challenge' => $base64url(hash('sha256', $verifier, true)),
    'code_challenge_method' => 'S256', 'prompt' => 'consent',
]);
$approved = $sandbox('approve', ['url' => $url])['body'];
$tokens = $token([
    'grant_type' => 'authorization_code', 'code' => $approved['code'], 'redirect_uri' => $env['BUFFER_REDIRECT_URI'],
    'code_verifier' => $verifier,
])['body'];
$seen = ['state' => $approved['state'], 'before' => $ask($tokens['access_token'])['status']];
$sandbox('clock', ['advance' => '61m']);
$seen['expired'] = $ask($tokens['access_token'])['status'];
$tokens = $token(['grant_type' => 'refresh_token', 'refresh_token' => $tokens['refresh_token']])['body'];
$seen['refreshed'] = $ask($tokens['access_token'])['status'];
$sandbox('faults', ['path' => '/', 'fault' => ['status' => 429, 'retry_after' => 1]]);
$limited = $ask($tokens['access_token']);
$seen['limited'] = [$limited['status'], $limited['body']['errors'][0]['extensions']['code']];
sleep((int) $limited['headers']['retry-after']);
$seen['afterwards'] = $ask($tokens['access_token'])['status'];
$old = $tokens['refresh_token'];
$sandbox('faults', ['path' => '/token', 'fault' => ['drop' => 'after']]);
$lost = $token(['grant_type' => 'refresh_token', 'refresh_token' => $old]);
$seen['lost'] = $lost['status'] === 0 ? 'lost' : 'answered';
$again = $token(['grant_type' => 'refresh_token', 'refresh_token' => $old]);
$seen['again'] = [$again['status'], $again['body']['error'] ?? null];
if ($again['status'] === 200) $seen['recovered'] = $ask($again['body']['access_token'])['status'];
echo json_encode($seen);
"""

COMMON = {
    "state": "abc", "before": 200, "expired": 401, "refreshed": 200, "limited": [429, "RATE_LIMIT_EXCEEDED"],
    "afterwards": 200, "lost": "lost",
}  # fmt: skip


@pytest.mark.parametrize("run, program", [(run_javascript, JAVASCRIPT), (run_php, PHP)], ids=["fetch", "php"])
def test_the_whole_cycle_from_another_language(lenient, strict, run, program, tmp_path):
    """Approval, expiry by the clock, refresh, 429 honoured, an answer lost after the commit: with leeway recovered, without not."""
    seen = run(program, tmp_path, env=lenient.environment, SCOPE=SCOPE)
    assert seen == COMMON | {"again": [200, None], "recovered": 200}
    seen = run(program, tmp_path, env=strict.environment, SCOPE=SCOPE)
    assert seen == COMMON | {"again": [400, "invalid_grant"]}


@pytest.mark.parametrize("kind", ["confidential", "public"])
def test_a_lost_answer_without_leeway_ends_the_grant(sandbox, kind):
    one, held = sign_in(sandbox, kind)
    sandbox.tell("faults", path="/token", grant_type="refresh_token", fault={"drop": "after"})
    with pytest.raises(requests.ConnectionError):
        one.refresh(held.refresh)
    assert one.refresh(held.refresh).json()["error"] == "invalid_grant"
    assert account_of(sandbox.url, held.access).status_code == 401


def test_a_connection_dropped_before_anything_happened_costs_nothing(sandbox):
    one, held = sign_in(sandbox)
    sandbox.tell("faults", path="/token", fault={"drop": "before"})
    with pytest.raises(requests.ConnectionError):
        one.refresh(held.refresh)
    assert one.refresh(held.refresh).status_code == 200


def test_a_denial_comes_back_to_the_app(sandbox):
    answer = sandbox.approve(app(sandbox).authorization_url(new_verifier(), "s", SCOPE), decision="deny")
    assert answer["error"] == "access_denied" and "code" not in answer
    assert answer["redirect_to"].startswith(sandbox.environment["BUFFER_REDIRECT_URI"])


@pytest.mark.parametrize("step", ["expire", "revoke"])
def test_a_named_grant_ends_at_once(tmp_path, step):
    with Sandbox(tmp_path) as own:
        env = own.environment
        assert account_of(own.url, env["BUFFER_ACCESS_TOKEN"]).status_code == 200
        assert own.tell(f"grants/ada/{step}").status_code == 200
        assert account_of(own.url, env["BUFFER_ACCESS_TOKEN"]).status_code == 401
        assert app(own).refresh(env["BUFFER_REFRESH_TOKEN"]).json()["error"] == "invalid_grant"


def test_the_lines_are_appended_to_a_file_once_it_is_ready(tmp_path):
    file = tmp_path / "github.env"
    file.write_text("BEFORE=1\n")
    with Sandbox(tmp_path, "--env-file", str(file)) as own:
        lines = file.read_text().splitlines()
        assert lines[0] == "BEFORE=1"
        assert dict(line.split("=", 1) for line in lines[1:]) == own.environment
    assert own.stop() == 0


def test_a_command_runs_in_it_and_its_status_is_the_sandboxs(tmp_path):
    program = (
        "import os, sys, urllib.request as r\n"
        "q = r.Request(os.environ['BUFFER_API_URL'], b'{\"query\":\"{ account { email } }\"}', {'Content-Type':"
        " 'application/json', 'Authorization': 'Bearer ' + os.environ['BUFFER_API_KEY']})\n"
        "print(r.urlopen(q).read().decode()); sys.exit(7)\n"
    )
    done = subprocess.run(
        [str(binary()), "sandbox", "--", sys.executable, "-c", program], capture_output=True, text=True, timeout=60, cwd=tmp_path
    )
    assert done.returncode == 7, done.stderr
    assert json.loads(done.stdout) == {"data": {"account": {"email": "ada@example.com"}}}
    assert "nothing in it is real" in done.stderr


@pytest.mark.parametrize("number, status", [(signal.SIGTERM, 40), (signal.SIGINT, 41), (signal.SIGHUP, 42)])
def test_signals_are_passed_on_and_the_command_decides(tmp_path, number, status):
    program = (
        "import signal, sys, time\n"
        f"signal.signal({int(number)}, lambda *_: sys.exit({status}))\n"
        "print('waiting', flush=True)\n"
        "while True: time.sleep(1)\n"
    )
    own = subprocess.Popen(
        [str(binary()), "sandbox", "--", sys.executable, "-c", program], stdout=subprocess.PIPE, text=True,
        stderr=subprocess.DEVNULL, cwd=tmp_path, start_new_session=True,
    )  # fmt: skip
    try:
        assert own.stdout.readline() == "waiting\n"
        own.send_signal(number)
        assert own.wait(30) == status
    finally:
        own.kill()
        own.wait()


def test_it_leaves_no_file_behind_and_stops_on_a_signal(tmp_path):
    with Sandbox(tmp_path) as own:
        pass
    assert own.stop() == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["sandbox.env", "sandbox.log"]
    with pytest.raises(requests.ConnectionError):
        requests.get(own.url, timeout=5)


def samples(language: str):
    return [block.text for block in blocks("docs/sandbox.md") if block.language == language]


@pytest.mark.parametrize("language, command", [("python", [sys.executable]), ("javascript", ["node"]), ("php", ["php"])])
def test_the_recipes_of_the_page_run_as_they_stand(tmp_path, language, command):
    """docs/sandbox.md: each language's blocks, one after another, in a sandbox with leeway."""
    programs = samples(language)
    assert programs, f"the page has no {language}"
    suffix = {"python": ".py", "javascript": ".mjs", "php": ".php"}[language]
    file = tmp_path / f"recipe{suffix}"
    file.write_text("\n".join(programs))
    done = subprocess.run(
        [str(binary()), "sandbox", "--reuse-leeway", "30s", "--", *command, str(file)], capture_output=True, text=True,
        timeout=120, cwd=tmp_path, env=os.environ | {"NODE_OPTIONS": ""},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.strip().splitlines()[-1] == "ok", done.stdout


CREATE = """
mutation($input: CreatePostInput!) {
  createPost(input: $input) { __typename ... on PostActionSuccess { post { id status } } ... on MutationError { message } }
}
"""

POSTING_FIXTURE = """
accounts:
  - email: ada@example.com
    name: Ada
    organizations:
      - name: Engines
        members: {grace@example.com: admin}
        channels: [{service: mastodon, name: engines, id: 0123456789abcdef01234567}]
        tags: [launch]
        posts: [{channel: engines, text: From the fixture, due: +2h, tags: [launch]}]
    keys: [{name: k}]
  - {email: grace@example.com, name: Grace}
"""


@pytest.fixture
def engines(tmp_path):
    (tmp_path / "fixture.yaml").write_text(POSTING_FIXTURE)
    with Sandbox(tmp_path, "--fixture", "fixture.yaml") as own:
        yield own


def ask(sandbox: Sandbox, query: str, **variables) -> dict:
    answer = requests.post(
        sandbox.url, json={"query": query, "variables": variables}, timeout=30,
        headers={"Authorization": f"Bearer {sandbox.environment['BUFFER_API_KEY']}"},
    )  # fmt: skip
    assert answer.status_code == 200, answer.text
    body = answer.json()
    assert "errors" not in body, body
    return body["data"]


def create_post(sandbox: Sandbox, text: str, **more) -> dict:
    given = {"channelId": sandbox.environment["BUFFER_CHANNEL_ID"], "text": text, "schedulingType": "automatic"} | more
    made = ask(sandbox, CREATE, input=given)["createPost"]
    assert made["__typename"] == "PostActionSuccess", made
    return made["post"]


def status_of(sandbox: Sandbox, post: str) -> dict:
    return ask(sandbox, "query($id: PostId!) { post(input: {id: $id}) { status error { message } } }", id=post)["post"]


def test_what_is_scheduled_goes_out_once_when_the_clock_is_moved(engines):
    assert engines.environment["BUFFER_CHANNEL_ID"] == "0123456789abcdef01234567"
    post = create_post(engines, "By the API", mode="addToQueue")
    assert post["status"] == "scheduled"
    assert engines.look("outbox")["deliveries"] == []
    assert engines.tell("clock", advance="3h").status_code == 200
    moved = engines.tell("clock", advance="1d").json()
    assert moved["ahead_seconds"] == 27 * 3600
    deliveries = engines.look("outbox", channel="engines")["deliveries"]
    assert sorted(delivery["text"] for delivery in deliveries) == ["By the API", "From the fixture"]
    assert [delivery["text"] for delivery in deliveries if delivery["post_id"] == post["id"]] == ["By the API"]
    assert status_of(engines, post["id"])["status"] == "sent"
    assert engines.tell("clock", advance="1d").json()["posts_sent"] == 0
    assert len(engines.look("outbox")["deliveries"]) == 2


def test_a_network_refuses_on_demand(engines):
    told = engines.tell("channels/engines/fault", count=1, message="The account is suspended.")
    assert told.status_code == 201, told.text
    first = create_post(engines, "first", mode="shareNow")
    engines.advance("1s")
    second = create_post(engines, "second", mode="shareNow")
    engines.advance("1s")
    refused = status_of(engines, first["id"])
    assert refused["status"] == "error" and refused["error"]["message"] == "The account is suspended."
    assert status_of(engines, second["id"])["status"] == "sent"
    assert [delivery["text"] for delivery in engines.look("outbox")["deliveries"]] == ["second"]


def test_metrics_of_a_post_are_those_that_a_test_gives(engines):
    post = create_post(engines, "counted", mode="shareNow")
    engines.advance("1s")
    told = engines.tell(f"posts/{post['id']}/metrics", reactions=12, reposts=3)
    assert told.status_code == 200, told.text
    seen = ask(engines, "query($id: PostId!) { post(input: {id: $id}) { metrics { type value } } }", id=post["id"])
    assert {metric["type"]: metric["value"] for metric in seen["post"]["metrics"]} == {"reactions": 12, "reposts": 3}


def test_rate_limits_are_on_and_moving_the_clock_frees_their_windows(tmp_path):
    with Sandbox(tmp_path, "--rate-limits", "3/15m") as own:
        env = own.environment

        def status() -> int:
            return account_of(own.url, env["BUFFER_API_KEY"]).status_code

        assert [status() for _ in range(4)] == [200, 200, 200, 429]
        # What a test tells the sandbox is not counted, and still answered.
        assert own.look("calls")["calls"] and own.look("clock")
        assert own.tell("faults", path="/token", fault={"status": 500}).status_code == 201
        own.advance("16m")
        assert status() == 200


def test_the_fixture_of_the_page_starts_a_sandbox(tmp_path):
    """docs/sandbox.md: the reference shows a fixture with everything that may stand in one."""
    fixture = next(block.text for block in blocks("docs/sandbox.md") if block.language == "yaml" and "accounts:" in block.text)
    (tmp_path / "fixture.yaml").write_text(fixture)
    with Sandbox(tmp_path, "--fixture", "fixture.yaml") as own:
        overview = own.look("")
        assert overview["sandbox"] is True and overview["grants"]
        for member in ("email:", "time_zone:", "organizations:", "expires:", "value:", "id:", "secret:", "redirect_uris:"):
            assert member in fixture


def test_the_steps_of_the_workflow_of_the_page_run(tmp_path):
    """docs/sandbox.md, In GitHub Actions: the two ways to have a sandbox, with an npm that looks at its environment."""
    workflow = next(block.text for block in blocks("docs/sandbox.md") if block.language == "yaml" and "runs-on:" in block.text)
    steps = re.findall(r"run: (?:\|\n((?: {10}.*\n)+)|(.*)\n)", workflow)
    steps = [textwrap.dedent(several) or one for several, one in steps if "sluice sandbox" in several + one]
    assert len(steps) == 2
    tools, asked = tmp_path / "tools", tmp_path / "asked"
    tools.mkdir()
    (tools / "sluice").symlink_to(binary())
    (tools / "npm").write_text('#!/bin/sh\nprintf %s "$BUFFER_API_KEY" > "$ASKED"\n')
    (tools / "npm").chmod(0o700)
    (tmp_path / "tests").mkdir()
    fixture = subprocess.run([str(binary()), "sandbox", "--print-fixture"], capture_output=True, text=True, check=True)
    (tmp_path / "tests/buffer.yaml").write_text(fixture.stdout)
    variables = tmp_path / "github_env"
    variables.write_text("BEFORE=1")
    environment = os.environ | {
        "PATH": f"{tools}:{os.environ['PATH']}", "GITHUB_ENV": str(variables), "ASKED": str(asked),
    }  # fmt: skip
    for step in steps:
        # The runner of the workflow ends what a job leaves behind.
        script = step + ('\nkill $!' if "&" in step else "")
        done = subprocess.run(["bash", "-e", "-c", script], cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stdout + done.stderr
    assert asked.read_text().startswith("buf_")
    lines = variables.read_text().splitlines()
    assert lines[0] == "BEFORE=1" and any(line.startswith("BUFFER_API_URL=http://127.0.0.1:") for line in lines)


def test_the_swift_recipe_of_the_page_is_the_suite_that_runs_in_a_sandbox():
    recipe = next(block.text for block in blocks("docs/sandbox.md") if block.language == "swift")
    suite = (ROOT / "Tests/SluiceClientLiveTests/SandboxRecipeTests.swift").read_text()
    assert recipe.strip() == suite[suite.index("@Suite") :].strip()
