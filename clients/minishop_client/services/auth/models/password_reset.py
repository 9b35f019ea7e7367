# Generated from openapi/ by scripts/generate.py: do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import required

T = TypeVar("T", bound="PasswordReset")


@_attrs_define
class PasswordReset:
    """The token of the mail, and the password that shall be."""

    token: str = _attrs_field(repr=False)
    """ The token of a mail. """
    password: str = _attrs_field(repr=False)
    """ At least twelve characters, any characters, counted in the normal form NFC of Unicode. """

    def to_dict(self) -> dict[str, Any]:
        token = self.token

        password = self.password

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "token": token,
                "password": password,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        token = required(d, "token")

        password = required(d, "password")

        password_reset = cls(
            token=token,
            password=password,
        )

        return password_reset
