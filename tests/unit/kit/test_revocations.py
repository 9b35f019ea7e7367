"""Tokens of ended sessions are refused, and none is trusted if the feed is unknown."""

from __future__ import annotations

import asyncio
import time

import pytest

from minishop_server.kit.problems import Unauthorized, Unavailable
from minishop_server.kit.revocations import PAGE, Revocations
from minishop_server.kit.tokens import TokenVerifier
from tests.support.clocks import stand_still
from tests.support.issuer import SERVICE, Auth


@pytest.fixture
def issuer() -> Auth:
    return Auth()


@pytest.fixture
def feed(issuer: Auth) -> Revocations:
    return Revocations(issuer.revocations)


@pytest.fixture
def verifier(issuer: Auth, feed: Revocations) -> TokenVerifier:
    return TokenVerifier("orders", issuer.keys, feed)


async def test_a_token_of_a_session_that_ended_is_refused_whether_it_was_verified_before_or_not(
    issuer: Auth, feed: Revocations, verifier: TokenVerifier
) -> None:
    before, other, new = (issuer.token(sid=sid, jti=jti) for sid, jti in (("S1", "1"), ("S2", "2"), ("S1", "3")))
    await verifier.verify(before)
    await verifier.verify(other)
    assert verifier.known(before.encode())

    issuer.end("S1")
    await feed.read()

    assert verifier.known(before.encode()) is None
    for token in before, new:
        with pytest.raises(Unauthorized):
            await verifier.verify(token)
    assert "S2" == getattr(verifier.known(other.encode()), "session", None)


async def test_what_ended_in_this_process_is_refused_at_once(
    issuer: Auth, feed: Revocations, verifier: TokenVerifier
) -> None:
    token = issuer.token(sid="S1")
    await verifier.verify(token)

    feed.add({"S1": time.time() + 900})

    assert verifier.known(token.encode()) is None
    with pytest.raises(Unauthorized):
        await verifier.verify(token)


async def test_the_whole_feed_is_read_at_first_and_on_from_its_last_entry_then(
    issuer: Auth, feed: Revocations, verifier: TokenVerifier
) -> None:
    for number in range(2 * PAGE + 1):
        issuer.end(f"S{number}")
    await feed.read()
    assert [None, "100", "200"] == issuer.read_after

    issuer.end("last")
    await feed.read()

    assert ["201"] == issuer.read_after[3:]
    for session in "S0", f"S{2 * PAGE}", "last":
        with pytest.raises(Unauthorized):
            await verifier.verify(issuer.token(sid=session))


async def test_no_token_of_a_session_is_trusted_before_the_feed_was_read(issuer: Auth, verifier: TokenVerifier) -> None:
    await verifier.verify(issuer.token(**SERVICE, sid=None))  # the keys are known, and no session was named
    issuer.away = True

    for _ in range(2):
        with pytest.raises(Unavailable):
            await verifier.verify(issuer.token(sid="S1"))
    issuer.away = False

    assert "S1" == (await verifier.verify(issuer.token(sid="S1"))).session


async def test_a_token_is_trusted_for_a_minute_after_the_feed_was_read_and_no_longer(
    issuer: Auth, feed: Revocations, verifier: TokenVerifier, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = issuer.token(sid="S1", exp=time.time() + 900)
    service = issuer.token(**SERVICE, sid=None, exp=time.time() + 200)
    await verifier.verify(token)
    await verifier.verify(service)
    assert abs(feed.trusted_until - time.time() - 60) < 30
    issuer.away = True

    stand_still(monkeypatch, feed.trusted_until - 1)
    assert verifier.known(token.encode())
    stand_still(monkeypatch, feed.trusted_until + 1)

    assert verifier.known(token.encode()) is None
    with pytest.raises(Unavailable):
        await verifier.verify(token)
    assert verifier.known(service.encode())  # belongs to no session, so that none can have ended
    issuer.away = False
    issuer.end("S1")
    with pytest.raises(Unauthorized):
        await verifier.verify(token)


async def test_all_who_come_while_auth_is_asked_get_the_same_answer(
    issuer: Auth, feed: Revocations, verifier: TokenVerifier
) -> None:
    await verifier.prepare()
    asked = len(issuer.read_after)
    feed.trusted_until = 0
    issuer.away = True

    outcomes = await asyncio.gather(
        *(verifier.verify(issuer.token(sid=f"S{number}", jti=str(number))) for number in range(8)),
        return_exceptions=True,
    )

    assert [Unavailable] * 8 == [type(outcome) for outcome in outcomes]
    assert asked + 1 == len(issuer.read_after)


async def test_an_entry_is_forgotten_once_no_token_of_it_can_live(
    issuer: Auth, feed: Revocations, monkeypatch: pytest.MonkeyPatch
) -> None:
    issuer.end("S1", 10)
    issuer.end("S2", 900)
    await feed.read()
    stand_still(monkeypatch, time.time() + 30)

    await feed.read()

    assert (False, True) == ("S1" in feed, "S2" in feed)
