# Generated from openapi/ by scripts/generate.py: do not edit.
from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import money, number, required

T = TypeVar("T", bound="CartItem")


@_attrs_define
class CartItem:
    """A line of a cart."""

    product_id: int
    """ The number of a product. """
    quantity: int
    """ How many pieces. """
    price: Decimal = _attrs_field(converter=money)
    """ The price of one piece, with two decimals. """

    def to_dict(self) -> dict[str, Any]:
        product_id = self.product_id

        quantity = self.quantity

        price = number(self.price)

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "product_id": product_id,
                "quantity": quantity,
                "price": price,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        product_id = required(d, "product_id")

        quantity = required(d, "quantity")

        price = required(d, "price")

        cart_item = cls(
            product_id=product_id,
            quantity=quantity,
            price=price,
        )

        return cart_item
