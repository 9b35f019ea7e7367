# Generated from openapi/ by scripts/generate.py: do not edit.
from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import money, number, required

T = TypeVar("T", bound="ShownLine")


@_attrs_define
class ShownLine:
    """A line as its shopper last saw it."""

    product_id: int
    """ The number of a product. """
    quantity: int
    """ How many pieces. """
    shown_price: Decimal = _attrs_field(converter=money)
    """ The price of one piece, with two decimals. """

    def to_dict(self) -> dict[str, Any]:
        product_id = self.product_id

        quantity = self.quantity

        shown_price = number(self.shown_price)

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
        product_id = required(d, "product_id")

        quantity = required(d, "quantity")

        shown_price = required(d, "shown_price")

        shown_line = cls(
            product_id=product_id,
            quantity=quantity,
            shown_price=shown_price,
        )

        return shown_line
