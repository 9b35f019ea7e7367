# Generated from openapi/ by scripts/generate.py: do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset, optional

if TYPE_CHECKING:
    from ..models.return_line import ReturnLine


T = TypeVar("T", bound="ReturnRequest")


@_attrs_define
class ReturnRequest:
    """What is to be sent back; without `lines`, all that is left."""

    lines: list[ReturnLine] | Unset = UNSET
    """ Pieces of each product. """

    def to_dict(self) -> dict[str, Any]:
        lines: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.lines, Unset):
            lines = []
            for lines_item_data in self.lines:
                lines_item = lines_item_data.to_dict()
                lines.append(lines_item)

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if lines is not UNSET:
            field_dict["lines"] = lines

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.return_line import ReturnLine  # noqa: PLC0415

        d = dict(src_dict)
        _lines = optional(d, "lines")
        lines: list[ReturnLine] | Unset = UNSET
        if _lines is not UNSET:
            lines = []
            for lines_item_data in _lines:
                lines_item = ReturnLine.from_dict(lines_item_data)

                lines.append(lines_item)

        return_request = cls(
            lines=lines,
        )

        return return_request
