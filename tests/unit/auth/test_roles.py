"""Accounts in the hands of an admin: disabled, and given another role."""

from __future__ import annotations

import asyncio

import pytest

from minishop_server.kit.etags import Condition
from minishop_server.kit.problems import NotFound, PreconditionFailed
from minishop_server.services.auth.domain import Auth
from minishop_server.services.auth.errors import LastAdmin, RefreshRefused, WrongCredentials
from tests.support.auth import claims, ended, events, live
from tests.support.shop import PASSWORD


async def test_a_disabled_user_neither_signs_in_nor_refreshes_and_is_told_no_more_than_others(
    auth: Auth, ada: int
) -> None:
    grace = int((await auth.register("grace", "grace@example.com", PASSWORD, role="admin"))["id"])
    granted = await auth.login("ada", PASSWORD)

    assert 1 == (await auth.update_user(grace, ada, Condition('"1"'), None, True))["disabled"]

    refusals = []
    for name, password in [("ada", PASSWORD), ("ada", "wrong"), ("nobody", PASSWORD)]:
        with pytest.raises(WrongCredentials) as refusal:
            await auth.login(name, password)
        refusals.append((str(refusal.value), dict(refusal.value.headers)))
    assert [refusals[0]] * 3 == refusals
    with pytest.raises(RefreshRefused):
        await auth.sessions.refresh(granted.refresh_token)
    assert [claims(granted)["sid"]] == await ended(auth)

    await auth.update_user(grace, ada, Condition('"2"'), None, False)
    assert await auth.login("ada", PASSWORD)
    assert [event for event, _, _ in await events(auth)] == [
        "signed_in",
        "disabled",
        "sessions_revoked",
        "enabled",
        "signed_in",
    ]


async def test_of_logins_while_the_account_is_disabled_none_leaves_a_session(auth: Auth, ada: int) -> None:
    grace = int((await auth.register("grace", "grace@example.com", PASSWORD, role="admin"))["id"])

    await asyncio.gather(
        *(auth.login("ada", PASSWORD) for _ in range(4)),
        auth.update_user(grace, ada, Condition('"1"'), None, True),
        return_exceptions=True,
    )

    assert [] == await live(auth, ada)


async def test_another_role_ends_all_sessions(auth: Auth, ada: int) -> None:
    grace = int((await auth.register("grace", "grace@example.com", PASSWORD, role="admin"))["id"])
    granted = await auth.login("ada", PASSWORD)

    await auth.update_user(grace, ada, Condition('"1"'), "admin", None)

    assert [claims(granted)["sid"]] == await ended(auth)
    assert [("role_changed", f"user_{grace}", f"user_{ada}")] == (await events(auth))[1:2]
    assert "admin" == claims(await auth.login("ada", PASSWORD))["role"]


async def test_an_edit_that_changes_nothing_ends_nothing_and_makes_the_version_stale(auth: Auth, ada: int) -> None:
    grace = int((await auth.register("grace", "grace@example.com", PASSWORD, role="admin"))["id"])
    await auth.login("ada", PASSWORD)

    assert 2 == (await auth.update_user(grace, ada, Condition('"1"'), "customer", False))["version"]

    assert 1 == len(await live(auth, ada))
    with pytest.raises(PreconditionFailed):
        await auth.update_user(grace, ada, Condition('"1"'), "admin", None)
    with pytest.raises(NotFound):
        await auth.update_user(grace, 99, Condition('"1"'), "admin", None)


@pytest.mark.parametrize(("role", "disabled"), [("customer", None), (None, True)])
async def test_the_last_admin_stays_one(auth: Auth, ada: int, role: str | None, disabled: bool | None) -> None:
    grace = int((await auth.register("grace", "grace@example.com", PASSWORD, role="admin"))["id"])

    with pytest.raises(LastAdmin):
        await auth.update_user(grace, grace, Condition('"1"'), role, disabled)

    kept = await auth.user(grace)
    assert ("admin", 0, 1) == (kept["role"], kept["disabled"], kept["version"])
    assert [] == await events(auth)


async def test_of_admins_who_demote_each_other_at_once_one_stays(auth: Auth) -> None:
    admins = [
        int((await auth.register(name, f"{name}@example.com", PASSWORD, role="admin"))["id"])
        for name in ("grace", "heidi", "ivan", "judy")
    ]

    outcomes = await asyncio.gather(
        *(
            auth.update_user(admins[number - 1], admins[number], Condition('"1"'), "customer", None)
            for number in range(4)
        ),
        return_exceptions=True,
    )

    assert 1 == sum(isinstance(outcome, LastAdmin) for outcome in outcomes)
    assert 1 == len(await auth.database.fetch(dict, "SELECT id FROM users WHERE role = 'admin'"))
