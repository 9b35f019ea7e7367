# Generated from openapi/ by scripts/generate.py: do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset, optional, required

T = TypeVar("T", bound="TokenRequest")


@_attrs_define
class TokenRequest:
    """A client credentials request."""

    grant_type: str
    """ Always `client_credentials`. """
    client_id: str | Unset = UNSET
    """ The name of the service. """
    client_secret: str | Unset = _attrs_field(default=UNSET, repr=False)
    """ The secret of the service. """
    resource: str | Unset = UNSET
    """ The name of the service that the token is for; a name, as its address depends on who asks. """

    def to_dict(self) -> dict[str, Any]:
        grant_type = self.grant_type

        client_id = self.client_id

        client_secret = self.client_secret

        resource = self.resource

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "grant_type": grant_type,
            }
        )
        if client_id is not UNSET:
            field_dict["client_id"] = client_id
        if client_secret is not UNSET:
            field_dict["client_secret"] = client_secret
        if resource is not UNSET:
            field_dict["resource"] = resource

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        grant_type = required(d, "grant_type")

        client_id = optional(d, "client_id")

        client_secret = optional(d, "client_secret")

        resource = optional(d, "resource")

        token_request = cls(
            grant_type=grant_type,
            client_id=client_id,
            client_secret=client_secret,
            resource=resource,
        )

        return token_request
