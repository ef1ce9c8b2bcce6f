"""Access tokens as another service checks them: with a JOSE library and the published keys, nothing else."""

from __future__ import annotations

import base64
import json

import jwt
import pytest
import requests
from joserfc import jwt as joserfc_jwt
from joserfc.jwk import KeySet

from support.app import App, account_of


@pytest.fixture
def access_token(base, confidential_client, visitor, account) -> str:
    return App(base, confidential_client).sign_in(visitor, account).access


def discovered(base: str) -> dict:
    return requests.get(f"{base}/.well-known/oauth-authorization-server", timeout=10).json()


def test_s58_s108_pyjwt_verifies_an_access_token_with_the_published_keys(base, access_token, confidential_client, account):
    """S62, S63: RFC 9068 claims; `exp - iat` is what the token answer called `expires_in`."""
    endpoints = discovered(base)
    header = jwt.get_unverified_header(access_token)
    assert header["typ"] == "at+jwt"
    key = jwt.PyJWKClient(endpoints["jwks_uri"]).get_signing_key_from_jwt(access_token)
    audience = json.loads(base64.urlsafe_b64decode(access_token.split(".")[1] + "=="))["aud"]
    claims = jwt.decode(
        access_token, key, algorithms=[header["alg"]], issuer=endpoints["issuer"], audience=audience,
        options={"require": ["exp", "iat", "iss", "sub", "aud", "jti", "client_id"]},
    )  # fmt: skip
    assert claims["sub"] == account.id
    assert claims["client_id"] == confidential_client.client_id
    assert claims["exp"] - claims["iat"] == 3600
    assert "offline_access" in claims["scope"].split()


def test_s108_joserfc_verifies_an_access_token_with_the_published_keys(base, access_token):
    document = requests.get(discovered(base)["jwks_uri"], timeout=10).json()
    assert not {"d", "p", "q", "k"} & {member for key in document["keys"] for member in key}
    token = joserfc_jwt.decode(access_token, KeySet.import_key_set(document), algorithms=["ES256", "EdDSA", "RS256"])
    assert token.claims["iss"] == discovered(base)["issuer"]


def _encoded(value: dict) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def test_s70_an_access_token_that_somebody_changed_is_refused(base, access_token):
    header, claims, signature = access_token.split(".")
    changed = json.loads(base64.urlsafe_b64decode(claims + "=="))
    changed["sub"] = "0" * 24
    forged_key = jwt.encode(changed, "k" * 32, algorithm="HS256", headers={"typ": "at+jwt"})
    forgeries = {
        "another subject": f"{header}.{_encoded(changed)}.{signature}",
        "alg none": f"{_encoded({'alg': 'none', 'typ': 'at+jwt'})}.{claims}.",
        "another algorithm": forged_key,
        "truncated": access_token[:-3],
        "extended": access_token + "A",
    }
    for what, forgery in forgeries.items():
        assert account_of(base, forgery).status_code == 401, what
    assert account_of(base, access_token).status_code == 200
