"""The code blocks of Buffer's guide, with only the host names and the app's own values replaced."""

from __future__ import annotations

import json
import secrets

import pytest
import requests

from support.app import App, account_of, challenge, new_verifier, query
from support.processes import listening
from support.server import free_port
from support.snippets import FOLDER, Guide, run_javascript, run_php

PRINT_JAVASCRIPT = "\nconsole.log(JSON.stringify({ status: response.status, tokens }))\n"


def approved_code(base, client, visitor, account, verifier: str) -> str:
    state = secrets.token_urlsafe(12)
    answer = query(visitor.authorize(App(base, client).authorization_url(verifier, state), account))
    assert answer["state"] == state
    return answer["code"]


def test_s103_s23_s24_javascript_samples_run_from_step_1_to_refresh(
    base, confidential_client, visitor, account, tmp_path
):
    guide = Guide(base, confidential_client)
    pkce = run_javascript(
        guide.javascript("step-1-pkce") + "console.log(JSON.stringify({ codeVerifier, codeChallenge }))", tmp_path
    )
    assert len(pkce["codeVerifier"]) == 43
    assert pkce["codeChallenge"] == challenge(pkce["codeVerifier"])

    code = approved_code(base, confidential_client, visitor, account, pkce["codeVerifier"])
    exchanged = run_javascript(
        guide.javascript("step-4-exchange") + PRINT_JAVASCRIPT,
        tmp_path, code=code, req={"session": {"codeVerifier": pkce["codeVerifier"]}},
    )  # fmt: skip
    assert exchanged["status"] == 200, exchanged
    tokens = exchanged["tokens"]
    assert tokens["access_token"].startswith("eyJ")
    assert tokens["refresh_token"].startswith("v1.")
    assert (tokens["token_type"], tokens["expires_in"]) == ("Bearer", 3600)

    answer = run_javascript(
        "const answer = " + guide.javascript("step-5-request") + "\nconsole.log(await answer.text())\n",
        tmp_path, tokens=tokens,
    )  # fmt: skip
    assert answer["data"]["account"] == {"id": account.id, "email": account.email}

    refreshed = run_javascript(
        guide.javascript("refresh") + PRINT_JAVASCRIPT, tmp_path, storedRefreshToken=tokens["refresh_token"]
    )
    assert refreshed["status"] == 200
    assert refreshed["tokens"]["refresh_token"] != tokens["refresh_token"]


def test_s104_php_samples_run_from_step_1_to_refresh(base, confidential_client, visitor, account, tmp_path):
    guide = Guide(base, confidential_client)
    pkce = run_php(guide.php("step-1-pkce") + "echo json_encode([$codeVerifier, $codeChallenge]);", tmp_path)
    assert pkce[1] == challenge(pkce[0])

    code = approved_code(base, confidential_client, visitor, account, pkce[0])
    tokens = run_php(
        guide.php("step-4-exchange") + "echo json_encode($tokens);",
        tmp_path, code=code, _SESSION={"code_verifier": pkce[0]},
    )  # fmt: skip
    assert tokens["access_token"].startswith("eyJ"), tokens
    assert tokens["refresh_token"].startswith("v1.")

    answer = run_php(guide.php("step-5-request") + "echo $response;", tmp_path, tokens=tokens)
    assert answer["data"]["account"] == {"id": account.id, "email": account.email}

    refreshed = run_php(
        guide.php("refresh") + "echo json_encode($tokens);", tmp_path, storedRefreshToken=tokens["refresh_token"]
    )
    assert refreshed["refresh_token"] != tokens["refresh_token"]


def test_the_javascript_samples_work_for_a_public_client_without_the_secret_line(
    server, base, visitor, account, tmp_path
):
    """S47, S72: "confidential clients only — omit for public clients"."""
    client = server.installation.create_client(account, "http://127.0.0.1:9/callback", confidential=False)
    assert client.client_secret is None
    guide = Guide(base, client)
    secret_line = "    client_secret: '',\n"
    verifier = new_verifier()
    code = approved_code(base, client, visitor, account, verifier)
    exchange, refresh = guide.javascript("step-4-exchange"), guide.javascript("refresh")
    assert secret_line in exchange and secret_line in refresh
    exchanged = run_javascript(
        exchange.replace(secret_line, "") + PRINT_JAVASCRIPT,
        tmp_path, code=code, req={"session": {"codeVerifier": verifier}},
    )  # fmt: skip
    assert exchanged["status"] == 200, exchanged
    refreshed = run_javascript(
        refresh.replace(secret_line, "") + PRINT_JAVASCRIPT,
        tmp_path, storedRefreshToken=exchanged["tokens"]["refresh_token"],
    )  # fmt: skip
    assert refreshed["status"] == 200, refreshed


@pytest.fixture
def express_app(server, account, base, tmp_path):
    """The guide's Express callback on a loopback port, with its session's state."""
    port, state = free_port(), secrets.token_urlsafe(12)
    client = server.installation.create_client(account, f"http://127.0.0.1:{port}/callback")
    program = (
        f"import {{ express }} from {json.dumps((FOLDER / 'javascript/express-stand-in.mjs').as_uri())}\n"
        f"const app = express({json.dumps({'oauthState': state})})\n"
        f"{Guide(base, client).javascript('step-3-callback')}\n"
        f"app.listen({port}, () => {{}})\n"
    )
    (tmp_path / "app.mjs").write_text(program)
    with listening(["node", "app.mjs"], port, tmp_path):
        yield App(base, client), state


def test_s105_the_express_callback_receives_the_code(express_app, visitor, account):
    app, state = express_app
    verifier = new_verifier()
    answer = requests.get(visitor.authorize(app.authorization_url(verifier, state), account), timeout=10)
    assert answer.status_code == 200
    exchanged = app.exchange(answer.json()["code"], verifier)
    assert exchanged.status_code == 200, exchanged.text


def test_s105_s39_the_express_callback_tells_a_denial(express_app, visitor, account):
    app, state = express_app
    callback = visitor.authorize(app.authorization_url(new_verifier(), state), account, decision="deny")
    assert query(callback)["error"] == "access_denied"
    answer = requests.get(callback, timeout=10)
    assert (answer.status_code, answer.text) == (403, "User denied access")


def test_s105_s41_the_express_callback_refuses_a_forged_state(express_app, visitor, account):
    app, _ = express_app
    answer = requests.get(visitor.authorize(app.authorization_url(new_verifier(), "forged"), account), timeout=10)
    assert (answer.status_code, answer.text) == (403, "Invalid state parameter")


@pytest.fixture
def php_site(server, account, base, tmp_path):
    """A PHP site made of the guide's blocks alone: / starts, /callback.php receives, exchanges and asks the API."""
    port = free_port()
    client = server.installation.create_client(account, f"http://127.0.0.1:{port}/callback.php")
    guide, app = Guide(base, client), App(base, client)
    site = tmp_path / "site"
    sessions = tmp_path / "sessions"
    site.mkdir()
    sessions.mkdir()
    # Step 2 is a URL in the guide: the page below fills in the challenge of Step 1.
    authorize = app.authorization_url("x" * 43, "STATE").replace(challenge("x" * 43), "CHALLENGE")
    (site / "index.php").write_text(
        f"<?php\nsession_start();\n{guide.php('step-1-pkce')}"
        "$_SESSION['code_verifier'] = $codeVerifier;\n"
        "$_SESSION['oauth_state'] = bin2hex(random_bytes(16));\n"
        f"$url = strtr({json.dumps(authorize)}, "
        "['CHALLENGE' => $codeChallenge, 'STATE' => $_SESSION['oauth_state']]);\n"
        "header('Location: ' . $url, true, 302);\n"
    )
    (site / "callback.php").write_text(
        f"<?php\n{guide.php('step-3-callback')}{guide.php('step-4-exchange')}{guide.php('step-5-request')}"
        "header('Content-Type: application/json');\n"
        "echo json_encode(['tokens' => $tokens, 'answer' => json_decode($response, true)]);\n"
    )
    command = ["php", "-d", f"session.save_path={sessions}", "-d", "display_errors=stderr"]
    with listening([*command, "-S", f"127.0.0.1:{port}", "-t", str(site)], port, tmp_path):
        yield f"http://127.0.0.1:{port}"


@pytest.mark.parametrize("decision", ["allow", "deny"])
def test_s105_a_php_site_made_of_the_samples_signs_its_user_in(php_site, visitor, account, decision):
    with requests.Session() as browser:
        start = browser.get(f"{php_site}/", allow_redirects=False, timeout=10)
        callback = visitor.authorize(start.headers["Location"], account, decision=decision)
        answer = browser.get(callback, timeout=30)
    if decision == "deny":
        assert (answer.status_code, answer.text) == (403, "User denied access")
        return
    assert answer.status_code == 200, answer.text
    assert answer.json()["answer"]["data"]["account"] == {"id": account.id, "email": account.email}


def test_s105_the_php_callback_refuses_a_state_of_another_session(php_site, visitor, account):
    with requests.Session() as browser, requests.Session() as other:
        start = browser.get(f"{php_site}/", allow_redirects=False, timeout=10)
        callback = visitor.authorize(start.headers["Location"], account)
        answer = other.get(callback, timeout=10)
    assert (answer.status_code, answer.text) == (403, "Invalid state parameter")


def test_s3_the_header_of_the_guide_works_in_curl_fetch_and_php(server, base, account, tmp_path):
    """S1, S8: the page "Authentication" shows the header in three dialects; all reach the key's own account."""
    key = server.installation.create_key(account)
    body = json.dumps({"query": "{ account { id email } }"})
    expected = {"id": account.id, "email": account.email}
    assert account_of(base, key).json()["data"]["account"] == expected
    fetched = run_javascript(
        "const answer = await fetch(url, { ...options, headers: {\n"
        "  'Content-Type': 'application/json',\n  'Authorization': `Bearer ${key}`,\n}})\n"
        "console.log(await answer.text())\n",
        tmp_path, url=base, key=key, options={"method": "POST", "body": body},
    )  # fmt: skip
    assert fetched["data"]["account"] == expected
    php = run_php(
        "$ch = curl_init($url);\ncurl_setopt_array($ch, [CURLOPT_POSTFIELDS => $body, CURLOPT_RETURNTRANSFER => true,\n"
        "CURLOPT_HTTPHEADER => [\n'Authorization: Bearer ' . $key, 'Content-Type: application/json',\n]]);\n"
        "echo curl_exec($ch);",
        tmp_path, url=base, key=key, body=body,
    )  # fmt: skip
    assert php["data"]["account"] == expected


def test_the_samples_are_complete():
    """Every block that the tests above put together is there, and no test put a host name of its own in."""
    blocks = sorted(p.relative_to(FOLDER).as_posix() for p in FOLDER.rglob("*.*") if p.suffix in (".js", ".php"))
    steps = ["refresh", "step-1-pkce", "step-3-callback", "step-4-exchange", "step-5-request"]
    assert blocks == [f"javascript/{s}.js" for s in steps] + [f"php/{s}.php" for s in steps]
    for block in blocks:
        assert "127.0.0.1" not in (FOLDER / block).read_text()
