# Generated from openapi/ by scripts/generate.py: do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import required

T = TypeVar("T", bound="NumbersSeen")


@_attrs_define
class NumbersSeen:
    """What this service knows of others."""

    users: int
    """ The highest number of a kind of thing that a service knows, without its prefix; 0 for none. """
    products: int
    """ The highest number of a kind of thing that a service knows, without its prefix; 0 for none. """

    def to_dict(self) -> dict[str, Any]:
        users = self.users

        products = self.products

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "users": users,
                "products": products,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        users = required(d, "users")

        products = required(d, "products")

        numbers_seen = cls(
            users=users,
            products=products,
        )

        return numbers_seen
