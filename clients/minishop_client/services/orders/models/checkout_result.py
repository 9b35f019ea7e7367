# Generated from openapi/ by scripts/generate.py: do not edit.
from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.order_status import OrderStatus, check_order_status
from ..types import money, number, required

T = TypeVar("T", bound="CheckoutResult")


@_attrs_define
class CheckoutResult:
    """The order that came of it; its status is `paid`, or `pending` where that is not known yet."""

    order_id: str
    """ The number of an order. """
    status: OrderStatus
    """ `pending` while it is being paid; `payment_failed` after a decline; `cancelled` where the stock was short,
    or somebody cancelled it; `paid`, `shipped`, `delivered`; `return_requested` and `returned`; `partly_refunded`
    and `refunded` once the money went back. """
    total: Decimal = _attrs_field(converter=money)
    """ An amount with two decimals. """

    def to_dict(self) -> dict[str, Any]:
        order_id = self.order_id

        status: str = self.status

        total = number(self.total)

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "order_id": order_id,
                "status": status,
                "total": total,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        order_id = required(d, "order_id")

        status = check_order_status(required(d, "status"))

        total = required(d, "total")

        checkout_result = cls(
            order_id=order_id,
            status=status,
            total=total,
        )

        return checkout_result
