"""The floor of a purchase: the statements and the commits of the shop, and as little else as possible.

The stores of the seven services run them, in the order of a purchase. Nothing else of the shop takes part: no call
between services, no domain, no token, no check, no log. `python -m bench.floor` serves it by bare ASGI. It reads a line
of JSON from standard input, `databases` by service and the `folder` of the mail, and prints its address.

A test compares the statements with those of the shop: see tests/unit/bench/test_floor.py.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

import orjson
from starlette.types import Receive, Scope, Send

from bench.serving import body_of, serve
from minishop_server.hosting.event_loop import run
from minishop_server.kit.database import Database, migrations_of, open_database
from minishop_server.kit.ids import ORDERS, OrderIdentity, ProductId, TrackingId, UserId
from minishop_server.kit.money import Cents, amount
from minishop_server.kit.outbox import Finish, Job, Transaction
from minishop_server.kit.outbox.store import Store as WorkStore
from minishop_server.kit.settings import SERVICES, ServiceName
from minishop_server.services.auth.store import Store as AuthStore
from minishop_server.services.cart.rows import Snapshot
from minishop_server.services.cart.store import Store as CartStore
from minishop_server.services.catalog.store import Store as CatalogStore
from minishop_server.services.notifications.mailer import Maildir
from minishop_server.services.notifications.store import Store as NotificationStore
from minishop_server.services.orders.confirmation import confirmation
from minishop_server.services.orders.rows import Line, LineRow, NewOrder, OrderRow
from minishop_server.services.orders.store import Store as OrderStore
from minishop_server.services.payments.ids import PAYMENTS
from minishop_server.services.payments.providers.provider import Answer
from minishop_server.services.payments.providers.sandbox.store import Books
from minishop_server.services.payments.settlement import charge_of
from minishop_server.services.payments.store import Store as PaymentStore
from minishop_server.services.shipping.domain import SHIPMENTS
from minishop_server.services.shipping.store import Store as ShippingStore

CUSTOMERS, PRODUCT, PRICE, STOCK = 64, ProductId(1), Cents(100), 1_000_000
"""The customers 1, 2, … and the product of a floor that has just been opened."""
SENDER = "orders@minishop.invalid"
HASH = "0" * 64
"""The hash of no request: it is stored, and nothing is compared with it."""


class Floor:
    """The three requests of a purchase, each as one function, over the databases of the seven services."""

    def __init__(self, databases: Mapping[ServiceName, Database], folder: Path) -> None:
        self.databases = databases
        self._users = AuthStore(databases["auth"])
        self._catalog = CatalogStore(databases["catalog"])
        self._carts = CartStore(databases["cart"])
        self._orders, self._order_work = OrderStore(databases["orders"]), WorkStore(databases["orders"])
        self._payments, self._sandbox = PaymentStore(databases["payments"]), Books(databases["payments"])
        self._shipping = ShippingStore(databases["shipping"])
        self._messages = NotificationStore(databases["notifications"])
        self._message_work = WorkStore(databases["notifications"])
        self._mail = Maildir(folder)
        self.sending: set[asyncio.Task[None]] = set()
        """The work after payments, which runs beside the requests."""

    async def furnish(self) -> None:
        """Add the customers and the product."""
        async with self._users.database.transaction() as connection:
            for number in range(1, CUSTOMERS + 1):
                name = f"buyer{number}"
                await self._users.add_user(connection, name, f"{name}@example.com", "", "customer", "1 Water Street")
        await self._catalog.add_product("Sold", PRICE, STOCK)

    async def add_to_cart(self, user: UserId, product: ProductId, quantity: int) -> dict[str, Any]:
        """The cart with these pieces, as the shop answers it."""
        known = await self._carts.cart(user)
        # A page and one row more, as the shop reads them.
        (found,) = await self._catalog.products(limit=2, ids=[product])
        price = found["price"]
        cart = await self._carts.add(user, product, quantity, price, most_lines=50, most_pieces=100, known=known)
        assert cart is not None
        return _shown(cart)

    async def read_cart(self, user: UserId) -> dict[str, Any]:
        """The cart, as the shop answers it."""
        return _shown(await self._carts.cart(user))

    async def check_out(self, user: UserId, method: str, key: str) -> dict[str, Any]:
        """The paid order, as the shop answers it.

        The cart is empty, and the rest of the work has begun.
        """
        order, lines, job = await self._place(user, method, key)
        await self._catalog.reserve(
            order["id"], order["identity"], [(line["product_id"], line["quantity"]) for line in lines]
        )
        order, jobs = await self._pay(order, lines, job)
        await self._carts.take_bought(user, order["identity"], {line["product_id"]: line["quantity"] for line in lines})
        task = asyncio.create_task(self._send(order, lines, jobs))
        self.sending.add(task)
        task.add_done_callback(self.sending.discard)
        return {"order_id": ORDERS.id(order["id"]), "status": order["status"], "total": amount(order["total"])}

    async def _place(self, user: UserId, method: str, key: str) -> tuple[OrderRow, list[LineRow], Job]:
        turn, _, keyed = await self._orders.claims(user, key)
        assert keyed is None
        profile = await self._users.user(user)
        assert profile is not None
        assert profile["address"] is not None
        cart = await self._carts.cart(user)
        products = await self._catalog.products(limit=101, ids=[line.product_id for line in cart.lines])
        found = {product["id"]: product for product in products}
        lines = [
            Line(line.product_id, line.quantity, found[line.product_id]["name"], found[line.product_id]["price"])
            for line in cart.lines
        ]
        new = NewOrder(
            identity=OrderIdentity(str(uuid4())),
            user_id=user,
            total=Cents(sum(line.quantity * line.price for line in lines)),
            payment_method=method,
            payment_token=None,
            address=profile["address"],
            carrier="Canada Post",
            email=profile["email"],
            idempotency_key=key,
            turn=turn + 1,
            request_hash=HASH,
            lines=lines,
        )
        async with _working(self._orders.database) as transaction:
            added = await self._orders.add(transaction, new, f"user_{user}")
            assert added is not None
            transaction.add("checkout", ORDERS.id(added[0]["id"]))
            (job,) = await self._order_work.insert(transaction, 1)
        return *added, job

    async def _pay(self, order: OrderRow, lines: Sequence[LineRow], job: Job) -> tuple[OrderRow, dict[str, Job]]:
        """The order, paid, and the jobs that follow by kind."""
        opened, _ = await self._payments.open(
            ORDERS.id(order["id"]), order["identity"], order["total"], order["payment_method"], True
        )
        charge = charge_of(opened)  # type: ignore[arg-type]  # it is new, and so no mark
        await self._sandbox.open(charge.key, charge.amount, "captured")
        async with _working(self._payments.database) as transaction:
            payment = await self._payments.record(transaction, opened["id"], Answer("captured"))

        async def record(transaction: Transaction) -> OrderRow | None:
            number, payment_id = order["id"], PAYMENTS.id(payment["id"])
            paid = await self._orders.move(transaction, number, "pay", "service_orders", payment_id=payment_id)
            for kind in "clear_cart", "ship", "notify", "commit_stock":
                transaction.add(kind, job.key)
            return paid

        async with _working(self._orders.database) as transaction:
            ((_, paid),) = await self._order_work.finish(transaction, [(job, record)])
            jobs = await self._order_work.insert(transaction, 4)
        return paid, {each.kind: each for each in jobs}  # type: ignore[return-value]  # it was pending

    async def _send(self, order: OrderRow, lines: Sequence[LineRow], jobs: Mapping[str, Job]) -> None:
        """The work after the payment, recorded in one transaction of Orders."""
        shipment, _ = await self._shipping.open(
            ORDERS.id(order["id"]),
            order["identity"],
            order["address"],
            order["carrier"],
            order["user_id"],
            order["email"],
        )
        await self._notify(order, lines)
        await self._catalog.commit(order["id"], order["identity"])
        number, tracking = order["id"], TrackingId(SHIPMENTS.id(shipment["id"]))
        note, move = self._orders.note, self._orders.move
        records: dict[str, Finish] = {
            "clear_cart": partial(self._orders.end_claim, order=number, cart="taken"),
            "ship": partial(move, order=number, name="ship", actor="service_orders", tracking_id=tracking),
            "notify": partial(note, order=number, step="confirmed", actor="service_orders"),
        }
        async with _working(self._orders.database) as transaction:
            await self._order_work.finish(transaction, [(job, records.get(kind)) for kind, job in jobs.items()])

    async def _notify(self, order: OrderRow, lines: Sequence[LineRow]) -> None:
        recipient, subject, body = order["email"], "Order Confirmation", confirmation(order, lines)
        async with _working(self._messages.database) as transaction:
            key = f"{order['identity']}.confirmation"
            row, _ = await self._messages.open(transaction, recipient, subject, key, HASH)
            transaction.add("deliver", str(row["id"]), {"recipient": recipient, "subject": subject, "body": body})
            (job,) = await self._message_work.insert(transaction, 1)
        mail = f"From: {SENDER}\nTo: {recipient}\nSubject: {subject}\n\n{body}\n"
        await self._mail.send(f"{row['id']}.minishop", SENDER, recipient, mail.encode())
        async with _working(self._messages.database) as transaction:
            await self._message_work.finish(transaction, [(job, partial(self._messages.sent, notification=row["id"]))])

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI.

        The number of the customer stands for a token.
        """
        headers = dict(scope["headers"])
        user = UserId(int(headers[b"authorization"].removeprefix(b"Bearer ")))
        match scope["method"], scope["path"]:
            case "POST", "/cart/items":
                item = orjson.loads(await body_of(receive))
                answer = await self.add_to_cart(user, item["product_id"], item["quantity"])
            case "POST", "/orders/checkout":
                wish = orjson.loads(await body_of(receive))
                answer = await self.check_out(user, wish["payment_method"], headers[b"idempotency-key"].decode())
            case "GET", "/cart":
                answer = await self.read_cart(user)
        payload = orjson.dumps(answer)
        status = 200 if scope["method"] == "GET" else 201
        written = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(payload))]
        await send({"type": "http.response.start", "status": status, "headers": written})
        await send({"type": "http.response.body", "body": payload})


def _shown(cart: Snapshot) -> dict[str, Any]:
    items, total = [], Cents(0)
    for line in cart.lines:
        price = line.shown_price or Cents(0)
        items.append({"product_id": line.product_id, "quantity": line.quantity, "price": amount(price)})
        total = Cents(total + line.quantity * price)
    return {"items": items, "total_items": len(items), "total_price": amount(total)}


@asynccontextmanager
async def _working(database: Database) -> AsyncIterator[Transaction]:
    """A transaction that collects jobs, as the outbox has it."""
    async with database.transaction() as connection:
        yield Transaction(connection)


@asynccontextmanager
async def opened(urls: Mapping[ServiceName, str], folder: Path) -> AsyncIterator[Floor]:
    """A floor over new databases, by the services' own migrations.

    Args:
        urls: their addresses by service, or none for SQLite files in the folder.
        folder: of the mail too.
    """
    async with AsyncExitStack() as stack:
        databases = {}
        for service in SERVICES:
            url = urls.get(service, f"sqlite:///{folder}/{service}.db")
            databases[service] = await open_database(url, migrations_of(service))
            stack.push_async_callback(databases[service].close)
        floor = Floor(databases, folder / "mail")
        await floor.furnish()
        yield floor
        while floor.sending:
            await asyncio.wait(floor.sending)


async def _main(urls: Mapping[ServiceName, str], folder: str) -> None:
    async with opened(urls, Path(folder)) as floor:
        await serve(floor)


if __name__ == "__main__":
    run(_main(**json.loads(sys.stdin.readline())))
