"""The life of a signing key, by clocks that the tests set."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from typing import Any

import jwt
import pytest
from cryptography.fernet import Fernet

from minishop_server.kit import tokens as kit_auth
from minishop_server.kit.database import Database, migrations_of, open_database
from minishop_server.kit.problems import Unavailable
from minishop_server.kit.revocations import Revocation, Revocations
from minishop_server.kit.tokens import KEYS_FRESH, TokenVerifier
from minishop_server.services.auth.signing_keys.domain import (
    DAY,
    OUTLIVES,
    PUBLISHED_FIRST,
    READ_AGAIN,
    NotRotated,
    SigningKeys,
)
from tests.support.clocks import Standing, stand_still

SECRET = "the-secret-of-these-tests-is-long-enough"
START = 1_760_000_000.0


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Standing:
    return stand_still(monkeypatch, START)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """That of Auth, once of each kind."""
    database = await open_database(database_url, migrations_of("auth"))
    yield database
    await database.close()


@pytest.fixture
async def keys(database: Database, clock: Standing) -> SigningKeys:
    keys = SigningKeys(database, SECRET)
    await keys.start()
    return keys


def kid(token: str) -> str:
    """The key that a token names."""
    return str(jwt.get_unverified_header(token)["kid"])


async def published(keys: SigningKeys) -> list[str]:
    return [key["kid"] for key in await keys.published()]


async def states(keys: SigningKeys, clock: Standing) -> list[str]:
    return [key.state(clock.time) for key in await keys.all()]


async def test_the_very_first_key_signs_at_once_and_is_made_but_once(database: Database, clock: Standing) -> None:
    replicas = [SigningKeys(database, SECRET) for _ in range(4)]
    await asyncio.gather(*(keys.start() for keys in replicas))

    signed = {kid(await keys.sign({})) for keys in replicas}

    assert 1 == len(signed)
    assert ["active"] == await states(replicas[0], clock)


async def test_a_key_is_next_then_active_then_retiring_then_gone(keys: SigningKeys, clock: Standing) -> None:
    first = kid(await keys.sign({}))
    second = await keys.rotate(actor="operator")

    lives = [(await states(keys, clock), await published(keys), kid(await keys.sign({})))]
    for seconds in PUBLISHED_FIRST - 1, 1, OUTLIVES - 1, 1:
        clock.time += seconds
        lives.append((await states(keys, clock), await published(keys), kid(await keys.sign({}))))

    assert [
        (["active", "next"], [first, second], first),
        (["active", "next"], [first, second], first),
        (["retiring", "active"], [first, second], second),
        (["retiring", "active"], [first, second], second),
        (["gone", "active"], [second], second),
    ] == lives
    await keys.round()
    assert [second] == [key.kid for key in await keys.all()]


async def test_a_key_that_is_gone_outlived_every_token_that_it_signed(keys: SigningKeys, clock: Standing) -> None:
    await keys.rotate(actor="operator")
    clock.time += PUBLISHED_FIRST - 1
    first = kid(await keys.sign({}))
    last_token_ends = clock.time + max(kit_auth.LIFETIMES.values()) + kit_auth.LEEWAY

    clock.time = last_token_ends

    assert first in await published(keys)


async def test_a_key_that_waits_is_not_followed_by_another(keys: SigningKeys, clock: Standing) -> None:
    await keys.rotate(actor="operator")

    with pytest.raises(NotRotated):
        await keys.rotate(actor="operator")
    clock.time += PUBLISHED_FIRST

    assert await keys.rotate(actor="operator")


async def test_there_are_never_more_keys_than_the_document_allows(keys: SigningKeys, clock: Standing) -> None:
    for _ in range(7):
        await keys.rotate(actor="operator")
        clock.time += PUBLISHED_FIRST

    with pytest.raises(NotRotated):
        await keys.rotate(actor="operator")
    clock.time += OUTLIVES

    assert await keys.rotate(actor="operator")
    assert 2 == len(await published(keys))


async def test_of_replicas_that_rotate_at_once_one_adds_a_key(
    database: Database, keys: SigningKeys, clock: Standing
) -> None:
    replicas = [SigningKeys(database, SECRET) for _ in range(5)]
    clock.time += 30 * DAY

    await asyncio.gather(*(replica.round() for replica in replicas))

    assert ["active", "next"] == await states(keys, clock)
    noted = await database.fetch(dict, "SELECT event, actor, subject FROM audit")
    assert [("key_rotated", "service_auth", (await keys.all())[1].kid)] == [tuple(dict(row).values()) for row in noted]


async def test_the_next_key_comes_by_itself_when_the_days_are_over(
    database: Database, keys: SigningKeys, clock: Standing
) -> None:
    weekly = SigningKeys(database, SECRET, days=7)
    clock.time += 7 * DAY - 1
    await weekly.round()
    assert ["active"] == await states(keys, clock)

    clock.time += 1
    await weekly.round()
    await weekly.round()

    assert ["active", "next"] == await states(keys, clock)


async def test_in_an_emergency_the_new_key_signs_at_once_and_all_others_go(
    database: Database, keys: SigningKeys, clock: Standing
) -> None:
    await keys.rotate(actor="operator")
    replica = SigningKeys(database, SECRET)
    await replica.sign({})

    fresh = await keys.rotate(actor="operator", at_once=True)

    assert fresh == kid(await keys.sign({}))
    assert [fresh] == await published(replica)
    clock.time += READ_AGAIN + 1
    assert fresh == kid(await replica.sign({}))
    noted = await database.fetch(dict, "SELECT actor, subject FROM audit ORDER BY id")
    assert ("operator", fresh) == tuple(dict(noted[-1]).values())


async def test_the_database_holds_no_key_that_can_be_read(database: Database, keys: SigningKeys) -> None:
    (row,) = await database.fetch(dict, "SELECT private_key FROM signing_keys")

    assert "PRIVATE KEY" not in row["private_key"]
    with pytest.raises(Unavailable) as refusal:
        await SigningKeys(database, SECRET[::-1]).start()
    assert "MINISHOP_AUTH_KEY_SECRET" in refusal.value.reason


async def test_a_key_that_was_put_into_the_database_by_another_hand_is_not_published(
    database: Database, keys: SigningKeys
) -> None:
    await SigningKeys(database, SECRET[::-1]).rotate(actor="operator")

    with pytest.raises(Unavailable):
        await keys.published()


async def test_after_a_change_of_the_secret_the_keys_are_replaced(
    database: Database, keys: SigningKeys, clock: Standing
) -> None:
    changed = SigningKeys(database, SECRET[::-1])

    fresh = await changed.rotate(actor="operator", at_once=True)

    assert fresh == kid(await changed.sign({}))


async def test_a_signature_reads_and_decrypts_nothing(
    database: Database, keys: SigningKeys, monkeypatch: pytest.MonkeyPatch
) -> None:
    await keys.sign({})
    reads: list[str] = []

    async def fetch(row: Any, sql: str, *_: Any) -> Any:
        reads.append(sql)

    monkeypatch.setattr(database, "fetch", fetch)
    monkeypatch.setattr(Fernet, "decrypt", None)
    for _ in range(3):
        await keys.sign({})

    assert [] == reads


async def test_a_database_without_keys_gets_one_by_a_rotation(database: Database, clock: Standing) -> None:
    keys = SigningKeys(database, SECRET)

    rotated = await keys.rotate(actor="operator", at_once=True)

    assert [rotated] == await published(keys)


async def test_keys_rotate_under_load_and_no_service_ever_meets_one_it_does_not_know(
    database: Database, clock: Standing
) -> None:
    """Two replicas of Auth, and two services behind a cache that keeps the key set as long as it may."""

    replicas = [SigningKeys(database, SECRET, days=1) for _ in range(2)]
    await asyncio.gather(*(keys.start() for keys in replicas))
    cached: tuple[float, Sequence[Mapping[str, Any]]] = (0.0, ())

    async def key_set() -> Sequence[Mapping[str, Any]]:
        nonlocal cached
        if clock.time - cached[0] >= KEYS_FRESH:
            cached = clock.time, await replicas[int(clock.time) % 2].published()
        return cached[1]

    async def none_ended(cursor: str | None) -> Sequence[Revocation]:
        return ()

    held: list[tuple[float, set[str]]] = [(-KEYS_FRESH, set())] * 2

    def asking(place: int) -> Callable[[], Awaitable[Sequence[Mapping[str, Any]]]]:
        async def ask() -> Sequence[Mapping[str, Any]]:
            held[place] = clock.time, {key["kid"] for key in await key_set()}
            return cached[1]

        return ask

    services = [TokenVerifier("cart", asking(place), Revocations(none_ended)) for place in range(2)]
    used: set[str] = set()
    alive: list[tuple[float, str]] = []
    for step in range(100):
        clock.time += PUBLISHED_FIRST + 1 if step % 20 else DAY / 2  # now and then nothing happens for long
        await asyncio.gather(*(keys.round() for keys in replicas))
        for number in range(20):
            clock.time += 7
            claims = {"sub": "user_7", "username": "ada", "role": "customer", "iss": "minishop-auth", "aud": ["cart"]}
            times = {"iat": clock.time, "exp": clock.time + 900, "jti": f"{step}-{number}", "sid": "SES-1"}
            token = await replicas[number % 2].sign({**claims, **times})
            used.add(kid(token))
            alive = [*((end, old) for end, old in alive[-2:] if end > clock.time), (clock.time + 900, token)]
            for place, service in enumerate(services):
                for _, each in alive:
                    asked, known = held[place]
                    if clock.time - asked <= KEYS_FRESH:
                        assert kid(each) in known
                    assert 7 == (await service.verify(each)).user_id

    assert 3 == len(used)
