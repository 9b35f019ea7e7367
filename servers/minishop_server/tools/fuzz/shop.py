"""A new shop for each run, in separate processes: findings never depend on earlier data."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from minishop_client import Minishop

from ...kit.settings import SERVICES
from ...services.auth.service_accounts.domain import granted
from ..demo.seed import PASSWORD
from ..postgres import running_postgres
from .target import Ground

CLIENT = "orders"
CUSTOMER, STRANGER = "fuzz-customer", "fuzz-stranger"
LEAVER, EDITED = "fuzz-leaver", "fuzz-edited"
ADMIN = "grace"  # of the demo data
STOCKED = (1, 2)  # the products of schemathesis.toml
QUICK_HASHES = {"MINISHOP_AUTH_ARGON2_KIB": "7168", "MINISHOP_AUTH_ARGON2_PASSES": "1"}
"""The cheapest that the settings allow: half of Auth's requests have a password, and none of them is real."""
GUESSES = "1000000"  # wrong passwords are sent by the thousand, without a lockout
# The one in the examples of Auth's document: they are sent too, and this way one succeeds.
SECRET = "a-secret-of-at-least-32-letters-x"


def settings(databases: Mapping[str, str]) -> dict[str, str]:
    """The settings of the shop that is fuzzed, with the addresses of databases by service."""
    return {
        "MINISHOP_ORDERS_CLIENT_SECRET": SECRET,
        "MINISHOP_PAYMENTS_WEBHOOK_SECRET": SECRET,
        "MINISHOP_AUTH_FAILURES": GUESSES,
        "MINISHOP_AUTH_FAILURES_BY_NAME": GUESSES,
        **QUICK_HASHES,
        "MINISHOP_RATE_LIMITS": "off",  # all requests come from one address
        **{f"MINISHOP_{name.upper()}_DATABASE_URL": url for name, url in databases.items()},
    }


@contextmanager
def postgresql() -> Iterator[dict[str, str]]:
    """The addresses of empty databases, one for each service, on a new PostgreSQL."""
    with running_postgres() as server:
        yield {name: server.new_database(name) for name in SERVICES}


def prepare(url: str, data: Path) -> Ground:
    """Add users that no example of the documents names, and stock that never runs out."""
    with Minishop(url) as shop:
        users = {
            name: shop.auth.register(
                username=name, email=f"{name}@example.com", password=PASSWORD, address="1 Water Street"
            ).id
            for name in (STRANGER, CUSTOMER, LEAVER, EDITED)
        }
        catalog = shop.login(ADMIN, PASSWORD).catalog
        for product in STOCKED:
            catalog.update_product(product, if_match="*", stock=1_000_000)
    return Ground(
        url,
        CUSTOMER,
        PASSWORD,
        users[CUSTOMER],
        STOCKED,
        SECRET,
        ADMIN,
        _called_by_orders(),
        LEAVER,
        users[EDITED],
        str(data / "mail"),
    )


def _called_by_orders() -> tuple[str, ...]:
    return tuple(operation.partition(".")[2] for operation in granted(CLIENT, None))


def identities() -> list[dict[str, Any]]:
    """Who may call, in the Web Fuzzing Commons format."""
    token = {
        "extractFrom": "body",
        "extractSelector": "/access_token",
        "sendIn": "header",
        "sendName": "Authorization",
        "sendTemplate": "Bearer {token}",
    }

    def identity(name: str, path: str, content_type: str, payload: str) -> dict[str, Any]:
        login = {"verb": "POST", "endpoint": path, "contentType": content_type, "payloadRaw": payload, "token": token}
        return {"name": name, "loginEndpointAuth": login}

    def user(name: str, username: str) -> dict[str, Any]:
        payload = json.dumps({"username": username, "password": PASSWORD})
        return identity(name, "/auth/login", "application/json", payload)

    form = f"grant_type=client_credentials&client_id={CLIENT}&client_secret={SECRET}"
    return [
        user("customer", CUSTOMER),
        user("admin", ADMIN),
        identity("service", "/auth/token", "application/x-www-form-urlencoded", form),
        user("stranger", STRANGER),
    ]
