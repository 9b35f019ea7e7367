# Generated from openapi/ by scripts/generate.py: do not edit.
"""The services of the shop, as attributes of one object."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import httpx
from minishop_client.connections import AsyncConnections, Connections
from minishop_client.retry import Retry

from .auth import AsyncAuthApi, AuthApi
from .cart import AsyncCartApi, CartApi
from .catalog import AsyncCatalogApi, CatalogApi
from .notifications import AsyncNotificationsApi, NotificationsApi
from .orders import AsyncOrdersApi, OrdersApi
from .payments import AsyncPaymentsApi, PaymentsApi
from .shipping import AsyncShippingApi, ShippingApi

SERVICES = (
    "auth",
    "cart",
    "catalog",
    "notifications",
    "orders",
    "payments",
    "shipping",
)
AuthFor = Callable[[str], httpx.Auth | None]
"""As whom a service is called, by its name."""


class Services:
    """The services."""

    def _connect(
        self, http: Connections, urls: Mapping[str, str], auth: AuthFor, retry: Retry
    ) -> None:
        self.auth = AuthApi(http, urls["auth"], auth=auth("auth"), retry=retry)
        self.cart = CartApi(http, urls["cart"], auth=auth("cart"), retry=retry)
        self.catalog = CatalogApi(http, urls["catalog"], auth=auth("catalog"), retry=retry)
        self.notifications = NotificationsApi(
            http, urls["notifications"], auth=auth("notifications"), retry=retry
        )
        self.orders = OrdersApi(http, urls["orders"], auth=auth("orders"), retry=retry)
        self.payments = PaymentsApi(http, urls["payments"], auth=auth("payments"), retry=retry)
        self.shipping = ShippingApi(http, urls["shipping"], auth=auth("shipping"), retry=retry)


class AsyncServices:
    """The services, awaited."""

    def _connect(
        self, http: AsyncConnections, urls: Mapping[str, str], auth: AuthFor, retry: Retry
    ) -> None:
        self.auth = AsyncAuthApi(http, urls["auth"], auth=auth("auth"), retry=retry)
        self.cart = AsyncCartApi(http, urls["cart"], auth=auth("cart"), retry=retry)
        self.catalog = AsyncCatalogApi(http, urls["catalog"], auth=auth("catalog"), retry=retry)
        self.notifications = AsyncNotificationsApi(
            http, urls["notifications"], auth=auth("notifications"), retry=retry
        )
        self.orders = AsyncOrdersApi(http, urls["orders"], auth=auth("orders"), retry=retry)
        self.payments = AsyncPaymentsApi(http, urls["payments"], auth=auth("payments"), retry=retry)
        self.shipping = AsyncShippingApi(http, urls["shipping"], auth=auth("shipping"), retry=retry)
