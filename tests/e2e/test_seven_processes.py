"""Each service in a process of its own, each with a PostgreSQL database of its own."""

from __future__ import annotations

import subprocess
import time
from contextlib import ExitStack
from pathlib import Path

from minishop_client import Minishop
from tests.support.otlp import receiving
from tests.support.ports import free_port
from tests.support.processes import MINISHOP, OPTIONS, Process, environment, running

PASSWORD = "correct-horse-battery"
WAVES = (("auth",), ("catalog", "payments", "notifications"), ("cart", "shipping"), ("orders",))
"""No service starts before those it calls, as it is told where they are. Auth and Payments are the exception: Auth
mails through Notifications, which asks it for its keys, and Payments asks Orders, which calls it. So the ports of these
two are picked before.
"""


def make_admin(folder: Path, settings: dict[str, str]) -> None:
    """Make Grace an admin, which no service permits from outside."""
    command = [MINISHOP, "admin", "create", "grace", "grace@example.com", "--password-stdin"]
    subprocess.run(
        command, input=f"{PASSWORD}\n", text=True, cwd=folder, env=environment({**OPTIONS, **settings}), check=True
    )


def wait_until_sent(shop: Minishop, order_id: str) -> None:
    """It follows the payment within moments."""
    while shop.orders.get_order(order_id).status != "shipped":
        time.sleep(0.05)


def wait_for_messages(shop: Minishop, count: int) -> None:
    """They go out in the background."""
    while len(list(shop.notifications.list_notifications(recipient="ada@example.com"))) < count:
        time.sleep(0.05)


def test_a_purchase_goes_through_seven_processes(tmp_path: Path, seven_databases: dict[str, str]) -> None:
    settings = {
        **seven_databases,
        "MINISHOP_AUTH_KEY_SECRET": "k" * 32,
        "MINISHOP_ORDERS_CLIENT_SECRET": "o" * 32,
        "MINISHOP_SHIPPING_CLIENT_SECRET": "s" * 32,
    }
    ports = {name: free_port() for name in ("notifications", "orders")}
    urls = {name: f"http://127.0.0.1:{port}" for name, port in ports.items()}
    processes: dict[str, Process] = {}
    with ExitStack() as stack:
        receiver = stack.enter_context(receiving())
        settings |= receiver.settings()
        for wave in WAVES:
            known = {f"MINISHOP_{name.upper()}_URL": url for name, url in urls.items()}
            for name in wave:
                processes[name] = stack.enter_context(
                    running(
                        tmp_path / name,
                        *("serve", name, "--port", str(ports.get(name, 0))),
                        settings={**settings, **known},
                    )
                )
            for name in wave:
                processes[name].wait_until_ready(name)
                urls[name] = processes[name].wait_for_address()
        make_admin(tmp_path, settings)
        shop = stack.enter_context(Minishop(urls))
        grace = shop.login("grace", PASSWORD)
        keyboard = grace.catalog.create_product(name="Wireless Keyboard", price=49.99, stock=100)
        user = shop.auth.register(
            username="ada", email="ada@example.com", password=PASSWORD, address="123 Main Street, St. John's"
        )
        ada = shop.login("ada", PASSWORD)

        ada.cart.add_cart_item(product_id=keyboard.id, quantity=2)
        result = ada.orders.with_headers.checkout(user_id=user.id, payment_method="credit_card")

        assert {"order_id": "ORD-101", "status": "paid", "total": 99.98} == result.parsed.to_dict()
        assert 98 == ada.catalog.get_product(keyboard.id).stock
        assert "success" == grace.payments.get_payment("PAY-555").status
        wait_until_sent(ada, "ORD-101")
        assert "SHIP-888" == ada.shipping.get_shipment("ORD-101").tracking_id
        grace.shipping.update_shipment("ORD-101", status="out_for_delivery")
        wait_for_messages(grace, 3)
        assert {"Your order ORD-101 is out for delivery", "Order Confirmation", "Confirm your e-mail address"} == {
            message.subject for message in grace.notifications.list_notifications(recipient="ada@example.com")
        }
        assert 0 == ada.cart.get_cart().total_items
        request_id = result.headers["X-Request-Id"]
        assert set(processes) == {name for name, process in processes.items() if request_id in process.log}
        (first,) = (span for span in receiver.spans() if span.name == "POST /orders/checkout")
        receiver.wait_for(first.trace_id, "minishop-notifications", "process deliver")
        assert {0} == {process.interrupt() for process in processes.values()}
        spans = receiver.spans(first.trace_id)
        assert {f"minishop-{name}" for name in processes} == {span.service for span in spans}
        assert {""} == {span.parent_id for span in spans} - {span.span_id for span in spans}
        kinds = {span.span_id: span.kind for span in spans}
        assert {"client"} == {kinds[span.parent_id] for span in spans if span.kind == "server" and span.parent_id}
        assert {"postgresql"} == {span.attributes.get("db.system.name", "postgresql") for span in spans}
        assert "INSERT orders" in {span.name for span in spans}
