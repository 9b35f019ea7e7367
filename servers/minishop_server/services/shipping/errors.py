"""The problems that Shipping answers with."""

from __future__ import annotations

from ...kit.problems import Conflict


class NotForward(Conflict):
    """The shipment cannot move there from where it is."""

    code, title = "not_forward", "A shipment cannot move backwards"


class ShipmentCancelled(Conflict):
    """The order is not to be sent."""

    code, title = "shipment_cancelled", "The shipment was cancelled"


class Delivered(Conflict):
    """Too late to call the parcel back."""

    code, title = "delivered", "The shipment was delivered"
