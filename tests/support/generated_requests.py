"""Requests to Catalog and Cart out of their documents: drawn from the schemas, or an example spoiled in one place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import requests
import schemathesis
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.config import SchemathesisConfig

from minishop_server.kit.documents import document
from minishop_server.kit.settings import ServiceName
from minishop_server.tools.fuzz.dialect import fuzzable
from tests.support.operations import OPERATIONS, Operation
from tests.support.plain_connexion import Request

SERVICES: tuple[ServiceName, ...] = ("catalog", "cart")
# The numbers of `compare_numbers` stay in memory, and make the service not ready for later requests.
DRAWN = [each for each in OPERATIONS if each.service in SERVICES and str(each) != "catalog.compare_numbers"]
SCHEMAS = {
    name: schemathesis.openapi.from_dict(fuzzable(document(name)), config=SchemathesisConfig()) for name in SERVICES
}

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW")
PATHS = (
    "{}/",
    "/{}",
    "{}//",
    "{}/x",
    "{}%2F",
    "{}%20",
    "{}%FF",
    "{}%00",
    "{}%0A",
    "{}%zz",
    "{}+",
    "{}.0",
    "{};a=1",
    "/",
)
QUERIES = (
    *("", "&", "nobody=1", "LIMIT=5", "limit%3D5", "limit[]=5", "limit=5&", "limit=5&limit=6", "limit=5;q=a"),
    *("limit=5", "limit=+5", "limit=%2B5", "limit=%201", "limit=1_000", "limit=1.0", "limit=1e1", "limit=0x1"),
    *("limit=%D9%A1", "limit=", "limit", "limit=05", "limit=-0", "limit=101", "limit=" + "9" * 5000),
    *("in_stock=true", "in_stock=TRUE", "in_stock=1", "in_stock=yes", "in_stock="),
    *(
        "min_price=.5",
        "min_price=5.",
        "min_price=1e1",
        "min_price=nan",
        "min_price=inf",
        "min_price=0.29",
        "min_price=0.291",
        "min_price=-0",
    ),
    *("q=a+b", "q=caf%C3%A9", "q=a%3Db", "q=a=b", "q=", "q=%FF", "q=%", "q=%zz", "q=a%00b", "q=%ED%A0%80", "q=a%0A"),
    *("ids=1,2", "ids=1%2C2", "ids=1,,2", "ids=1,", "ids=", "ids=1&ids=2", "ids=1,x", "sort=-price", "sort=Price"),
    *("cursor=c_1", "cursor=c_1%0A", "cursor=C_1", "cursor=c2_AAAAAAAA"),
)
MEDIA_TYPES = (
    *(b"application/json; charset=utf-8", b"application/json;charset=UTF-8", b"Application/JSON", b"text/plain"),
    *(b"application/json;charset=latin-1", b"application/json;charset=nothing", b"application/problem+json"),
    *(b"application/*", b"*/*", b"json", b"", b"\xff", b"application/x-www-form-urlencoded", b"multipart/form-data"),
)
BODIES = (
    *(b"", b" ", b"{", b"{}", b"{},", b"{}x", b"null", b"[]", b"0", b'"x"', b"NaN", b"\xff", b"\xef\xbb\xbf{}"),
    *(b"[" * 100_000, b"[" * 70 + b"]" * 70, b'{"name": "x"}'.decode().encode("utf-16"), b"'{}'", b"{'a': 1}"),
)
BAD_NUMBERS = (
    b"NaN",
    b"Infinity",
    b"9" * 5000,
    b"1e400",
    b"true",
    b"null",
    b'"1"',
    b"01",
    b"+1",
    b"-1",
    b".5",
    b"1.005",
)
GOOD_NUMBERS = (b"1.0", b"1e0", b"2E+0", b"10.00e-1")
BAD_TEXTS = (rb"a\u0000b", rb"\ud800", rb"a\n", rb"\x41", b"\x01", b"a" * 200, b"", b" ", b"\xe9", b"\xed\xa0\x80")
GOOD_TEXTS = ("é".encode(), rb"\u00e9", rb"\ud83d\ude00", b"'; DROP TABLE products; --", rb"\"")
CREDENTIALS = (
    *(None, b"", b"Bearer", b"Bearer ", b"Bearer a b", b"Bearer \xff", b"Bearer  ROLE", b"Bearer ROLE x", b"Bearer x"),
    *(b"bearer ROLE", b"BEARER ROLE", b"Token ROLE", b"Basic YTpi", b"ROLE", b"Bearer ROLE, Bearer ROLE"),
    *(b"Bearer customer", b"Bearer admin", b"Bearer service"),
)
ACCEPTS = (b"application/json", b"application/*", b"*/*", b"text/html", b"*/*;q=0", b"nonsense", b"")
CONDITIONS = (None, b'"1"', b"1", b'"2"', b'"1.1"', b"1.1", b"*", b'W/"1"', b"", b'"1", "2"', b"\xff")


@st.composite
def drawn_requests(draw: st.DrawFn) -> Request:
    """A request that its document allows, or one that violates a schema, mostly for an existing object."""
    operation = draw(st.sampled_from(DRAWN))
    case = draw(_cases(operation, draw(st.sampled_from(GenerationMode))))
    sent = case.as_transport_kwargs(base_url="http://shop")
    taken = {"method", "url", "headers", "params", "data", "json", "cookies", "files"}
    prepared = requests.Request(**{name: value for name, value in sent.items() if name in taken}).prepare()
    headers = tuple(
        (name.lower().encode(), value if isinstance(value, bytes) else value.encode("latin-1", "replace"))
        for name, value in prepared.headers.items()
        if name in ("Content-Type", "If-Match")
    )
    body: Any = prepared.body or b""
    content = body.encode() if isinstance(body, str) else body
    content = re.sub(rb'"product_id": [1-9][0-9]{0,9}\b', b'"product_id": 1', content)
    request = Request(str(prepared.method), prepared.path_url.encode("ascii"), headers, content)
    return _with(request, b"authorization", b"Bearer " + operation.roles[0].encode()) if operation.roles else request


def _cases(operation: Operation, mode: GenerationMode) -> st.SearchStrategy[Any]:
    here: dict[str, Any] = {}
    if "{product_id}" in operation.path:
        here["path_parameters"] = {"product_id": 1}
    if "412" in operation.node["responses"]:
        here["headers"] = {"If-Match": '"1.1"' if operation.service == "catalog" else '"1"'}
    make = SCHEMAS[operation.service][operation.path][operation.method].as_strategy
    there = make(generation_mode=mode, **here)
    return st.one_of(there, there, make(generation_mode=mode))


def spoiled_requests() -> Iterator[Request]:
    """The example of each operation, and the same with one thing changed: HTTP around it, or a text or number in it."""
    for operation in DRAWN:
        example = _example(operation)
        yield example
        for method in METHODS:
            yield replace(example, method=method)
        for path in PATHS:
            asked, mark, query = example.target.decode().partition("?")
            yield replace(example, target=(path.format(asked) + mark + query).encode())
        for query in QUERIES:
            yield replace(example, target=example.target.partition(b"?")[0] + b"?" + query.encode())
        for name, values in (
            (b"authorization", CREDENTIALS),
            (b"accept", ACCEPTS),
            (b"if-match", CONDITIONS),
            (b"content-type", MEDIA_TYPES),
        ):
            for value in values:
                role = operation.roles[0].encode() if operation.roles else b"customer"
                yield _with(example, name, None if value is None else value.replace(b"ROLE", role))
        for body in BODIES:
            yield replace(_with(example, b"content-type", b"application/json"), body=body)
        yield from _edited(example)


def _example(operation: Operation) -> Request:
    sent = operation.request()
    headers = tuple((name.lower().encode(), value.encode()) for name, value in sent["headers"].items())
    request = Request(sent["method"], sent["url"].encode(), headers, sent.get("content", "").encode())
    return _with(request, b"authorization", b"Bearer " + operation.roles[0].encode()) if operation.roles else request


def _edited(example: Request) -> Iterator[Request]:
    """The example with another number or text in its body, or with a repeated, missing or unknown name."""
    number, text = re.compile(rb"(?<=: )[0-9.]+"), re.compile(rb'(?<=: ")[^"]*')
    for pattern, values in ((number, BAD_NUMBERS + GOOD_NUMBERS), (text, BAD_TEXTS + GOOD_TEXTS)):
        for found in pattern.finditer(example.body):
            for value in values:
                yield replace(example, body=example.body[: found.start()] + value + example.body[found.end() :])
    if example.body:
        for name in re.findall(rb'"(\w+)":', example.body):
            yield replace(example, body=example.body.replace(b'"' + name, b'"other'))
            yield replace(example, body=example.body.replace(b'{"' + name, b'{"' + name + b'": 1, "' + name, 1))
        yield replace(example, body=example.body.replace(b"{", b'{"other": 1, ', 1))


def _with(request: Request, name: bytes, value: bytes | None) -> Request:
    others = tuple(header for header in request.headers if header[0] != name)
    return replace(request, headers=others if value is None else (*others, (name, value)))
