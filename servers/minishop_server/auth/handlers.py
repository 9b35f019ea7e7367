"""Auth over HTTP."""

from __future__ import annotations

from typing import Any

from minishop_contracts.models.auth import AccountEdit, Login, Registration, TokenRequest

from ..kit.auth import Caller
from ..kit.database import Row
from ..kit.etags import etag, expected_version
from ..kit.health import livez, readyz
from ..kit.paging import cursor_row, link_header
from ..kit.reply import Reply
from .domain import Auth, BadTokenRequest

__all__ = [
    "get_jwks",
    "get_me",
    "issue_token",
    "list_users",
    "livez",
    "login",
    "readyz",
    "register",
    "update_me",
]


async def register(auth: Auth, body: Registration) -> Reply:
    """Create an account."""
    user = await auth.register(body.username, body.email, body.password, body.address)
    return Reply(_user(user), headers={"Location": "/auth/me", **etag(user["version"])})


async def login(auth: Auth, body: Login) -> Reply:
    """Trade a password for a token."""
    return _token(*await auth.login(body.username, body.password))


async def issue_token(auth: Auth, body: TokenRequest, client_credentials: tuple[str, str] | None) -> Reply:
    """Give a service its token."""
    if client_credentials is None:
        client, secret = body.client_id, body.client_secret
    elif body.client_id is None and body.client_secret is None:
        client, secret = client_credentials
    else:
        raise BadTokenRequest("Name the client by HTTP Basic or in the form, not by both.", error="invalid_request")
    return _token(*await auth.service_token(body.grant_type, client, secret))


async def get_me(auth: Auth, caller: Caller) -> Reply:
    """Read your account."""
    user = await auth.me(caller.user_id)
    return Reply(_user(user), headers=etag(user["version"]))


async def update_me(auth: Auth, caller: Caller, body: AccountEdit, if_match: str) -> Reply:
    """Edit your account."""
    version = expected_version(if_match)
    user = await auth.update_me(caller.user_id, version, body.email, body.address)
    return Reply(_user(user), headers=etag(user["version"]))


async def list_users(auth: Auth, limit: int, cursor: str | None = None) -> Reply:
    """List accounts."""
    rows = await auth.users(limit + 1, cursor_row(cursor))
    found = [{name: row[name] for name in ("id", "username", "role", "created_at")} for row in rows[:limit]]
    return Reply(found, headers=link_header("/auth/users", rows, limit, {}))


async def get_jwks(auth: Auth) -> Reply:
    """Read the public keys."""
    keys = await auth.public_keys()
    return Reply({"keys": keys}, headers={"Cache-Control": "public, max-age=300"})


def _user(user: Row) -> dict[str, Any]:
    shown = ("id", "username", "email", "role", "address", "created_at")
    return {name: user[name] for name in shown if user[name] is not None}


def _token(token: str, seconds: int) -> Reply:
    body = {"access_token": token, "token_type": "Bearer", "expires_in": seconds}
    return Reply(body, headers={"Cache-Control": "no-store"})  # RFC 6749, section 5.1
