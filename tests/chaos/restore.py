"""The database of Orders is restored to an earlier copy while the shop sells, and loses the time between."""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path

import httpx

from minishop_client import Conflict
from minishop_server.commands.recover import recover_numbers
from minishop_server.kit.ids import ORDERS
from minishop_server.services.settings import Settings
from tests.chaos.buyers import insist
from tests.chaos.deployment import PASSWORD, Deployment, Lost, service, until
from tests.support.postgres import Postgres

KNOWN = "SELECT identity, id, user_id, payment_id, cancelled_by FROM orders"


async def copy_orders(deployment: Deployment, postgres: Postgres | None) -> str:
    """The name of a copy of the database, made while all replicas of Orders are killed."""
    await _stop(deployment, postgres)
    copy = _copy(deployment, postgres)
    _start(deployment)
    await deployment.ready()
    return copy


async def put_back(deployment: Deployment, postgres: Postgres | None, copy: str, *, must_notice: bool) -> Lost:
    """Restore the copy, and follow docs/recovery.md.

    Args:
        must_notice: Orders has to say that others know higher numbers; else new orders may be quicker, and climb above.
    """
    await _stop(deployment, postgres)
    before = {row[0]: row for row in deployment.rows("orders", KNOWN)}
    _put_back(deployment, postgres, copy)
    after = {row[0]: row for row in deployment.rows("orders", KNOWN)}
    _start(deployment)
    gone = [row for identity, row in before.items() if identity not in after]
    forgotten = [
        identity for identity in after.keys() & before.keys() if before[identity][4] and not after[identity][4]
    ]
    # An order that was still pending in the copy may have been bought before its cancellation: its cart knows that.
    users = {row[2] for row in gone} | {after[identity][2] for identity in forgotten}
    lost = Lost({row[0] for row in gone}, users, {ORDERS.id(row[1]) for row in gone if row[3]})
    highest = max((row[1] for row in gone), default=0)

    async def is_noticed() -> bool:
        ((given,),) = deployment.rows("orders", "SELECT MAX(id) FROM orders")
        return not gone or (not must_notice and given > highest) or await _is_refused(deployment)

    await until(is_noticed, "Orders says that its numbers are behind")
    settings = Settings.model_validate({"orders": {"database_url": deployment.databases["orders"]}})
    await recover_numbers("orders", settings)
    await deployment.ready()
    grace = deployment.shop.login("grace", PASSWORD)
    for identity in forgotten:
        with suppress(Conflict):  # Payments remembered that nothing is to be charged
            await insist(lambda row=after[identity]: grace.orders.cancel_order(ORDERS.id(row[1])))  # type: ignore[misc]
    return lost


async def give_back(deployment: Deployment, lost: Lost) -> None:
    """The money of orders that Orders has forgotten."""
    await deployment.ready()  # one that was killed last may still be starting
    grace = deployment.shop.login("grace", PASSWORD)
    for payment in [payment async for payment in grace.payments.iter_payments(limit=100)]:
        if payment.order_identity in lost.identities:
            await insist(lambda payment=payment: grace.payments.void_payment(payment.payment_id))  # type: ignore[misc]


async def _is_refused(deployment: Deployment) -> bool:
    """Whether each replica names the command to run."""
    async with httpx.AsyncClient() as http:
        for unit in _replicas(deployment):
            try:
                answer = await http.get(deployment.address(unit) + "/orders/readyz")
            except httpx.TransportError:
                return False
            if answer.status_code != 503 or "minishop recover orders" not in answer.text:
                return False
    return True


def _replicas(deployment: Deployment) -> list[str]:
    return [unit for unit in deployment.units if service(unit) == "orders"]


async def _stop(deployment: Deployment, postgres: Postgres | None) -> None:
    for unit in _replicas(deployment):
        deployment.kill(unit)
        await until(lambda unit=unit: deployment.is_dead(unit), f"{unit} is dead")  # type: ignore[misc]
    if postgres is not None:
        postgres.disconnect(deployment.databases["orders"])


def _start(deployment: Deployment) -> None:
    for unit in _replicas(deployment):
        deployment.start(unit)


def _copy(deployment: Deployment, postgres: Postgres | None) -> str:
    """The name of a copy of the database, which no process uses."""
    if postgres is not None:
        return postgres.copy(deployment.databases["orders"])
    folder = deployment.folder / "copy"
    folder.mkdir()
    for file in deployment.data.glob("orders.db*"):
        shutil.copy(file, folder)
    return str(folder)


def _put_back(deployment: Deployment, postgres: Postgres | None, copy: str) -> None:
    if postgres is not None:
        postgres.put_back(deployment.databases["orders"], copy)
        return
    for file in deployment.data.glob("orders.db*"):
        file.unlink()
    for file in Path(copy).iterdir():
        shutil.copy(file, deployment.data)
