# Generated from openapi/ by scripts/generate.py: do not edit.
from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.payment_method import PaymentMethod, check_payment_method
from ..types import UNSET, Unset, number, optional, optional_money, required

T = TypeVar("T", bound="Checkout")


@_attrs_define
class Checkout:
    """How to buy what is in the cart."""

    user_id: int
    """ The number of a user; the token's `sub` is `user_` and this number. """
    payment_method: PaymentMethod
    """ How the shopper pays. """
    payment_token: str | Unset = _attrs_field(default=UNSET, repr=False)
    """ What the payment provider gave the shopper's browser for a card. The sandbox knows these, and declines any
    other: `tok_approved`; `tok_declined` and `tok_insufficient_funds` are refused; `tok_needs_action` and
    `tok_late_webhook` are approved a little later, which a webhook tells; `tok_slow` takes its time;
    `tok_timeout_after_charge` is charged, but the first answer is lost; `tok_answers_twice` is told again by a
    webhook that comes twice. Stripe takes its own: `tok_…` and `pm_…`. """
    address: str | Unset = _attrs_field(default=UNSET, repr=False)
    """ A postal address on one line or several, not a blank one. """
    carrier: str | Unset = UNSET
    """ Who carries the parcel. """
    expected_total: Decimal | Unset = _attrs_field(default=UNSET, converter=optional_money)
    """ What the caller means to pay; if the cart costs anything else now, the answer is 409. Without it, the prices
    that the cart showed last are meant. """

    def to_dict(self) -> dict[str, Any]:
        user_id = self.user_id

        payment_method: str = self.payment_method

        payment_token = self.payment_token

        address = self.address

        carrier = self.carrier

        expected_total = number(self.expected_total)

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "user_id": user_id,
                "payment_method": payment_method,
            }
        )
        if payment_token is not UNSET:
            field_dict["payment_token"] = payment_token
        if address is not UNSET:
            field_dict["address"] = address
        if carrier is not UNSET:
            field_dict["carrier"] = carrier
        if expected_total is not UNSET:
            field_dict["expected_total"] = expected_total

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        user_id = required(d, "user_id")

        payment_method = check_payment_method(required(d, "payment_method"))

        payment_token = optional(d, "payment_token")

        address = optional(d, "address")

        carrier = optional(d, "carrier")

        expected_total = optional(d, "expected_total")

        checkout = cls(
            user_id=user_id,
            payment_method=payment_method,
            payment_token=payment_token,
            address=address,
            carrier=carrier,
            expected_total=expected_total,
        )

        return checkout
