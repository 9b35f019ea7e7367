# Generated from openapi/ by scripts/generate.py: do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset, optional, required

T = TypeVar("T", bound="ShipmentInput")


@_attrs_define
class ShipmentInput:
    """What to send where."""

    order_id: str
    """ The number of an order. """
    address: str = _attrs_field(repr=False)
    """ A postal address that was given once, on one line or several. """
    carrier: str
    """ Who carries the parcel. """
    order_identity: str | Unset = UNSET
    """ The random identity of an order. Its number may be given out again after a database was restored, its
    identity never is; a request about an order of another identity is refused (409 `other_order`). """
    user_id: int | Unset = UNSET
    """ The number of a user; the token's `sub` is `user_` and this number. """
    recipient: str | Unset = _attrs_field(default=UNSET, repr=False)
    """ An e-mail address as RFC 5321 writes it without quotes and comments, the domain in full, an
    internationalised one as `xn--…`. An account is known by it in lower case. An encoded word (`=?…?=`, RFC 2047)
    is refused, as it may decode to a line break. """

    def to_dict(self) -> dict[str, Any]:
        order_id = self.order_id

        address = self.address

        carrier = self.carrier

        order_identity = self.order_identity

        user_id = self.user_id

        recipient = self.recipient

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "order_id": order_id,
                "address": address,
                "carrier": carrier,
            }
        )
        if order_identity is not UNSET:
            field_dict["order_identity"] = order_identity
        if user_id is not UNSET:
            field_dict["user_id"] = user_id
        if recipient is not UNSET:
            field_dict["recipient"] = recipient

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        order_id = required(d, "order_id")

        address = required(d, "address")

        carrier = required(d, "carrier")

        order_identity = optional(d, "order_identity")

        user_id = optional(d, "user_id")

        recipient = optional(d, "recipient")

        shipment_input = cls(
            order_id=order_id,
            address=address,
            carrier=carrier,
            order_identity=order_identity,
            user_id=user_id,
            recipient=recipient,
        )

        return shipment_input
