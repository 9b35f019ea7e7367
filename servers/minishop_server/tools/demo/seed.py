"""The demo data of a first start: a catalogue, two customers and an admin."""

from __future__ import annotations

import json
from decimal import Decimal
from importlib import resources

from ...hosting.gateway import Gateway
from ...kit.money import cents
from ...services.auth.domain import Auth
from ...services.auth.errors import Taken
from ...services.auth.rows import Role
from ...services.catalog.domain import Catalog

PASSWORD = "correct-horse-battery"
USERS: dict[str, tuple[Role, str]] = {
    "ada": ("customer", "123 Main Street, St. John's"),
    "bob": ("customer", "12 Duckworth Street, St. John's"),
    "grace": ("admin", "1 Signal Hill Road, St. John's"),
}
"""The demo users with their roles and addresses.

Ada is user 1, as in the documented examples. Grace is created last, so her account marks complete demo data.
"""


async def seed(gateway: Gateway) -> None:
    """Create the demo data, unless the shop has had it before."""
    auth: Auth = gateway.services["auth"].domain
    catalog: Catalog = gateway.services["catalog"].domain
    if await auth.has_user("grace"):
        return
    products = json.loads(resources.files(__package__).joinpath("products.json").read_text(encoding="utf-8"))
    there = len(await catalog.products(limit=len(products)))  # a start that was cut short got this far
    for product in products[there:]:
        await catalog.add_product(product["name"], cents(Decimal(product["price"])), product["stock"])
    for username, (role, address) in USERS.items():
        try:
            await auth.register(username, f"{username}@example.com", PASSWORD, address, role)
        except Taken:
            continue
