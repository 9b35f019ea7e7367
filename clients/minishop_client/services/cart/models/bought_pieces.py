# Generated from openapi/ by scripts/generate.py: do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

from ..types import required

if TYPE_CHECKING:
    from ..models.bought_line import BoughtLine


T = TypeVar("T", bound="BoughtPieces")


@_attrs_define
class BoughtPieces:
    """What an order bought."""

    lines: list[BoughtLine]
    """ Pieces of each product. """

    def to_dict(self) -> dict[str, Any]:
        lines = []
        for lines_item_data in self.lines:
            lines_item = lines_item_data.to_dict()
            lines.append(lines_item)

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "lines": lines,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.bought_line import BoughtLine  # noqa: PLC0415

        d = dict(src_dict)
        lines = []
        _lines = required(d, "lines")
        for lines_item_data in _lines:
            lines_item = BoughtLine.from_dict(lines_item_data)

            lines.append(lines_item)

        bought_pieces = cls(
            lines=lines,
        )

        return bought_pieces
