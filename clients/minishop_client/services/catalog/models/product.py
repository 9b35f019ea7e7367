# Generated from openapi/ by scripts/generate.py: do not edit.
from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import money, number, required

T = TypeVar("T", bound="Product")


@_attrs_define
class Product:
    """A product as shoppers see it."""

    id: int
    """ The number of a product. """
    name: str
    """ What the product is called. """
    price: Decimal = _attrs_field(converter=money)
    """ The price of one piece, with two decimals. """
    stock: int
    """ Pieces that can be sold. """

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        name = self.name

        price = number(self.price)

        stock = self.stock

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "id": id,
                "name": name,
                "price": price,
                "stock": stock,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        id = required(d, "id")

        name = required(d, "name")

        price = required(d, "price")

        stock = required(d, "stock")

        product = cls(
            id=id,
            name=name,
            price=price,
            stock=stock,
        )

        return product
