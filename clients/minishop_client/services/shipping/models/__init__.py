# Generated from openapi/ by scripts/generate.py: do not edit.
"""Contains all the data models used in inputs/outputs"""

from .health import Health
from .health_status import HealthStatus
from .shipment import Shipment
from .shipment_edit import ShipmentEdit
from .shipment_input import ShipmentInput
from .shipment_status import ShipmentStatus

__all__ = (
    "Health",
    "HealthStatus",
    "Shipment",
    "ShipmentEdit",
    "ShipmentInput",
    "ShipmentStatus",
)
