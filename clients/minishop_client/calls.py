"""A call to a service as a value: the request, and the parser of the response."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Generic, TypeVar
from urllib.parse import quote

import httpx

from .values import Unset

T = TypeVar("T")

_read_json = json.JSONDecoder(parse_float=Decimal).decode


@dataclass(frozen=True, slots=True)
class Call(Generic[T]):
    """The request of a generated method, and the parser of its response.

    Attributes:
        method: the HTTP method.
        path: the path, below the address of the service.
        parse: parses the body of a success.
        params: the query.
        headers: the headers of the operation.
        json: the body, if it is JSON.
        data: the body, if it is a form.
        public: whether it is sent without credentials.
    """

    method: str
    path: str
    parse: Callable[[bytes], T]
    params: Mapping[str, Any] | None = None
    headers: Mapping[str, str] | None = None
    json: Any = None
    data: Mapping[str, Any] | None = None
    public: bool = False

    def arguments(self, url: str, auth: httpx.Auth | None) -> dict[str, Any]:
        """The arguments of `httpx.Client.request`.

        Without `auth`, httpx sends the credentials of its own client.
        """
        arguments: dict[str, Any] = {"method": self.method, "url": url + self.path, "params": self.params}
        arguments |= {"headers": self.headers or {}, "json": self.json, "data": self.data}
        if self.public or auth is not None:
            arguments["auth"] = None if self.public else auth
        return arguments


def segment(value: object) -> str:
    """A parameter, quoted as one segment of a path."""
    return quote(str(value), safe="")


def given(parameters: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters of a query, or the headers, without absent values."""
    return {name: value for name, value in parameters.items() if value is not None and not isinstance(value, Unset)}


def optional_tuple(values: Sequence[T] | Unset) -> tuple[T, ...] | Unset:
    """A list as models hold it."""
    return values if isinstance(values, Unset) else tuple(values)


def joined(values: Sequence[Any] | Unset) -> str | Unset:
    """A list as one parameter of a query."""
    return values if isinstance(values, Unset) else ",".join(map(str, values))


def idempotency_key_or_new(key: str | Unset) -> str:
    """The key of the caller, or a new one for this call and its retries."""
    return str(uuid.uuid4()) if isinstance(key, Unset) else key


def read_object(read: Callable[[Any], T]) -> Callable[[bytes], T]:
    """Parses a JSON object, with decimals as Decimal."""
    return lambda body: read(_read_json(body.decode()))  # JSON is UTF-8 (RFC 8259, section 8.1)


def read_list(read: Callable[[Any], T]) -> Callable[[bytes], list[T]]:
    """Parses a JSON array of objects."""
    return read_object(lambda values: [read(value) for value in values])


def read_nothing(body: bytes) -> None:
    """Ignores the body."""
