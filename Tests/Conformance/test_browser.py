"""The pages in a real Chromium, as the people walk through them who the guide speaks of."""

from __future__ import annotations

import json
import os
import re
import secrets
import subprocess
import tempfile
from pathlib import Path

import pytest
from playwright.sync_api import Error, sync_playwright

from support.app import App, account_of, new_verifier, query, tokens
from support.certificates import make_certificate
from support.chromium import API_KEY, CLIENT_SECRET, ROW_ID, Gallery, Navigations, Person, Watch, chromium
from support.processes import Callback
from support.server import Client
from support.visitor import Visitor

LONG_NAME = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz"
MARKUP_NAME = "<b>Bold</b> & <img src=x onerror=alert(1)>"


@pytest.fixture(scope="module")
def playwright():
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="module")
def browser(playwright):
    with chromium(playwright) as running:
        yield running


@pytest.fixture(scope="module")
def gallery():
    folder = os.environ.get("SLUICE_SCREENSHOTS") or tempfile.mkdtemp(prefix="sluice-screenshots-")
    return Gallery(Path(folder))


@pytest.fixture(autouse=True)
def accessible(gallery):
    """Whatever a test photographs is accessible and fits: all complaints of one test together, at its end."""
    yield
    complaints = "\n".join(gallery.complaints)
    gallery.complaints.clear()
    assert not complaints, complaints


@pytest.fixture(params=[True, False], ids=["javascript", "no-javascript"])
def javascript(request) -> bool:
    return request.param


@pytest.fixture
def walker(browser, base, javascript):
    """A person with a fresh browser, once with and once without JavaScript; nothing may leave the server's origin."""
    context = browser.new_context(java_script_enabled=javascript)
    watch = Watch(context)
    yield Person(context.new_page(), base)
    context.close()
    assert watch.complaints == []


@pytest.fixture
def person(browser, base):
    context = browser.new_context()
    watch = Watch(context)
    yield Person(context.new_page(), base)
    context.close()
    assert watch.complaints == []
    elsewhere = {url for url in watch.urls if not url.startswith(base + "/")}
    assert all("/callback?" in url for url in elsewhere), f"a page loaded something from elsewhere: {elsewhere}"


def sign_up(person: Person) -> tuple[str, str]:
    email, password = f"walker-{secrets.token_hex(4)}@example.com", secrets.token_urlsafe(18)
    person.open("/")
    person.follow("/sign-up")
    person.fill("/sign-up", email=email, name="Grace Hopper", password=password)
    person.press("/sign-up")
    return email, password


def test_s5_s6_s7_s16_s128_sign_up_then_a_key_then_the_shown_curl_line(walker, base, gallery, javascript, tmp_path):
    """S1, S13: from nothing to the account's own data, in one sitting, with and without JavaScript."""
    email, _ = sign_up(walker)
    # Signed in, home leads to Settings → API at once.
    walker.open("/")
    assert walker.page.url.endswith("/settings/api")
    walker.follow("/settings/api/keys/new")
    walker.fill("/settings/api/keys", name="Laptop")
    walker.press("/settings/api/keys")
    text = walker.visible()
    keys = set(API_KEY.findall(text))
    assert len(keys) == 1, "the page shows one key"
    key = keys.pop()
    if javascript:
        gallery.shoot(walker.page, "key-created")
    assert key not in walker.page.title()
    assert key not in walker.page.url

    done = subprocess.run(
        ["bash", "-c", walker.curl_line()], capture_output=True, text=True, timeout=30, cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "HOME": str(tmp_path), "BUFFER_API_KEY": key, "NO_PROXY": "127.0.0.1"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert email in json.dumps(json.loads(done.stdout)["data"]["account"])

    # Shown once: neither the list nor the key's own page has it, only its last four.
    walker.open("/settings/api")
    assert key not in walker.page.content()
    assert key[-4:] in walker.visible()


def test_s7_a_double_click_selects_the_whole_key(person):
    sign_up(person)
    person.open("/settings/api/keys/new")
    person.fill("/settings/api/keys", name="Double click")
    person.press("/settings/api/keys")
    key = API_KEY.findall(person.visible())[0]
    fields = person.page.locator("input:not([type=hidden]), textarea, code, output, pre, p, span").all()
    for field in fields:
        tag = field.evaluate("e => e.tagName")
        text = field.input_value() if tag in ("INPUT", "TEXTAREA") else field.inner_text()
        if text.strip() == key:
            field.dblclick()
            selected = person.page.evaluate(
                "() => { const e = document.activeElement; return e && e.selectionStart !== undefined && e.selectionStart !== null"
                " ? e.value.slice(e.selectionStart, e.selectionEnd) : String(getSelection()) }"
            )
            assert selected.strip() == key
            break
    else:
        raise AssertionError("the key does not stand alone in a field")
    # By keyboard: a field that shows itself when Tab comes to it, with everything selected.
    for _ in range(40):
        person.page.keyboard.press("Tab")
        focused = "document.activeElement"
        if person.page.evaluate(f"{focused}.value ?? ''") == key:
            selected = person.page.evaluate(f"{focused}.value.slice({focused}.selectionStart, {focused}.selectionEnd)")
            assert selected == key
            assert person.page.evaluate(f"{focused}.getBoundingClientRect().width") > 200
            return
    raise AssertionError("Tab does not reach a field with the key")


def test_s5_signed_out_settings_lead_to_sign_in_and_back_to_the_same_page(person, account):
    person.open("/settings/api/keys/new")
    assert "/sign-in" in person.page.url
    person.sign_in(account)
    assert person.page.url.endswith("/settings/api/keys/new")


def test_s17_s18_s35_s38_s39_s99_s128_register_an_app_deny_allow_and_revoke(walker, base, gallery, javascript, callback):
    """S34, S41, S101: the app's user meets sign-in only if needed, the consent page, and the revoke button."""
    redirect_uri = f"http://127.0.0.1:{callback.port}/callback"
    sign_up(walker)
    walker.open("/settings/api")
    walker.follow("/settings/api/clients/new")
    walker.fill("/settings/api/clients", name="Walked App", type="confidential", redirect_uris=redirect_uri)
    walker.press("/settings/api/clients")
    text = walker.visible()
    secret = CLIENT_SECRET.findall(text)[0]
    client_id = ROW_ID.findall(text)[0]
    if javascript:
        gallery.shoot(walker.page, "client-created")
    app = App(base, Client(client_id, secret, redirect_uri))

    verifier = new_verifier()
    walker.open(app.authorization_url(verifier, "one"))
    consent = walker.visible()
    assert "Walked App" in consent
    assert "127.0.0.1" in consent
    walker.press("/auth/decision", "deny")
    denied = query(callback.received[-1])
    assert (denied["error"], denied["state"]) == ("access_denied", "one")
    assert "code" not in denied

    walker.open(app.authorization_url(verifier, "two"))
    walker.press("/auth/decision", "allow")
    assert walker.page.locator("h1").inner_text() == "Back in the app"
    allowed = query(callback.received[-1])
    assert (allowed["state"], allowed["iss"]) == ("two", base)
    token = tokens(app.exchange(allowed["code"], verifier))
    assert account_of(base, token.access).status_code == 200

    walker.open("/settings/api")
    walker.follow(f"/settings/api/apps/{client_id}")
    walker.press(f"/settings/api/apps/{client_id}/revoke")
    assert account_of(base, token.access).status_code == 401
    assert app.refresh(token.refresh).json()["error"] == "invalid_grant"
    walker.open("/settings/api")
    assert walker.page.locator(f'a[href$="/settings/api/apps/{client_id}"]').count() == 0


def authorize_in_browser(person: Person, app: App, account, navigations: Navigations) -> None:
    person.open(app.authorization_url(new_verifier(), "hops"))
    person.sign_in(account)
    # The browser stays on the consent page when the last hop belongs to another program.
    person.form("/auth/decision").locator('button[value="allow"]').click(no_wait_after=True)
    for _ in range(100):
        if navigations.blocked or any("code=" in url for url in navigations.attempted):
            break
        person.page.wait_for_timeout(50)
    person.page.wait_for_timeout(500)


@pytest.mark.parametrize("first_hop", ["http-loopback", "https", "none"])
def test_s124_consent_reaches_a_private_use_scheme_directly_and_over_two_hops(
    server, base, account, playwright, tmp_path, first_hop
):
    """S38: Chromium applies `form-action` to the whole redirect chain behind the consent form."""
    certificate = make_certificate(tmp_path, "app.example")
    forward = lambda path: "com.example.app:/cb?" + path.split("?", 1)[1]  # noqa: E731
    with Callback(forward=forward, tls=certificate if first_hop == "https" else None) as hop:
        redirect_uri = {
            "http-loopback": f"http://127.0.0.1:{hop.port}/hop",
            "https": "https://app.example/hop",
            "none": "com.example.app:/cb",
        }[first_hop]
        client = server.installation.create_client(account, redirect_uri)
        # The app's host name leads to the callback on this machine, and its certificate is our own.
        resolve = f"--host-resolver-rules=MAP app.example:443 127.0.0.1:{hop.port}"
        with chromium(playwright, resolve) as browser:
            page = browser.new_context(ignore_https_errors=True).new_page()
            navigations = Navigations(page)
            authorize_in_browser(Person(page, base), App(base, client), account, navigations)
        assert navigations.blocked == []
        assert any(url.startswith("com.example.app:/cb?") for url in navigations.attempted), navigations.attempted
        if first_hop != "none":
            assert len(hop.received) == 1


def test_s124_consent_reaches_an_https_callback(server, base, account, playwright, tmp_path):
    certificate = make_certificate(tmp_path, "app.example")
    with Callback(tls=certificate) as callback:
        client = server.installation.create_client(account, "https://app.example/callback?tenant=1")
        with chromium(playwright, f"--host-resolver-rules=MAP app.example:443 127.0.0.1:{callback.port}") as browser:
            page = browser.new_context(ignore_https_errors=True).new_page()
            navigations = Navigations(page)
            authorize_in_browser(Person(page, base), App(base, client), account, navigations)
            assert page.locator("h1").inner_text() == "Back in the app"
        assert navigations.blocked == []
        assert query(callback.received[-1])["tenant"] == "1"


def test_s103_the_javascript_samples_run_in_a_browser(browser, base):
    """S24: Step 1 in a page, not only in Node: `crypto.subtle` needs a secure context, which loopback is."""
    from support.app import challenge
    from support.snippets import Guide

    page = browser.new_page()
    page.goto(f"{base}/sign-in")
    code = Guide(base).javascript("step-1-pkce")
    made = page.evaluate(f"async () => {{ {code}\nreturn [codeVerifier, codeChallenge] }}")
    page.close()
    assert made[1] == challenge(made[0])


def test_consent_can_be_decided_with_the_keyboard_alone(person, server, account, callback):
    """S35: sign-in and consent by Tab and Enter."""
    client = server.installation.create_client(account, f"http://127.0.0.1:{callback.port}/callback")
    person.open(App(person.base, client).authorization_url(new_verifier(), "keys"))
    page = person.page

    def focus(selector: str) -> None:
        page.locator("body").focus()
        for _ in range(60):
            if page.evaluate("s => document.activeElement.matches(s)", selector):
                return
            page.keyboard.press("Tab")
        raise AssertionError(f"Tab does not reach {selector}")

    focus('[name="email"]')
    page.keyboard.type(account.email)
    focus('[name="password"]')
    page.keyboard.type(account.password)
    page.keyboard.press("Enter")
    page.wait_for_selector('button[value="allow"]')
    focus('button[value="allow"]')
    outline = page.evaluate(
        "() => { const s = getComputedStyle(document.activeElement);"
        " return s.outlineStyle !== 'none' || s.boxShadow !== 'none' }"
    )
    assert outline, "the focused button does not show its focus"
    with page.expect_request(lambda request: "code=" in request.url):
        page.keyboard.press("Enter")
    page.wait_for_selector("h1:text-is('Back in the app')")
    assert query(callback.received[-1])["state"] == "keys"


@pytest.fixture(scope="module")
def busy(server):
    """An account with something in every list, and names that try a layout."""
    installation = server.installation
    account = installation.create_account("Wolfeschlegelsteinhausenbergerdorff the Elder")
    for name in ("Laptop", LONG_NAME, MARKUP_NAME):
        installation.create_key(account, name)
    installation.create_key(account, "Scoped", "--scope", "posts:read", "--scope", "account:read")
    long_uri = "http://127.0.0.1:9/" + "a-long-path/" * 12 + "callback"
    clients = [
        installation.create_client(account, long_uri, name=LONG_NAME),
        installation.create_client(account, "com.example.app:/cb", name=MARKUP_NAME, confidential=False),
    ]
    visitor = Visitor(server.url)
    for client in clients:
        for _ in range(2):
            App(server.url, client).sign_in(visitor, account)
    return account, clients


def test_s35_s128_every_page_fits_both_widths_and_both_schemes(person, busy, gallery, base):
    """S17: markup in a name is text on every page; nothing scrolls sideways, every control has a name."""
    account, clients = busy
    shots = [("welcome", "/", 200), ("sign-in", "/sign-in", 200), ("sign-up", "/sign-up", 200)]
    for name, path, status in shots:
        person.expect_status(path, status)
        gallery.shoot(person.page, name)
    person.open("/sign-in")
    person.fill("/sign-in", email=account.email, password="not the password at all")
    person.press("/sign-in")
    gallery.shoot(person.page, "sign-in-refused")

    person.sign_in(account)
    person.open("/settings/api")
    content = person.page.content()
    own = {kind: re.findall(rf'href="[^"]*/settings/api/{kind}/([0-9a-f]{{24}})"', content) for kind in ("keys", "clients")}
    signed_in = [
        ("settings-api", "/settings/api"),
        ("settings", "/settings"),
        ("security-log", "/settings/security-log"),
        ("close-account", "/settings/close"),
        ("key-new", "/settings/api/keys/new"),
        ("key", f"/settings/api/keys/{own['keys'][0]}"),
        ("client-new", "/settings/api/clients/new"),
        ("client", f"/settings/api/clients/{own['clients'][0]}"),
        ("connected-app", f"/settings/api/apps/{clients[0].client_id}"),
    ]
    for name, path in signed_in:
        person.expect_status(path, 200)
        gallery.shoot(person.page, name)
        assert person.page.locator("img[onerror], b:text-is('Bold')").count() == 0, "markup in a name came alive"

    for number, client in enumerate(clients):
        person.open(App(base, client).authorization_url(new_verifier(), "shots"))
        gallery.shoot(person.page, f"consent-{number + 1}")

    person.open("/settings/api/clients/new")
    person.fill(
        "/settings/api/clients", name="Refused", type="public", redirect_uris="http://example.com/not-allowed#fragment"
    )
    person.press("/settings/api/clients")
    gallery.shoot(person.page, "client-new-refused")

    # What a form says when it is not filled in well, and what follows when it is.
    person.open("/settings")
    person.fill("/settings/password", current_password="not the password", new_password="a long enough passphrase")
    person.press("/settings/password")
    gallery.shoot(person.page, "settings-refused")
    key = f"/settings/api/keys/{own['keys'][1]}"
    person.open(key)
    person.press(f"{key}/rotate")
    gallery.shoot(person.page, "key-rotated")
    person.page.reload()
    gallery.shoot(person.page, "form-repeated")
    app = f"/settings/api/clients/{clients[0].client_id}"
    person.open(app)
    person.press(f"{app}/rotate-secret")
    gallery.shoot(person.page, "client-secret-rotated")
    person.open(app)
    person.page.locator("summary").first.click()
    gallery.shoot(person.page, "client-delete")
    person.expect_status("/settings/nowhere", 404)
    gallery.shoot(person.page, "not-found")

    broken = App(base, Client("0" * 24, None, "http://127.0.0.1:9/callback")).authorization_url(new_verifier(), "x")
    person.expect_status(broken, 400)
    gallery.shoot(person.page, "authorization-error")
    person.page.context.clear_cookies()
    sign_up(person)
    gallery.shoot(person.page, "settings-api-empty")
    assert len(list(gallery.folder.glob("*.png"))) >= 4 * (len(shots) + len(signed_in) + 11)


def test_s6_s130_a_secret_is_neither_in_the_back_button_nor_in_a_reload(person):
    """S42: sending the same form again makes no second key."""
    sign_up(person)
    person.open("/settings/api/keys/new")
    person.fill("/settings/api/keys", name="Once")
    person.press("/settings/api/keys")
    key = API_KEY.findall(person.visible())[0]
    person.page.reload()
    assert key not in person.visible()
    assert person.page.locator("h1").inner_text() != "Your new API key"
    person.open("/settings/api")
    # Nothing of a page with `no-store` is kept: Chromium would ask whether to send the form again, and stops there.
    try:
        person.page.go_back()
    except Error as error:
        assert "ERR_CACHE_MISS" in str(error)
    else:
        assert key not in person.page.content()
    person.page = person.page.context.new_page()
    person.open("/settings/api")
    keys = re.findall(r'href="[^"]*/settings/api/keys/[0-9a-f]{24}"', person.page.content())
    assert len(set(keys)) == 1
