"""The settings of Orders."""

from __future__ import annotations

from pydantic import Field

from ...kit.settings import ProcessSettings, ServiceSettings


class OrdersSettings(ServiceSettings):
    """`MINISHOP_ORDERS_DIGEST_DAYS`."""

    digest_days: int = Field(default=90, ge=1, le=36_500)
    """After as many days the digest of a checkout is deleted, by which another request with its key is refused."""


class Settings(ProcessSettings):
    """The settings of a process that Orders reads."""

    orders: OrdersSettings = OrdersSettings()

    checkout_seconds: float = Field(default=10, ge=0, le=60)
    """How long a checkout waits for its outcome before it answers that it is pending."""
