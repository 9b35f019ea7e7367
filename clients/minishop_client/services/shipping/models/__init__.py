# Generated from openapi/ by scripts/generate.py: do not edit.
"""Contains all the data models used in inputs/outputs"""

from .health import Health
from .health_status import HealthStatus
from .known_numbers import KnownNumbers
from .next_status import NextStatus
from .numbers_seen import NumbersSeen
from .shipment import Shipment
from .shipment_book import ShipmentBook
from .shipment_edit import ShipmentEdit
from .shipment_event import ShipmentEvent
from .shipment_input import ShipmentInput
from .shipment_status import ShipmentStatus

__all__ = (
    "Health",
    "HealthStatus",
    "KnownNumbers",
    "NextStatus",
    "NumbersSeen",
    "Shipment",
    "ShipmentBook",
    "ShipmentEdit",
    "ShipmentEvent",
    "ShipmentInput",
    "ShipmentStatus",
)
