"""Backups of shops, and their restores, by the command in this process."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from typer.testing import CliRunner, Result

from minishop_client import AsyncMinishop
from minishop_server.commands.main import app
from minishop_server.services.settings import Settings
from minishop_server.tools.audit.command import look
from tests.support.shop import ADDRESS, PASSWORD, running_shop


def run(*arguments: str, **settings: str) -> Result:
    """Run the command with these settings."""
    return CliRunner().invoke(app, arguments, env={"COLUMNS": "200", "NO_COLOR": "1", **settings})


def files(folder: Path) -> dict[str, bytes]:
    """The databases in a folder, without those that are prepared or set aside."""
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.db"))}


async def buy(shop: AsyncMinishop, user_id: int, product_id: int = 1) -> str:
    """The id of an order of one piece."""
    await shop.cart.add_cart_item(product_id=product_id, quantity=1)
    order = await shop.orders.checkout(user_id=user_id, payment_method="credit_card", address=ADDRESS)
    return str(order.order_id)


async def audited(data: Path, *, with_admin: bool = True) -> tuple[int, list[Any], int]:
    """The number of orders of a shop with this data, the findings of the audit, and the number of a new order of ada.

    Args:
        with_admin: whether grace is there already.
    """
    async with running_shop(Settings(data_dir=data)) as shop:
        grace = shop.client.login("grace", PASSWORD) if with_admin else (await shop.admin()).shop
        counts, findings = await look(grace, 60, 20)
        ada = shop.client.login("ada", PASSWORD)
        return counts["orders"], findings, int((await buy(ada, 1)).removeprefix("ORD-"))


def live_and_back_up(folder: Path) -> None:
    """The data of a shop with two orders in `data`, and a backup from before the second in `backup`."""
    settings = Settings(data_dir=folder / "data")

    async def live() -> None:
        async with running_shop(settings) as shop:
            await shop.product()
            ada = await shop.customer("ada")
            await buy(ada.shop, ada.id)
            await shop.settled()

    async def sell() -> None:
        async with running_shop(settings) as shop:
            await buy(shop.client.login("ada", PASSWORD), 1)
            await shop.settled()

    asyncio.run(live())
    made = run("backup", str(folder / "backup"), "--data-dir", str(folder / "data"))
    assert 0 == made.exit_code, made.output
    asyncio.run(sell())
