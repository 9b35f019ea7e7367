"""Calls to the other services that carry money: decimals in the client, cents here."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

import minishop_client
from minishop_client.services.payments.models import PaymentResult

from ...kit.ids import ORDERS, OrderIdentity, ProductId, UserId
from ...kit.money import Cents, amount, cents
from ...kit.peers import Peers, ask
from .refunds.store import RefundRow
from .rows import OrderRow


class ShownLine(NamedTuple):
    """A line of a cart, at the price that the shopper was shown."""

    product_id: ProductId
    quantity: int
    shown_price: Cents


class ShownCart(NamedTuple):
    """A cart as its shopper last saw it, and which of the orders that were asked for have left it."""

    lines: Sequence[ShownLine]
    taken: Collection[OrderIdentity]


class Offer(NamedTuple):
    """A product that is sold, at the price of now."""

    name: str
    price: Cents


async def shown_cart(peers: Peers, user_id: UserId, orders: Sequence[OrderIdentity]) -> ShownCart:
    """A cart, and which of these orders have left it."""
    cart = await ask(
        peers.as_itself().cart.get_cart_for_checkout(user_id, orders=list(orders) or minishop_client.UNSET)
    )
    lines = [ShownLine(ProductId(line.product_id), line.quantity, cents(line.shown_price)) for line in cart.lines]
    return ShownCart(lines, {OrderIdentity(identity) for identity in cart.taken})


async def offers(peers: Peers, products: Collection[ProductId]) -> dict[ProductId, Offer]:
    """Those of these products (at most a hundred) that are sold."""
    found = await ask(peers.as_itself().catalog.list_products(ids=list(products), limit=100))
    return {ProductId(product.id): Offer(product.name, cents(product.price)) for product in found}


async def charge(peers: Peers, order: OrderRow) -> PaymentResult:
    """The payment of the order, which is made once however often it is asked for."""
    return await ask(
        peers.as_itself().payments.process_payment(
            order_id=ORDERS.id(order["id"]),
            order_identity=order["identity"],
            amount=amount(order["total"]),
            method=order["payment_method"],
            payment_token=order["payment_token"] or minishop_client.UNSET,
        )
    )


async def give_back(peers: Peers, order: OrderRow, refund: RefundRow) -> None:
    """Make a refund of the order, once however often it is asked for."""
    assert order["payment_id"] is not None  # money comes back for paid orders alone
    await ask(
        peers.as_itself().payments.refund_payment(
            order["payment_id"],
            order_identity=order["identity"],
            amount=amount(refund["amount"]),
            idempotency_key=refund["payment_key"],
        )
    )
