"""Sessions: they go on with refresh tokens that work once, and end."""

from __future__ import annotations

import asyncio
import hashlib
import re
from collections.abc import Callable
from functools import partial

import jwt
import pytest

from minishop_server.kit.etags import Condition
from minishop_server.kit.problems import NotFound
from minishop_server.services.auth.domain import Auth
from minishop_server.services.auth.errors import RefreshRefused
from minishop_server.services.auth.sessions.domain import Grant
from minishop_server.services.auth.settings import DAY
from tests.support.auth import caller_from, claims, ended, events, live
from tests.support.clocks import turn_forward
from tests.support.shop import PASSWORD


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Turns the clock to so many seconds ahead."""
    return partial(turn_forward, monkeypatch)


async def test_a_login_begins_a_session_that_its_access_token_names(auth: Auth, ada: int) -> None:
    with caller_from("203.0.113.7"):
        granted = await auth.login("ada", PASSWORD)

    (session,) = await auth.sessions.live(ada, 10, None)
    assert (session["session_id"], "203.0.113.7") == (claims(granted)["sid"], session["address"])
    assert re.fullmatch(r"SES-[0-9a-f]{32}", session["session_id"])
    assert (900, 14 * DAY) == (granted.expires_in, granted.refresh_expires_in)
    assert [("signed_in", f"user_{ada}", session["session_id"])] == await events(auth)


async def test_a_refresh_token_has_256_random_bits_and_only_its_hash_is_kept(auth: Auth, ada: int) -> None:
    granted = await auth.login("ada", PASSWORD)

    tables = [
        await auth.database.fetch(dict, f"SELECT * FROM {name}") for name in ("refresh_tokens", "sessions", "audit")
    ]

    assert re.fullmatch(r"[A-Za-z0-9_-]{43}", granted.refresh_token)
    assert hashlib.sha256(granted.refresh_token.encode()).hexdigest() == tables[0][0]["token_hash"]
    assert granted.refresh_token not in str([dict(row) for table in tables for row in table])


async def test_a_refresh_gives_the_next_tokens_of_the_same_session(auth: Auth, ada: int) -> None:
    first = await auth.login("ada", PASSWORD)

    second = await auth.sessions.refresh(first.refresh_token)
    third = await auth.sessions.refresh(second.refresh_token)

    assert 3 == len({first.refresh_token, second.refresh_token, third.refresh_token})
    assert 1 == len({claims(grant)["sid"] for grant in (first, second, third)})
    assert ("ada", "customer") == (claims(third)["username"], claims(third)["role"])
    assert 1 == len(await live(auth, ada))


async def test_an_old_refresh_token_ends_the_whole_session(auth: Auth, ada: int) -> None:
    stolen = await auth.login("ada", PASSWORD)
    other = await auth.login("ada", PASSWORD)
    present = await auth.sessions.refresh(stolen.refresh_token)

    for token in (stolen.refresh_token, present.refresh_token, stolen.refresh_token):
        with pytest.raises(RefreshRefused):
            await auth.sessions.refresh(token)

    assert [claims(other)["sid"]] == await live(auth, ada)
    assert [claims(stolen)["sid"]] == await ended(auth)
    assert [("refresh_reused", "anonymous", claims(stolen)["sid"])] == (await events(auth))[2:]


async def test_of_parallel_uses_of_one_refresh_token_at_most_one_wins(auth: Auth, ada: int) -> None:
    granted = await auth.login("ada", PASSWORD)

    outcomes = await asyncio.gather(
        *(auth.sessions.refresh(granted.refresh_token) for _ in range(16)), return_exceptions=True
    )

    assert 15 <= sum(isinstance(outcome, RefreshRefused) for outcome in outcomes)
    assert 15 <= len(outcomes) - sum(isinstance(outcome, Grant) for outcome in outcomes)
    assert [] == await live(auth, ada)
    for winner in outcomes:
        if isinstance(winner, Grant):
            with pytest.raises(RefreshRefused):
                await auth.sessions.refresh(winner.refresh_token)


async def test_every_bad_refresh_token_is_refused_alike(auth: Auth, ada: int, later: Callable[[float], None]) -> None:
    used, revoked, expired = [await auth.login("ada", PASSWORD) for _ in range(3)]
    await auth.sessions.refresh(used.refresh_token)
    await auth.sessions.end(ada, claims(revoked)["sid"])

    refusals = []
    for token in ("A" * 43, used.refresh_token, revoked.refresh_token, expired.refresh_token):
        if token == expired.refresh_token:
            later(15 * DAY)
        with pytest.raises(RefreshRefused) as refusal:
            await auth.sessions.refresh(token)
        refusals.append((refusal.value.code, str(refusal.value), dict(refusal.value.headers)))

    assert [refusals[0]] * 4 == refusals


async def test_a_session_that_is_not_used_for_two_weeks_is_over(
    auth: Auth, ada: int, later: Callable[[float], None]
) -> None:
    granted = await auth.login("ada", PASSWORD)
    later(13 * DAY)
    granted = await auth.sessions.refresh(granted.refresh_token)
    later(26 * DAY)
    granted = await auth.sessions.refresh(granted.refresh_token)
    later(40 * DAY + 1)

    assert [] == await live(auth, ada)
    with pytest.raises(RefreshRefused):
        await auth.sessions.refresh(granted.refresh_token)


async def test_a_session_is_over_after_ninety_days_however_often_it_was_used(
    auth: Auth, ada: int, later: Callable[[float], None]
) -> None:
    granted = await auth.login("ada", PASSWORD)
    for day in range(13, 90, 13):
        later(day * DAY)
        granted = await auth.sessions.refresh(granted.refresh_token)
    later(90 * DAY - 100)
    last = await auth.sessions.refresh(granted.refresh_token)
    later(90 * DAY + 1)

    assert last.expires_in <= 100  # the access token ends with it
    assert last.refresh_expires_in <= 100
    with pytest.raises(RefreshRefused):
        await auth.sessions.refresh(last.refresh_token)


async def test_one_session_is_ended_and_the_others_go_on(auth: Auth, ada: int) -> None:
    one, other = await auth.login("ada", PASSWORD), await auth.login("ada", PASSWORD)

    await auth.sessions.end(ada, claims(one)["sid"])

    assert [claims(other)["sid"]] == await live(auth, ada)
    assert await auth.sessions.refresh(other.refresh_token)
    with pytest.raises(RefreshRefused):
        await auth.sessions.refresh(one.refresh_token)
    assert ("session_revoked", f"user_{ada}", claims(one)["sid"]) == (await events(auth))[-1]


async def test_anothers_session_is_none_and_goes_on(auth: Auth, ada: int) -> None:
    bob = int((await auth.register("bob", "bob@example.com", PASSWORD))["id"])
    session = claims(await auth.login("ada", PASSWORD))["sid"]

    with pytest.raises(NotFound):
        await auth.sessions.end(bob, session)

    assert [session] == await live(auth, ada)
    await auth.sessions.end(ada, session)
    with pytest.raises(NotFound):
        await auth.sessions.end(ada, session)


async def test_all_sessions_of_a_user_end_and_nobody_elses(auth: Auth, ada: int) -> None:
    bob = int((await auth.register("bob", "bob@example.com", PASSWORD))["id"])
    own = [claims(await auth.login("ada", PASSWORD))["sid"] for _ in range(3)]
    await auth.login("bob", PASSWORD)

    await auth.sessions.end_all(ada)

    assert (0, 1) == (len(await live(auth, ada)), len(await live(auth, bob)))
    assert set(own) == set(await ended(auth))
    assert ("sessions_revoked", f"user_{ada}", f"user_{ada}") == (await events(auth))[-1]


async def test_the_feed_is_read_on_from_its_last_entry_and_misses_none(auth: Auth, ada: int) -> None:
    sessions = [claims(await auth.login("ada", PASSWORD))["sid"] for _ in range(6)]
    seen: list[str] = []
    cursor = None

    async def follow() -> None:
        nonlocal cursor
        while len(seen) < len(sessions):
            for each in await auth.sessions.revocations(2, cursor):
                seen.append(each["session_id"])
                cursor = each["id"]
            await asyncio.sleep(0)

    async with asyncio.timeout(30):
        await asyncio.gather(follow(), *(auth.sessions.end(ada, session) for session in sessions))

    assert sorted(sessions) == sorted(seen)


async def test_an_entry_of_the_feed_stays_as_long_as_an_access_token_could_live(
    auth: Auth, ada: int, later: Callable[[float], None]
) -> None:
    granted = await auth.login("ada", PASSWORD)
    await auth.sessions.end_all(ada)

    later(965)  # taken for a minute longer
    await auth.sessions.forget_old()
    assert [claims(granted)["sid"]] == await ended(auth)
    later(1030)
    assert [] == await ended(auth)


async def test_what_is_over_for_long_is_forgotten(auth: Auth, ada: int, later: Callable[[float], None]) -> None:
    granted = await auth.login("ada", PASSWORD)
    await auth.sessions.refresh(granted.refresh_token)
    later(15 * DAY)

    await auth.sessions.forget_old()

    for table in "sessions", "refresh_tokens", "revocations":
        assert [] == await auth.database.fetch(dict, f"SELECT * FROM {table}")


async def test_introspection_tells_of_a_token_that_holds_what_it_says(auth: Auth, ada: int) -> None:
    granted = await auth.login("ada", PASSWORD)

    assert claims(granted) == await auth.sessions.introspect(granted.access_token)


async def test_introspection_knows_at_once_that_a_session_has_ended(auth: Auth, ada: int) -> None:
    grace = int((await auth.register("grace", "grace@example.com", PASSWORD, role="admin"))["id"])
    one, two = await auth.login("ada", PASSWORD), await auth.login("ada", PASSWORD)

    await auth.sessions.end(ada, claims(one)["sid"])

    assert await auth.sessions.introspect(one.access_token) is None
    assert await auth.sessions.introspect(two.access_token) is not None
    await auth.update_user(grace, ada, Condition('"1"'), None, True)
    assert await auth.sessions.introspect(two.access_token) is None


async def test_introspection_takes_no_other_token(auth: Auth, ada: int) -> None:
    granted = await auth.login("ada", PASSWORD)
    head, body, signature = granted.access_token.split(".")
    (key,) = await auth.keys.all()
    private = auth.keys.private_key(key)
    forged = {
        "expired": {**claims(granted), "exp": 1},
        "another issuer": {**claims(granted), "iss": "somebody"},
        "another's session": {**claims(granted), "sub": f"user_{ada + 1}"},
    }
    signed = [jwt.encode(payload, private, "ES256", {"typ": "at+jwt", "kid": key.kid}) for payload in forged.values()]
    typed = jwt.encode(claims(granted), private, "ES256", {"typ": "JWT", "kid": key.kid})
    keyless = jwt.encode(claims(granted), private, "ES256", {"typ": "at+jwt", "kid": "other"})

    for token in (*signed, typed, keyless, f"{head}.{body}x.{signature}", granted.refresh_token, "x", "a.b.c"):
        assert await auth.sessions.introspect(token) is None
