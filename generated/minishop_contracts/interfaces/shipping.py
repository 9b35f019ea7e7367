# Generated from openapi/ by scripts/generate.py: do not edit.
"""The handlers of Minishop Shipping."""

from __future__ import annotations

from typing import Protocol, TypeVar

from ..answers import common
from ..answers import shipping as answers
from ..models import common as common_models
from ..models import shipping as models
from ..reply import Reply

Domain = TypeVar("Domain", contravariant=True)
Caller = TypeVar("Caller", contravariant=True)


class Handlers(Protocol[Domain, Caller]):
    """One for each operation: the domain comes first, the rest by name."""

    async def create_shipment(
        self, domain: Domain, /, *, caller: Caller, body: models.ShipmentInput
    ) -> answers.Shipment | Reply[answers.Shipment]:
        """Send an order."""
        ...

    async def list_shipments(
        self, domain: Domain, /, *, caller: Caller, limit: int, cursor: str = ...
    ) -> list[answers.ShipmentBook] | Reply[list[answers.ShipmentBook]]:
        """List shipments."""
        ...

    async def list_shipment_events(
        self, domain: Domain, /, *, caller: Caller, limit: int, cursor: str = ...
    ) -> list[answers.ShipmentEvent] | Reply[list[answers.ShipmentEvent]]:
        """List the moves of shipments."""
        ...

    async def get_shipment(
        self, domain: Domain, /, *, caller: Caller, order_id: str
    ) -> answers.Shipment | Reply[answers.Shipment]:
        """Read the shipment of an order."""
        ...

    async def update_shipment(
        self, domain: Domain, /, *, caller: Caller, body: models.ShipmentEdit, order_id: str
    ) -> answers.Shipment | Reply[answers.Shipment]:
        """Move a shipment."""
        ...

    async def cancel_shipment(
        self, domain: Domain, /, *, caller: Caller, order_id: str, order_identity: str = ...
    ) -> None | Reply[None]:
        """Cancel a shipment."""
        ...

    async def compare_numbers(
        self, domain: Domain, /, *, caller: Caller, body: common_models.KnownNumbers
    ) -> common.NumbersSeen | Reply[common.NumbersSeen]:
        """Compare the numbers of shipments."""
        ...

    async def livez(self, domain: Domain, /) -> common.Health | Reply[common.Health]:
        """Ask whether the service runs."""
        ...

    async def readyz(self, domain: Domain, /) -> common.Health | Reply[common.Health]:
        """Ask whether the service can work."""
        ...
