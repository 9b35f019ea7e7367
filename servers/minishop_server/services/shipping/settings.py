"""The settings of Shipping."""

from __future__ import annotations

from pydantic import Field

from ...kit.settings import ProcessSettings, ServiceSettings


class ShippingSettings(ServiceSettings):
    """`MINISHOP_SHIPPING_FEED_DAYS`."""

    feed_days: int = Field(default=365, ge=1, le=36_500)
    """After as many days the events of a parcel are deleted, if all services that follow the feed have read them."""


class Settings(ProcessSettings):
    """The settings of a process that Shipping reads."""

    shipping: ShippingSettings = ShippingSettings()
