# Generated from openapi/ by scripts/generate.py: do not edit.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.shipment_status import ShipmentStatus, check_shipment_status

T = TypeVar("T", bound="ShipmentBook")


@_attrs_define
class ShipmentBook:
    """A parcel on record."""

    order_id: str
    """ The number of an order. """
    tracking_id: str
    """ The number a parcel is tracked by. """
    status: ShipmentStatus
    """ Where a parcel is. """
    created_at: datetime.datetime
    """ RFC 3339, in UTC, to the second. """

    def to_dict(self) -> dict[str, Any]:
        order_id = self.order_id

        tracking_id = self.tracking_id

        status: str = self.status

        created_at = self.created_at.isoformat()

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "order_id": order_id,
                "tracking_id": tracking_id,
                "status": status,
                "created_at": created_at,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        order_id = d.pop("order_id")

        tracking_id = d.pop("tracking_id")

        status = check_shipment_status(d.pop("status"))

        created_at = datetime.datetime.fromisoformat(d.pop("created_at"))

        shipment_book = cls(
            order_id=order_id,
            tracking_id=tracking_id,
            status=status,
            created_at=created_at,
        )

        return shipment_book
