"""Accounts and passwords."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest
from argon2 import PasswordHasher, Type, extract_parameters

from minishop_server.kit.etags import Condition
from minishop_server.kit.problems import PreconditionFailed, Unauthorized
from minishop_server.services.auth.domain import Auth
from minishop_server.services.auth.errors import Taken, WrongCredentials
from minishop_server.services.auth.passwords import hashing
from minishop_server.tools.fuzz.shop import QUICK_HASHES
from tests.support.shop import PASSWORD, RunService, Shop

ADA = ("ada", "Ada@Example.com", PASSWORD, "123 Main Street")


@pytest.fixture
async def auth(run_service: RunService) -> AsyncIterator[Auth]:
    """The domain, once on each kind of database."""
    async with run_service("auth") as domain:
        yield domain


async def test_a_new_account_is_a_customers_and_signs_in(auth: Auth) -> None:
    user = await auth.register(*ADA)

    assert ("ada", "ada@example.com", "customer", "123 Main Street", 1) == (
        user["username"],
        user["email"],
        user["role"],
        user["address"],
        user["version"],
    )
    assert dict(user) == dict(await auth.me(user["id"]))
    granted = await auth.login("ada", PASSWORD)
    assert (2, 900) == (granted.access_token.count("."), granted.expires_in)


async def test_an_account_is_known_by_its_whole_address_in_lower_case(auth: Auth) -> None:
    spellings = ["O'Brien+Shop=2@Example.COM", "o'brien@example.com", "o'brien+shop=2@ex-ample.com"]
    for number, email in enumerate(spellings):
        await auth.register(f"user{number}", email, PASSWORD)

    with pytest.raises(Taken):
        await auth.register("another", "o'brien+shop=2@EXAMPLE.com", PASSWORD)


@pytest.mark.parametrize(
    ("username", "email", "pointers"),
    [
        ("ada", "other@example.com", ["/username"]),
        ("other", "ADA@example.com", ["/email"]),
        ("ada", "ada@example.com", ["/username", "/email"]),
    ],
)
async def test_a_taken_name_or_address_is_named(auth: Auth, username: str, email: str, pointers: list[str]) -> None:
    await auth.register(*ADA)

    with pytest.raises(Taken) as refusal:
        await auth.register(username, email, PASSWORD)

    assert pointers == [error.pointer for error in refusal.value.errors]


async def test_of_an_empty_password_each_broken_rule_is_told(sqlite_shop: Shop) -> None:
    async with httpx.AsyncClient(transport=sqlite_shop.transport, base_url="http://shop") as http:
        account = {"username": "ada", "email": "ada@example.com", "password": ""}
        answer = await http.post("/auth/register", json=account)

    assert 400 == answer.status_code
    assert [("/password", "minLength"), ("/password", "pattern")] == sorted(
        (error["pointer"], error["code"]) for error in answer.json()["errors"]
    )


async def test_of_registrations_at_once_under_one_name_one_succeeds(auth: Auth) -> None:
    outcomes = await asyncio.gather(
        *(auth.register("ada", f"ada{number}@example.com", PASSWORD) for number in range(5)), return_exceptions=True
    )

    assert 4 == sum(isinstance(outcome, Taken) for outcome in outcomes)


async def test_a_wrong_password_and_an_unknown_name_are_told_alike(auth: Auth) -> None:
    await auth.register(*ADA)

    refusals = []
    for name, password in [("ada", "wrong"), ("ada", PASSWORD.upper()), ("nobody", PASSWORD), ("nobody", "")]:
        with pytest.raises(WrongCredentials) as refusal:
            await auth.login(name, password)
        refusals.append((str(refusal.value), dict(refusal.value.headers)))

    assert [refusals[0]] * 4 == refusals


async def test_an_unknown_name_costs_a_hash_as_a_known_one_does(monkeypatch: pytest.MonkeyPatch, auth: Auth) -> None:
    await auth.register(*ADA)
    verified: list[str] = []
    real = PasswordHasher.verify

    def verify(self: PasswordHasher, hashed: str, password: str) -> bool:
        verified.append(hashed)
        return real(self, hashed, password)

    monkeypatch.setattr(hashing.PasswordHasher, "verify", verify)
    for name in "ada", "nobody":
        with pytest.raises(WrongCredentials):
            await auth.login(name, "wrong")

    assert 2 == len(verified)
    assert extract_parameters(verified[0]) == extract_parameters(verified[1])


@pytest.fixture
def default_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hash passwords at the cost of a real shop."""
    for name in QUICK_HASHES:
        monkeypatch.delenv(name)


@pytest.mark.usefixtures("default_hashes")
async def test_a_password_is_kept_as_argon2id_with_the_parameters_of_owasp(auth: Auth) -> None:
    await auth.register(*ADA)
    await auth.register("bob", "bob@example.com", PASSWORD)

    hashes = [row["password_hash"] for row in await auth.database.fetch(dict, "SELECT password_hash FROM users")]

    parameters = extract_parameters(hashes[0])
    assert (Type.ID, 19456, 2, 1) == (
        parameters.type,
        parameters.memory_cost,
        parameters.time_cost,
        parameters.parallelism,
    )
    assert hashes[0] != hashes[1]
    assert PasswordHasher().verify(hashes[0], PASSWORD)


async def test_a_password_of_any_characters_signs_in(auth: Auth) -> None:
    password = "пароль 密码 🔑 \t" * 8
    await auth.register("ada", "ada@example.com", password)

    assert await auth.login("ada", password)
    with pytest.raises(WrongCredentials):
        await auth.login("ada", password.strip())


async def test_an_edit_changes_what_it_names_and_makes_the_version_stale(auth: Auth) -> None:
    user = await auth.register(*ADA)

    edited = await auth.update_me(user["id"], Condition('"1"'), None, "5 Water Street")

    assert ("ada@example.com", "5 Water Street", 2) == (edited["email"], edited["address"], edited["version"])
    with pytest.raises(PreconditionFailed):
        await auth.update_me(user["id"], Condition('"1"'), None, "6 Water Street")
    with pytest.raises(PreconditionFailed):
        await auth.update_me(user["id"], Condition('"1"'), "new@example.com", None)  # before the password is asked for
    assert "5 Water Street" == (await auth.me(user["id"]))["address"]


async def test_an_account_that_is_gone_is_unauthorized(auth: Auth) -> None:
    with pytest.raises(Unauthorized):
        await auth.me(99)


async def test_accounts_are_listed_by_number_without_addresses(sqlite_shop: Shop) -> None:
    grace, _ = await sqlite_shop.admin(), await sqlite_shop.customer()

    found = [user.to_dict() async for user in grace.shop.auth.iter_users(limit=1)]

    assert [("grace", "admin"), ("ada", "customer")] == [(user["username"], user["role"]) for user in found]
    assert {"id", "username", "role", "disabled", "created_at"} == found[0].keys()
