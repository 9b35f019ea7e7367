# Generated from openapi/ by scripts/generate.py: do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

T = TypeVar("T", bound="ShownLine")


@_attrs_define
class ShownLine:
    """A line as its shopper last saw it."""

    product_id: int
    """ The number of a product. """
    quantity: int
    """ How many pieces. """
    shown_price: float
    """ The price of one piece, with two decimals. """

    def to_dict(self) -> dict[str, Any]:
        product_id = self.product_id

        quantity = self.quantity

        shown_price = self.shown_price

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "product_id": product_id,
                "quantity": quantity,
                "shown_price": shown_price,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        product_id = d.pop("product_id")

        quantity = d.pop("quantity")

        shown_price = d.pop("shown_price")

        shown_line = cls(
            product_id=product_id,
            quantity=quantity,
            shown_price=shown_price,
        )

        return shown_line
