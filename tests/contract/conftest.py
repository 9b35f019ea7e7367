"""A shop for all tests of a module, and tokens of every kind to knock at it with."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest
import pytest_asyncio

from minishop_server.services.settings import Settings
from tests.support.open_shop import OpenShop, login
from tests.support.operations import OPERATIONS
from tests.support.shop import running_shop


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def open_shop(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[OpenShop]:
    """A shop with the customers ada and bob, the admin grace and one product."""
    settings = Settings(data_dir=tmp_path_factory.mktemp("shop"))
    async with (
        running_shop(settings) as shop,
        httpx.AsyncClient(transport=shop.transport, base_url="http://shop") as http,
    ):
        await shop.customer("ada")
        await shop.admin("grace")
        await shop.customer("bob")
        await shop.product()
        tokens = {name: await login(http, name) for name in ("ada", "bob", "grace")}
        opened = OpenShop(shop, http, {**tokens, "customer": tokens["bob"], "admin": tokens["grace"]})
        opened.tokens["service"] = await opened.service(*map(str, OPERATIONS))
        yield opened
