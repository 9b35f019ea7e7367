"""Auth over HTTP."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from minishop_contracts.answers import auth as answers
from minishop_contracts.models import auth as models
from minishop_contracts.models.common import KnownNumbers
from minishop_contracts.reply import Reply

from ...kit.etags import Condition, etag
from ...kit.health import livez as livez
from ...kit.health import readyz as readyz
from ...kit.ids import SessionId, UserId
from ...kit.paging import Page
from ...kit.problems import NotFound
from ...kit.tokens import Caller
from .audit_log.store import PLACE, EventRow
from .domain import Auth
from .errors import BadTokenRequest
from .rows import Role, UserRow
from .sessions.domain import Grant
from .sessions.introspection import Claims
from .sessions.store import SessionRow

if TYPE_CHECKING:
    from minishop_contracts.interfaces.auth import Handlers

    from . import handlers

    _: Handlers[Auth, Caller] = handlers

NO_STORE = {"Cache-Control": "no-store"}  # RFC 6749, section 5.1


async def register(auth: Auth, body: models.Registration) -> Reply[answers.User]:
    """Create an account."""
    user = await auth.sign_up(body.username, body.email, body.password, body.address)
    return Reply(_user(user), headers={"Location": "/auth/me", **etag(user["version"])})


async def login(auth: Auth, body: models.Login) -> Reply[answers.Token]:
    """Exchange a password for tokens."""
    return _granted(await auth.login(body.username, body.password))


async def refresh(auth: Auth, body: models.Refresh) -> Reply[answers.Token]:
    """Exchange a refresh token for new tokens."""
    return _granted(await auth.sessions.refresh(body.refresh_token))


async def logout(auth: Auth, caller: Caller) -> None:
    """End this session."""
    assert caller.session is not None  # every user's token has one
    with suppress(NotFound):  # another request ended it a moment ago
        await auth.sessions.end(caller.user_id, caller.session)


async def list_sessions(
    auth: Auth, caller: Caller, limit: int, cursor: str | None = None
) -> Reply[list[answers.Session]]:
    """List your sessions."""
    page = Page("/auth/sessions", limit, cursor, whose=caller.user_id)
    rows = await auth.sessions.live(caller.user_id, page.fetch, page.after_row)
    return Reply([_session(row, caller) for row in rows[:limit]], headers=page.link(rows))


async def revoke_sessions(auth: Auth, caller: Caller) -> None:
    """End all your sessions."""
    await auth.sessions.end_all(caller.user_id)


async def revoke_session(auth: Auth, caller: Caller, session_id: str) -> None:
    """End one of your sessions."""
    await auth.sessions.end(caller.user_id, SessionId(session_id))


async def list_revocations(auth: Auth, limit: int, cursor: str | None = None) -> Reply[list[answers.Revocation]]:
    """List sessions that were ended."""
    page = Page("/auth/revocations", limit, cursor, feed=True)
    rows = await auth.sessions.revocations(page.fetch, page.after_row)
    found: list[answers.Revocation] = [
        {"cursor": page.cursor(row), "session_id": row["session_id"], "until": row["until"]} for row in rows[:limit]
    ]
    return Reply(found, headers=page.link(rows))


async def introspect(auth: Auth, caller: Caller, body: models.IntrospectionRequest) -> Reply[answers.Introspection]:
    """Check whether a token is valid now."""
    claims = await auth.sessions.introspect(body.token)
    if claims is None:
        return Reply({"active": False}, headers=NO_STORE)
    return Reply(_introspected(claims), headers=NO_STORE)


async def issue_token(
    auth: Auth, body: models.TokenRequest, client_credentials: tuple[str, str] | None
) -> Reply[answers.Token]:
    """Issue a token to a service."""
    if client_credentials is None:
        client, secret = body.client_id, body.client_secret
    elif body.client_id is None and body.client_secret is None:
        client, secret = client_credentials
    else:
        raise BadTokenRequest("Name the client by HTTP Basic or in the form, not by both.", error="invalid_request")
    return _token(*await auth.tokens.for_service(body.grant_type, client, secret, body.resource))


async def get_me(auth: Auth, caller: Caller) -> Reply[answers.User]:
    """Read your account."""
    user = await auth.me(caller.user_id)
    return Reply(_user(user), headers=etag(user["version"]))


async def update_me(auth: Auth, caller: Caller, body: models.AccountEdit, if_match: str) -> Reply[answers.User]:
    """Edit your account."""
    expected = Condition(if_match)
    user = await auth.update_me(caller.user_id, expected, body.email, body.address, body.password)
    return Reply(_user(user), headers=etag(user["version"]))


async def change_password(auth: Auth, caller: Caller, body: models.PasswordChange) -> None:
    """Change your password."""
    await auth.change_password(caller.user_id, body.old_password, body.new_password, caller.session)


async def request_password_reset(auth: Auth, body: models.PasswordResetRequest) -> None:
    """Request a password reset."""
    await auth.mailed.ask_reset(body.email)


async def confirm_password_reset(auth: Auth, body: models.PasswordReset) -> None:
    """Set a new password."""
    await auth.mailed.reset(body.token, body.password)


async def request_email_verification(auth: Auth, caller: Caller) -> None:
    """Request a verification mail."""
    await auth.mailed.ask_verification(caller.user_id)


async def confirm_email_verification(auth: Auth, body: models.EmailVerification) -> None:
    """Confirm an e-mail address."""
    await auth.mailed.verify_address(body.token)


async def list_audit_events(
    auth: Auth,
    caller: Caller,
    limit: int,
    cursor: str | None = None,
    event: str | None = None,
    actor: str | None = None,
    subject: str | None = None,
    since: str | None = None,
    until: str | None = None,
) -> Reply[list[answers.AuditEvent]]:
    """Read the audit log."""
    times = {"since": _second(since), "until": _second(until)}
    filters = {"event": event, "actor": actor, "subject": subject, **times}
    page = Page("/auth/audit", limit, cursor, filters, place=PLACE)
    rows = await auth.journal.events(page.fetch, page.after, **filters)
    return Reply([_audit_event(row) for row in rows[:limit]], headers=page.link(rows))


async def list_users(
    auth: Auth, caller: Caller, limit: int, cursor: str | None = None
) -> Reply[list[answers.UserSummary]]:
    """List accounts."""
    page = Page("/auth/users", limit, cursor)
    rows = await auth.users(page.fetch, page.after_row)
    return Reply([_user_summary(row) for row in rows[:limit]], headers=page.link(rows))


async def get_user(auth: Auth, caller: Caller, user_id: int) -> Reply[answers.User]:
    """Read an account."""
    return _shown_to_admin(await auth.user(UserId(user_id)))


async def update_user(
    auth: Auth, caller: Caller, body: models.UserEdit, user_id: int, if_match: str
) -> Reply[answers.User]:
    """Edit the role of an account or disable it."""
    role: Role | None = None if body.role is None else body.role.value
    user = await auth.update_user(caller.user_id, UserId(user_id), Condition(if_match), role, body.disabled)
    return _shown_to_admin(user)


async def get_jwks(auth: Auth) -> Reply[answers.JwkSet]:
    """Read the public keys."""
    keys = await auth.public_keys()
    return Reply({"keys": keys}, headers={"Cache-Control": "public, max-age=300"})


async def compare_numbers(auth: Auth, caller: Caller, body: KnownNumbers) -> None:
    """Compare the numbers of users."""
    await auth.numbers.learn(body.highest)


def _session(row: SessionRow, caller: Caller) -> answers.Session:
    return {
        "session_id": row["session_id"],
        "created_at": row["created_at"],
        "last_used_at": row["last_used_at"],
        "expires_at": row["good_until"],
        "address": row["address"],
        "current": row["session_id"] == caller.session,
    }


def _introspected(claims: Claims) -> answers.Introspection:
    answer: answers.Introspection = {
        "active": True,
        "sub": claims["sub"],
        "username": claims["username"],
        "role": claims["role"],
        "exp": claims["exp"],
        "iat": claims["iat"],
        "iss": claims["iss"],
        "aud": claims["aud"] if isinstance(claims["aud"], list) else [claims["aud"]],
        "jti": claims["jti"],
        "token_type": "Bearer",
    }
    if "scope" in claims:
        answer["scope"] = claims["scope"]
    if "client_id" in claims:
        answer["client_id"] = claims["client_id"]
    if "sid" in claims:
        answer["sid"] = claims["sid"]
    return answer


def _audit_event(row: EventRow) -> answers.AuditEvent:
    event: answers.AuditEvent = {
        "id": row["id"],
        "event": row["event"],
        "actor": row["actor"],
        "address": row["address"],
        "request_id": row["request_id"],
        "created_at": row["created_at"],
    }
    if row["subject"] is not None:
        event["subject"] = row["subject"]
    return event


def _user(row: UserRow) -> answers.User:
    user: answers.User = {
        "id": row["id"],
        "username": row["username"],
        "email": row["email"],
        "email_verified": bool(row["email_verified"]),
        "role": row["role"],
        "created_at": row["created_at"],
    }
    if row["pending_email"] is not None:
        user["pending_email"] = row["pending_email"]
    if row["address"] is not None:
        user["address"] = row["address"]
    return user


def _user_summary(row: UserRow) -> answers.UserSummary:
    return {
        "id": row["id"],
        "username": row["username"],
        "role": row["role"],
        "disabled": bool(row["disabled"]),
        "created_at": row["created_at"],
    }


def _shown_to_admin(user: UserRow) -> Reply[answers.User]:
    return Reply({**_user(user), "disabled": bool(user["disabled"])}, headers=etag(user["version"]))


def _granted(grant: Grant) -> Reply[answers.Token]:
    answer: answers.Token = {
        "access_token": grant.access_token,
        "token_type": "Bearer",
        "expires_in": grant.expires_in,
        "refresh_token": grant.refresh_token,
        "refresh_expires_in": grant.refresh_expires_in,
    }
    return Reply(answer, headers=NO_STORE)


def _token(token: str, seconds: int, scope: str) -> Reply[answers.Token]:
    answer: answers.Token = {"access_token": token, "token_type": "Bearer", "expires_in": seconds, "scope": scope}
    return Reply(answer, headers=NO_STORE)


def _second(time: str | None) -> str | None:
    """A time of RFC 3339 as the audit log writes it, with capitals and whole seconds."""
    return None if time is None else f"{time[:19].upper()}Z"
