# Generated from openapi/ by scripts/generate.py: do not edit.
from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset, money, number, optional, required

T = TypeVar("T", bound="OrderLine")


@_attrs_define
class OrderLine:
    """Pieces of one product, with the name and at the price they were bought for; the name is missing in orders from
    before it was kept.

    """

    product_id: int
    """ The number of a product. """
    quantity: int
    """ How many pieces. """
    price: Decimal = _attrs_field(converter=money)
    """ The price of one piece, with two decimals. """
    name: str | Unset = UNSET
    """ What the product is called. """

    def to_dict(self) -> dict[str, Any]:
        product_id = self.product_id

        quantity = self.quantity

        price = number(self.price)

        name = self.name

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "product_id": product_id,
                "quantity": quantity,
                "price": price,
            }
        )
        if name is not UNSET:
            field_dict["name"] = name

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        product_id = required(d, "product_id")

        quantity = required(d, "quantity")

        price = required(d, "price")

        name = optional(d, "name")

        order_line = cls(
            product_id=product_id,
            quantity=quantity,
            price=price,
            name=name,
        )

        return order_line
