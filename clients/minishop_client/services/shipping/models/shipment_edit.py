# Generated from openapi/ by scripts/generate.py: do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.next_status import NextStatus, check_next_status
from ..types import required

T = TypeVar("T", bound="ShipmentEdit")


@_attrs_define
class ShipmentEdit:
    """The next state."""

    status: NextStatus
    """ Where a parcel can be moved to. """

    def to_dict(self) -> dict[str, Any]:
        status: str = self.status

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "status": status,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        status = check_next_status(required(d, "status"))

        shipment_edit = cls(
            status=status,
        )

        return shipment_edit
