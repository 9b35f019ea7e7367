# Generated from openapi/ by scripts/generate.py: do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import required

T = TypeVar("T", bound="Login")


@_attrs_define
class Login:
    """A name and its password."""

    username: str
    """ What a user signs in with. """
    password: str = _attrs_field(repr=False)
    """ The password of the account. """

    def to_dict(self) -> dict[str, Any]:
        username = self.username

        password = self.password

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "username": username,
                "password": password,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        username = required(d, "username")

        password = required(d, "password")

        login = cls(
            username=username,
            password=password,
        )

        return login
