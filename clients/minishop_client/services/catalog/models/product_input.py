# Generated from openapi/ by scripts/generate.py: do not edit.
from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import money, number, required

T = TypeVar("T", bound="ProductInput")


@_attrs_define
class ProductInput:
    """A new product."""

    name: str
    """ What the product is called; the first character is a visible one. """
    price: Decimal = _attrs_field(converter=money)
    """ The price of one piece, with two decimals. """
    stock: int
    """ Pieces that can be sold. """

    def to_dict(self) -> dict[str, Any]:
        name = self.name

        price = number(self.price)

        stock = self.stock

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "name": name,
                "price": price,
                "stock": stock,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        name = required(d, "name")

        price = required(d, "price")

        stock = required(d, "stock")

        product_input = cls(
            name=name,
            price=price,
            stock=stock,
        )

        return product_input
