# Generated from openapi/ by scripts/generate.py: do not edit.
from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset, number, optional, optional_money

T = TypeVar("T", bound="ProductEdit")


@_attrs_define
class ProductEdit:
    """What changes; what is left out stays."""

    name: str | Unset = UNSET
    """ What the product is called; the first character is a visible one. """
    price: Decimal | Unset = _attrs_field(default=UNSET, converter=optional_money)
    """ The price of one piece, with two decimals. """
    stock: int | Unset = UNSET
    """ Pieces that can be sold. """

    def to_dict(self) -> dict[str, Any]:
        name = self.name

        price = number(self.price)

        stock = self.stock

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if name is not UNSET:
            field_dict["name"] = name
        if price is not UNSET:
            field_dict["price"] = price
        if stock is not UNSET:
            field_dict["stock"] = stock

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        name = optional(d, "name")

        price = optional(d, "price")

        stock = optional(d, "stock")

        product_edit = cls(
            name=name,
            price=price,
            stock=stock,
        )

        return product_edit
