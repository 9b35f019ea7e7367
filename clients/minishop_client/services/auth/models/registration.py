# Generated from openapi/ by scripts/generate.py: do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset, optional, required

T = TypeVar("T", bound="Registration")


@_attrs_define
class Registration:
    """What a new account needs."""

    username: str
    """ What a user signs in with. """
    email: str = _attrs_field(repr=False)
    """ An e-mail address as RFC 5321 writes it without quotes and comments, the domain in full, an
    internationalised one as `xn--…`. An account is known by it in lower case. An encoded word (`=?…?=`, RFC 2047)
    is refused, as it may decode to a line break. """
    password: str = _attrs_field(repr=False)
    """ At least twelve characters, any characters, counted in the normal form NFC of Unicode. """
    address: str | Unset = _attrs_field(default=UNSET, repr=False)
    """ A postal address on one line or several, not a blank one. """

    def to_dict(self) -> dict[str, Any]:
        username = self.username

        email = self.email

        password = self.password

        address = self.address

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "username": username,
                "email": email,
                "password": password,
            }
        )
        if address is not UNSET:
            field_dict["address"] = address

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        username = required(d, "username")

        email = required(d, "email")

        password = required(d, "password")

        address = optional(d, "address")

        registration = cls(
            username=username,
            email=email,
            password=password,
            address=address,
        )

        return registration
