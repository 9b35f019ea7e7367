# Generated from openapi/ by scripts/generate.py: do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import required

if TYPE_CHECKING:
    from ..models.shown_line import ShownLine


T = TypeVar("T", bound="ShownCart")


@_attrs_define
class ShownCart:
    """A cart as its shopper last saw it."""

    user_id: int
    """ The number of a user; the token's `sub` is `user_` and this number. """
    version: int
    """ Goes up with whatever the cart shows; 1 before the first line. """
    lines: list[ShownLine]
    """ In the order they were added. """
    taken: list[str]
    """ The identities of the orders asked for whose pieces had left the cart. """

    def to_dict(self) -> dict[str, Any]:
        user_id = self.user_id

        version = self.version

        lines = []
        for lines_item_data in self.lines:
            lines_item = lines_item_data.to_dict()
            lines.append(lines_item)

        taken = self.taken

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "user_id": user_id,
                "version": version,
                "lines": lines,
                "taken": taken,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.shown_line import ShownLine  # noqa: PLC0415

        d = dict(src_dict)
        user_id = required(d, "user_id")

        version = required(d, "version")

        lines = []
        _lines = required(d, "lines")
        for lines_item_data in _lines:
            lines_item = ShownLine.from_dict(lines_item_data)

            lines.append(lines_item)

        taken = cast(list[str], required(d, "taken"))

        shown_cart = cls(
            user_id=user_id,
            version=version,
            lines=lines,
            taken=taken,
        )

        return shown_cart
