"""`sluice login` and what follows it, against a live server: in a real Chromium, and as scripts and mishaps meet it."""

from __future__ import annotations

import json
import os
import re
import tempfile
import time
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
import requests
from playwright.sync_api import sync_playwright

from support.app import account_of, query
from support.chromium import Gallery, Person, Watch, chromium
from support.home import LIMIT_IN_SECONDS, Home
from support.server import Account, Client, Server
from support.visitor import Visitor

LOOPBACK = "http://127.0.0.1/callback"
SCOPES = ("account:read", "posts:read", "offline_access")


@pytest.fixture
def home(tmp_path) -> Home:
    return Home(tmp_path)


@pytest.fixture(params=["public", "confidential"])
def tool(request, server, account) -> Client:
    """An app for the command line, of either type in turn: the port of its redirect URI is free."""
    return server.installation.create_client(
        account, LOOPBACK, confidential=request.param == "confidential", name="Command line"
    )


@pytest.fixture
def public_tool(server, account) -> Client:
    return server.installation.create_client(account, LOOPBACK, confidential=False, name="Command line")


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright, chromium(playwright) as running:
        yield running


@pytest.fixture
def person(browser, base):
    """Somebody in a fresh browser that complains of nothing."""
    context = browser.new_context()
    watch = Watch(context)
    yield Person(context.new_page(), base)
    context.close()
    assert watch.complaints == []


def sign_in(home: Home, server: Server, client: Client, account: Account, *options: str) -> None:
    """The whole of `sluice login`, by somebody without a screen."""
    home.add_profile(server.url, client)
    with home.login(*options) as login:
        callback = Visitor(server.url).authorize(login.url, account)
        page = requests.get(callback, timeout=30)
        assert (page.status_code, "You are signed in" in page.text) == (200, True)
        assert login.wait() == 0, login.notes


def grants(server: Server, client: Client) -> list[dict]:
    return server.installation.json("grant", "list", "--client", client.client_id)["items"]


# Chromium


def test_s18_s41_login_in_chromium_then_whoami_token_api_and_logout(server, base, account, tool, home, person):
    # A folder of its own: a gallery begins by taking down what hung in its folder.
    gallery = Gallery(Path(os.environ.get("SLUICE_SCREENSHOTS") or tempfile.mkdtemp(prefix="sluice-login-")) / "login")
    home.add_profile(base, tool)
    with home.login() as login:
        person.open(login.url)
        person.sign_in(account)
        assert "Command line" in person.visible()
        person.press("/auth/decision", "allow")
        assert person.page.locator("h1").inner_text() == "You are signed in"
        # Styled by its own sheet, which the policy lets through, and nothing else.
        assert person.page.evaluate("getComputedStyle(document.querySelector('main')).maxWidth") == "608px"
        gallery.shoot(person.page, "signed-in")
        assert gallery.complaints == []
        assert login.wait() == 0, login.notes
    assert login.output.startswith(f"Signed in as Ada Lovelace <{account.email}>.")
    assert login.url in login.notes

    me = home.json("whoami")
    assert (me["profile"], me["issuer"], me["account"]["email"]) == ("test", base, account.email)
    assert set(SCOPES) <= set(me["scopes"])
    token = home.ok("token").removesuffix("\n")
    assert account_of(base, token).json()["data"]["account"]["id"] == account.id
    assert json.loads(home.ok("api", "{ account { id } }")) == {"account": {"id": account.id}}

    assert home.json("logout") == {"profile": "test", "changed": True, "revoked": True}
    assert account_of(base, token).status_code == 401
    assert [(grant["state"], grant["revocation"]) for grant in grants(server, tool)] == [("revoked", "by_client")]
    assert home.run("token").returncode == 67


def test_s35_a_denial_in_chromium_ends_the_wait_with_67_and_stores_nothing(base, account, public_tool, home, person):
    home.add_profile(base, public_tool)
    with home.login("--json") as login:
        person.open(login.url)
        person.sign_in(account)
        person.press("/auth/decision", "deny")
        assert person.page.locator("h1").inner_text() == "Nothing was allowed"
        assert login.wait() == 67
    assert login.output == ""
    assert json.loads(login.notes.splitlines()[-1])["error"] == "unauthenticated"
    assert not home.tokens.exists()


# What may come to the port


def test_a_forged_callback_is_told_so_and_the_genuine_one_still_signs_in(server, base, account, public_tool, home):
    home.add_profile(base, public_tool)
    with home.login() as login:
        genuine = Visitor(base).authorize(login.url, account)
        parts = urlsplit(genuine)
        origin = f"{parts.scheme}://{parts.netloc}"
        forged = dict(parse_qsl(parts.query)) | {"state": "forged"}
        answer = requests.get(f"{origin}/callback?{urlencode(forged)}", timeout=30)
        assert (answer.status_code, "This is not the answer" in answer.text) == (400, True)
        assert requests.get(f"{origin}/favicon.ico", timeout=30).status_code == 404
        assert requests.post(genuine, timeout=30).status_code == 405
        assert requests.get(genuine, headers={"Host": "attacker.example"}, timeout=30).status_code == 404
        assert login.process.poll() is None
        assert requests.get(genuine, timeout=30).status_code == 200
        assert login.wait() == 0, login.notes
    with pytest.raises(requests.ConnectionError):
        requests.get(genuine, timeout=30)
    assert [grant["state"] for grant in grants(server, public_tool)] == ["active"]


def test_s41_the_port_differs_from_run_to_run_and_is_on_127_0_0_1_alone(base, public_tool, home):
    home.add_profile(base, public_tool)
    with home.login() as one:
        first = query(one.url)["redirect_uri"]
        # Another address of this same machine: a listener on all of them would answer there.
        with pytest.raises(requests.ConnectionError):
            requests.get(first.replace("127.0.0.1", "127.0.0.2"), timeout=5)
        assert requests.get(first, timeout=5).status_code == 400
        with home.login() as two:
            second = query(two.url)["redirect_uri"]
    assert first != second
    assert all(re.fullmatch(r"http://127\.0\.0\.1:\d+/callback", uri) for uri in (first, second))


def test_nobody_comes_back_in_time(base, public_tool, home):
    home.add_profile(base, public_tool)
    with home.login("--timeout", "1s", "--no-browser") as login:
        assert login.wait() == 67
    assert "Nobody signed in within 1 s." in login.notes
    assert f"{base}/auth?" in login.notes
    assert not home.asked.exists()


# Between sign-in and sign-out


def test_s46_s61_a_confidential_app_keeps_its_secret_in_a_file_of_its_own(server, base, account, confidential_client, home):
    client = server.installation.create_client(account, LOOPBACK)
    sign_in(home, server, client, account)
    holding = [path for path in home.folder.rglob("*") if path.is_file() and client.client_secret in path.read_text()]
    assert [path.relative_to(home.folder).as_posix() for path in holding] == [".local/state/sluice/secrets/test"]
    wrong = home.folder / ".local/state/sluice/secrets/test"
    wrong.write_text(confidential_client.client_secret)
    with home.login() as login:
        callback = Visitor(base).authorize(login.url, account)
        assert "The sign-in did not work" in requests.get(callback, timeout=30).text
        assert login.wait() == 67
    assert "invalid_client" in login.notes
    assert confidential_client.client_secret not in login.notes + login.output


def test_what_the_commands_leave_is_for_their_owner_alone_and_what_they_say_holds_no_secret(
    server, account, public_tool, home
):
    sign_in(home, server, public_tool, account)
    assert {mode for path, mode in home.files().items() if (home.folder / path).is_dir()} == {0o700}
    assert {mode for path, mode in home.files().items() if (home.folder / path).is_file()} == {0o600}
    kept = json.loads(home.tokens.read_text())["tokens"]
    for command in (("whoami",), ("whoami", "--json"), ("profile", "list"), ("profile", "show", "--json"), ("logout",)):
        done = home.run(*command)
        for secret in (kept["accessToken"], kept["refreshToken"]):
            assert secret not in done.stdout + done.stderr, command


def test_s74_s75_a_token_that_is_over_is_renewed_and_the_grant_goes_on(installation, home):
    with installation.serve("--access-token-lifetime", "4") as server:
        account = installation.create_account()
        client = installation.create_client(account, LOOPBACK, confidential=False)
        sign_in(home, server, client, account)
        first = home.ok("token")
        deadline = time.monotonic() + LIMIT_IN_SECONDS
        while (token := home.ok("token")) == first:
            assert time.monotonic() < deadline, "the token was never renewed"
        assert account_of(server.url, token.strip()).status_code == 200
        [grant] = grants(server, client)
        assert (grant["state"], grant["generation"] >= 2) == ("active", True)
        assert home.json("whoami")["account"]["email"] == account.email


def test_s101_a_sign_in_that_its_user_revoked_is_67_and_a_new_one_works(server, base, account, public_tool, home):
    sign_in(home, server, public_tool, account)
    [grant] = grants(server, public_tool)
    server.installation.run("grant", "revoke", grant["id"])
    done = home.run("whoami")
    assert done.returncode == 67
    assert "sluice login --profile test" in done.stderr
    # Dead tokens are not presented a second time.
    assert home.run("api", "{ account { id } }").returncode == 67
    with home.login() as login:
        assert requests.get(Visitor(base).authorize(login.url, account), timeout=30).status_code == 200
        assert login.wait() == 0, login.notes
    assert home.json("whoami")["account"]["id"] == account.id


def test_without_an_answer_it_is_68_and_the_tokens_are_kept(installation, home):
    with installation.serve() as server:
        account = installation.create_account()
        client = installation.create_client(account, LOOPBACK, confidential=False)
        sign_in(home, server, client, account)
    for command in (("whoami",), ("api", "{ account { id } }"), ("logout",)):
        done = home.run(*command, "--json")
        assert (done.returncode, done.stdout) == (68, "")
        assert json.loads(done.stderr.splitlines()[-1])["error"] == "unreachable"
    assert home.tokens.exists()
    # The access token lives on, and giving it out takes no server.
    assert home.ok("token").strip()
    with home.login() as login:
        assert login.wait() == 68
    with installation.serve(port=server.port):
        assert home.json("logout")["revoked"] is True
    assert home.json("logout") == {"profile": "test", "changed": False, "revoked": False}


def test_logout_local_forgets_and_the_server_goes_on_accepting(server, base, account, public_tool, home):
    sign_in(home, server, public_tool, account)
    token = home.ok("token").strip()
    assert home.json("logout", "--local") == {"profile": "test", "changed": True, "revoked": False}
    assert account_of(base, token).status_code == 200
    assert home.run("token").returncode == 67


def test_device_sign_in_says_that_the_server_does_not_offer_it(base, public_tool, home):
    home.add_profile(base, public_tool)
    done = home.run("login", "--device")
    assert done.returncode == 77
    assert "does not offer" in done.stderr


# api


def test_s97_api_tells_answers_errors_and_missing_scopes_apart(server, base, account, public_tool, home, tmp_path):
    sign_in(home, server, public_tool, account, "--scope", "posts:read", "offline_access")
    done = home.run("api", "{ account { id } }")
    assert done.returncode == 76
    assert "FORBIDDEN" in done.stderr
    assert "--scope … account:read" in done.stderr
    done = home.run("api", "{ nonsense }", "--json")
    assert done.returncode == 76
    assert json.loads(done.stdout)["errors"][0]["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"
    assert json.loads(done.stderr)["error"] == "api_error"
    document = tmp_path / "document.graphql"
    document.write_text("query One($on: Boolean!) { a: __typename @include(if: $on) } query Two { b: __typename }")
    for arguments, data in [
        (("--operation", "One", "--variable", "on=true"), {"a": "Query"}),
        (("--operation", "One", "--variables", '{"on": false}'), {}),
        (("--operation", "Two", "--variable", "on=true"), {"b": "Query"}),
    ]:
        assert json.loads(home.ok("api", "--file", str(document), *arguments)) == data
    assert home.run("api", "--file", str(document)).returncode == 76


def test_s1_api_takes_a_key_from_the_environment_and_never_from_the_command_line(server, base, account, home):
    key = server.installation.create_key(account)
    environment = {"BUFFER_API_KEY": key, "BUFFER_API_URL": base}
    answer = json.loads(home.ok("api", "--json", input="{ account { id } }", environment=environment))
    assert answer["data"]["account"]["id"] == account.id
    assert home.ok("api", "{ account { id } }", "--pretty", environment=environment).startswith('{\n  "account": {\n')
    refused = home.run("api", "{ account { id } }", environment=environment | {"BUFFER_API_KEY": "buf_wrong"})
    assert refused.returncode == 67
    assert "buf_wrong" not in refused.stderr
