"""The database of Orders is put back to an earlier state while the shop is open, and has forgotten some orders."""

from __future__ import annotations

import shutil
from pathlib import Path

import httpx

from minishop_server.kit.settings import Settings
from minishop_server.operating.recover import recover_numbers

from .buyers import insist, register
from .deployment import PASSWORD, Deployment, Lost, service, until
from .postgres import Postgres

FORGOTTEN = 5
"""Orders that were paid and sent since the copy was made."""


async def forget_orders(deployment: Deployment, postgres: Postgres | None) -> Lost:
    """Sell some orders, forget them, and do what docs/recovery.md says; what the audit has to say ever after."""
    orders = [unit for unit in deployment.units if service(unit) == "orders"]
    grace = deployment.shop.login("grace", PASSWORD)
    _stop(deployment, orders)
    copy = _copy(deployment, postgres)
    _start(deployment, orders)
    await deployment.ready()
    (unlucky,) = await register(deployment.shop, ["unlucky"])
    lost = Lost({}, unlucky.id)
    for number in range(FORGOTTEN):
        await unlucky.fill_cart((2, 1))
        answer = await unlucky.buy(f"forgotten-{number}")
        order = await insist(lambda answer=answer: grace.orders.get_order(answer.order_id))  # type: ignore[misc]
        lost.orders[order.order_id] = order.identity
    await until(lambda: insist(lambda: _all_sent(deployment)), "every order is sent")
    _stop(deployment, orders)
    _put_back(deployment, postgres, copy)
    _start(deployment, orders)
    await until(lambda: _is_refused(deployment, orders[0]), "Orders says that its numbers are behind")
    await recover_numbers(
        "orders", Settings.model_validate({"orders": {"database_url": deployment.databases["orders"]}})
    )
    await deployment.ready()
    for payment in [payment async for payment in grace.payments.iter_payments(limit=100)]:
        if payment.order_id in lost.orders:
            await insist(lambda payment=payment: grace.payments.void_payment(payment.payment_id))  # type: ignore[misc]
    return lost


async def _all_sent(deployment: Deployment) -> bool:
    grace = deployment.shop.login("grace", PASSWORD)
    return not [book async for book in grace.orders.iter_order_books(limit=100) if book.open_work]


async def _is_refused(deployment: Deployment, unit: str) -> bool:
    async with httpx.AsyncClient() as http:
        try:
            answer = await http.get(deployment.address(unit) + "/orders/readyz")
        except httpx.TransportError:
            return False
    return answer.status_code == 503 and "minishop recover orders" in answer.json()["detail"]


def _stop(deployment: Deployment, units: list[str]) -> None:
    for unit in units:
        deployment.kill(unit)


def _start(deployment: Deployment, units: list[str]) -> None:
    for unit in units:
        deployment.start(unit)


def _copy(deployment: Deployment, postgres: Postgres | None) -> str:
    """A copy of the database, which no process uses; its name."""
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
