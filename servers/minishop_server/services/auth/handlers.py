"""Auth over HTTP."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from minishop_contracts.models.auth import (
    AccountEdit,
    EmailVerification,
    IntrospectionRequest,
    KnownNumbers,
    Login,
    PasswordChange,
    PasswordReset,
    PasswordResetRequest,
    Refresh,
    Registration,
    TokenRequest,
    UserEdit,
)

from ...kit.etags import Condition, etag
from ...kit.health import livez, readyz
from ...kit.ids import SessionId, UserId
from ...kit.paging import Page
from ...kit.problems import NotFound
from ...kit.reply import Reply
from ...kit.tokens import Caller
from .audit_log.store import EventRow
from .domain import Auth
from .errors import BadTokenRequest
from .rows import Role, UserRow
from .sessions.domain import Grant

__all__ = [
    "change_password",
    "compare_numbers",
    "confirm_email_verification",
    "confirm_password_reset",
    "get_jwks",
    "get_me",
    "get_user",
    "introspect",
    "issue_token",
    "list_audit_events",
    "list_revocations",
    "list_sessions",
    "list_users",
    "livez",
    "login",
    "logout",
    "readyz",
    "refresh",
    "register",
    "request_email_verification",
    "request_password_reset",
    "revoke_session",
    "revoke_sessions",
    "update_me",
    "update_user",
]
INTROSPECTED = ("sub", "username", "role", "scope", "client_id", "exp", "iat", "iss", "jti", "sid")
NO_STORE = {"Cache-Control": "no-store"}  # RFC 6749, section 5.1


async def register(auth: Auth, body: Registration) -> Reply:
    """Create an account."""
    user = await auth.sign_up(body.username, body.email, body.password, body.address)
    return Reply(_user(user), headers={"Location": "/auth/me", **etag(user["version"])})


async def login(auth: Auth, body: Login) -> Reply:
    """Trade a password for a token."""
    return _granted(await auth.login(body.username, body.password))


async def refresh(auth: Auth, body: Refresh) -> Reply:
    """Trade a refresh token for the next tokens."""
    return _granted(await auth.sessions.refresh(body.refresh_token))


async def logout(auth: Auth, caller: Caller) -> None:
    """End this session."""
    assert caller.session is not None  # every user's token has one
    with suppress(NotFound):  # another request ended it a moment ago
        await auth.sessions.end(caller.user_id, caller.session)


async def list_sessions(auth: Auth, caller: Caller, limit: int, cursor: str | None = None) -> Reply:
    """List your sessions."""
    page = Page("/auth/sessions", limit, cursor, whose=caller.user_id)
    rows = await auth.sessions.live(caller.user_id, page.fetch, page.after_row)
    found = [
        {
            "session_id": row["session_id"],
            "created_at": row["created_at"],
            "last_used_at": row["last_used_at"],
            "address": row["address"],
            "expires_at": row["good_until"],
            "current": row["session_id"] == caller.session,
        }
        for row in rows[:limit]
    ]
    return Reply(found, headers=page.link(rows))


async def revoke_sessions(auth: Auth, caller: Caller) -> None:
    """End all your sessions."""
    await auth.sessions.end_all(caller.user_id)


async def revoke_session(auth: Auth, caller: Caller, session_id: str) -> None:
    """End one of your sessions."""
    await auth.sessions.end(caller.user_id, SessionId(session_id))


async def list_revocations(auth: Auth, limit: int, cursor: str | None = None) -> Reply:
    """List sessions that were ended."""
    page = Page("/auth/revocations", limit, cursor, feed=True)
    rows = await auth.sessions.revocations(page.fetch, page.after_row)
    found = [
        {"cursor": page.cursor(row), "session_id": row["session_id"], "until": row["until"]} for row in rows[:limit]
    ]
    return Reply(found, headers=page.link(rows))


async def introspect(auth: Auth, body: IntrospectionRequest) -> Reply:
    """Ask whether a token holds now."""
    claims = await auth.sessions.introspect(body.token)
    if claims is None:
        return Reply({"active": False}, headers=NO_STORE)
    aud = claims["aud"] if isinstance(claims["aud"], list) else [claims["aud"]]
    told = {name: claims[name] for name in INTROSPECTED if name in claims}
    return Reply({"active": True, **told, "aud": aud, "token_type": "Bearer"}, headers=NO_STORE)


async def issue_token(auth: Auth, body: TokenRequest, client_credentials: tuple[str, str] | None) -> Reply:
    """Give a service its token."""
    if client_credentials is None:
        client, secret = body.client_id, body.client_secret
    elif body.client_id is None and body.client_secret is None:
        client, secret = client_credentials
    else:
        raise BadTokenRequest("Name the client by HTTP Basic or in the form, not by both.", error="invalid_request")
    return _token(*await auth.service_token(body.grant_type, client, secret, body.resource))


async def get_me(auth: Auth, caller: Caller) -> Reply:
    """Read your account."""
    user = await auth.me(caller.user_id)
    return Reply(_user(user), headers=etag(user["version"]))


async def update_me(auth: Auth, caller: Caller, body: AccountEdit, if_match: str) -> Reply:
    """Edit your account."""
    expected = Condition(if_match)
    user = await auth.update_me(caller.user_id, expected, body.email, body.address, body.password)
    return Reply(_user(user), headers=etag(user["version"]))


async def change_password(auth: Auth, caller: Caller, body: PasswordChange) -> Reply:
    """Change your password."""
    await auth.change_password(caller.user_id, body.old_password, body.new_password, caller.session)
    return Reply()


async def request_password_reset(auth: Auth, body: PasswordResetRequest) -> Reply:
    """Ask for a new password."""
    await auth.mailed.ask_reset(body.email)
    return Reply()


async def confirm_password_reset(auth: Auth, body: PasswordReset) -> Reply:
    """Take a new password."""
    await auth.mailed.reset(body.token, body.password)
    return Reply()


async def request_email_verification(auth: Auth, caller: Caller) -> Reply:
    """Ask for another verification mail."""
    await auth.mailed.ask_verification(caller.user_id)
    return Reply()


async def confirm_email_verification(auth: Auth, body: EmailVerification) -> Reply:
    """Confirm an e-mail address."""
    await auth.mailed.verify_address(body.token)
    return Reply()


async def list_audit_events(
    auth: Auth,
    limit: int,
    cursor: str | None = None,
    event: str | None = None,
    actor: str | None = None,
    subject: str | None = None,
    since: str | None = None,
    until: str | None = None,
) -> Reply:
    """Read the audit log."""
    times = {"since": _second(since), "until": _second(until)}
    filters = {"event": event, "actor": actor, "subject": subject, **times}
    page = Page("/auth/audit", limit, cursor, filters)
    rows = await auth.journal.events(page.fetch, page.after_row, **filters)
    return Reply([_event(row) for row in rows[:limit]], headers=page.link(rows))


async def list_users(auth: Auth, limit: int, cursor: str | None = None) -> Reply:
    """List accounts."""
    page = Page("/auth/users", limit, cursor)
    rows = await auth.users(page.fetch, page.after_row)
    found = [
        {
            "id": row["id"],
            "username": row["username"],
            "role": row["role"],
            "created_at": row["created_at"],
            "disabled": bool(row["disabled"]),
        }
        for row in rows[:limit]
    ]
    return Reply(found, headers=page.link(rows))


async def get_user(auth: Auth, user_id: int) -> Reply:
    """Read an account."""
    return _shown_to_admin(await auth.user(UserId(user_id)))


async def update_user(auth: Auth, caller: Caller, body: UserEdit, user_id: int, if_match: str) -> Reply:
    """Edit the role of an account or disable it."""
    role: Role | None = None if body.role is None else body.role.value
    user = await auth.update_user(caller.user_id, UserId(user_id), Condition(if_match), role, body.disabled)
    return _shown_to_admin(user)


async def get_jwks(auth: Auth) -> Reply:
    """Read the public keys."""
    keys = await auth.public_keys()
    return Reply({"keys": keys}, headers={"Cache-Control": "public, max-age=300"})


def _user(user: UserRow) -> dict[str, Any]:
    optional = {"pending_email": user["pending_email"], "address": user["address"]}
    return {
        "id": user["id"],
        "username": user["username"],
        "email": user["email"],
        "email_verified": bool(user["email_verified"]),
        "role": user["role"],
        "created_at": user["created_at"],
        **{name: value for name, value in optional.items() if value is not None},
    }


def _event(row: EventRow) -> dict[str, Any]:
    return {
        "id": row["id"],
        "event": row["event"],
        "actor": row["actor"],
        **({} if row["subject"] is None else {"subject": row["subject"]}),
        "address": row["address"],
        "request_id": row["request_id"],
        "created_at": row["created_at"],
    }


def _shown_to_admin(user: UserRow) -> Reply:
    return Reply({**_user(user), "disabled": bool(user["disabled"])}, headers=etag(user["version"]))


def _granted(grant: Grant) -> Reply:
    return Reply({**grant._asdict(), "token_type": "Bearer"}, headers=NO_STORE)


def _token(token: str, seconds: int, scope: str) -> Reply:
    body = {"access_token": token, "token_type": "Bearer", "expires_in": seconds, "scope": scope}
    return Reply(body, headers=NO_STORE)


async def compare_numbers(auth: Auth, body: KnownNumbers) -> None:
    """Compare the numbers of users."""
    await auth.numbers.learn(body.highest)


def _second(time: str | None) -> str | None:
    """A time of RFC 3339 as the audit log writes it, with capitals and whole seconds."""
    return None if time is None else f"{time[:19].upper()}Z"
