# Generated from openapi/ by scripts/generate.py: do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.token_type import TokenType, check_token_type
from ..types import UNSET, Unset, optional, required

T = TypeVar("T", bound="Introspection")


@_attrs_define
class Introspection:
    """What a token says (RFC 7662, section 2.2); all but `active` only if it holds."""

    active: bool
    """ Whether it holds. """
    sub: str | Unset = UNSET
    """ `user_123`, or `service_orders`. """
    username: str | Unset = UNSET
    """ The name of the user or of the service. """
    role: str | Unset = UNSET
    """ `customer`, `admin` or `service`. """
    scope: str | Unset = UNSET
    """ The operations that a service may call with a token; a user may call what the role may. """
    client_id: str | Unset = UNSET
    """ Whom Auth gave it. """
    token_type: TokenType | Unset = UNSET
    """ How the token is sent (RFC 6750). """
    exp: int | Unset = UNSET
    """ Expires then; seconds since 1970. """
    iat: int | Unset = UNSET
    """ Was signed then; seconds since 1970. """
    iss: str | Unset = UNSET
    """ Who signed it. """
    aud: list[str] | Unset = UNSET
    """ Whom it is for. """
    jti: str | Unset = UNSET
    """ Names the token. """
    sid: str | Unset = UNSET
    """ Names a session, as the claim `sid` of its access tokens does; gives no access. """

    def to_dict(self) -> dict[str, Any]:
        active = self.active

        sub = self.sub

        username = self.username

        role = self.role

        scope = self.scope

        client_id = self.client_id

        token_type: str | Unset = UNSET
        if not isinstance(self.token_type, Unset):
            token_type = self.token_type

        exp = self.exp

        iat = self.iat

        iss = self.iss

        aud: list[str] | Unset = UNSET
        if not isinstance(self.aud, Unset):
            aud = self.aud

        jti = self.jti

        sid = self.sid

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "active": active,
            }
        )
        if sub is not UNSET:
            field_dict["sub"] = sub
        if username is not UNSET:
            field_dict["username"] = username
        if role is not UNSET:
            field_dict["role"] = role
        if scope is not UNSET:
            field_dict["scope"] = scope
        if client_id is not UNSET:
            field_dict["client_id"] = client_id
        if token_type is not UNSET:
            field_dict["token_type"] = token_type
        if exp is not UNSET:
            field_dict["exp"] = exp
        if iat is not UNSET:
            field_dict["iat"] = iat
        if iss is not UNSET:
            field_dict["iss"] = iss
        if aud is not UNSET:
            field_dict["aud"] = aud
        if jti is not UNSET:
            field_dict["jti"] = jti
        if sid is not UNSET:
            field_dict["sid"] = sid

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        active = required(d, "active")

        sub = optional(d, "sub")

        username = optional(d, "username")

        role = optional(d, "role")

        scope = optional(d, "scope")

        client_id = optional(d, "client_id")

        _token_type = optional(d, "token_type")
        token_type: TokenType | Unset
        if isinstance(_token_type, Unset):
            token_type = UNSET
        else:
            token_type = check_token_type(_token_type)

        exp = optional(d, "exp")

        iat = optional(d, "iat")

        iss = optional(d, "iss")

        aud = cast(list[str], optional(d, "aud"))

        jti = optional(d, "jti")

        sid = optional(d, "sid")

        introspection = cls(
            active=active,
            sub=sub,
            username=username,
            role=role,
            scope=scope,
            client_id=client_id,
            token_type=token_type,
            exp=exp,
            iat=iat,
            iss=iss,
            aud=aud,
            jti=jti,
            sid=sid,
        )

        return introspection
