"""A database that is put back to an earlier state: no number is given out twice, and no one pays for another."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from minishop_server.commands.errors import Refusal
from minishop_server.commands.recover import recover_numbers
from minishop_server.kit.problems import Unavailable
from minishop_server.kit.settings import ServiceName
from minishop_server.services.settings import Settings
from minishop_server.tools.audit.command import look
from tests.support.shop import PASSWORD, Shop, User, running_shop


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A shop on SQLite, which keeps its data when it stops."""
    return Settings(data_dir=tmp_path / "data")


def keep(settings: Settings, service: str) -> Path:
    """A backup of the database of a service, which does not run."""
    backup = settings.data_dir.parent / f"{service}.backup"
    shutil.copyfile(settings.data_dir / f"{service}.db", backup)
    return backup


def put_back(settings: Settings, service: str, backup: Path) -> None:
    for rest in settings.data_dir.glob(f"{service}.db-*"):
        rest.unlink()
    shutil.copyfile(backup, settings.data_dir / f"{service}.db")


def signed_in(shop: Shop, name: str, user_id: int) -> User:
    """A user from before the restore."""
    return User(user_id, f"{name}@example.com", shop.client.login(name, PASSWORD))


async def buy(shop: Shop, user: User, times: int = 1) -> list[str]:
    """The numbers of so many orders of product 1."""
    orders = []
    for _ in range(times):
        await user.shop.cart.add_cart_item(product_id=1, quantity=1)
        orders.append((await user.checkout()).parsed.order_id)
        await shop.settled()
    return orders


async def live(shop: Shop) -> None:
    """A day of a shop: a customer, a product, a purchase, and a cart that is not bought yet."""
    bob = await shop.customer("bob")
    await buy(shop, bob)
    mouse = await shop.product("Mouse")
    await bob.shop.cart.add_cart_item(product_id=mouse, quantity=1)


async def highest(shop: Shop, service: ServiceName, table: str) -> int:
    row = await shop.domain(service).database.fetchrow(dict, f"SELECT MAX(id) AS id FROM {table}")
    return int(row["id"])


async def named_by_the_audit(shop: Shop) -> set[str]:
    return {str(finding) for finding in (await look(signed_in(shop, "grace", 1).shop, 60, 5))[1]}


async def restored_orders(settings: Settings) -> None:
    """Orders has lost bob's orders after ada's, ORD-104 to ORD-106."""
    async with running_shop(settings) as shop:
        await shop.product(stock=100)
        await shop.admin()
        ada, _ = await shop.customer("ada"), await shop.customer("bob")
        assert ["ORD-101", "ORD-102", "ORD-103"] == await buy(shop, ada, 3)
    backup = keep(settings, "orders")
    async with running_shop(settings) as shop:
        assert ["ORD-104", "ORD-105", "ORD-106"] == await buy(shop, signed_in(shop, "bob", 3), 3)
    put_back(settings, "orders", backup)


async def prove_that_ada_pays_for_herself(shop: Shop) -> None:
    """Her next order has its own payment, parcel and mail, and only bob's lost ones are listed."""
    (bought,) = await buy(shop, signed_in(shop, "ada", 2))
    grace = signed_in(shop, "grace", 1)
    order = await grace.shop.orders.get_order(bought)
    payments = await grace.shop.payments.list_payments(order_id=bought)
    shipments = {each.order_id: each for each in await grace.shop.shipping.list_shipments()}
    messages = await grace.shop.notifications.list_notifications(key_prefix=order.identity)
    _, findings = await look(grace.shop, 60, 0)

    assert "ORD-107" == bought
    assert [order.identity] == [payment.order_identity for payment in payments]
    assert (2, order.identity) == (shipments[bought].user_id, shipments[bought].order_identity)
    assert ["ada@example.com"] == [message.recipient for message in messages]
    lost = Counter((finding.service, finding.subject) for finding in findings)
    for service in "payments", "shipping", "catalog":
        assert {"ORD-104", "ORD-105", "ORD-106"} == {subject for name, subject in lost if name == service}
    assert 0 == lost["orders", bought]


async def test_restored_orders_give_out_no_number_that_others_know_and_are_not_ready_before(
    settings: Settings,
) -> None:
    await restored_orders(settings)

    with pytest.raises(Unavailable, match="minishop recover orders"):
        async with running_shop(settings):
            pass
    await recover_numbers("orders", settings)

    async with running_shop(settings) as shop:
        await prove_that_ada_pays_for_herself(shop)


async def test_an_order_whose_number_a_peer_knows_as_anothers_takes_the_next_one(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    await restored_orders(settings)

    async def compare_nothing(*_: Any) -> None: ...

    monkeypatch.setattr("minishop_server.services.orders.lifespan.compare_numbers", compare_nothing)
    async with running_shop(settings) as shop:
        await prove_that_ada_pays_for_herself(shop)


@pytest.mark.parametrize(
    ("service", "table", "lost"),
    [
        (
            "auth",
            "users",
            {"cart: the cart of user 3: there is no user 3", "orders: ORD-102: there is no user 3"},
        ),
        (
            "catalog",
            "products",
            {
                "catalog: ORD-102: its reservation is missing, although it is shipped",
                "cart: the cart of user 3: there is no product 2",
            },
        ),
        (
            "payments",
            "payments",
            {"orders: ORD-102: Payments holds 0.00 for it, and 49.99 is owed (shipped)"},
        ),
        ("shipping", "shipments", {"shipping: ORD-102: 0 shipments, although it is shipped"}),
    ],
)
async def test_a_restored_service_goes_on_above_the_numbers_that_others_know_and_the_audit_names_what_is_lost(
    settings: Settings, service: ServiceName, table: str, lost: set[str], capsys: pytest.CaptureFixture[str]
) -> None:
    async with running_shop(settings) as shop:
        await shop.product(stock=100)
        await shop.admin()
        await buy(shop, await shop.customer("ada"))
    backup = keep(settings, service)
    async with running_shop(settings) as shop:
        await live(shop)
        before = await highest(shop, service, table)
    put_back(settings, service, backup)

    with pytest.raises(Unavailable, match=f"minishop recover {service}"):
        async with running_shop(settings):
            pass
    await recover_numbers(service, settings)
    assert "No number has to be raised" not in capsys.readouterr().out
    await recover_numbers(service, settings)
    assert "No number has to be raised" in capsys.readouterr().out

    async with running_shop(settings) as shop:
        assert before > await highest(shop, service, table)
        carol = await shop.customer("carol")
        await shop.product("Desk")
        await buy(shop, carol)
        assert before < await highest(shop, service, table)
        assert lost == await named_by_the_audit(shop)


@pytest.mark.parametrize(
    ("service", "lost"),
    [
        ("cart", "cart: the cart of user 3: no cart, where the orders say 1 pieces bought"),
        ("notifications", "notifications: ORD-102: no confirmation, although it is shipped"),
    ],
)
async def test_a_service_that_numbers_nothing_for_others_needs_no_recovery_and_the_audit_names_what_is_lost(
    settings: Settings, service: ServiceName, lost: str
) -> None:
    async with running_shop(settings) as shop:
        await shop.product(stock=100)
        await shop.admin()
        await buy(shop, await shop.customer("ada"))
    backup = keep(settings, service)
    async with running_shop(settings) as shop:
        await live(shop)
    put_back(settings, service, backup)

    async with running_shop(settings) as shop:
        assert 1 == len(await buy(shop, await shop.customer("carol")))
        assert {lost} == await named_by_the_audit(shop)
    with pytest.raises(Refusal, match="needs no recovery"):
        await recover_numbers(service, settings)


async def test_a_restored_service_is_recovered_before_it_runs_by_a_number_that_the_operator_knows(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    await restored_orders(settings)

    await recover_numbers("orders", settings, above=106)

    assert "The numbers of orders go on above 106." in capsys.readouterr().out
    async with running_shop(settings) as shop:
        await prove_that_ada_pays_for_herself(shop)


async def test_a_recovery_of_what_is_not_behind_changes_no_number(settings: Settings) -> None:
    async with running_shop(settings) as shop:
        await shop.product(stock=100)
        ada = await shop.customer("ada")
        assert ["ORD-101"] == await buy(shop, ada)
    await recover_numbers("orders", settings)
    async with running_shop(settings) as shop:
        assert ["ORD-102"] == await buy(shop, signed_in(shop, "ada", 1))
