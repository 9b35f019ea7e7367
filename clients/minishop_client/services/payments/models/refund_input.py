# Generated from openapi/ by scripts/generate.py: do not edit.
from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset, money, number, optional, required

T = TypeVar("T", bound="RefundInput")


@_attrs_define
class RefundInput:
    """How much to give back."""

    amount: Decimal = _attrs_field(converter=money)
    """ An amount with two decimals. """
    reason: str | Unset = UNSET
    """ Why, in a word. """
    order_identity: str | Unset = UNSET
    """ The random identity of an order. Its number may be given out again after a database was restored, its
    identity never is; a request about an order of another identity is refused (409 `other_order`). """

    def to_dict(self) -> dict[str, Any]:
        amount = number(self.amount)

        reason = self.reason

        order_identity = self.order_identity

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "amount": amount,
            }
        )
        if reason is not UNSET:
            field_dict["reason"] = reason
        if order_identity is not UNSET:
            field_dict["order_identity"] = order_identity

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        amount = required(d, "amount")

        reason = optional(d, "reason")

        order_identity = optional(d, "order_identity")

        refund_input = cls(
            amount=amount,
            reason=reason,
            order_identity=order_identity,
        )

        return refund_input
