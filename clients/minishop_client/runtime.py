"""The base of the generated methods: send, retry, raise, read."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

import httpx

from .calls import Call
from .connections import AsyncConnections, Connections, Given
from .errors import ApiError, UnexpectedAnswer
from .in_process import InProcessAnswer
from .refusals import raise_for_problem
from .retry import RETRY, Retry
from .values import UNSET, Unset

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Response(Generic[T]):
    """A whole answer: the parsed body and its HTTP response."""

    parsed: T
    _answer: httpx.Response | InProcessAnswer

    @property
    def http(self) -> httpx.Response:
        """The HTTP response."""
        return _whole(self._answer)

    @property
    def status(self) -> int:
        """The HTTP status."""
        return self._answer.status_code

    @property
    def headers(self) -> httpx.Headers:
        """The headers, by name in any case: `answer.headers["ETag"]`."""
        return self.http.headers

    @property
    def next_cursor(self) -> str | None:
        """The cursor of the next page (RFC 8288 `Link` with `rel="next"`), or None on the last page."""
        link = self.http.links.get("next")
        return httpx.URL(link["url"]).params.get("cursor") if link else None


class _Caller:
    """How to reach one service, and as whom."""

    def __init__(self, url: str, auth: httpx.Auth | None, retry: Retry) -> None:
        self._url = url
        self._auth = auth
        self._retry = retry


class Api(_Caller):
    """Base of the blocking services.

    Args:
        http: sends the requests; may be shared by any number of services, but not with a forked process.
        url: the address of the service; empty when `http` has it as its `base_url`.
        auth: the caller's credentials; by default, those of `http`.
        retry: the retry policy.
    """

    def __init__(
        self,
        http: httpx.Client | Connections | Given,
        url: str = "",
        *,
        auth: httpx.Auth | None = None,
        retry: Retry = RETRY,
    ) -> None:
        super().__init__(url, auth, retry)
        self._http = Given(http) if isinstance(http, httpx.Client) else http

    def _send(self, call: Call[T]) -> Response[T]:
        arguments, attempt = call.arguments(self._url, self._auth), 0
        while True:
            attempt += 1
            try:
                return _read(self._http.request(**arguments), call.parse)
            except (ApiError, httpx.TransportError) as error:
                pause = self._retry.pause(arguments, attempt, error)
                if pause is None:
                    raise
            time.sleep(pause)


class AsyncApi(_Caller):
    """Base of the asynchronous services, like `Api` of the others."""

    def __init__(
        self,
        http: httpx.AsyncClient | AsyncConnections | Given,
        url: str = "",
        *,
        auth: httpx.Auth | None = None,
        retry: Retry = RETRY,
    ) -> None:
        super().__init__(url, auth, retry)
        self._http = Given(http) if isinstance(http, httpx.AsyncClient) else http

    async def _send(self, call: Call[T]) -> Response[T]:
        arguments, attempt = call.arguments(self._url, self._auth), 0
        while True:
            attempt += 1
            try:
                return _read(await self._http.request(**arguments), call.parse)
            except (ApiError, httpx.TransportError) as error:
                pause = self._retry.pause(arguments, attempt, error)
                if pause is None:
                    raise
            await asyncio.sleep(pause)


def _read(answer: httpx.Response | InProcessAnswer, parse: Callable[[bytes], T]) -> Response[T]:
    """The answer with its parsed body; every error of the parser becomes one UnexpectedAnswer.

    Raises ApiError for an answer that is not a success.
    """
    if not 200 <= answer.status_code < 300:
        raise_for_problem(_whole(answer))
    try:
        return Response(parse(answer.content), answer)
    except (ArithmeticError, AttributeError, KeyError, TypeError, ValueError) as error:
        raise UnexpectedAnswer(_whole(answer)) from error


def _whole(answer: httpx.Response | InProcessAnswer) -> httpx.Response:
    return answer if isinstance(answer, httpx.Response) else answer.whole()


def items(fetch: Callable[[str | Unset], Response[list[T]]]) -> Iterator[T]:
    """Each item of each page; a page is fetched when its first item is wanted.

    Raises UnexpectedAnswer where a page leads back to an earlier one: the walk would never end.
    """
    cursor: str | Unset | None = UNSET
    seen: set[str | None] = set()
    while cursor is not None:
        page = fetch(cursor)
        yield from page.parsed
        cursor = _next(page, seen)


async def async_items(
    fetch: Callable[[str | Unset], Awaitable[Response[list[T]]]],
) -> AsyncIterator[T]:
    """The same for awaited pages."""
    cursor: str | Unset | None = UNSET
    seen: set[str | None] = set()
    while cursor is not None:
        page = await fetch(cursor)
        for item in page.parsed:
            yield item
        cursor = _next(page, seen)


def _next(page: Response[list[T]], seen: set[str | None]) -> str | None:
    cursor = page.next_cursor
    if cursor in seen:
        raise UnexpectedAnswer(page.http)
    seen.add(cursor)
    return cursor
