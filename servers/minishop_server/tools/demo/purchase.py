"""A whole purchase through the generated client, told step by step."""

from __future__ import annotations

import asyncio
import secrets
from typing import Any

from rich.console import Console
from rich.table import Table

from minishop_client import AsyncMinishop
from minishop_client.services.orders.models import Order

from ..audit.command import look
from .seed import PASSWORD

QUANTITY = 2


async def purchase(shop: AsyncMinishop, console: Console) -> None:
    """Register, log in, browse, fill the cart, check out; then read the result, and check that the books add up.

    Raises:
        minishop_client.ApiError: the shop refused something; a shop with the demo data does not.
    """
    name = f"demo-{secrets.token_hex(4)}"

    def step(number: int, what: str, call: str) -> None:
        console.print(f"\n[bold green]{number}[/]  [bold]{what}[/]  [dim]{call}[/]")

    def tell(text: str) -> None:
        console.print(f"   {text}")

    step(1, "Register", "shop.auth.register(…)")
    user = await shop.auth.register(
        username=name, email=f"{name}@example.com", password=PASSWORD, address="123 Main Street, St. John's"
    )
    tell(f"Welcome, [cyan]{user.username}[/]: you are user {user.id}.")

    step(2, "Log in", f'shop.login("{name}", "…")')
    me = shop.login(name, PASSWORD)
    tell(f"The token speaks for {(await me.auth.get_me()).email}.")

    step(3, "Browse", 'shop.catalog.list_products(q="key", sort="price")')
    products = await me.catalog.list_products(q="key", sort="price")
    console.print(_products(products))

    step(4, "Fill the cart", f"shop.cart.add_cart_item(product_id=1, quantity={QUANTITY})")
    cart = await me.cart.add_cart_item(product_id=1, quantity=QUANTITY)
    for item in cart.items:
        tell(f"{item.quantity} × product {item.product_id} at {item.price:.2f}")
    tell(f"Total: [bold]{cart.total_price:.2f}[/]")

    step(5, "Check out", f'shop.orders.checkout(user_id={user.id}, payment_method="credit_card")')
    result = await me.orders.checkout(user_id=user.id, payment_method="credit_card")
    tell(f"Order [cyan]{result.order_id}[/] is [bold]{result.status}[/]: {result.total:.2f}")

    step(6, "See the order", f'shop.orders.get_order("{result.order_id}")')
    order = await _sent(me, result.order_id)
    tell(f"Sent with {order.carrier} to {order.address}.")

    step(7, "See the payment", f'admin.payments.get_payment("{order.payment_id}")')
    admin = shop.login("grace", PASSWORD)
    payment = await admin.payments.get_payment(str(order.payment_id))
    tell(f"[cyan]{payment.payment_id}[/]: {payment.amount:.2f} by {payment.method}, {payment.status}.")

    step(8, "See the parcel", f'shop.shipping.get_shipment("{result.order_id}")')
    shipment = await me.shipping.get_shipment(result.order_id)
    tell(f"[cyan]{shipment.tracking_id}[/] is {shipment.status}.")

    step(9, "See the e-mail", f'admin.notifications.list_notifications(recipient="{user.email}")')
    for message in await admin.notifications.list_notifications(recipient=user.email):
        tell(f"To {message.recipient}: “{message.subject}”, {message.status}.")

    step(10, "Audit the books", "minishop audit")
    _, findings = await look(admin, limit=60, patience=10)
    for finding in findings:
        tell(f"[red]{finding}[/]")
    tell(f"Findings: {len(findings)}" if findings else "All seven services' books add up.")
    console.print("\n[bold green]Done.[/] Paid once, sent once, told once.\n")


async def _sent(me: AsyncMinishop, order_id: str) -> Order:
    """Wait until the paid order is sent, which takes moments, and return it."""
    for _ in range(100):
        order = await me.orders.get_order(order_id)
        if order.status != "paid":
            break
        await asyncio.sleep(0.05)
    return order


def _products(products: list[Any]) -> Table:
    table = Table("id", "product", "price", "in stock", box=None, padding=(0, 2, 0, 3))
    for product in products:
        table.add_row(str(product.id), product.name, f"{product.price:.2f}", str(product.stock))
    return table
