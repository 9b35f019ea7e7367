# Generated from openapi/ by scripts/generate.py: do not edit.
from typing import Literal, cast

ShipmentStatus = Literal[
    "cancelled", "delivered", "exception", "in_transit", "out_for_delivery", "returned"
]


def check_shipment_status(value: str) -> ShipmentStatus:
    return cast(ShipmentStatus, value)
