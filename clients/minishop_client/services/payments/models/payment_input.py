# Generated from openapi/ by scripts/generate.py: do not edit.
from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.payment_method import PaymentMethod, check_payment_method
from ..types import UNSET, Unset, money, number, optional, required

T = TypeVar("T", bound="PaymentInput")


@_attrs_define
class PaymentInput:
    """What to charge, and how."""

    order_id: str
    """ The number of an order. """
    amount: Decimal = _attrs_field(converter=money)
    """ An amount with two decimals. """
    method: PaymentMethod
    """ How the shopper pays. """
    order_identity: str | Unset = UNSET
    """ The random identity of an order. Its number may be given out again after a database was restored, its
    identity never is; a request about an order of another identity is refused (409 `other_order`). """
    payment_token: str | Unset = _attrs_field(default=UNSET, repr=False)
    """ What the payment provider gave the shopper's browser for a card. The sandbox knows these, and declines any
    other: `tok_approved`; `tok_declined` and `tok_insufficient_funds` are refused; `tok_needs_action` and
    `tok_late_webhook` are approved a little later, which a webhook tells; `tok_slow` takes its time;
    `tok_timeout_after_charge` is charged, but the first answer is lost; `tok_answers_twice` is told again by a
    webhook that comes twice. Stripe takes its own: `tok_…` and `pm_…`. """
    capture: bool | Unset = True
    """ Take the money at once; else it is held only, for a capture later. """

    def to_dict(self) -> dict[str, Any]:
        order_id = self.order_id

        amount = number(self.amount)

        method: str = self.method

        order_identity = self.order_identity

        payment_token = self.payment_token

        capture = self.capture

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "order_id": order_id,
                "amount": amount,
                "method": method,
            }
        )
        if order_identity is not UNSET:
            field_dict["order_identity"] = order_identity
        if payment_token is not UNSET:
            field_dict["payment_token"] = payment_token
        if capture is not UNSET:
            field_dict["capture"] = capture

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        order_id = required(d, "order_id")

        amount = required(d, "amount")

        method = check_payment_method(required(d, "method"))

        order_identity = optional(d, "order_identity")

        payment_token = optional(d, "payment_token")

        capture = optional(d, "capture")

        payment_input = cls(
            order_id=order_id,
            amount=amount,
            method=method,
            order_identity=order_identity,
            payment_token=payment_token,
            capture=capture,
        )

        return payment_input
