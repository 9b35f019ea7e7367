"""Tables with many rows, and every list of the services with values of its filters that many, few and no rows have."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from minishop_server.kit import outbox
from minishop_server.kit.database import Database
from minishop_server.kit.settings import ServiceName
from minishop_server.services.auth.audit_log import store as audit_log
from minishop_server.services.auth.sessions import store as sessions
from minishop_server.services.auth.store import Store as Auth
from minishop_server.services.cart.store import Store as Cart
from minishop_server.services.catalog.store import PLACES
from minishop_server.services.catalog.store import Store as Catalog
from minishop_server.services.notifications.store import Store as Notifications
from minishop_server.services.orders.store import Store as Orders
from minishop_server.services.payments.ledger.store import entries
from minishop_server.services.payments.store import Store as Payments
from minishop_server.services.shipping.store import Store as Shipping

ROWS = 20_000
LIMIT = 21
MIDDLE = ROWS // 2
NUMBERS = f"WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {ROWS})"
HOURS = "'2026-01-01T' || SUBSTR(CAST(100 + i * 24 / 20001 AS TEXT), 2) || ':00:00Z'"
"""A day, in which the rows are spread evenly."""
LATER = "'2999-01-01T00:00:00Z'"
RARE = "i % 2000 = 7"
ORDER = "'ORD-' || i"
TABLES: Mapping[ServiceName, Mapping[str, Mapping[str, str]]] = {
    "auth": {
        "users": {
            "id": "i",
            "username": "'user' || i",
            "email": "'user' || i",
            "password_hash": "''",
            "role": "'customer'",
            "created_at": LATER,
        },
        "sessions": {
            "id": "i",
            "session_id": "'session' || i",
            "user_id": "1 + i % 2",
            "address": "''",
            "created_at": LATER,
            "last_used_at": LATER,
            "expires_at": LATER,
            "good_until": LATER,
            "revoked": f"CASE WHEN {RARE} THEN 0 ELSE 1 END",
        },
        "revocations": {"id": "i", "session_id": "'session' || i", "until": LATER},
        "audit": {
            "id": "i",
            # Half of the events are of each kind, and one user has a quarter of all events, but none of the other kind.
            "event": f"CASE WHEN {RARE} THEN 'denied' WHEN i % 2 = 0 THEN 'signed_in' ELSE 'registered' END",
            "actor": f"CASE WHEN {RARE} THEN 'anonymous' WHEN i % 4 = 1 THEN 'user_1' ELSE 'user_' || (9 + i % 99) END",
            "subject": f"CASE WHEN {RARE} THEN NULL WHEN i % 8 = 1 THEN 'user_1' ELSE 'user_' || (9 + i % 999) END",
            "address": "''",
            "request_id": "''",
            "created_at": HOURS,
        },
    },
    "catalog": {
        "products": {
            "id": "i",
            "name": "'Product ' || i",
            "folded_name": "'product ' || (i * 7919 % 20011)",
            "price": "i * 7907 % 20011",
            "received": f"CASE WHEN {RARE} THEN 0 ELSE 5 END",
            "stock": f"CASE WHEN {RARE} THEN 0 ELSE 5 END",
            "on_sale": "CASE WHEN i < 6000 THEN 0 ELSE 1 END",
        },
        "reservations": {
            "id": "i",
            "status": f"CASE WHEN {RARE} THEN 'held' ELSE 'committed' END",
            "lines": "'[]'",
            "order_identity": ORDER,
        },
    },
    "cart": {
        "carts": {"user_id": "i"},
        "cart_lines": {"user_id": "i", "product_id": "i", "quantity": "1", "position": "1", "put": "1"},
    },
    "orders": {
        "orders": {
            "id": "i",
            "user_id": f"CASE WHEN {RARE} THEN 2 WHEN i % 2 = 0 THEN 1 ELSE 100 + i % 999 END",
            "status": f"CASE WHEN {RARE} OR i % 2000 = 8 THEN 'delivered' ELSE 'shipped' END",
            "identity": ORDER,
            "total": "0",
            "payment_method": "'credit_card'",
            "address": "''",
            "carrier": "''",
            "email": "''",
            "request_hash": "''",
            "created_at": LATER,
            "updated_at": LATER,
        },
        "order_events": {
            "id": "i",
            "order_id": f"CASE WHEN {RARE} THEN 2 WHEN i % 2 = 0 THEN 1 ELSE i END",
            "step": "'placed'",
            "actor": "''",
            "request_id": "''",
            "created_at": LATER,
        },
        "work": {
            "id": "i",
            "kind": "'ship'",
            "key": ORDER,
            "payload": "'{}'",
            "request_id": "''",
            "due": "i",
            "attempts": "0",
            # The few that are parked are among the oldest, and newer ones are parked at the other end.
            "parked": "CASE WHEN i BETWEEN 20 AND 30 OR i > 12000 THEN 1 ELSE 0 END",
            "created_at": LATER,
        },
    },
    "payments": {
        "payments": {
            "id": "i",
            "order_id": ORDER,
            "amount": "1",
            "method": "'credit_card'",
            "state": "'pending'",
            "created_at": LATER,
        },
        "ledger": {"id": "i", "payment_id": "i", "kind": "'authorise'", "amount": "1", "created_at": LATER},
    },
    "shipping": {
        "shipments": {"id": "i", "order_id": ORDER, "status": "'in_transit'", "created_at": LATER},
        "events": {"id": "i", "shipment_id": "i", "status": "'in_transit'", "timestamp": LATER},
    },
    "notifications": {
        "notifications": {
            "id": "i",
            "recipient": f"CASE WHEN {RARE} THEN 'rare@' WHEN i % 2 = 0 THEN 'common@' ELSE 'user' || (i % 999) END",
            "subject": "''",
            "status": "CASE WHEN i % 2000 IN (7, 8) THEN 'failed' ELSE 'sent' END",
            "reason": "CASE WHEN i % 2000 IN (7, 8) THEN '' END",
            "body": "CASE WHEN i % 2000 IN (7, 8) THEN '' END",
            "idempotency_key": "'ORD-' || (i * 7919 % 20011)",
            "request_hash": "''",
            "timestamp": LATER,
        }
    },
}
"""The columns of the rows by service and table, by their number i."""


def fills(service: ServiceName) -> Iterator[str]:
    """The statements that write the rows of a service."""
    for table, columns in TABLES[service].items():
        yield f"INSERT INTO {table} ({', '.join(columns)}) {NUMBERS} SELECT {', '.join(columns.values())} FROM n"


@dataclass(frozen=True)
class List:
    """A list, with the values to ask for of each of its parameters."""

    read: Callable[..., Callable[..., Awaitable[Sequence[object]]]]
    """The method of its store, of the database."""
    values: Mapping[str, Sequence[Any]]
    place: Callable[[Mapping[str, Any]], Mapping[str, Any]] = lambda values: {}
    fixed: Mapping[str, Any] = field(default_factory=dict)

    def combinations(self) -> Iterator[dict[str, Any]]:
        """Every combination of the values, each from the first page and from a page in the middle."""
        for values in product(*self.values.values()):
            filters = dict(zip(self.values, values, strict=True))
            for place in {}, self.place(filters):
                yield {**self.fixed, **filters, **place}


def _before(values: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"before": MIDDLE}


def _place_of_product(values: Mapping[str, Any]) -> Mapping[str, Any]:
    middle = {"id": MIDDLE, "folded_name": "product 5", "price": MIDDLE}
    return {"after": [middle[column] for column in PLACES[values["sort"].removeprefix("-")]]}


def _by_number(read: Callable[..., Any], **fixed: Any) -> List:
    return List(read, {"after": [None, MIDDLE, ROWS]}, fixed=fixed)


NONE_BEFORE = {"before": None}
LISTS: Mapping[str, List] = {
    "auth.list_users": _by_number(lambda database: Auth(database).users),
    "auth.list_sessions": List(
        lambda database: sessions.Store(database).live,
        {"user_id": [1, 2, 3], "after": [None, MIDDLE]},
        fixed={"now": "2026"},
    ),
    "auth.list_revocations": _by_number(lambda database: sessions.Store(database).revocations, now="2026"),
    "auth.list_audit_events": List(
        lambda database: audit_log.Store(database).events,
        {
            "event": [None, "signed_in", "denied", "key_rotated"],
            "actor": [None, "user_1", "anonymous", "none"],
            "subject": [None, "user_1", "none"],
            "since": [None, "2026-01-01T12:00:00Z", "2026-01-02"],
            "until": [None, "2026-01-01T12:00:00Z", "2025"],
        },
        lambda values: {"after": ["2026-01-01T11:00:00Z", MIDDLE]},
        {"after": None},
    ),
    "catalog.list_products": List(
        lambda database: Catalog(database).products,
        {
            "sort": ["id", "-id", "price", "-price", "name", "-name"],
            "in_stock": [None, True, False],
            "min_price": [None, 0, MIDDLE, 19_990, 99_999],
            "max_price": [None, 99_999, MIDDLE, 20, 0],
            "ids": [None, [7, 4007, 4008, 99_999]],
        },
        _place_of_product,
    ),
    "catalog.list_stock": _by_number(lambda database: Catalog(database).stock),
    "catalog.list_reservations": List(
        lambda database: Catalog(database).reservations,
        {"status": [None, "committed", "held", "refused"], "after": [None, MIDDLE]},
    ),
    "cart.list_carts": _by_number(lambda database: Cart(database).carts),
    "orders.list_orders": List(
        lambda database: Orders(database).orders,
        {"user_id": [1, 2, 3], "status": [None, "shipped", "delivered", "refunded"]},
        _before,
        NONE_BEFORE,
    ),
    "orders.list_order_books": _by_number(lambda database: Orders(database).all_orders),
    "orders.list_order_events": List(
        lambda database: Orders(database).events, {"order": [1, 2, 3], "after": [None, MIDDLE]}
    ),
    "orders.list_work": List(
        lambda database: outbox.store.Store(database).rows,
        {"parked": [True, False], "before": [None, MIDDLE, 50, 10]},
    ),
    "payments.list_payments": List(
        lambda database: Payments(database).payments, {"order_id": [None, "ORD-7", "ORD-0"]}, _before, NONE_BEFORE
    ),
    "payments.list_ledger_entries": _by_number(lambda database: lambda **values: entries(database, **values)),
    "shipping.list_shipments": _by_number(lambda database: Shipping(database).shipments),
    "shipping.list_shipment_events": _by_number(lambda database: Shipping(database).events),
    "notifications.list_notifications": List(
        lambda database: Notifications(database).notifications,
        {
            "recipient": [None, "common@", "rare@", "none@"],
            "status": [None, "sent", "failed", "pending"],
            "key_prefix": [None, "ORD-", "ORD-1", "ORD-19", "ORD-199", "none"],
        },
        _before,
        NONE_BEFORE,
    ),
}
"""By operation, without searches for a part of a name, because the two databases have no common index for them."""


async def read(database: Database, of: List, values: Mapping[str, Any]) -> Sequence[object]:
    """A page."""
    return await of.read(database)(limit=LIMIT, **values)
