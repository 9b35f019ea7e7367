# Generated from openapi/ by scripts/generate.py: do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import required

T = TypeVar("T", bound="ReservationLine")


@_attrs_define
class ReservationLine:
    """Pieces of one product."""

    product_id: int
    """ The number of a product. """
    quantity: int
    """ How many pieces. """

    def to_dict(self) -> dict[str, Any]:
        product_id = self.product_id

        quantity = self.quantity

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "product_id": product_id,
                "quantity": quantity,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        product_id = required(d, "product_id")

        quantity = required(d, "quantity")

        reservation_line = cls(
            product_id=product_id,
            quantity=quantity,
        )

        return reservation_line
