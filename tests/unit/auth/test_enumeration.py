"""Whether an account has an address is not told by the work either: the same statements and hashes run both ways."""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable

import httpx
import pytest

from minishop_server.kit.database.sqlite_connections import SqliteConnection
from minishop_server.kit.request_context import current_service
from minishop_server.services.auth.passwords.hashing import PasswordHasher
from tests.support.auth import bearer, login
from tests.support.shop import PASSWORD, Shop, until_none

Act = Callable[[httpx.AsyncClient, str], Awaitable[httpx.Response]]
MAILING = ("auth", "notifications")
POLLS = (
    "SELECT MIN(due)",
    "SELECT id, session_id, until FROM revocations",
    "SELECT id FROM work",
    "SELECT 1 FROM numbers",
    "SELECT kid,",
    "WITH free AS",
)
"""The polls of services."""
TOGETHER = "DELETE FROM work"
"""Pieces of work that end at about the same time share it."""


async def reset(http: httpx.AsyncClient, known: str) -> httpx.Response:
    email = "bob@example.com" if known else "nobody@example.com"
    return await http.post("/auth/password-reset", json={"email": email})


async def sign_in(http: httpx.AsyncClient, known: str) -> httpx.Response:
    return await http.post("/auth/login", json={"username": known or "nobody", "password": "a wrong one"})


async def change(http: httpx.AsyncClient, known: str, version: str = '"1"') -> httpx.Response:
    body = {"email": "bob@example.com" if known else "nobody@example.com", "password": PASSWORD}
    name = "ada" if known else "eve"  # alike but for the address that they ask for
    headers = {**bearer(await login(http, name)), "If-Match": version}
    return await http.patch("/auth/me", json=body, headers=headers)


async def change_stale(http: httpx.AsyncClient, known: str) -> httpx.Response:
    return await change(http, known, '"7"')


@pytest.mark.parametrize(
    ("act", "status"),
    [(reset, 202), (sign_in, 401), (change, 200), (change_stale, 412)],
    ids=["reset", "login", "change", "stale change"],
)
async def test_a_known_and_an_unknown_address_take_the_same_statements_and_hashes(
    sqlite_shop: Shop, http: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch, act: Act, status: int
) -> None:
    for name in "bob", "eve":
        await sqlite_shop.customer(name)
    done: Counter[str] = Counter()
    run = SqliteConnection.run

    def counted(self: SqliteConnection, sql: str, args: tuple[object, ...]) -> object:
        if current_service.get() in MAILING:  # others look for work of theirs at any moment
            text = " ".join(sql.split())
            done[text] += not text.startswith((*POLLS, TOGETHER))
        return run(self, sql, args)

    monkeypatch.setattr(SqliteConnection, "run", counted)
    for name in "hash", "verify":
        monkeypatch.setattr(PasswordHasher, name, _counting(name, getattr(PasswordHasher, name), done))
    found = []
    for known in "bob", "":
        await _settled(sqlite_shop)
        done.clear()
        answer = await act(http, known)
        await _settled(sqlite_shop)
        found.append((answer.status_code, Counter(done)))

    assert status == answer.status_code
    assert found[0][1].total() > 1
    assert found[0] == found[1]


def _counting(name: str, real: Callable[..., object], done: Counter[str]) -> Callable[..., object]:
    def counted(self: PasswordHasher, *args: object) -> object:
        done[name] += 1
        return real(self, *args)

    return counted


async def _settled(shop: Shop) -> None:
    """Until nothing is owed any more."""
    for service in "auth", "notifications":
        await until_none(shop.domain(service).database, "SELECT id FROM work")  # type: ignore[arg-type]
