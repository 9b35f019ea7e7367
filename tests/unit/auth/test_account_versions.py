"""An admin edits an account by its version."""

from __future__ import annotations

import httpx
import pytest

from minishop_client import Conflict, NotFound, PreconditionFailed
from tests.support.shop import PASSWORD, Shop


async def test_an_admin_edits_an_account_by_its_version(sqlite_shop: Shop) -> None:
    ada, grace = await sqlite_shop.customer(), await sqlite_shop.admin()
    read = await grace.shop.auth.with_headers.get_user(ada.id)
    assert ("ada", "customer", False, '"1"') == (
        read.parsed.username,
        read.parsed.role,
        read.parsed.disabled,
        read.headers["ETag"],
    )

    edited = await grace.shop.auth.with_headers.update_user(ada.id, role="admin", disabled=True, if_match='"1"')

    assert ("admin", True, '"2"') == (edited.parsed.role, edited.parsed.disabled, edited.headers["ETag"])
    assert [True, False] == [user.disabled async for user in grace.shop.auth.iter_users()]
    with pytest.raises(PreconditionFailed):
        await grace.shop.auth.update_user(ada.id, role="customer", if_match='"1"')
    with pytest.raises(NotFound):
        await grace.shop.auth.update_user(99, role="customer", if_match='"1"')
    with pytest.raises(NotFound):
        await grace.shop.auth.get_user(99)
    with pytest.raises(Conflict) as refusal:
        await grace.shop.auth.update_user(grace.id, role="customer", if_match='"1"')
    assert "last_admin" == refusal.value.code


async def test_an_edit_of_an_account_without_its_version_is_428(sqlite_shop: Shop) -> None:
    grace = await sqlite_shop.admin()
    me = await grace.shop.auth.get_me()
    token = (await sqlite_shop.client.auth.login(username="grace", password=PASSWORD)).access_token
    async with httpx.AsyncClient(transport=sqlite_shop.transport, base_url="http://shop") as http:
        answer = await http.patch(
            f"/auth/users/{me.id}", json={"disabled": True}, headers={"Authorization": f"Bearer {token}"}
        )

    assert (428, "if_match_required") == (answer.status_code, answer.json()["code"])
