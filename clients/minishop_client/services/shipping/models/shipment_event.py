# Generated from openapi/ by scripts/generate.py: do not edit.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.shipment_status import ShipmentStatus, check_shipment_status
from ..types import UNSET, Unset, optional, required

T = TypeVar("T", bound="ShipmentEvent")


@_attrs_define
class ShipmentEvent:
    """A move of a parcel."""

    cursor: str
    """ A place in a list. Feeds still take those of version 1, which begin with `c_`. """
    order_id: str
    """ The number of an order. """
    tracking_id: str
    """ The number a parcel is tracked by. """
    status: ShipmentStatus
    """ Where a parcel is. """
    timestamp: datetime.datetime
    """ RFC 3339, in UTC, to the second. """
    order_identity: str | Unset = UNSET
    """ The random identity of an order. Its number may be given out again after a database was restored, its
    identity never is; a request about an order of another identity is refused (409 `other_order`). """

    def to_dict(self) -> dict[str, Any]:
        cursor = self.cursor

        order_id = self.order_id

        tracking_id = self.tracking_id

        status: str = self.status

        timestamp = self.timestamp.isoformat()

        order_identity = self.order_identity

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "cursor": cursor,
                "order_id": order_id,
                "tracking_id": tracking_id,
                "status": status,
                "timestamp": timestamp,
            }
        )
        if order_identity is not UNSET:
            field_dict["order_identity"] = order_identity

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        cursor = required(d, "cursor")

        order_id = required(d, "order_id")

        tracking_id = required(d, "tracking_id")

        status = check_shipment_status(required(d, "status"))

        timestamp = datetime.datetime.fromisoformat(required(d, "timestamp"))

        order_identity = optional(d, "order_identity")

        shipment_event = cls(
            cursor=cursor,
            order_id=order_id,
            tracking_id=tracking_id,
            status=status,
            timestamp=timestamp,
            order_identity=order_identity,
        )

        return shipment_event
