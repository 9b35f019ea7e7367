"""The settings of a process: those that all services share, and those of each."""

from __future__ import annotations

from urllib.parse import urlsplit

from ..kit.client_address import is_this_machine
from ..kit.settings import ServiceSettings
from .auth.settings import Settings as AuthSettings
from .notifications.settings import Settings as NotificationsSettings
from .orders.settings import Settings as OrdersSettings
from .payments.settings import Settings as PaymentsSettings
from .shipping.settings import Settings as ShippingSettings


class Settings(AuthSettings, NotificationsSettings, OrdersSettings, PaymentsSettings, ShippingSettings):
    """The settings of a process, in which any service may run."""

    catalog: ServiceSettings = ServiceSettings()
    cart: ServiceSettings = ServiceSettings()

    @property
    def is_public(self) -> bool:
        """Whether others than this machine reach it: a public address means that a proxy is in front of it."""
        host = urlsplit(self.public_url).hostname if self.public_url else None
        return super().is_public or (host is not None and not is_this_machine(host))
