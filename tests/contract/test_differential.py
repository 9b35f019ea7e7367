"""Our request path against Connexion's own: the same document, handlers and state, hence the same answer.

Where the two differ, the difference is in the table below with its reason. One that is not there fails, and so does one
that no longer shows.
"""

from __future__ import annotations

import asyncio
import json
import re
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import unquote_to_bytes

import pytest
import pytest_asyncio
from hypothesis import HealthCheck, Phase, given, settings

from minishop_server.kit.settings import ServiceName
from tests.support.generated_requests import SERVICES, drawn_requests, spoiled_requests
from tests.support.open_shop import OpenShop
from tests.support.plain_connexion import Answer, Request, send, stock_app

pytestmark = pytest.mark.asyncio(loop_scope="module")

DONE = {200, 201, 204}
NUMBER = re.compile(rb"\d+(?:\.\d+)?(?:[eE][+-]?\d{1,3})?")
ROLES = (b"customer", b"admin", b"service")


@dataclass(frozen=True)
class Difference:
    """A known difference: the requests, our answer, and Connexion's."""

    name: str
    reason: str
    ours: set[int]
    theirs: set[int]
    concerns: Callable[[Request], bool]


def path_of(request: Request) -> bytes:
    return unquote_to_bytes(request.target.partition(b"?")[0])


def query_has(pattern: bytes) -> Callable[[Request], bool]:
    return lambda request: re.search(pattern, request.target.partition(b"?")[2]) is not None


def body_has(pattern: bytes) -> Callable[[Request], bool]:
    return lambda request: re.search(pattern, request.body) is not None


def header_has(name: bytes, pattern: bytes) -> Callable[[Request], bool]:
    return lambda request: any(key == name and re.search(pattern, value) for key, value in request.headers)


def has_no_integer(request: Request) -> bool:
    found = re.fullmatch(rb"/(catalog/products|cart/items|cart/users)/(.+)", path_of(request), re.DOTALL)
    return found is not None and re.fullmatch(rb"[+-]?[0-9]+", found[2]) is None


def has_fractions_of_cents(request: Request) -> bool:
    return any(round(float(number), 2) != float(number) for number in NUMBER.findall(request.target + request.body))


def is_not_utf8(request: Request) -> bool:
    return request.body.decode("utf-8", "ignore").encode() != request.body


DIFFERENCES = [
    # We refuse, or word in another way, by decision.
    Difference(
        "another way to write a path", "we redirect nobody", {400, 404}, {307}, lambda r: path_of(r)[-1:] == b"/"
    ),
    Difference("no integer in the path", "400 names the parameter, 405 the methods", {400, 405}, {404}, has_no_integer),
    Difference("a newline in the path", "400 names the parameter", {400}, {404}, lambda r: b"\n" in path_of(r)),
    Difference(
        "role",
        "Connexion knows no x-roles",
        {403},
        DONE | {400, 404, 409, 412},
        lambda r: (r.header(b"authorization") or b"").rpartition(b" ")[2] in ROLES,
    ),
    Difference("accept", "Connexion does not negotiate", {406}, DONE, header_has(b"accept", b".")),
    Difference("no If-Match", "RFC 6585", {428}, {400}, lambda r: r.header(b"if-match") is None),
    Difference("charset", "JSON is in UTF-8, RFC 8259", {415}, DONE, header_has(b"content-type", b"charset=latin-1")),
    # Connexion lets pass.
    Difference("a name twice in an object", "json keeps the last", {400}, DONE, body_has(rb'"(\w+)": 1, "\1"')),
    Difference("a parameter twice", "the last wins", {400}, DONE, query_has(rb"(\w+)=[^&]*&(.*&)?\1=")),
    Difference("integers", "int() takes 05, +5, ` 1` and other digits", {400}, DONE, query_has(rb"limit=(\+|%|0)")),
    Difference("numbers", "float() takes .5 and 5.", {400}, DONE, query_has(rb"price=(\.|\d+\.(&|$))")),
    Difference("booleans", "the case is ignored", {400}, DONE, query_has(rb"in_stock=TRUE")),
    Difference("escapes", "what is ill-formed is replaced", {400}, DONE, query_has(rb"%(FF|ED|zz|$)")),
    Difference("a newline at the end", "for `re`, $ stands before it too", {400}, DONE, query_has(rb"%0A$")),
    Difference("decimals", "x-decimals is ours", {400}, DONE | {404, 412}, has_fractions_of_cents),
    # Connexion refuses wrongly.
    Difference("1.0", "is an integer in JSON Schema", DONE | {404, 409}, {400}, body_has(rb": \d+(\.\d+)?([eE]|\.0)")),
    Difference(
        "a media type in capitals",
        "finds no parser, so that the body stays text and is not checked",
        DONE,
        {400},
        header_has(b"content-type", b"^Application/JSON$"),
    ),
    Difference(
        "a media type without a body",
        "is parsed where the operation takes none",
        DONE,
        {400, 500},
        lambda r: not r.body and header_has(b"content-type", b"^(json|\xff|multipart/form-data)?$")(r),
    ),
    # Connexion fails.
    Difference("another encoding", "UnicodeDecodeError", {400}, {500}, is_not_utf8),
    Difference("an unknown charset", "LookupError", {415}, {500}, header_has(b"content-type", b"charset=nothing")),
    Difference("nesting", "RecursionError", DONE | {400}, {500}, body_has(rb"\[{1000}")),
    Difference("thousands of digits", "int() takes 4300", {400}, {500}, body_has(rb"\d{4301}")),
    Difference("NaN in a query", "round() takes none", {400}, {500}, query_has(rb"=nan")),
]


class Busy(Exception):
    """Another connection is in a transaction."""


def _unless_busy(status: int, remaining: int, total: int) -> None:
    if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):  # else `backup` tries again without end
        raise Busy


class Snapshot:
    """A SQLite database as it is now, to be put back."""

    def __init__(self, path: str) -> None:
        self._then = sqlite3.connect(":memory:")
        self._now = sqlite3.connect(path)
        self._now.execute("PRAGMA synchronous = OFF")
        self._now.backup(self._then)

    async def restore(self) -> None:
        """Put it back as soon as the shop has no open transaction, which only the event loop can end."""
        while True:
            with suppress(Busy):
                return self._then.backup(self._now, progress=_unless_busy)
            await asyncio.sleep(0.001)

    def close(self) -> None:
        self._then.close()
        self._now.close()


@dataclass
class Paths:
    """Both request paths of Catalog and Cart, on one domain each."""

    compiled: dict[ServiceName, Any]
    stock: dict[ServiceName, Any]
    tokens: dict[bytes, bytes]
    snapshots: list[Snapshot]

    async def ask(self, apps: dict[ServiceName, Any], request: Request) -> Answer:
        """The answer of one application, always from the same state.

        Roles in the request become tokens.
        """
        for snapshot in self.snapshots:
            await snapshot.restore()
        service: ServiceName = "cart" if request.target.startswith(b"/cart") else "catalog"
        headers = tuple(
            (name, self._signed(value) if name == b"authorization" else value) for name, value in request.headers
        )
        return await send(apps[service], replace(request, headers=headers))

    def _signed(self, credentials: bytes) -> bytes:
        for role, token in self.tokens.items():
            credentials = credentials.replace(role, token)
        return credentials

    async def compare(self, request: Request) -> Difference | None:
        """The known difference of the answers, or None if they are equal.

        Any other difference fails the test.
        """
        ours, theirs = await self.ask(self.compiled, request), await self.ask(self.stock, request)
        if ours.status == theirs.status:
            assert ours.status not in DONE or told(theirs) == told(ours), request
            return None
        for known in DIFFERENCES:
            if ours.status in known.ours and theirs.status in known.theirs and known.concerns(request):
                return known
        pytest.fail(f"{ours.status} of ours is {theirs.status} of Connexion: {request}")


def told(answer: Answer) -> tuple[Any, dict[str, str]]:
    """The content of a success for a caller."""
    headers = {name: text for name, text in answer.headers.items() if name in ("etag", "link", "location")}
    return json.loads(answer.body or "null"), headers


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def paths(open_shop: OpenShop) -> AsyncIterator[Paths]:
    """A shop with one product, which is in the customer's cart, and held for the order of the examples."""
    services = {name: open_shop.shop.gateway.services[name] for name in SERVICES}
    customer = {"Authorization": f"Bearer {open_shop.tokens['customer']}"}
    await open_shop.http.post("/cart/items", headers=customer, json={"product_id": 1, "quantity": 1})
    async with open_shop.shop.domain("catalog").database.transaction() as catalog:  # the product stays at version 1
        await catalog.execute("INSERT INTO reservations (id, status, lines) VALUES (1, 'held', '[[1, 2]]')")
        await catalog.execute("UPDATE products SET stock = stock - 2, reserved = 2")
    urls = [service.settings.database_url(name) for name, service in services.items()]
    compiled = {name: service.app for name, service in services.items()}
    stock = {name: stock_app(service) for name, service in services.items()}
    tokens = {role: open_shop.tokens[role.decode()].encode() for role in ROLES}
    snapshots = [Snapshot(url.removeprefix("sqlite:///")) for url in urls]
    yield Paths(compiled, stock, tokens, snapshots)
    for snapshot in snapshots:
        snapshot.close()


async def test_the_other_path_is_connexions_own(paths: Paths) -> None:
    answer = await paths.ask(paths.stock, Request("GET", b"/catalog/nothing"))

    assert (404, "about:blank") == (answer.status, json.loads(answer.body)["type"])


async def test_every_example_spoiled_in_one_place_differs_as_known_alone(paths: Paths) -> None:
    met = [await paths.compare(request) for request in dict.fromkeys(spoiled_requests())]

    assert [] == [known.name for known in DIFFERENCES if known not in met]
    assert met.count(None) > len(met) * 0.8


@settings(
    max_examples=300,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.generate, Phase.shrink],
    suppress_health_check=list(HealthCheck),
)
@given(request=drawn_requests())
async def test_requests_drawn_from_the_documents_differ_as_known_alone(paths: Paths, request: Request) -> None:
    await paths.compare(request)
