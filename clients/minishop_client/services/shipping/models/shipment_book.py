# Generated from openapi/ by scripts/generate.py: do not edit.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.shipment_status import ShipmentStatus, check_shipment_status
from ..types import UNSET, Unset, optional, required

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
    order_identity: str | Unset = UNSET
    """ The random identity of an order. Its number may be given out again after a database was restored, its
    identity never is; a request about an order of another identity is refused (409 `other_order`). """
    user_id: int | Unset = UNSET
    """ The number of a user; the token's `sub` is `user_` and this number. """

    def to_dict(self) -> dict[str, Any]:
        order_id = self.order_id

        tracking_id = self.tracking_id

        status: str = self.status

        created_at = self.created_at.isoformat()

        order_identity = self.order_identity

        user_id = self.user_id

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "order_id": order_id,
                "tracking_id": tracking_id,
                "status": status,
                "created_at": created_at,
            }
        )
        if order_identity is not UNSET:
            field_dict["order_identity"] = order_identity
        if user_id is not UNSET:
            field_dict["user_id"] = user_id

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        order_id = required(d, "order_id")

        tracking_id = required(d, "tracking_id")

        status = check_shipment_status(required(d, "status"))

        created_at = datetime.datetime.fromisoformat(required(d, "created_at"))

        order_identity = optional(d, "order_identity")

        user_id = optional(d, "user_id")

        shipment_book = cls(
            order_id=order_id,
            tracking_id=tracking_id,
            status=status,
            created_at=created_at,
            order_identity=order_identity,
            user_id=user_id,
        )

        return shipment_book
