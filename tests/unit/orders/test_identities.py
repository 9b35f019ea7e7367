"""Records of the other services for an order of another identity are left alone, even with the same number."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from minishop_client import AsyncMinishop, Conflict, OtherOrder
from minishop_client.services.catalog.models import ReservationLine
from minishop_server.kit.settings import ServiceName
from minishop_server.tools.audit.command import look
from tests.support.orders import bought, delivered, money, state
from tests.support.shop import Shop

KEPT: dict[ServiceName, str] = {"catalog": "reservations", "payments": "payments", "shipping": "shipments"}
ORDER = {"order_id": "ORD-101", "order_identity": "another-order"}
CALLS: dict[str, Callable[[AsyncMinishop], Awaitable[object]]] = {
    "reserve": lambda shop: shop.catalog.reserve_stock(**ORDER, lines=[ReservationLine(1, 2)]),
    "commit": lambda shop: shop.catalog.commit_reservation(**ORDER),
    "release": lambda shop: shop.catalog.release_stock(**ORDER),
    "charge": lambda shop: shop.payments.process_payment(**ORDER, amount=99.98, method="credit_card"),
    "void": lambda shop: shop.payments.void_order_payment(**ORDER),
    "send": lambda shop: shop.shipping.create_shipment(**ORDER, address="5 Water Street", carrier="Purolator"),
    "call back": lambda shop: shop.shipping.cancel_shipment(**ORDER),
}


async def kept_for(shop: Shop, identity: str, *services: ServiceName) -> None:
    """Let these services store their records for this identity."""
    for service in services:
        await shop.domain(service).database.execute(f"UPDATE {KEPT[service]} SET order_identity = $1", identity)


@pytest.mark.parametrize("call", CALLS)
async def test_a_request_for_another_order_of_the_number_is_refused_and_changes_nothing(shop: Shop, call: str) -> None:
    await bought(shop)

    with pytest.raises(OtherOrder):
        await CALLS[call](shop.orders())

    grace = await shop.admin()
    assert [] == [str(finding) for finding in (await look(grace.shop, 60, 0))[1]]


async def test_the_money_of_another_order_is_not_given_back(shop: Shop) -> None:
    await bought(shop)
    await kept_for(shop, "another-order", "payments")

    with pytest.raises(Conflict) as refusal:
        await shop.orders().payments.refund_payment(
            "PAY-555", amount=10, idempotency_key="1", order_identity="this-order"
        )

    assert "other_order" == refusal.value.code
    assert [(9998, 0)] == await money(shop)


async def test_orders_says_whose_money_it_gives_back(shop: Shop) -> None:
    await bought(shop)
    grace = await shop.admin()
    await delivered(shop, grace)
    await kept_for(shop, "another-order", "payments")

    await grace.shop.orders.refund_order("ORD-101", amount=10)
    await shop.domain("orders").work.wait("refund", "ORD-101", 5)

    assert [(9998, 0)] == await money(shop)


async def test_the_moves_of_another_orders_parcel_are_not_taken_for_its_own(shop: Shop) -> None:
    ada, grace = await bought(shop), await shop.admin()
    await kept_for(shop, "another-order", "shipping")

    await delivered(shop, grace)

    assert "shipped" == await state(ada)


async def test_a_cancelled_order_does_not_call_the_parcel_of_another_one_back(shop: Shop) -> None:
    ada, grace = await bought(shop), await shop.admin()
    await kept_for(shop, "another-order", "shipping")

    await grace.shop.orders.cancel_order("ORD-101")
    await shop.settled()

    assert "refunded" == await state(ada)
    assert "in_transit" == (await grace.shop.shipping.get_shipment("ORD-101")).status


async def test_the_audit_names_a_cancelled_order_whose_payment_is_forgotten(shop: Shop) -> None:
    await bought(shop)
    grace = await shop.admin()
    async with shop.domain("payments").database.transaction() as connection:
        for table in "ledger", "payments":
            await connection.execute(f"DELETE FROM {table}")

    await grace.shop.orders.cancel_order("ORD-101")
    await shop.settled()

    expected = ["payments: ORD-101: PAY-555 paid for it, and is not there (refunded)"]
    assert expected == [str(finding) for finding in (await look(grace.shop, 60, 0))[1]]


@pytest.mark.parametrize("silent", ["/cart", "/catalog"])
async def test_a_service_that_does_not_answer_keeps_no_other_one_from_learning_its_numbers(
    shop: Shop, silent: str
) -> None:
    await bought(shop)
    await shop.domain("orders").database.execute("UPDATE orders SET user_id = 7, payment_id = 'PAY-600'")
    auth, payments = shop.domain("auth").database, shop.domain("payments").database
    shop.wire.cut(silent)

    await shop.domain("orders").joined()

    for database, known in (payments, 46), (auth, 7):
        row = await database.fetchrow(dict, "SELECT known FROM numbers")
        assert row is not None
        assert known == row["known"]
