"""A shop with a past: products, customers, and orders with their records in each service.

SQL writes them, in the formats of the services' stores, into the databases of a stopped shop. Order i, of product i,
was paid and sent, its customer was notified, and it is the only order of that product.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import psycopg

from bench.shops import Place
from minishop_server.kit.settings import ServiceName

READERS_ORDERS = 50
FIRST_CUSTOMER = 1_000_000
TIME = "'2026-01-01T00:00:00Z'"
LATER = 4_102_444_800_000
"""The year 2100 in milliseconds, until when a job waits."""
NUMBERS = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {orders})"
EMAIL = "'filled' || {user} || '@example.com'"
FEW = 5
"""So many products are sold out and the cheapest, so many others the dearest, so many messages failed, and so on."""
PRICE = f"CASE WHEN i <= {FEW} THEN i WHEN i <= {2 * FEW} THEN 9999900 + i ELSE 100 + i % 9973 * 10 END"
PARKED = 50
"""Jobs that failed too often, and that can be resumed: they find their orders shipped, and are done."""
HASH = "'" + "0" * 64 + "'"
"""The hash of no request."""


def fill(place: Place, orders: int, reader: int, product: int) -> None:
    """Write many orders and products into the databases of a shop.

    Args:
        reader: the user who owns `READERS_ORDERS` of the orders.
        product: the number before that of the first new product.
    """
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        services = _statements(orders, reader, product).items()
        for written in [threads.submit(_write, place, service, statements) for service, statements in services]:
            written.result()


def leave_work(place: Place, orders: int) -> None:
    """Write `PARKED` jobs and many more that wait, a tenth as many as orders, into the database of Orders.

    They are jobs of filled orders, which the audit of a filled shop finds overdue.
    """
    columns = "id, kind, key, payload, request_id, due, attempts, parked, error, created_at"
    parked = f"CASE WHEN i <= {PARKED} THEN 1 ELSE 0 END"
    row = f"i, 'ship', 'ORD-' || (100 + i), '{{}}', 'filled', {LATER}, 60, {parked}, 'unavailable', {TIME}"
    numbers = NUMBERS.format(orders=PARKED + orders // 10)
    _write(place, "orders", {"work": f"({columns}) {numbers} SELECT {row} FROM n"})


def _write(place: Place, service: ServiceName, statements: dict[str, str]) -> None:
    if place.server is None:
        _on_sqlite(place, service, statements)
    else:
        _on_postgresql(place.databases[service], statements)


def _statements(orders: int, reader: int, product: int) -> dict[ServiceName, dict[str, str]]:
    """The SELECT for the columns of each table, by service and table."""
    customers = max(orders // 10, 1)
    every = max(orders // READERS_ORDERS, 1)
    user = f"CASE WHEN i % {every} = 0 THEN {reader} ELSE {FIRST_CUSTOMER} + i % {customers} END"
    email, order = EMAIL.format(user=f"({user})"), "'ORD-' || (100 + i)"
    numbers, failed = NUMBERS.format(orders=orders), f"i <= {FEW}"
    some = NUMBERS.format(orders=customers)
    customer = f"{FIRST_CUSTOMER} - 1 + i"

    def rows(columns: str, values: str, source: str = numbers, more: str = "") -> str:
        return f"({columns}) {source} SELECT {values} FROM n{more}"

    steps = (
        " CROSS JOIN (SELECT 1 AS k UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4) AS steps ORDER BY i, k"
    )
    step = "CASE k WHEN 1 THEN 'placed' WHEN 2 THEN 'paid' WHEN 3 THEN 'confirmed' ELSE 'shipped' END"
    actor = f"CASE k WHEN 1 THEN 'user_' || ({user}) ELSE 'service_orders' END"
    return {
        "auth": {
            "users": rows(
                "id, username, email, password_hash, role, address, created_at",
                f"{customer}, 'filled' || ({customer}), {EMAIL.format(user=f'({customer})')}, '', 'customer',"
                f" '1 Water Street', {TIME}",
                some,
            ),
            "audit": rows(
                "event, actor, subject, address, request_id, created_at",
                f"CASE WHEN i <= {FEW} THEN 'denied' ELSE 'signed_in' END, 'user_' || ({user}), 'user_' || ({user}),"
                f" '127.0.0.1', 'filled', {TIME}",
            ),
        },
        "catalog": {
            "products": rows(
                "id, name, folded_name, price, received, stock, sold",
                f"{product} + i, 'Product ' || i || '.', 'product ' || i || '.', {PRICE},"
                f" CASE WHEN i <= {FEW} THEN 1 ELSE 101 END, CASE WHEN i <= {FEW} THEN 0 ELSE 100 END, 1",
            ),
            "reservations": rows(
                "id, status, lines, order_identity", f"i, 'committed', '[[' || ({product} + i) || ', 1]]', {order}"
            ),
        },
        "cart": {
            # Beyond the versions that were bought; the reader has a cart too.
            "carts": rows(
                "user_id, version",
                f"CASE WHEN i > {customers} THEN {reader} ELSE {customer} END, {orders} + 1",
                NUMBERS.format(orders=customers + 1),
            )
        },
        "orders": {
            "orders": rows(
                "id, identity, user_id, status, total, payment_method, address, carrier, email, turn, request_hash,"
                " payment_id, tracking_id, created_at, updated_at",
                f"i, {order}, {user}, 'shipped', {PRICE}, 'credit_card', '1 Water Street', 'Canada Post', {email}, i,"
                f" {HASH}, 'PAY-' || (554 + i), 'SHIP-' || (887 + i), {TIME}, {TIME}",
            ),
            "order_lines": rows(
                "order_id, product_id, quantity, price, position, name", f"i, {product} + i, 1, {PRICE}, 0, 'Product'"
            ),
            "order_events": rows(
                "id, order_id, step, actor, request_id, created_at",
                f"4 * i - 4 + k, i, {step}, {actor}, 'filled', {TIME}",
                more=steps,
            ),
        },
        "payments": {
            "payments": rows(
                "id, order_id, order_identity, amount, method, state, captured, created_at",
                f"i, {order}, {order}, {PRICE}, 'credit_card', 'captured', {PRICE}, {TIME}",
            ),
            "ledger": rows("id, payment_id, kind, amount, created_at", f"i, i, 'capture', {PRICE}, {TIME}"),
            "sandbox_charges": rows(
                "id, amount, state, outcome, decided_at",
                f"'PAY-' || (554 + i) || '.20260101000000', {PRICE}, 'captured', 'captured', 0",
            ),
        },
        "shipping": {
            "shipments": rows(
                "id, order_id, order_identity, address, carrier, status, user_id, recipient, created_at",
                f"i, {order}, {order}, '1 Water Street', 'Canada Post', 'in_transit', {user}, {email}, {TIME}",
            )
        },
        "notifications": {
            "notifications": rows(
                # The reader's mails are there.
                "recipient, subject, status, reason, body, idempotency_key, request_hash, timestamp",
                f"{email}, 'Order Confirmation', CASE WHEN {failed} THEN 'failed' ELSE 'sent' END,"
                f" CASE WHEN {failed} THEN 'Refused.' END, CASE WHEN {failed} THEN 'Text' END,"
                f" {order} || '.confirmation', {HASH}, {TIME}",
            )
        },
    }


def _on_sqlite(place: Place, service: str, statements: dict[str, str]) -> None:
    """Without ANALYZE: a shop runs none by itself."""
    with closing(sqlite3.connect(place.folder / f"{service}.db", isolation_level=None)) as connection:
        for pragma in "journal_mode = OFF", "synchronous = OFF", "cache_size = -100000":  # no other connection
            connection.execute(f"PRAGMA {pragma}")
        for sql in _inserts(statements):
            connection.execute(sql)
        connection.execute("PRAGMA journal_mode = WAL")


def _on_postgresql(url: str, statements: dict[str, str]) -> None:
    """Run the work of autovacuum now, so that it does not run during a measurement."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("SET synchronous_commit = off")
        connection.execute("SET session_replication_role = replica")  # each row fits: no foreign key is looked up
        for sql in _inserts(statements):
            connection.execute(sql.encode())
        for table in statements:
            sequence = connection.execute(
                "SELECT pg_get_serial_sequence(%(table)s, 'id') FROM pg_attribute"
                " WHERE attrelid = %(table)s::regclass AND attname = 'id' AND attidentity <> ''",
                {"table": table},
            ).fetchone()
            if sequence is not None and table != "users":  # new customers go on counting from the first ones
                connection.execute(f"SELECT setval('{sequence[0]}', MAX(id)) FROM {table}".encode())
            connection.execute(f"VACUUM ANALYZE {table}".encode())
        connection.execute("CHECKPOINT")


def _inserts(statements: dict[str, str]) -> Iterator[str]:
    for table, rows in statements.items():
        yield f"INSERT INTO {table} {rows}"
