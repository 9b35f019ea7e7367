# Generated from openapi/ by scripts/generate.py: do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset, optional

T = TypeVar("T", bound="AccountEdit")


@_attrs_define
class AccountEdit:
    """What changes; what is left out stays."""

    email: str | Unset = _attrs_field(default=UNSET, repr=False)
    """ An e-mail address as RFC 5321 writes it without quotes and comments, the domain in full, an
    internationalised one as `xn--…`. An account is known by it in lower case. An encoded word (`=?…?=`, RFC 2047)
    is refused, as it may decode to a line break. """
    password: str | Unset = _attrs_field(default=UNSET, repr=False)
    """ The password of the account. """
    address: str | Unset = _attrs_field(default=UNSET, repr=False)
    """ A postal address on one line or several, not a blank one. """

    def to_dict(self) -> dict[str, Any]:
        email = self.email

        password = self.password

        address = self.address

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if email is not UNSET:
            field_dict["email"] = email
        if password is not UNSET:
            field_dict["password"] = password
        if address is not UNSET:
            field_dict["address"] = address

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        email = optional(d, "email")

        password = optional(d, "password")

        address = optional(d, "address")

        account_edit = cls(
            email=email,
            password=password,
            address=address,
        )

        return account_edit
