"""OAuth libraries that know nothing of Sluice, through the whole life of a grant."""

from __future__ import annotations

import pytest
import requests
from authlib.integrations.httpx_client import OAuth2Client
from authlib.integrations.requests_client import OAuth2Session as AuthlibSession
from authlib.common.security import generate_token
from authlib.oauth2.rfc8414 import AuthorizationServerMetadata
from requests_oauthlib import OAuth2Session as OAuthlibSession

from support.app import ALL_SCOPES, App, account_of, query
from support.certificates import make_certificate
from support.visitor import Visitor


def metadata(base: str) -> dict:
    return requests.get(f"{base}/.well-known/oauth-authorization-server", timeout=10).json()


@pytest.mark.parametrize("method", ["client_secret_post", "client_secret_basic", "none"])
def test_s49_authlib_goes_through_the_whole_cycle(server, base, visitor, account, method):
    """S18, S19, S46, S47, S74, S76, S109: sign-in, request, refresh, revocation, by each way to authenticate."""
    client = server.installation.create_client(account, "http://127.0.0.1:9/callback", confidential=method != "none")
    endpoints = metadata(base)
    session = AuthlibSession(
        client.client_id, client.client_secret, scope=ALL_SCOPES, redirect_uri=client.redirect_uri,
        token_endpoint_auth_method=method, revocation_endpoint_auth_method=method, code_challenge_method="S256",
    )  # fmt: skip
    verifier = generate_token(48)
    url, state = session.create_authorization_url(
        endpoints["authorization_endpoint"], code_verifier=verifier, prompt="consent"
    )
    callback = visitor.authorize(url, account)
    token = session.fetch_token(
        endpoints["token_endpoint"], authorization_response=callback, state=state, code_verifier=verifier
    )
    assert token["token_type"] == "Bearer"
    answer = session.post(base, json={"query": "{ account { email } }"})
    assert answer.json()["data"]["account"]["email"] == account.email

    first = token["refresh_token"]
    token = session.refresh_token(endpoints["token_endpoint"], refresh_token=first)
    assert token["refresh_token"] != first
    revoked = session.revoke_token(
        endpoints["revocation_endpoint"], token=token["refresh_token"], token_type_hint="refresh_token"
    )
    assert revoked.status_code == 200
    assert account_of(base, token["access_token"]).status_code == 401


def test_s76_authlib_over_httpx_reports_reuse_as_invalid_grant(server, base, visitor, account):
    client = server.installation.create_client(account, "http://127.0.0.1:9/callback")
    endpoints = metadata(base)
    with OAuth2Client(
        client.client_id, client.client_secret, scope=ALL_SCOPES, redirect_uri=client.redirect_uri,
        token_endpoint_auth_method="client_secret_post", code_challenge_method="S256",
    ) as session:  # fmt: skip
        verifier = generate_token(48)
        url, _ = session.create_authorization_url(endpoints["authorization_endpoint"], code_verifier=verifier)
        token = session.fetch_token(
            endpoints["token_endpoint"], authorization_response=visitor.authorize(url, account), code_verifier=verifier
        )
        old = token["refresh_token"]
        newest = session.refresh_token(endpoints["token_endpoint"], refresh_token=old)
        for spent in (old, newest["refresh_token"]):
            with pytest.raises(Exception, match="invalid_grant"):
                session.refresh_token(endpoints["token_endpoint"], refresh_token=spent)
    assert account_of(base, newest["access_token"]).status_code == 401


@pytest.mark.parametrize("confidential", [True, False], ids=["confidential", "public"])
def test_requests_oauthlib_goes_through_the_whole_cycle(server, base, visitor, account, confidential):
    """S46, S47, S58–S63, S72–S75: the most used Python client, with its own PKCE."""
    client = server.installation.create_client(account, "http://127.0.0.1:9/callback", confidential=confidential)
    endpoints = metadata(base)
    session = OAuthlibSession(
        client.client_id, redirect_uri=client.redirect_uri, scope=ALL_SCOPES.split(), pkce="S256"
    )
    url, _ = session.authorization_url(endpoints["authorization_endpoint"], prompt="consent")
    secret = {"client_secret": client.client_secret} if confidential else {}
    token = session.fetch_token(
        endpoints["token_endpoint"], authorization_response=visitor.authorize(url, account),
        include_client_id=True, **secret,
    )  # fmt: skip
    assert set(token["scope"]) == set(ALL_SCOPES.split())
    assert token["expires_in"] == 3600
    answer = session.post(base, json={"query": "{ account { id } }"})
    assert answer.json()["data"]["account"]["id"] == account.id

    refreshed = session.refresh_token(endpoints["token_endpoint"], client_id=client.client_id, **secret)
    assert refreshed["refresh_token"] != token["refresh_token"]
    assert refreshed["access_token"] != token["access_token"]


def test_s39_requests_oauthlib_reads_a_denial(server, base, visitor, account):
    from oauthlib.oauth2 import AccessDeniedError

    client = server.installation.create_client(account, "http://127.0.0.1:9/callback")
    endpoints = metadata(base)
    session = OAuthlibSession(client.client_id, redirect_uri=client.redirect_uri, scope=["account:read"], pkce="S256")
    url, _ = session.authorization_url(endpoints["authorization_endpoint"])
    callback = visitor.authorize(url, account, decision="deny")
    assert "code" not in query(callback)
    with pytest.raises(AccessDeniedError):
        session.fetch_token(
            endpoints["token_endpoint"], authorization_response=callback,
            client_secret=client.client_secret, include_client_id=True,
        )  # fmt: skip


def test_s106_authlib_finds_the_metadata_valid_over_tls(installation, tmp_path):
    """S126: the same server under its own certificate; the issuer is https, cookies carry the __Host- prefix."""
    certificate, key = make_certificate(tmp_path)
    account = installation.create_account()
    client = installation.create_client(account, "https://app.example/callback")
    with installation.serve("--tls-certificate", certificate, "--tls-key", key, verify=certificate) as server:
        for name in ("oauth-authorization-server", "openid-configuration"):
            answer = requests.get(f"{server.url}/.well-known/{name}", timeout=10, verify=certificate)
            document = AuthorizationServerMetadata(answer.json())
            document.validate()
            assert document["issuer"] == server.url
        visitor = Visitor(server.url, verify=certificate)
        app = App(server.url, client, verify=certificate)
        tokens = app.sign_in(visitor, account)
        assert account_of(server.url, tokens.access, verify=certificate).status_code == 200
        cookies = {cookie.name: cookie for cookie in visitor.http.cookies}
        assert "__Host-sluice_session" in cookies
        assert all(cookie.secure and cookie.path == "/" for cookie in cookies.values())
        visitor.get("/settings/api")
        assert "max-age=" in visitor.response.headers["Strict-Transport-Security"]
