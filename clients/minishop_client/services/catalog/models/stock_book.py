# Generated from openapi/ by scripts/generate.py: do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import required

T = TypeVar("T", bound="StockBook")


@_attrs_define
class StockBook:
    """Where the pieces of a product went."""

    product_id: int
    """ The number of a product. """
    received: int
    """ A number of pieces. """
    on_hand: int
    """ A number of pieces. """
    reserved: int
    """ A number of pieces. """
    sold: int
    """ A number of pieces. """

    def to_dict(self) -> dict[str, Any]:
        product_id = self.product_id

        received = self.received

        on_hand = self.on_hand

        reserved = self.reserved

        sold = self.sold

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "product_id": product_id,
                "received": received,
                "on_hand": on_hand,
                "reserved": reserved,
                "sold": sold,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        product_id = required(d, "product_id")

        received = required(d, "received")

        on_hand = required(d, "on_hand")

        reserved = required(d, "reserved")

        sold = required(d, "sold")

        stock_book = cls(
            product_id=product_id,
            received=received,
            on_hand=on_hand,
            reserved=reserved,
            sold=sold,
        )

        return stock_book
