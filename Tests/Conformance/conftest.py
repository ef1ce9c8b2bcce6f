"""Fixtures: one server for the whole run, people and apps on it, and installations that a test has for itself."""

from __future__ import annotations

import os

import pytest

# A certificate list named by the environment would outrank the one that a test names.
for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE", "SSL_CERT_DIR"):
    os.environ.pop(name, None)
# The servers here speak plain HTTP on loopback, where RFC 8252 allows it; requests-oauthlib wants to be told.
os.environ["OAUTHLIB_INSECURE_TRANSPORT"] = "1"
# Nothing here leaves the machine, whatever proxy the environment names.
os.environ["NO_PROXY"] = os.environ["no_proxy"] = "127.0.0.1,localhost"

from support.app import App  # noqa: E402
from support.processes import Callback  # noqa: E402
from support.server import Account, Client, Installation, Server  # noqa: E402
from support.visitor import Visitor  # noqa: E402

# Nobody listens there: a visitor stops before it and reads the answer off the URL.
CALLBACK = "http://127.0.0.1:9/callback"


@pytest.fixture(scope="session")
def server(tmp_path_factory) -> Server:
    """The server that most tests share."""
    with Installation(tmp_path_factory.mktemp("shared")).serve() as running:
        yield running


@pytest.fixture
def base(server) -> str:
    return server.url


@pytest.fixture
def installation(tmp_path) -> Installation:
    """An installation of the test's own, not started."""
    return Installation(tmp_path)


@pytest.fixture
def account(server) -> Account:
    return server.installation.create_account()


@pytest.fixture
def visitor(base) -> Visitor:
    return Visitor(base)


@pytest.fixture(params=["confidential", "public"])
def client(request, server, account) -> Client:
    """A registered app, of either type in turn."""
    return server.installation.create_client(account, CALLBACK, confidential=request.param == "confidential")


@pytest.fixture
def confidential_client(server, account) -> Client:
    return server.installation.create_client(account, CALLBACK)


@pytest.fixture
def app(base, client) -> App:
    return App(base, client)


@pytest.fixture
def callback() -> Callback:
    with Callback() as listener:
        yield listener
