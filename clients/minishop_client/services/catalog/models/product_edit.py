# Generated from openapi/ by scripts/generate.py: do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="ProductEdit")


@_attrs_define
class ProductEdit:
    """What changes; what is left out stays."""

    name: str | Unset = UNSET
    """ What the product is called; the first character is a visible one. """
    price: float | Unset = UNSET
    """ The price of one piece, with two decimals. """
    stock: int | Unset = UNSET
    """ Pieces that can be sold. """

    def to_dict(self) -> dict[str, Any]:
        name = self.name

        price = self.price

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
        name = d.pop("name", UNSET)

        price = d.pop("price", UNSET)

        stock = d.pop("stock", UNSET)

        product_edit = cls(
            name=name,
            price=price,
            stock=stock,
        )

        return product_edit
