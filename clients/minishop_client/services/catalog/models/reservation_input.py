# Generated from openapi/ by scripts/generate.py: do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset, optional, required

if TYPE_CHECKING:
    from ..models.reservation_line import ReservationLine


T = TypeVar("T", bound="ReservationInput")


@_attrs_define
class ReservationInput:
    """What an order needs."""

    lines: list[ReservationLine]
    """ Pieces of each product; naming a product twice adds up. """
    order_identity: str | Unset = UNSET
    """ The random identity of an order. Its number may be given out again after a database was restored, its
    identity never is; a request about an order of another identity is refused (409 `other_order`). """

    def to_dict(self) -> dict[str, Any]:
        lines = []
        for componentsschemas_reservation_lines_item_data in self.lines:
            componentsschemas_reservation_lines_item = (
                componentsschemas_reservation_lines_item_data.to_dict()
            )
            lines.append(componentsschemas_reservation_lines_item)

        order_identity = self.order_identity

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "lines": lines,
            }
        )
        if order_identity is not UNSET:
            field_dict["order_identity"] = order_identity

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.reservation_line import ReservationLine  # noqa: PLC0415

        d = dict(src_dict)
        lines = []
        _lines = required(d, "lines")
        for componentsschemas_reservation_lines_item_data in _lines:
            componentsschemas_reservation_lines_item = ReservationLine.from_dict(
                componentsschemas_reservation_lines_item_data
            )

            lines.append(componentsschemas_reservation_lines_item)

        order_identity = optional(d, "order_identity")

        reservation_input = cls(
            lines=lines,
            order_identity=order_identity,
        )

        return reservation_input
