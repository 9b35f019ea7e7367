"""A token holds as long as its key does, and no longer than it says."""

from __future__ import annotations

import asyncio
import time

import pytest

from minishop_server.kit import tokens
from minishop_server.kit.problems import Unauthorized, Unavailable
from minishop_server.kit.revocations import Revocations
from minishop_server.kit.tokens import TokenVerifier
from tests.support.clocks import turn_forward
from tests.support.issuer import Auth


async def test_a_token_that_was_verified_before_is_refused_once_it_has_expired(
    issuer: Auth, verifier: TokenVerifier, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = issuer.token()
    caller = await verifier.verify(token)
    assert caller is verifier.known(token.encode())
    turn_forward(monkeypatch, 120)

    assert verifier.known(token.encode()) is None
    with pytest.raises(Unauthorized):
        await verifier.verify(token)


async def test_keys_are_asked_for_once_by_all_who_come_at_the_same_time(issuer: Auth, verifier: TokenVerifier) -> None:
    callers = await asyncio.gather(*(verifier.verify(issuer.token(jti=str(number))) for number in range(8)))

    assert [7] * 8 == [caller.user_id for caller in callers]
    assert 1 == issuer.asked


async def test_an_unknown_key_makes_it_ask_again_but_not_for_every_such_token(
    issuer: Auth, verifier: TokenVerifier, monkeypatch: pytest.MonkeyPatch
) -> None:
    await verifier.verify(issuer.token())
    issuer.published = ["k2", "k1"]
    turn_forward(monkeypatch, tokens.KEYS_PAUSE + 1)

    assert 7 == (await verifier.verify(issuer.token(kid="k2"))).user_id
    for number in range(5):
        with pytest.raises(Unauthorized):
            await verifier.verify(issuer.token(kid=f"made-up-{number}"))

    assert 2 == issuer.asked


async def test_while_auth_is_away_an_unknown_key_is_unavailable_and_never_a_refusal(
    issuer: Auth, verifier: TokenVerifier
) -> None:
    issuer.away = True
    for _ in range(3):
        with pytest.raises(Unavailable):
            await verifier.verify(issuer.token())
    issuer.away = False

    assert 7 == (await verifier.verify(issuer.token())).user_id


async def test_known_keys_go_on_to_hold_while_auth_is_away(issuer: Auth, monkeypatch: pytest.MonkeyPatch) -> None:
    verifier = TokenVerifier("orders", issuer.keys, Revocations(Auth().revocations))  # that feed is still read
    await verifier.verify(issuer.token())
    issuer.away = True
    turn_forward(monkeypatch, tokens.KEYS_FRESH + 1)

    assert 7 == (await verifier.verify(issuer.token(exp=time.time() + 900))).user_id


async def test_a_token_of_a_key_that_is_gone_ends_with_the_first_of_a_new_one(
    issuer: Auth, verifier: TokenVerifier, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = issuer.token(exp=time.time() + 3600)
    await verifier.verify(token)
    issuer.published = ["k2"]
    turn_forward(monkeypatch, tokens.KEYS_PAUSE + 1)

    await verifier.verify(issuer.token(kid="k2"))

    assert verifier.known(token.encode()) is None


async def test_a_token_of_a_key_that_is_gone_ends_when_the_keys_are_asked_for_again(
    issuer: Auth, verifier: TokenVerifier, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = issuer.token(exp=time.time() + 3600)
    await verifier.verify(token)
    issuer.published = ["k2"]
    assert verifier.known(token.encode()) is not None
    turn_forward(monkeypatch, tokens.KEYS_FRESH + 1)

    assert verifier.known(token.encode()) is None
    with pytest.raises(Unauthorized):
        await verifier.verify(token)
