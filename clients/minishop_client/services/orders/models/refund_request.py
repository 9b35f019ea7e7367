# Generated from openapi/ by scripts/generate.py: do not edit.
from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset, money, number, optional, required

T = TypeVar("T", bound="RefundRequest")


@_attrs_define
class RefundRequest:
    """Money to be given back."""

    amount: Decimal = _attrs_field(converter=money)
    """ At most what is left of the total. """
    reason: str | Unset = UNSET
    """ Why, in words. """

    def to_dict(self) -> dict[str, Any]:
        amount = number(self.amount)

        reason = self.reason

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "amount": amount,
            }
        )
        if reason is not UNSET:
            field_dict["reason"] = reason

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        amount = required(d, "amount")

        reason = optional(d, "reason")

        refund_request = cls(
            amount=amount,
            reason=reason,
        )

        return refund_request
