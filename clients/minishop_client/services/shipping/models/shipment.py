# Generated from openapi/ by scripts/generate.py: do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.shipment_status import ShipmentStatus, check_shipment_status
from ..types import required

T = TypeVar("T", bound="Shipment")


@_attrs_define
class Shipment:
    """A parcel."""

    order_id: str
    """ The number of an order. """
    tracking_id: str
    """ The number a parcel is tracked by. """
    status: ShipmentStatus
    """ Where a parcel is. """

    def to_dict(self) -> dict[str, Any]:
        order_id = self.order_id

        tracking_id = self.tracking_id

        status: str = self.status

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "order_id": order_id,
                "tracking_id": tracking_id,
                "status": status,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        order_id = required(d, "order_id")

        tracking_id = required(d, "tracking_id")

        status = check_shipment_status(required(d, "status"))

        shipment = cls(
            order_id=order_id,
            tracking_id=tracking_id,
            status=status,
        )

        return shipment
