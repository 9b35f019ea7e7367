# Generated from openapi/ by scripts/generate.py: do not edit.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.role import Role, check_role
from ..types import UNSET, Unset, optional, required

T = TypeVar("T", bound="User")


@_attrs_define
class User:
    """An account."""

    id: int
    """ The number of a user; the token's `sub` is `user_` and this number. """
    username: str
    """ What a user signs in with. """
    email: str = _attrs_field(repr=False)
    """ An e-mail address as RFC 5321 writes it without quotes and comments, the domain in full, an
    internationalised one as `xn--…`. An account is known by it in lower case. An encoded word (`=?…?=`, RFC 2047)
    is refused, as it may decode to a line break. """
    role: Role
    """ What a user may do. """
    created_at: datetime.datetime
    """ RFC 3339, in UTC, to the second. """
    email_verified: bool | Unset = UNSET
    """ Its owner has shown to read mail there. """
    pending_email: str | Unset = _attrs_field(default=UNSET, repr=False)
    """ An e-mail address as RFC 5321 writes it without quotes and comments, the domain in full, an
    internationalised one as `xn--…`. An account is known by it in lower case. An encoded word (`=?…?=`, RFC 2047)
    is refused, as it may decode to a line break. """
    disabled: bool | Unset = UNSET
    """ Whether it cannot sign in; told to services and admins. """
    address: str | Unset = _attrs_field(default=UNSET, repr=False)
    """ A postal address that was given once, on one line or several. """

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        username = self.username

        email = self.email

        role: str = self.role

        created_at = self.created_at.isoformat()

        email_verified = self.email_verified

        pending_email = self.pending_email

        disabled = self.disabled

        address = self.address

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "id": id,
                "username": username,
                "email": email,
                "role": role,
                "created_at": created_at,
            }
        )
        if email_verified is not UNSET:
            field_dict["email_verified"] = email_verified
        if pending_email is not UNSET:
            field_dict["pending_email"] = pending_email
        if disabled is not UNSET:
            field_dict["disabled"] = disabled
        if address is not UNSET:
            field_dict["address"] = address

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        id = required(d, "id")

        username = required(d, "username")

        email = required(d, "email")

        role = check_role(required(d, "role"))

        created_at = datetime.datetime.fromisoformat(required(d, "created_at"))

        email_verified = optional(d, "email_verified")

        pending_email = optional(d, "pending_email")

        disabled = optional(d, "disabled")

        address = optional(d, "address")

        user = cls(
            id=id,
            username=username,
            email=email,
            role=role,
            created_at=created_at,
            email_verified=email_verified,
            pending_email=pending_email,
            disabled=disabled,
            address=address,
        )

        return user
