# Generated from openapi/ by scripts/generate.py: do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.token_type import TokenType, check_token_type
from ..types import UNSET, Unset, optional, required

T = TypeVar("T", bound="Token")


@_attrs_define
class Token:
    """An access token (RFC 6749, section 5.1); for users with a refresh token."""

    access_token: str = _attrs_field(repr=False)
    """ A JWT. """
    token_type: TokenType
    """ How the token is sent (RFC 6750). """
    expires_in: int
    """ Seconds from now. """
    scope: str | Unset = UNSET
    """ The operations that a service may call with a token; a user may call what the role may. """
    refresh_token: str | Unset = _attrs_field(default=UNSET, repr=False)
    """ Opaque; it works once. """
    refresh_expires_in: int | Unset = UNSET
    """ Seconds from now that the refresh token holds, if there is one. """

    def to_dict(self) -> dict[str, Any]:
        access_token = self.access_token

        token_type: str = self.token_type

        expires_in = self.expires_in

        scope = self.scope

        refresh_token = self.refresh_token

        refresh_expires_in = self.refresh_expires_in

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "access_token": access_token,
                "token_type": token_type,
                "expires_in": expires_in,
            }
        )
        if scope is not UNSET:
            field_dict["scope"] = scope
        if refresh_token is not UNSET:
            field_dict["refresh_token"] = refresh_token
        if refresh_expires_in is not UNSET:
            field_dict["refresh_expires_in"] = refresh_expires_in

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        access_token = required(d, "access_token")

        token_type = check_token_type(required(d, "token_type"))

        expires_in = required(d, "expires_in")

        scope = optional(d, "scope")

        refresh_token = optional(d, "refresh_token")

        refresh_expires_in = optional(d, "refresh_expires_in")

        token = cls(
            access_token=access_token,
            token_type=token_type,
            expires_in=expires_in,
            scope=scope,
            refresh_token=refresh_token,
            refresh_expires_in=refresh_expires_in,
        )

        return token
