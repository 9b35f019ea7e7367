"""The smallest request with the same failure: parts are left out and values are reduced while the failure stays."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import httpx
import orjson

MOST_TRIALS = 120
KEPT = ("authorization", "content-type", "cookie", "stripe-signature")
"""Headers that are not left out: without them, another request would be refused for another reason."""
_TRANSPORT = ("host", "content-length", "connection", "accept-encoding", "user-agent", "transfer-encoding")


@dataclass(frozen=True, slots=True)
class Request:
    """A request as it was sent, with the bytes of its body as Latin-1 text."""

    method: str
    url: str
    headers: tuple[tuple[str, str], ...]
    body: str

    def curl(self) -> str:
        """The request as a shell command."""
        words = ["curl", "-X", self.method]
        for name, value in self.headers:
            words += ["-H", f"{name}: {value}"]
        if self.body:
            words += ["--data-raw", self.body.encode("latin-1").decode("utf-8", "replace")]
        return shlex.join([*words, self.url])

    def send(self, client: httpx.Client) -> httpx.Response:
        """Raises httpx.HTTPError, and ValueError or TypeError if the client cannot send it."""
        return client.request(
            self.method,
            self.url,
            headers=[(name.encode("latin-1"), value.encode("latin-1")) for name, value in self.headers],
            content=self.body.encode("latin-1"),
        )


def as_sent(method: str, url: str, headers: dict[str, str], body: str) -> Request:
    """A recorded request, without the headers that each client writes itself."""
    written = tuple((name, value) for name, value in headers.items() if name.lower() not in _TRANSPORT)
    return Request(method, url, written, body)


def shrunk(request: Request, fails: Callable[[Request], bool]) -> Request:
    """The smallest request found that `fails`, within 120 trials.

    Args:
        request: one that fails.
        fails: sends a request and says whether it fails in the same way.
    """
    trials = 0
    smaller = True
    while smaller:
        smaller = False
        for candidate in _smaller(request):
            if trials == MOST_TRIALS:
                return request
            trials += 1
            if fails(candidate):
                request, smaller = candidate, True
                break
    return request


def _smaller(request: Request) -> Iterator[Request]:
    for index, (name, _) in enumerate(request.headers):
        if name.lower() not in KEPT:
            yield replace(request, headers=request.headers[:index] + request.headers[index + 1 :])
    base, mark, query = request.url.partition("?")
    parts = query.split("&") if mark else []
    for index in range(len(parts)):
        rest = "&".join(parts[:index] + parts[index + 1 :])
        yield replace(request, url=f"{base}?{rest}" if rest else base)
    try:
        value = orjson.loads(request.body.encode("latin-1"))
    except ValueError:
        return  # not JSON
    for reduced in _reduced(value):
        yield replace(request, body=orjson.dumps(reduced).decode("latin-1"))


def _reduced(value: Any) -> Iterator[Any]:
    """Values that differ in one place, and are smaller there."""
    if isinstance(value, dict):
        for name in value:
            yield {key: item for key, item in value.items() if key != name}
        for name, item in value.items():
            yield from ({**value, name: smaller} for smaller in _reduced(item))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield [*value[:index], *value[index + 1 :]]
            yield from ([*value[:index], smaller, *value[index + 1 :]] for smaller in _reduced(item))
    elif isinstance(value, str):
        length = len(value)
        while length := length // 2:
            yield value[: len(value) - length]
    elif type(value) is int and value > 0:
        step = value
        while step:
            yield value - step
            step //= 2
