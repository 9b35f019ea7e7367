"""Guessing passwords: how far it gets, from one address and from many, and that the owner gets in."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import httpx
import pytest

from minishop_client import AsyncMinishop, TooManyRequests
from minishop_server.kit.problems import Unavailable
from minishop_server.services.auth.domain import Auth
from minishop_server.services.auth.errors import TooManyAttempts, WrongCredentials
from minishop_server.services.auth.lockout.domain import KNOWN
from minishop_server.services.auth.passwords import hashing
from tests.support.auth import caller_from
from tests.support.shop import PASSWORD, Shop

CAP = 10
BY_NAME = 100
HOME, AWAY = "203.0.113.7", "198.51.100.9"


@pytest.fixture(autouse=True)
def _quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is hashed: it is counted how often it would be."""

    async def verify(self: hashing.Passwords, hashed: str | None, password: str) -> bool:
        VERIFIED.append(password)
        return hashed is not None and password == PASSWORD

    VERIFIED.clear()
    monkeypatch.setattr(hashing.Passwords, "verify", verify)


VERIFIED: list[str] = []


async def guess(auth: Auth, name: str, times: int, password: str = "a wrong one", address: str = AWAY) -> list[str]:
    """The kind of refusal of each of several sign-ins in a row, or `in` for a successful one."""
    outcomes = []
    with caller_from(address):
        for _ in range(times):
            try:
                await auth.login(name, password)
                outcomes.append("in")
            except (WrongCredentials, TooManyAttempts) as refusal:
                outcomes.append(refusal.code)
    return outcomes


async def register(auth: Auth, name: str = "ada") -> int:
    user = await auth.register(name, f"{name}@example.com", PASSWORD)
    return int(user["id"])


@pytest.mark.parametrize("name", ["ada", "nobody"])
async def test_after_ten_failures_an_address_may_not_guess_at_a_name_any_more(auth: Auth, name: str) -> None:
    await register(auth)

    outcomes = await guess(auth, name, CAP + 2)

    assert ["wrong_credentials"] * CAP + ["too_many_attempts"] * 2 == outcomes
    assert CAP == len(VERIFIED)
    assert ["too_many_attempts"] == await guess(auth, name, 1, PASSWORD)


async def test_a_name_that_there_is_and_one_that_there_is_not_are_refused_in_the_same_words(auth: Auth) -> None:
    await register(auth)
    refusals = []
    for name in "ada", "nobody":
        await guess(auth, name, CAP)
        with caller_from(AWAY), pytest.raises(TooManyAttempts) as refusal:
            await auth.login(name, PASSWORD)
        refusals.append((str(refusal.value), refusal.value.title, set(refusal.value.headers)))
        assert 0 < int(refusal.value.headers["Retry-After"]) <= 900

    assert refusals[0] == refusals[1]


async def test_guesses_at_once_get_no_further_than_guesses_one_after_the_other(auth: Auth) -> None:
    await register(auth)

    outcomes = [kind for kinds in await asyncio.gather(*(guess(auth, "ada", 1) for _ in range(30))) for kind in kinds]

    assert (CAP, 20) == (outcomes.count("wrong_credentials"), outcomes.count("too_many_attempts"))
    assert CAP == len(VERIFIED)


async def test_the_right_password_among_guesses_at_once_is_let_in_only_within_the_cap(auth: Auth) -> None:
    await register(auth)

    await asyncio.gather(*(guess(auth, "ada", 1, f"guess {number}") for number in range(30)))
    await guess(auth, "ada", 1, PASSWORD)

    assert PASSWORD not in VERIFIED


async def test_guesses_from_many_addresses_end_at_the_cap_of_the_name(auth: Auth) -> None:
    await register(auth)
    for network in range(BY_NAME // CAP):
        assert ["wrong_credentials"] * CAP == await guess(auth, "ada", CAP, address=f"198.51.100.{network}")

    for address in "198.51.100.77", "2001:db8::1", "unknown":
        assert ["too_many_attempts"] == await guess(auth, "ada", 1, PASSWORD, address)
    assert BY_NAME == len(VERIFIED)


async def test_what_the_cap_of_the_name_refuses_does_not_count_for_its_address(auth: Auth) -> None:
    await register(auth)
    for network in range(BY_NAME // CAP):
        await guess(auth, "ada", CAP, address=f"198.51.100.{network}")
    await guess(auth, "ada", 5, address="198.51.100.77")

    rows = await auth.database.fetch(dict, "SELECT failures FROM attempts")

    assert [CAP] * 10 + [BY_NAME] == sorted(row["failures"] for row in rows)


async def test_the_owner_gets_in_from_where_they_were_before_while_strangers_guess(auth: Auth) -> None:
    await register(auth)
    assert ["in"] == await guess(auth, "ada", 1, PASSWORD, HOME)
    for network in range(BY_NAME // CAP):
        await guess(auth, "ada", CAP, address=f"198.51.100.{network}")

    assert ["in"] == await guess(auth, "ada", 1, PASSWORD, HOME)
    assert ["too_many_attempts"] == await guess(auth, "ada", 1, PASSWORD, "203.0.113.8")


async def test_a_known_address_has_the_cap_of_an_address_all_the_same(auth: Auth) -> None:
    await register(auth)
    await guess(auth, "ada", 1, PASSWORD, HOME)

    outcomes = await guess(auth, "ada", CAP + 1, address=HOME)

    assert ["wrong_credentials"] * CAP + ["too_many_attempts"] == outcomes


async def test_an_address_that_is_known_of_one_user_is_unknown_of_another(auth: Auth) -> None:
    await register(auth)
    await register(auth, "mallory")
    await guess(auth, "mallory", 1, PASSWORD, AWAY)

    await guess(auth, "ada", 1, address=AWAY)

    assert 2 == len(await auth.database.fetch(dict, "SELECT * FROM attempts WHERE failures > 0"))


async def test_a_success_takes_its_own_count_back_and_no_other(auth: Auth) -> None:
    await register(auth)

    await guess(auth, "ada", 3)
    assert ["in"] * 20 == await guess(auth, "ada", 20, PASSWORD)

    assert ["wrong_credentials"] * (CAP - 3) + ["too_many_attempts"] == await guess(auth, "ada", CAP - 2)


async def test_the_addresses_of_one_ipv6_network_count_as_one(auth: Auth) -> None:
    await register(auth)
    for host in range(CAP):
        await guess(auth, "ada", 1, address=f"2001:db8:1:2::{host + 1:x}")

    assert ["too_many_attempts"] == await guess(auth, "ada", 1, address="2001:db8:1:2:ffff::1")
    assert ["wrong_credentials"] == await guess(auth, "ada", 1, address="2001:db8:1:3::1")


async def test_an_ipv4_address_written_as_ipv6_is_the_same_one(auth: Auth) -> None:
    await register(auth)
    await guess(auth, "ada", CAP, address="198.51.100.9")

    assert ["too_many_attempts"] == await guess(auth, "ada", 1, address="::ffff:198.51.100.9")


async def test_a_window_ends_by_itself(auth: Auth, clock: Callable[[float], None]) -> None:
    await register(auth)
    await guess(auth, "ada", CAP + 1)

    clock(901)

    assert ["in"] == await guess(auth, "ada", 1, PASSWORD)


async def test_guesses_do_not_prolong_the_window(auth: Auth, clock: Callable[[float], None]) -> None:
    await register(auth)
    await guess(auth, "ada", CAP)
    clock(800)
    assert ["too_many_attempts"] * 5 == await guess(auth, "ada", 5)

    clock(101)

    assert ["in"] == await guess(auth, "ada", 1, PASSWORD)


async def test_what_has_ended_is_cleaned_away_and_nothing_else(auth: Auth, clock: Callable[[float], None]) -> None:
    await guess(auth, "nobody", 1)
    clock(1000)

    await auth.clean()

    rows = await auth.database.fetch(dict, "SELECT address FROM attempts")
    assert [""] == [row["address"] for row in rows]


async def test_no_more_addresses_of_a_user_are_kept_than_some(auth: Auth, clock: Callable[[float], None]) -> None:
    await register(auth)
    for host in range(KNOWN + 3):
        clock(1)
        await guess(auth, "ada", 1, PASSWORD, f"203.0.113.{host}")

    for network in range(BY_NAME // CAP):
        await guess(auth, "ada", CAP, address=f"198.51.100.{network}")
    assert KNOWN == len(await auth.database.fetch(dict, "SELECT * FROM known_addresses"))
    assert ["in"] == await guess(auth, "ada", 1, PASSWORD, f"203.0.113.{KNOWN + 2}")
    assert ["too_many_attempts"] == await guess(auth, "ada", 1, PASSWORD, "203.0.113.0")


async def test_neither_names_nor_addresses_are_kept_readably(auth: Auth) -> None:
    await guess(auth, "my-secret-password", 1, address=AWAY)

    rows = await auth.database.fetch(dict, "SELECT * FROM attempts")

    kept = str([dict(row) for row in rows])
    assert "my-secret-password" not in kept
    assert AWAY not in kept


async def test_whoever_finds_no_place_to_hash_is_told_to_come_back_and_not_counted(
    auth: Auth, monkeypatch: pytest.MonkeyPatch
) -> None:
    await register(auth)
    turn = asyncio.Event()

    async def wait(self: hashing.Passwords, hashed: str | None, password: str) -> bool:
        await turn.wait()
        return False

    monkeypatch.setattr(hashing.Passwords, "verify", wait)
    waiting = [asyncio.create_task(guess(auth, f"user{number}", 1)) for number in range(hashing.PLACES)]
    await asyncio.sleep(0)

    with pytest.raises(Unavailable) as refusal:
        await auth.login("ada", PASSWORD)

    turn.set()
    await asyncio.gather(*waiting)
    assert "1" == refusal.value.headers["Retry-After"]
    rows = await auth.database.fetch(dict, "SELECT name FROM attempts WHERE address = ''")
    assert hashing.PLACES == len(rows)


async def test_a_login_that_is_refused_for_its_many_failures_is_told_so_by_the_client(sqlite_shop: Shop) -> None:
    await sqlite_shop.customer("ada")
    async with httpx.AsyncClient(transport=sqlite_shop.transport, base_url="http://shop") as http:
        for _ in range(CAP):
            wrong = await http.post("/auth/login", json={"username": "ada", "password": "wrong"})
            assert 401 == wrong.status_code
    async with AsyncMinishop("http://shop", transport=sqlite_shop.transport) as visitor:
        for call in visitor.auth.login(username="ada", password=PASSWORD), visitor.login("ada", PASSWORD).auth.get_me():
            with pytest.raises(TooManyRequests) as refusal:
                await call

            assert ("too_many_attempts", True) == (refusal.value.code, (refusal.value.retry_after or 0) > 0)
