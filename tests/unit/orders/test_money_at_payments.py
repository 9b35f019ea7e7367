"""Money of an order goes back through Orders, and at Payments where Orders has forgotten the order."""

from __future__ import annotations

import pytest

from minishop_client import Conflict, ServerError
from minishop_server.tools.audit.command import look
from tests.support.orders import bought, delivered, money
from tests.support.shop import Shop


async def test_an_admin_moves_no_money_past_orders(shop: Shop) -> None:
    ada, grace = await bought(shop), await shop.admin()
    await delivered(shop, grace)

    with pytest.raises(Conflict) as refund:
        await grace.shop.payments.refund_payment("PAY-555", amount=60, idempotency_key="by-hand")
    with pytest.raises(Conflict) as void:
        await grace.shop.payments.void_payment("PAY-555")
    await grace.shop.orders.refund_order("ORD-101", amount=99.98)
    await shop.settled()

    assert ("known_to_orders", "known_to_orders") == (refund.value.code, void.value.code)
    assert "ORD-101" in refund.value.detail
    assert "refunded" == (await ada.shop.orders.get_order("ORD-101")).status
    assert [(9998, 9998)] == await money(shop)
    assert [] == (await look(grace.shop, 60, 0))[1]


@pytest.mark.parametrize("forget", ["DELETE", "another"])
async def test_an_admin_gives_back_at_payments_what_orders_has_forgotten(shop: Shop, forget: str) -> None:
    await bought(shop)
    grace = await shop.admin()
    async with shop.domain("orders").database.transaction() as connection:
        if forget == "DELETE":
            for table in "order_lines", "order_events", "orders":
                await connection.execute(f"DELETE FROM {table}")
        else:
            await connection.execute("UPDATE orders SET identity = 'another-order'")

    await grace.shop.payments.refund_payment("PAY-555", amount=60, idempotency_key="by-hand")
    await grace.shop.payments.void_payment("PAY-555")

    assert [(9998, 9998)] == await money(shop)


async def test_nothing_is_given_back_at_payments_while_orders_cannot_be_asked(shop: Shop) -> None:
    await bought(shop)
    grace = await shop.admin()
    shop.wire.cut("/orders")

    with pytest.raises(ServerError) as refusal:
        await grace.shop.payments.refund_payment("PAY-555", amount=60, idempotency_key="by-hand")

    assert 503 == refusal.value.status
    assert [(9998, 0)] == await money(shop)
