# Generated from openapi/ by scripts/generate.py: do not edit.
"""Sessions and their tokens."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

from minishop_client.calls import (
    Call,
    given,
    read_list,
    read_nothing,
    read_object,
    segment,
)
from minishop_client.runtime import Api, AsyncApi, Response, async_items, items
from minishop_client.values import UNSET, Unset

from .models import (
    Refresh,
    Revocation,
    Session,
    Token,
)


def _refresh(*, refresh_token: str) -> Call[Token]:
    return Call(
        "POST",
        "/auth/refresh",
        read_object(Token.from_dict),
        json=Refresh(refresh_token=refresh_token).to_dict(),
        public=True,
    )


def _logout() -> Call[None]:
    return Call(
        "POST",
        "/auth/logout",
        read_nothing,
    )


def _list_sessions(*, limit: int | Unset = 20, cursor: str | Unset = UNSET) -> Call[list[Session]]:
    return Call(
        "GET",
        "/auth/sessions",
        read_list(Session.from_dict),
        params=given({"limit": limit, "cursor": cursor}),
    )


def _revoke_sessions() -> Call[None]:
    return Call(
        "DELETE",
        "/auth/sessions",
        read_nothing,
    )


def _revoke_session(session_id: str) -> Call[None]:
    return Call(
        "DELETE",
        f"/auth/sessions/{segment(session_id)}",
        read_nothing,
    )


def _list_revocations(
    *, limit: int | Unset = 20, cursor: str | Unset = UNSET
) -> Call[list[Revocation]]:
    return Call(
        "GET",
        "/auth/revocations",
        read_list(Revocation.from_dict),
        params=given({"limit": limit, "cursor": cursor}),
        public=True,
    )


class SessionsResourceWithHeaders(Api):
    """The same methods, with a Response: the value, the status and the headers."""

    def refresh(self, *, refresh_token: str) -> Response[Token]:
        """Exchange a refresh token for new tokens."""
        return self._send(_refresh(refresh_token=refresh_token))

    def logout(self) -> Response[None]:
        """End this session."""
        return self._send(_logout())

    def list_sessions(
        self, *, limit: int | Unset = 20, cursor: str | Unset = UNSET
    ) -> Response[list[Session]]:
        """List your sessions."""
        return self._send(_list_sessions(limit=limit, cursor=cursor))

    def revoke_sessions(self) -> Response[None]:
        """End all your sessions."""
        return self._send(_revoke_sessions())

    def revoke_session(self, session_id: str) -> Response[None]:
        """End one of your sessions."""
        return self._send(_revoke_session(session_id=session_id))

    def list_revocations(
        self, *, limit: int | Unset = 20, cursor: str | Unset = UNSET
    ) -> Response[list[Revocation]]:
        """List sessions that were ended."""
        return self._send(_list_revocations(limit=limit, cursor=cursor))


class SessionsResource(Api):
    """Sessions and their tokens. Each method returns the value or raises an ApiError."""

    def refresh(self, *, refresh_token: str) -> Token:
        """Exchange a refresh token for new tokens.

        The operation needs no access token. A refresh token works once, and the response
        contains the next one. If a token is used a second time, another party may have it, so
        the whole session ends (RFC 9700, section 4.14.2). Unknown, expired, ended and used
        tokens get the same response. Do not repeat a call whose response was lost; sign in
        again.

        Args:
            refresh_token: Opaque. It works once.
        """
        answer = self._send(_refresh(refresh_token=refresh_token))
        return answer.parsed

    def logout(self) -> None:
        """End this session.

        The session of the access token ends. Its refresh token is invalid at once; services in
        other processes accept its access token for half a minute, or a minute at most.
        """
        answer = self._send(_logout())
        return answer.parsed

    def list_sessions(
        self, *, limit: int | Unset = 20, cursor: str | Unset = UNSET
    ) -> list[Session]:
        """List your sessions.

        Lists the active sessions, the oldest first.

        Args:
            limit: The maximum number of items in a page.
            cursor: Opaque; taken from the `next` link of the previous page. It is valid for
                one list with the same sort order and filters, and refused with others (400). A
                page starts after the place that the last item had when it was read. An item
                that is not edited meanwhile therefore appears exactly once, even if other items
                change.
        """
        answer = self._send(_list_sessions(limit=limit, cursor=cursor))
        return answer.parsed

    def iter_sessions(self, *, limit: int | Unset = 20) -> Iterator[Session]:
        """Every item of `list_sessions`, with each page fetched on demand."""
        return items(lambda cursor: self._send(_list_sessions(cursor=cursor, limit=limit)))

    def revoke_sessions(self) -> None:
        """End all your sessions.

        Ends all sessions, including the present one, as `POST /auth/logout` does.
        """
        answer = self._send(_revoke_sessions())
        return answer.parsed

    def revoke_session(self, session_id: str) -> None:
        """End one of your sessions.

        Ends the session as `POST /auth/logout` ends the present one. A session that has ended,
        or belongs to another user, does not exist.

        Args:
            session_id: One of the caller's sessions.
        """
        answer = self._send(_revoke_session(session_id=session_id))
        return answer.parsed

    def list_revocations(
        self, *, limit: int | Unset = 20, cursor: str | Unset = UNSET
    ) -> list[Revocation]:
        """List sessions that were ended.

        The operation is public, like the keys. It lists the access tokens, by their claim
        `sid`, that are invalid although they have not expired. The entries stand in the order
        in which the sessions ended: a reader that continues from the `cursor` of the last entry
        misses no entry and gets none twice. An entry is removed after `until`.

        Args:
            limit: The maximum number of items in a page.
            cursor: Opaque; taken from the `next` link of the previous page. It is valid for
                one list with the same sort order and filters, and refused with others (400). A
                page starts after the place that the last item had when it was read. An item
                that is not edited meanwhile therefore appears exactly once, even if other items
                change.
        """
        answer = self._send(_list_revocations(limit=limit, cursor=cursor))
        return answer.parsed

    def iter_revocations(self, *, limit: int | Unset = 20) -> Iterator[Revocation]:
        """Every item of `list_revocations`, with each page fetched on demand."""
        return items(lambda cursor: self._send(_list_revocations(cursor=cursor, limit=limit)))


class AsyncSessionsResourceWithHeaders(AsyncApi):
    """The same methods, with a Response: the value, the status and the headers."""

    async def refresh(self, *, refresh_token: str) -> Response[Token]:
        """Exchange a refresh token for new tokens."""
        return await self._send(_refresh(refresh_token=refresh_token))

    async def logout(self) -> Response[None]:
        """End this session."""
        return await self._send(_logout())

    async def list_sessions(
        self, *, limit: int | Unset = 20, cursor: str | Unset = UNSET
    ) -> Response[list[Session]]:
        """List your sessions."""
        return await self._send(_list_sessions(limit=limit, cursor=cursor))

    async def revoke_sessions(self) -> Response[None]:
        """End all your sessions."""
        return await self._send(_revoke_sessions())

    async def revoke_session(self, session_id: str) -> Response[None]:
        """End one of your sessions."""
        return await self._send(_revoke_session(session_id=session_id))

    async def list_revocations(
        self, *, limit: int | Unset = 20, cursor: str | Unset = UNSET
    ) -> Response[list[Revocation]]:
        """List sessions that were ended."""
        return await self._send(_list_revocations(limit=limit, cursor=cursor))


class AsyncSessionsResource(AsyncApi):
    """Sessions and their tokens. Each method returns the value or raises an ApiError."""

    async def refresh(self, *, refresh_token: str) -> Token:
        """Exchange a refresh token for new tokens.

        The operation needs no access token. A refresh token works once, and the response
        contains the next one. If a token is used a second time, another party may have it, so
        the whole session ends (RFC 9700, section 4.14.2). Unknown, expired, ended and used
        tokens get the same response. Do not repeat a call whose response was lost; sign in
        again.

        Args:
            refresh_token: Opaque. It works once.
        """
        answer = await self._send(_refresh(refresh_token=refresh_token))
        return answer.parsed

    async def logout(self) -> None:
        """End this session.

        The session of the access token ends. Its refresh token is invalid at once; services in
        other processes accept its access token for half a minute, or a minute at most.
        """
        answer = await self._send(_logout())
        return answer.parsed

    async def list_sessions(
        self, *, limit: int | Unset = 20, cursor: str | Unset = UNSET
    ) -> list[Session]:
        """List your sessions.

        Lists the active sessions, the oldest first.

        Args:
            limit: The maximum number of items in a page.
            cursor: Opaque; taken from the `next` link of the previous page. It is valid for
                one list with the same sort order and filters, and refused with others (400). A
                page starts after the place that the last item had when it was read. An item
                that is not edited meanwhile therefore appears exactly once, even if other items
                change.
        """
        answer = await self._send(_list_sessions(limit=limit, cursor=cursor))
        return answer.parsed

    def iter_sessions(self, *, limit: int | Unset = 20) -> AsyncIterator[Session]:
        """Every item of `list_sessions`, with each page fetched on demand."""
        return async_items(lambda cursor: self._send(_list_sessions(cursor=cursor, limit=limit)))

    async def revoke_sessions(self) -> None:
        """End all your sessions.

        Ends all sessions, including the present one, as `POST /auth/logout` does.
        """
        answer = await self._send(_revoke_sessions())
        return answer.parsed

    async def revoke_session(self, session_id: str) -> None:
        """End one of your sessions.

        Ends the session as `POST /auth/logout` ends the present one. A session that has ended,
        or belongs to another user, does not exist.

        Args:
            session_id: One of the caller's sessions.
        """
        answer = await self._send(_revoke_session(session_id=session_id))
        return answer.parsed

    async def list_revocations(
        self, *, limit: int | Unset = 20, cursor: str | Unset = UNSET
    ) -> list[Revocation]:
        """List sessions that were ended.

        The operation is public, like the keys. It lists the access tokens, by their claim
        `sid`, that are invalid although they have not expired. The entries stand in the order
        in which the sessions ended: a reader that continues from the `cursor` of the last entry
        misses no entry and gets none twice. An entry is removed after `until`.

        Args:
            limit: The maximum number of items in a page.
            cursor: Opaque; taken from the `next` link of the previous page. It is valid for
                one list with the same sort order and filters, and refused with others (400). A
                page starts after the place that the last item had when it was read. An item
                that is not edited meanwhile therefore appears exactly once, even if other items
                change.
        """
        answer = await self._send(_list_revocations(limit=limit, cursor=cursor))
        return answer.parsed

    def iter_revocations(self, *, limit: int | Unset = 20) -> AsyncIterator[Revocation]:
        """Every item of `list_revocations`, with each page fetched on demand."""
        return async_items(lambda cursor: self._send(_list_revocations(cursor=cursor, limit=limit)))
