"""Refreshing and revoking as the guide promises it, for public and confidential clients."""

from __future__ import annotations

import pytest

from support.app import App, account_of, tokens


def test_s74_s75_s82_each_refresh_answers_a_new_pair_and_the_old_access_token_lives_on(app, visitor, account, base):
    first = app.sign_in(visitor, account)
    second = tokens(app.refresh(first.refresh))
    third = tokens(app.refresh(second.refresh))
    assert len({first.refresh, second.refresh, third.refresh}) == 3
    assert len({first.access, second.access, third.access}) == 3
    assert account_of(base, first.access).status_code == 200


def test_s76_reusing_an_old_refresh_token_revokes_all_tokens_of_that_grant_alone(app, visitor, account, base):
    """S77: the same app on another device, which is another grant, stays signed in."""
    first, other_device = app.sign_in(visitor, account), app.sign_in(visitor, account)
    second = tokens(app.refresh(first.refresh))
    for spent in (first.refresh, second.refresh):
        answer = app.refresh(spent)
        assert (answer.status_code, answer.json()["error"]) == (400, "invalid_grant")
    assert account_of(base, first.access).status_code == 401
    assert account_of(base, second.access).status_code == 401
    assert account_of(base, other_device.access).status_code == 200
    assert app.refresh(other_device.refresh).status_code == 200


def test_s77_another_client_cannot_use_or_harm_a_refresh_token(app, server, visitor, account):
    mine = app.sign_in(visitor, account)
    stranger = App(app.base, server.installation.create_client(account, "http://127.0.0.1:9/other"))
    answer = stranger.refresh(mine.refresh)
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_grant")
    assert app.refresh(mine.refresh).status_code == 200


@pytest.mark.parametrize("hint", [{}, {"token_type_hint": "refresh_token"}, {"token_type_hint": "access_token"}])
def test_s109_revoking_the_refresh_token_ends_the_grant(app, visitor, account, base, hint):
    signed_in = app.sign_in(visitor, account)
    assert app.revoke(signed_in.refresh, **hint).status_code == 200
    assert app.refresh(signed_in.refresh).json()["error"] == "invalid_grant"
    refused = account_of(base, signed_in.access)
    assert refused.status_code == 401
    assert 'error="invalid_token"' in refused.headers["WWW-Authenticate"]


def test_s109_revoking_an_unknown_token_is_200_too(app):
    assert app.revoke("v1.nothing-that-was-ever-issued").status_code == 200


def test_s99_s100_s101_revoking_the_app_in_settings_ends_all_its_grants_and_a_new_approval_works(
    app, visitor, account, base
):
    grants = [app.sign_in(visitor, account) for _ in range(2)]
    page = visitor.get(f"/settings/api/apps/{app.client.client_id}")
    visitor.submit(page.form(f"/settings/api/apps/{app.client.client_id}/revoke"))
    assert visitor.status == 200
    for grant in grants:
        assert account_of(base, grant.access).status_code == 401
        assert app.refresh(grant.refresh).json()["error"] == "invalid_grant"
    assert account_of(base, app.sign_in(visitor, account).access).status_code == 200
