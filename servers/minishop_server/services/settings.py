"""The settings of a process: those that all services share, and those of each."""

from __future__ import annotations

from ..kit.settings import ServiceSettings
from .auth.settings import Settings as AuthSettings
from .notifications.settings import Settings as NotificationsSettings
from .orders.settings import Settings as OrdersSettings
from .payments.settings import Settings as PaymentsSettings


class Settings(AuthSettings, NotificationsSettings, OrdersSettings, PaymentsSettings):
    """The settings of a process, in which any service may run."""

    catalog: ServiceSettings = ServiceSettings()
    cart: ServiceSettings = ServiceSettings()
    orders: ServiceSettings = ServiceSettings()
    shipping: ServiceSettings = ServiceSettings()
    notifications: ServiceSettings = ServiceSettings()
