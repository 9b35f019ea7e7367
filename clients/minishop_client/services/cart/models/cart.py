# Generated from openapi/ by scripts/generate.py: do not edit.
from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import money, number, required

if TYPE_CHECKING:
    from ..models.cart_item import CartItem


T = TypeVar("T", bound="Cart")


@_attrs_define
class Cart:
    """A cart at the prices of now."""

    items: list[CartItem]
    """ In the order they were added. """
    total_items: int
    """ How many lines there are. """
    total_price: Decimal = _attrs_field(converter=money)
    """ An amount with two decimals. """

    def to_dict(self) -> dict[str, Any]:
        items = []
        for items_item_data in self.items:
            items_item = items_item_data.to_dict()
            items.append(items_item)

        total_items = self.total_items

        total_price = number(self.total_price)

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "items": items,
                "total_items": total_items,
                "total_price": total_price,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.cart_item import CartItem  # noqa: PLC0415

        d = dict(src_dict)
        items = []
        _items = required(d, "items")
        for items_item_data in _items:
            items_item = CartItem.from_dict(items_item_data)

            items.append(items_item)

        total_items = required(d, "total_items")

        total_price = required(d, "total_price")

        cart = cls(
            items=items,
            total_items=total_items,
            total_price=total_price,
        )

        return cart
