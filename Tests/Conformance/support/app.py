"""An OAuth app written from the guide alone: PKCE, the authorization URL, the exchange, refresh, revocation."""

from __future__ import annotations

import base64
import hashlib
import secrets
from dataclasses import dataclass
from urllib.parse import parse_qs, quote, urlencode, urlsplit

import requests

from support.server import Account, Client
from support.visitor import Visitor

ALL_SCOPES = "posts:write posts:read ideas:read ideas:write account:read account:write offline_access"


def new_verifier() -> str:
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).rstrip(b"=").decode()


def challenge(verifier: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def query(url: str) -> dict[str, str]:
    """The parameters of a callback; each must be there once."""
    pairs = parse_qs(urlsplit(url).query, keep_blank_values=True)
    assert all(len(values) == 1 for values in pairs.values()), f"repeated parameter in {sorted(pairs)}"
    return {name: values[0] for name, values in pairs.items()}


@dataclass
class Tokens:
    access: str
    refresh: str | None
    body: dict


class App:
    """One registered client and the requests it sends."""

    def __init__(self, base: str, client: Client, *, verify: str | bool = True):
        self.base = base
        self.client = client
        self.http = requests.Session()
        self.http.verify = verify

    def authorization_url(self, verifier: str, state: str, scope: str = ALL_SCOPES, **more: str) -> str:
        parameters = {
            "client_id": self.client.client_id,
            "redirect_uri": self.client.redirect_uri,
            "response_type": "code",
            "scope": scope,
            "state": state,
            "code_challenge": challenge(verifier),
            "code_challenge_method": "S256",
            "prompt": "consent",
        } | more
        return f"{self.base}/auth?{urlencode(parameters, quote_via=quote)}"

    def credentials(self) -> dict[str, str]:
        pairs = {"client_id": self.client.client_id}
        if self.client.client_secret:
            pairs["client_secret"] = self.client.client_secret
        return pairs

    def post(self, path: str, **pairs: str) -> requests.Response:
        return self.http.post(f"{self.base}{path}", data=self.credentials() | pairs, timeout=30)

    def exchange(self, code: str, verifier: str) -> requests.Response:
        return self.post(
            "/token", grant_type="authorization_code", code=code,
            redirect_uri=self.client.redirect_uri, code_verifier=verifier,
        )  # fmt: skip

    def refresh(self, token: str, **more: str) -> requests.Response:
        return self.post("/token", grant_type="refresh_token", refresh_token=token, **more)

    def revoke(self, token: str, **more: str) -> requests.Response:
        return self.post("/token/revocation", token=token, **more)

    def sign_in(self, visitor: Visitor, account: Account, scope: str = ALL_SCOPES) -> Tokens:
        """The whole of Steps 1 to 4."""
        verifier, state = new_verifier(), secrets.token_urlsafe(12)
        answer = query(visitor.authorize(self.authorization_url(verifier, state, scope), account))
        assert answer["state"] == state
        response = self.exchange(answer["code"], verifier)
        assert response.status_code == 200, response.text
        return tokens(response)


def tokens(response: requests.Response) -> Tokens:
    body = response.json()
    return Tokens(body["access_token"], body.get("refresh_token"), body)


def account_of(base: str, bearer: str, *, verify: str | bool = True) -> requests.Response:
    """Step 5: asks the API who the bearer acts for."""
    return requests.post(
        base,
        json={"query": "{ account { id email } }"},
        headers={"Authorization": f"Bearer {bearer}"},
        timeout=30,
        verify=verify,
    )
