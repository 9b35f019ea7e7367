# Generated from openapi/ by scripts/generate.py: do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

from ..models.reservation_status import ReservationStatus, check_reservation_status
from ..types import UNSET, Unset, optional, required

if TYPE_CHECKING:
    from ..models.held_line import HeldLine


T = TypeVar("T", bound="Reservation")


@_attrs_define
class Reservation:
    """The stock of an order."""

    order_id: str
    """ The number of an order. """
    status: ReservationStatus
    """ `held` until it is paid for, then `committed`, which is sold; `refused` where it was short, `released` once
    it was given back. """
    lines: list[HeldLine]
    """ By product; of a refusal, what was short; none where the stock was given back before it was held. """
    order_identity: str | Unset = UNSET
    """ The random identity of an order. Its number may be given out again after a database was restored, its
    identity never is; a request about an order of another identity is refused (409 `other_order`). """

    def to_dict(self) -> dict[str, Any]:
        order_id = self.order_id

        status: str = self.status

        lines = []
        for lines_item_data in self.lines:
            lines_item = lines_item_data.to_dict()
            lines.append(lines_item)

        order_identity = self.order_identity

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "order_id": order_id,
                "status": status,
                "lines": lines,
            }
        )
        if order_identity is not UNSET:
            field_dict["order_identity"] = order_identity

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.held_line import HeldLine  # noqa: PLC0415

        d = dict(src_dict)
        order_id = required(d, "order_id")

        status = check_reservation_status(required(d, "status"))

        lines = []
        _lines = required(d, "lines")
        for lines_item_data in _lines:
            lines_item = HeldLine.from_dict(lines_item_data)

            lines.append(lines_item)

        order_identity = optional(d, "order_identity")

        reservation = cls(
            order_id=order_id,
            status=status,
            lines=lines,
            order_identity=order_identity,
        )

        return reservation
