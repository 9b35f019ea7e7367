"""Passwords: the rules, the hashing and the change."""

from __future__ import annotations

import asyncio
import unicodedata
from pathlib import Path
from typing import Any

import httpx
import pytest
from argon2 import extract_parameters

from minishop_client import Forbidden, TooManyRequests, Unprocessable
from minishop_server.hosting.local_secrets import with_secrets
from minishop_server.hosting.service import Service
from minishop_server.services.auth.domain import Auth
from minishop_server.services.auth.errors import WeakPassword, WrongCredentials, WrongPassword
from minishop_server.services.auth.passwords.blocklist import refuse_weak
from minishop_server.services.auth.passwords.hashing import Passwords
from minishop_server.services.auth.settings import AuthSettings
from minishop_server.services.settings import Settings
from tests.support.shop import PASSWORD, Shop

NEW = "another-walk-by-the-river"
EMAIL = "lovelace.ada@example.com"


@pytest.mark.parametrize(
    "password",
    [
        "correct-horse-battery",
        "a-long-walk-by-the-sea",
        "837465920174",
        "            x",
        "пароль 密码 🔑 \t",
        "Tr0ub4dor&3 und mehr",
        "x" * 64 + "y" * 64,
        "e\u0301" * 5 + "abcdefgh",
        "ada ada ada but longer",
    ],
)
def test_a_password_that_is_not_guessed_first_is_taken_whatever_it_is_made_of(password: str) -> None:
    refuse_weak(password, "password", "ada", "ada@example.com")


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("short", "length"),
        ("e\u0301" * 11, "length"),  # 22 characters as sent, and 11
        ("\u0958" * 65, "length"),  # one character, which is two in NFC
        ("password1234", "common"),
        ("PassWord2024!", "common"),
        ("!!!passwordpassword!!!", "common"),
        ("123456789012", "common"),
        ("987654321098", "common"),
        ("qwertyuiopas", "common"),
        ("ABCDEFGHIJKL", "common"),
        ("1qaz2wsx3edc", "common"),
        ("aaaaaaaaaaaaaaaa", "common"),
        ("abcabcabcabcabc", "common"),
        ("minishop12345", "common"),
        ("lovelace rides again", "own_name"),
        ("I am LOVELACE.ADA, yes", "own_name"),
    ],
)
def test_a_password_that_is_guessed_first_is_refused_and_named_and_not_repeated(password: str, code: str) -> None:
    with pytest.raises(WeakPassword) as refusal:
        refuse_weak(password, "new_password", "lovelace", EMAIL)

    (error,) = refusal.value.errors
    assert ("body", "/new_password", code) == (error.place, error.pointer, error.code)
    assert password not in f"{refusal.value} {error}"


async def test_a_weak_password_is_a_422_of_the_registration(sqlite_shop: Shop) -> None:
    with pytest.raises(Unprocessable) as refusal:
        await sqlite_shop.client.auth.register(username="ada", email=EMAIL, password="password1234")

    assert ("weak_password", ["/password"]) == (refusal.value.code, [e.pointer for e in refusal.value.errors])


async def test_a_password_signs_in_however_its_letters_are_composed(auth: Auth) -> None:
    composed = unicodedata.normalize("NFC", "Grüße aus Café Élysée")
    await auth.register("ada", EMAIL, composed)

    assert await auth.login("ada", unicodedata.normalize("NFD", composed))


async def test_a_password_of_the_longest_kind_is_told_from_one_that_differs_in_the_last_letter(auth: Auth) -> None:
    password = "walk-" * 25 + "abc"
    await auth.register("ada", EMAIL, password)

    with pytest.raises(WrongCredentials):
        await auth.login("ada", password[:-1] + "d")
    assert await auth.login("ada", password)


@pytest.mark.parametrize(("setting", "name"), [("argon2_kib", "memory_cost"), ("argon2_passes", "time_cost")])
async def test_a_hash_of_other_parameters_is_made_anew_when_its_owner_signs_in(
    tmp_path: Path, setting: str, name: str
) -> None:
    wanted = {"argon2_kib": 8192, "argon2_passes": 3}[setting]
    made = []
    for more in {}, {setting: wanted}:
        service = Service("auth", with_secrets(Settings.model_validate({"data_dir": tmp_path, "auth": more})))
        async with service.running():
            auth: Auth = service.domain
            if not more:
                await auth.register("ada", EMAIL, PASSWORD)
            with pytest.raises(WrongCredentials):
                await auth.login("ada", "a wrong one")
            made.append(await hash_of(auth))
            await auth.login("ada", PASSWORD)
            await auth.login("ada", PASSWORD)
            made.append(await hash_of(auth))

    assert made[0] == made[1] == made[2]
    assert wanted == getattr(extract_parameters(made[3]), name)


async def test_a_hash_made_anew_does_not_take_a_newer_password_back(
    auth: Auth, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = await auth.register("ada", EMAIL, PASSWORD)
    real, newer = Passwords.hash, "the hash of a newer password"
    monkeypatch.setattr(Passwords, "is_outdated", lambda self, hashed: True)

    async def overtaken(self: Passwords, password: str) -> str:
        await auth.database.execute("UPDATE users SET password_hash = $1 WHERE id = $2", newer, user["id"])
        return await real(self, password)

    monkeypatch.setattr(Passwords, "hash", overtaken)
    with pytest.raises(WrongCredentials):  # nor is there a session of the old password
        await auth.login("ada", PASSWORD)

    assert newer == await hash_of(auth)
    assert [] == await auth.sessions.live(user["id"], 10, None)


async def test_the_loop_goes_on_while_passwords_are_hashed() -> None:
    passwords = Passwords(AuthSettings(argon2_kib=64 * 1024, argon2_passes=4))
    hashing = asyncio.create_task(passwords.hash(PASSWORD))
    rounds = 0

    while not hashing.done():
        await asyncio.sleep(0)
        rounds += 1

    assert rounds > 1000  # with the interpreter's lock held, it would be a handful


async def test_a_changed_password_holds_and_the_old_one_does_not(auth: Auth) -> None:
    user = await auth.register("ada", EMAIL, PASSWORD)

    await auth.change_password(user["id"], PASSWORD, NEW)

    assert await auth.login("ada", NEW)
    with pytest.raises(WrongCredentials):
        await auth.login("ada", PASSWORD)


async def test_a_change_ends_all_sessions_but_its_own_and_a_refused_one_none(auth: Auth) -> None:
    user = await auth.register("ada", EMAIL, PASSWORD)
    for _ in range(3):
        await auth.login("ada", PASSWORD)
    first, own, last = (session["session_id"] for session in await auth.sessions.live(user["id"], 10, None))

    with pytest.raises(WrongPassword):
        await auth.change_password(user["id"], "a wrong one", NEW, keep=own)
    assert 3 == len(await auth.sessions.live(user["id"], 10, None))
    await auth.change_password(user["id"], PASSWORD, NEW, keep=own)

    assert [own] == [session["session_id"] for session in await auth.sessions.live(user["id"], 10, None)]
    assert {first, last} == {ended["session_id"] for ended in await auth.sessions.revocations(10, None)}


async def test_of_a_change_and_sign_ins_at_once_no_session_of_the_old_password_is_left(auth: Auth) -> None:
    user = await auth.register("ada", EMAIL, PASSWORD)

    await asyncio.gather(
        *(auth.login("ada", PASSWORD) for _ in range(4)),
        auth.change_password(user["id"], PASSWORD, NEW),
        *(auth.login("ada", PASSWORD) for _ in range(4)),
        return_exceptions=True,
    )

    assert [] == await auth.sessions.live(user["id"], 10, None)


async def test_of_two_changes_at_once_one_holds(auth: Auth) -> None:
    user = await auth.register("ada", EMAIL, PASSWORD)

    outcomes = await asyncio.gather(
        *(auth.change_password(user["id"], PASSWORD, f"{NEW}-{number}") for number in range(2)),
        return_exceptions=True,
    )

    assert [False, True] == sorted(isinstance(outcome, WrongPassword) for outcome in outcomes)


async def test_over_http_the_old_password_counts_as_an_attempt_to_sign_in(sqlite_shop: Shop) -> None:
    ada = await sqlite_shop.customer("ada")
    await ada.shop.auth.change_password(old_password=PASSWORD, new_password=NEW)

    refusals: list[Any] = []
    for _ in range(10):
        with pytest.raises(Forbidden) as wrong:
            await ada.shop.auth.change_password(old_password=PASSWORD, new_password=NEW)
        refusals.append((wrong.value.code, [error.pointer for error in wrong.value.errors]))
    with pytest.raises(TooManyRequests):
        await ada.shop.auth.change_password(old_password=NEW, new_password=PASSWORD)

    assert [("wrong_password", ["/old_password"])] * 10 == refusals


async def test_a_weak_new_password_is_refused_before_the_old_one_is_counted(sqlite_shop: Shop) -> None:
    ada = await sqlite_shop.customer("ada")

    for _ in range(12):
        with pytest.raises(Unprocessable) as refusal:
            await ada.shop.auth.change_password(old_password=PASSWORD, new_password="passwordpassword")

    assert ("weak_password", ["/new_password"]) == (refusal.value.code, [e.pointer for e in refusal.value.errors])


async def test_a_body_over_the_longest_password_is_a_400_and_nothing_is_hashed(sqlite_shop: Shop) -> None:
    async with httpx.AsyncClient(transport=sqlite_shop.transport, base_url="http://shop") as http:
        answer = await http.post("/auth/login", json={"username": "ada", "password": "x" * 129})

    assert (400, ["maxLength"]) == (answer.status_code, [error["code"] for error in answer.json()["errors"]])


async def hash_of(auth: Auth) -> str:
    """Of the one user."""
    (row,) = await auth.database.fetch(dict, "SELECT password_hash FROM users")
    return str(row["password_hash"])
