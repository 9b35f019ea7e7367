# Generated from openapi/ by scripts/generate.py: do not edit.
"""The types of auth."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal, Self

from attrs import field, frozen
from minishop_client.services.shared import Health, HealthStatus, KnownNumbers
from minishop_client.values import (
    UNSET,
    Unset,
    many,
    optional,
    required,
)

__all__ = (
    "AccountEdit",
    "AuditEvent",
    "AuditEventKind",
    "EmailVerification",
    "Health",
    "HealthStatus",
    "Introspection",
    "IntrospectionRequest",
    "Jwk",
    "JwkSet",
    "KeyAlgorithm",
    "KeyCurve",
    "KeyType",
    "KeyUse",
    "KnownNumbers",
    "Login",
    "PasswordChange",
    "PasswordReset",
    "PasswordResetRequest",
    "Refresh",
    "Registration",
    "Revocation",
    "Role",
    "Session",
    "Token",
    "TokenRequest",
    "TokenType",
    "User",
    "UserEdit",
    "UserSummary",
)

Role = Literal["admin", "customer"]

AuditEventKind = Literal[
    "denied",
    "disabled",
    "email_change_asked",
    "email_changed",
    "email_verified",
    "enabled",
    "key_rotated",
    "locked_out",
    "password_changed",
    "password_reset",
    "password_reset_asked",
    "refresh_reused",
    "registered",
    "role_changed",
    "secret_rotated",
    "session_revoked",
    "sessions_revoked",
    "signed_in",
]

TokenType = Literal["Bearer"]

KeyType = Literal["EC"]

KeyUse = Literal["sig"]

KeyAlgorithm = Literal["ES256"]

KeyCurve = Literal["P-256"]


@frozen
class PasswordChange:
    """The present password and the new one."""

    old_password: str = field(repr=False)
    """The password of the account."""
    new_password: str = field(repr=False)
    """A new password of at least twelve characters. Any character is allowed. Length is counted in
    Unicode normal form NFC."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return {
            "old_password": self.old_password,
            "new_password": self.new_password,
        }


@frozen
class PasswordResetRequest:
    """The address of the account whose password is lost."""

    email: str = field(repr=False)
    """An e-mail address in the form of RFC 5321, without quotes and comments. The domain is complete,
    and an internationalised one is written as `xn--…`. An account has its address in lower case.
    An encoded word (`=?…?=`, RFC 2047) is refused because it may decode to a line break."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return {
            "email": self.email,
        }


@frozen
class PasswordReset:
    """The token from the mail and the new password."""

    token: str = field(repr=False)
    """The token from a mail."""
    password: str = field(repr=False)
    """A new password of at least twelve characters. Any character is allowed. Length is counted in
    Unicode normal form NFC."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return {
            "token": self.token,
            "password": self.password,
        }


@frozen
class EmailVerification:
    """The token from the mail."""

    token: str = field(repr=False)
    """The token from a mail."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return {
            "token": self.token,
        }


@frozen
class AuditEvent:
    """An event of the audit log."""

    id: int
    """The number of the event."""
    event: AuditEventKind
    """The kind of event. `denied` is a failed attempt to sign in; `locked_out` is the last attempt
    before a lockout."""
    actor: str
    """`user_123`, `service_orders`, `anonymous`, `operator`, or the id of a session or of a key."""
    address: str = field(repr=False)
    """The address that sent the request."""
    request_id: str
    """The id of one request."""
    created_at: datetime
    """RFC 3339, in UTC, to the second."""
    subject: str | None = None
    """`user_123`, `service_orders`, `anonymous`, `operator`, or the id of a session or of a key."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        data: dict[str, Any] = {
            "id": self.id,
            "event": self.event,
            "actor": self.actor,
            "address": self.address,
            "request_id": self.request_id,
            "created_at": self.created_at.isoformat(),
        }
        if self.subject is not None:
            data["subject"] = self.subject
        return data

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Read a JSON object.

        Raises:
            KeyError, TypeError, ValueError: the JSON object does not match the class.
        """
        return cls(
            id=required(data, "id"),
            event=required(data, "event"),
            actor=required(data, "actor"),
            address=required(data, "address"),
            request_id=required(data, "request_id"),
            created_at=required(data, "created_at", datetime.fromisoformat),
            subject=optional(data, "subject"),
        )


@frozen
class Registration:
    """A new account."""

    username: str
    """The name of a user."""
    email: str = field(repr=False)
    """An e-mail address in the form of RFC 5321, without quotes and comments. The domain is complete,
    and an internationalised one is written as `xn--…`. An account has its address in lower case.
    An encoded word (`=?…?=`, RFC 2047) is refused because it may decode to a line break."""
    password: str = field(repr=False)
    """A new password of at least twelve characters. Any character is allowed. Length is counted in
    Unicode normal form NFC."""
    address: str | Unset = field(default=UNSET, repr=False)
    """A postal address on one or several lines that is not blank."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        data: dict[str, Any] = {
            "username": self.username,
            "email": self.email,
            "password": self.password,
        }
        if not isinstance(self.address, Unset):
            data["address"] = self.address
        return data


@frozen
class Login:
    """A name and its password."""

    username: str
    """The name of a user."""
    password: str = field(repr=False)
    """The password of the account."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return {
            "username": self.username,
            "password": self.password,
        }


@frozen
class TokenRequest:
    """A client credentials request."""

    grant_type: str
    """Always `client_credentials`."""
    client_id: str | Unset = UNSET
    """The name of the service."""
    client_secret: str | Unset = field(default=UNSET, repr=False)
    """The secret of the service."""
    resource: str | Unset = UNSET
    """The name of the service that the token is for. It is a name because the address depends on the
    caller."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        data: dict[str, Any] = {
            "grant_type": self.grant_type,
        }
        if not isinstance(self.client_id, Unset):
            data["client_id"] = self.client_id
        if not isinstance(self.client_secret, Unset):
            data["client_secret"] = self.client_secret
        if not isinstance(self.resource, Unset):
            data["resource"] = self.resource
        return data


@frozen
class Token:
    """An access token (RFC 6749, section 5.1), for users with a refresh token."""

    access_token: str = field(repr=False)
    """A JWT."""
    token_type: TokenType
    """The way to send the token (RFC 6750)."""
    expires_in: int
    """Seconds from now."""
    scope: str | None = None
    """The operations that a service may call with the token. A user may call the operations of the
    role."""
    refresh_token: str | None = field(default=None, repr=False)
    """Opaque. It works once."""
    refresh_expires_in: int | None = None
    """Seconds until the refresh token expires, if there is one."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        data: dict[str, Any] = {
            "access_token": self.access_token,
            "token_type": self.token_type,
            "expires_in": self.expires_in,
        }
        if self.scope is not None:
            data["scope"] = self.scope
        if self.refresh_token is not None:
            data["refresh_token"] = self.refresh_token
        if self.refresh_expires_in is not None:
            data["refresh_expires_in"] = self.refresh_expires_in
        return data

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Read a JSON object.

        Raises:
            KeyError, TypeError, ValueError: the JSON object does not match the class.
        """
        return cls(
            access_token=required(data, "access_token"),
            token_type=required(data, "token_type"),
            expires_in=required(data, "expires_in"),
            scope=optional(data, "scope"),
            refresh_token=optional(data, "refresh_token"),
            refresh_expires_in=optional(data, "refresh_expires_in"),
        )


@frozen
class Refresh:
    """The refresh token to exchange."""

    refresh_token: str = field(repr=False)
    """Opaque. It works once."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return {
            "refresh_token": self.refresh_token,
        }


@frozen
class Session:
    """A session of a user, from its login."""

    session_id: str
    """The id of a session, which its access tokens have as the claim `sid`. It gives no access."""
    created_at: datetime
    """RFC 3339, in UTC, to the second."""
    last_used_at: datetime
    """RFC 3339, in UTC, to the second."""
    expires_at: datetime
    """RFC 3339, in UTC, to the second."""
    address: str = field(repr=False)
    """The address that sent the login."""
    current: bool
    """Whether this request belongs to it."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return {
            "session_id": self.session_id,
            "created_at": self.created_at.isoformat(),
            "last_used_at": self.last_used_at.isoformat(),
            "expires_at": self.expires_at.isoformat(),
            "address": self.address,
            "current": self.current,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Read a JSON object.

        Raises:
            KeyError, TypeError, ValueError: the JSON object does not match the class.
        """
        return cls(
            session_id=required(data, "session_id"),
            created_at=required(data, "created_at", datetime.fromisoformat),
            last_used_at=required(data, "last_used_at", datetime.fromisoformat),
            expires_at=required(data, "expires_at", datetime.fromisoformat),
            address=required(data, "address"),
            current=required(data, "current"),
        )


@frozen
class Revocation:
    """A session that was ended."""

    cursor: str
    """A place in a list. Feeds also accept cursors of version 1, which begin with `c_`."""
    session_id: str
    """The id of a session, which its access tokens have as the claim `sid`. It gives no access."""
    until: datetime
    """RFC 3339, in UTC, to the second."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return {
            "cursor": self.cursor,
            "session_id": self.session_id,
            "until": self.until.isoformat(),
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Read a JSON object.

        Raises:
            KeyError, TypeError, ValueError: the JSON object does not match the class.
        """
        return cls(
            cursor=required(data, "cursor"),
            session_id=required(data, "session_id"),
            until=required(data, "until", datetime.fromisoformat),
        )


@frozen
class IntrospectionRequest:
    """A token to check (RFC 7662, section 2.1)."""

    token: str = field(repr=False)
    """The access token to check."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return {
            "token": self.token,
        }


@frozen
class Introspection:
    """The claims of a token (RFC 7662, section 2.2). An invalid token has only `active`."""

    active: bool
    """Whether the token is valid."""
    sub: str | None = None
    """`user_123`, or `service_orders`."""
    username: str | None = None
    """The name of the user or of the service."""
    role: str | None = None
    """`customer`, `admin` or `service`."""
    scope: str | None = None
    """The operations that a service may call with the token. A user may call the operations of the
    role."""
    client_id: str | None = None
    """The client that Auth issued the token to."""
    token_type: TokenType | None = None
    """The way to send the token (RFC 6750)."""
    exp: int | None = None
    """The time of expiry, in seconds since 1970."""
    iat: int | None = None
    """The time of issue, in seconds since 1970."""
    iss: str | None = None
    """The issuer of the token."""
    aud: tuple[str, ...] | None = None
    """The services that the token is for."""
    jti: str | None = None
    """The id of the token."""
    sid: str | None = None
    """The id of a session, which its access tokens have as the claim `sid`. It gives no access."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        data: dict[str, Any] = {
            "active": self.active,
        }
        if self.sub is not None:
            data["sub"] = self.sub
        if self.username is not None:
            data["username"] = self.username
        if self.role is not None:
            data["role"] = self.role
        if self.scope is not None:
            data["scope"] = self.scope
        if self.client_id is not None:
            data["client_id"] = self.client_id
        if self.token_type is not None:
            data["token_type"] = self.token_type
        if self.exp is not None:
            data["exp"] = self.exp
        if self.iat is not None:
            data["iat"] = self.iat
        if self.iss is not None:
            data["iss"] = self.iss
        if self.aud is not None:
            data["aud"] = list(self.aud)
        if self.jti is not None:
            data["jti"] = self.jti
        if self.sid is not None:
            data["sid"] = self.sid
        return data

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Read a JSON object.

        Raises:
            KeyError, TypeError, ValueError: the JSON object does not match the class.
        """
        return cls(
            active=required(data, "active"),
            sub=optional(data, "sub"),
            username=optional(data, "username"),
            role=optional(data, "role"),
            scope=optional(data, "scope"),
            client_id=optional(data, "client_id"),
            token_type=optional(data, "token_type"),
            exp=optional(data, "exp"),
            iat=optional(data, "iat"),
            iss=optional(data, "iss"),
            aud=optional(data, "aud", tuple),
            jti=optional(data, "jti"),
            sid=optional(data, "sid"),
        )


@frozen
class User:
    """An account."""

    id: int
    """The number of a user; the token's `sub` is `user_` and this number."""
    username: str
    """The name of a user."""
    email: str = field(repr=False)
    """An e-mail address in the form of RFC 5321, without quotes and comments. The domain is complete,
    and an internationalised one is written as `xn--…`. An account has its address in lower case.
    An encoded word (`=?…?=`, RFC 2047) is refused because it may decode to a line break."""
    role: Role
    """The role of a user."""
    created_at: datetime
    """RFC 3339, in UTC, to the second."""
    email_verified: bool | None = None
    """Whether the owner has confirmed the address by a mail."""
    pending_email: str | None = field(default=None, repr=False)
    """An e-mail address in the form of RFC 5321, without quotes and comments. The domain is complete,
    and an internationalised one is written as `xn--…`. An account has its address in lower case.
    An encoded word (`=?…?=`, RFC 2047) is refused because it may decode to a line break."""
    disabled: bool | None = None
    """Whether the account cannot sign in; only in responses to services and admins."""
    address: str | None = field(default=None, repr=False)
    """A postal address that was accepted once, on one or several lines."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        data: dict[str, Any] = {
            "id": self.id,
            "username": self.username,
            "email": self.email,
            "role": self.role,
            "created_at": self.created_at.isoformat(),
        }
        if self.email_verified is not None:
            data["email_verified"] = self.email_verified
        if self.pending_email is not None:
            data["pending_email"] = self.pending_email
        if self.disabled is not None:
            data["disabled"] = self.disabled
        if self.address is not None:
            data["address"] = self.address
        return data

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Read a JSON object.

        Raises:
            KeyError, TypeError, ValueError: the JSON object does not match the class.
        """
        return cls(
            id=required(data, "id"),
            username=required(data, "username"),
            email=required(data, "email"),
            role=required(data, "role"),
            created_at=required(data, "created_at", datetime.fromisoformat),
            email_verified=optional(data, "email_verified"),
            pending_email=optional(data, "pending_email"),
            disabled=optional(data, "disabled"),
            address=optional(data, "address"),
        )


@frozen
class UserSummary:
    """The part of an account that services and admins may list."""

    id: int
    """The number of a user; the token's `sub` is `user_` and this number."""
    username: str
    """The name of a user."""
    role: Role
    """The role of a user."""
    created_at: datetime
    """RFC 3339, in UTC, to the second."""
    disabled: bool | None = None
    """Whether the account cannot sign in; only in responses to services and admins."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        data: dict[str, Any] = {
            "id": self.id,
            "username": self.username,
            "role": self.role,
            "created_at": self.created_at.isoformat(),
        }
        if self.disabled is not None:
            data["disabled"] = self.disabled
        return data

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Read a JSON object.

        Raises:
            KeyError, TypeError, ValueError: the JSON object does not match the class.
        """
        return cls(
            id=required(data, "id"),
            username=required(data, "username"),
            role=required(data, "role"),
            created_at=required(data, "created_at", datetime.fromisoformat),
            disabled=optional(data, "disabled"),
        )


@frozen
class UserEdit:
    """The fields to change. Absent fields keep their values."""

    role: Role | Unset = UNSET
    """The role of a user."""
    disabled: bool | Unset = UNSET
    """Whether the account cannot sign in."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        data: dict[str, Any] = {}
        if not isinstance(self.role, Unset):
            data["role"] = self.role
        if not isinstance(self.disabled, Unset):
            data["disabled"] = self.disabled
        return data


@frozen
class AccountEdit:
    """The fields to change. Absent fields keep their values."""

    email: str | Unset = field(default=UNSET, repr=False)
    """An e-mail address in the form of RFC 5321, without quotes and comments. The domain is complete,
    and an internationalised one is written as `xn--…`. An account has its address in lower case.
    An encoded word (`=?…?=`, RFC 2047) is refused because it may decode to a line break."""
    password: str | Unset = field(default=UNSET, repr=False)
    """The password of the account."""
    address: str | Unset = field(default=UNSET, repr=False)
    """A postal address on one or several lines that is not blank."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        data: dict[str, Any] = {}
        if not isinstance(self.email, Unset):
            data["email"] = self.email
        if not isinstance(self.password, Unset):
            data["password"] = self.password
        if not isinstance(self.address, Unset):
            data["address"] = self.address
        return data


@frozen
class JwkSet:
    """RFC 7517, section 5."""

    keys: tuple[Jwk, ...]
    """All keys that valid tokens may be signed with."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return {
            "keys": [item.to_dict() for item in self.keys],
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Read a JSON object.

        Raises:
            KeyError, TypeError, ValueError: the JSON object does not match the class.
        """
        return cls(
            keys=required(data, "keys", many(Jwk.from_dict)),
        )


@frozen
class Jwk:
    """A public key on the curve P-256 (RFC 7518, section 6.2)."""

    kty: KeyType
    """The family of the key."""
    kid: str
    """The id of the key."""
    use: KeyUse
    """The use of the key."""
    alg: KeyAlgorithm
    """The signature algorithm."""
    crv: KeyCurve
    """The curve of the key."""
    x: str
    """A coordinate."""
    y: str
    """A coordinate."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return {
            "kty": self.kty,
            "kid": self.kid,
            "use": self.use,
            "alg": self.alg,
            "crv": self.crv,
            "x": self.x,
            "y": self.y,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Read a JSON object.

        Raises:
            KeyError, TypeError, ValueError: the JSON object does not match the class.
        """
        return cls(
            kty=required(data, "kty"),
            kid=required(data, "kid"),
            use=required(data, "use"),
            alg=required(data, "alg"),
            crv=required(data, "crv"),
            x=required(data, "x"),
            y=required(data, "y"),
        )
