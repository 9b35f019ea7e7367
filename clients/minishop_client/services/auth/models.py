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
    """The password that is, and the one that shall be."""

    old_password: str = field(repr=False)
    """The password of the account."""
    new_password: str = field(repr=False)
    """At least twelve characters, any characters, counted in the normal form NFC of Unicode."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return {
            "old_password": self.old_password,
            "new_password": self.new_password,
        }


@frozen
class PasswordResetRequest:
    """Whose password is lost."""

    email: str = field(repr=False)
    """An e-mail address as RFC 5321 writes it without quotes and comments, the domain in full, an
    internationalised one as `xn--…`. An account is known by it in lower case. An encoded word
    (`=?…?=`, RFC 2047) is refused, as it may decode to a line break."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return {
            "email": self.email,
        }


@frozen
class PasswordReset:
    """The token of the mail, and the password that shall be."""

    token: str = field(repr=False)
    """The token of a mail."""
    password: str = field(repr=False)
    """At least twelve characters, any characters, counted in the normal form NFC of Unicode."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return {
            "token": self.token,
            "password": self.password,
        }


@frozen
class EmailVerification:
    """The token of the mail."""

    token: str = field(repr=False)
    """The token of a mail."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return {
            "token": self.token,
        }


@frozen
class AuditEvent:
    """Something that happened."""

    id: int
    """The number of the event."""
    event: AuditEventKind
    """What happened. `denied` is a failed attempt to sign in, `locked_out` the last one that is
    allowed."""
    actor: str
    """`user_123`, `service_orders`, `anonymous`, `operator`, or the id of a session or of a key."""
    address: str = field(repr=False)
    """Where the request came from."""
    request_id: str
    """Names one request."""
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
    """The user name and the password."""
    email: str = field(repr=False)
    """An e-mail address as RFC 5321 writes it without quotes and comments, the domain in full, an
    internationalised one as `xn--…`. An account is known by it in lower case. An encoded word
    (`=?…?=`, RFC 2047) is refused, as it may decode to a line break."""
    password: str = field(repr=False)
    """At least twelve characters, any characters, counted in the normal form NFC of Unicode."""
    address: str | Unset = field(default=UNSET, repr=False)
    """A postal address on one line or several, not a blank one."""

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
    """The user name and the password."""
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
    """The name of the service that the token is for; a name, as its address depends on who asks."""

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
    """An access token (RFC 6749, section 5.1); for users with a refresh token."""

    access_token: str = field(repr=False)
    """A JWT."""
    token_type: TokenType
    """How the token is sent (RFC 6750)."""
    expires_in: int
    """Seconds from now."""
    scope: str | None = None
    """The operations that a service may call with a token; a user may call what the role may."""
    refresh_token: str | None = field(default=None, repr=False)
    """Opaque; it works once."""
    refresh_expires_in: int | None = None
    """Seconds from now that the refresh token holds, if there is one."""

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
    """Opaque; it works once."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return {
            "refresh_token": self.refresh_token,
        }


@frozen
class Session:
    """A session of a user, from its login."""

    session_id: str
    """Names a session, as the claim `sid` of its access tokens does; gives no access."""
    created_at: datetime
    """RFC 3339, in UTC, to the second."""
    last_used_at: datetime
    """RFC 3339, in UTC, to the second."""
    expires_at: datetime
    """RFC 3339, in UTC, to the second."""
    address: str = field(repr=False)
    """Where the login came from."""
    current: bool
    """Whether this request is part of it."""

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
    """A place in a list. Feeds still take those of version 1, which begin with `c_`."""
    session_id: str
    """Names a session, as the claim `sid` of its access tokens does; gives no access."""
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
    """A token to be looked at (RFC 7662, section 2.1)."""

    token: str = field(repr=False)
    """The access token to check."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return {
            "token": self.token,
        }


@frozen
class Introspection:
    """What a token says (RFC 7662, section 2.2); all but `active` only if it holds."""

    active: bool
    """Whether it holds."""
    sub: str | None = None
    """`user_123`, or `service_orders`."""
    username: str | None = None
    """The name of the user or of the service."""
    role: str | None = None
    """`customer`, `admin` or `service`."""
    scope: str | None = None
    """The operations that a service may call with a token; a user may call what the role may."""
    client_id: str | None = None
    """Whom Auth gave it."""
    token_type: TokenType | None = None
    """How the token is sent (RFC 6750)."""
    exp: int | None = None
    """Expires then; seconds since 1970."""
    iat: int | None = None
    """Was signed then; seconds since 1970."""
    iss: str | None = None
    """Who signed it."""
    aud: tuple[str, ...] | None = None
    """Whom it is for."""
    jti: str | None = None
    """Names the token."""
    sid: str | None = None
    """Names a session, as the claim `sid` of its access tokens does; gives no access."""

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
    """The user name and the password."""
    email: str = field(repr=False)
    """An e-mail address as RFC 5321 writes it without quotes and comments, the domain in full, an
    internationalised one as `xn--…`. An account is known by it in lower case. An encoded word
    (`=?…?=`, RFC 2047) is refused, as it may decode to a line break."""
    role: Role
    """The role of a user."""
    created_at: datetime
    """RFC 3339, in UTC, to the second."""
    email_verified: bool | None = None
    """Its owner has shown to read mail there."""
    pending_email: str | None = field(default=None, repr=False)
    """An e-mail address as RFC 5321 writes it without quotes and comments, the domain in full, an
    internationalised one as `xn--…`. An account is known by it in lower case. An encoded word
    (`=?…?=`, RFC 2047) is refused, as it may decode to a line break."""
    disabled: bool | None = None
    """Whether it cannot sign in; told to services and admins."""
    address: str | None = field(default=None, repr=False)
    """A postal address that was given once, on one line or several."""

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
    """An account, without what others need not know."""

    id: int
    """The number of a user; the token's `sub` is `user_` and this number."""
    username: str
    """The user name and the password."""
    role: Role
    """The role of a user."""
    created_at: datetime
    """RFC 3339, in UTC, to the second."""
    disabled: bool | None = None
    """Whether it cannot sign in; told to services and admins."""

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
    """Whether it cannot sign in."""

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
    """An e-mail address as RFC 5321 writes it without quotes and comments, the domain in full, an
    internationalised one as `xn--…`. An account is known by it in lower case. An encoded word
    (`=?…?=`, RFC 2047) is refused, as it may decode to a line break."""
    password: str | Unset = field(default=UNSET, repr=False)
    """The password of the account."""
    address: str | Unset = field(default=UNSET, repr=False)
    """A postal address on one line or several, not a blank one."""

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
    """All keys that tokens in use may be signed with."""

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
    """Which key a token names."""
    use: KeyUse
    """What the key is for."""
    alg: KeyAlgorithm
    """How tokens are signed."""
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
