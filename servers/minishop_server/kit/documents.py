"""The OpenAPI documents that the services serve, and who calls whom."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

import yaml

from minishop_contracts.calls import CALLS, PUBLIC

from .settings import SERVICES, ServiceName

CLIENTS: tuple[ServiceName, ...] = tuple(name for name in SERVICES if "auth.issue_token" in CALLS[name])
"""The services that call others under their own name, and so have credentials at Auth."""


@cache
def document(name: ServiceName) -> dict[str, Any]:
    """The self-contained OpenAPI document of a service, which the caller must not change."""
    text = resources.files("minishop_contracts").joinpath("specs", f"{name}.yaml").read_bytes()
    loaded: dict[str, Any] = yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return loaded


def operations(document: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """The operations of a document by method and path, for example `GET /orders`."""
    return {
        f"{method.upper()} {path}": operation
        for path, item in document["paths"].items()
        for method, operation in item.items()
        if "operationId" in operation
    }


def is_internal(operation: Mapping[str, Any]) -> bool:
    """Whether only services and operators call it: its one role is `service`, or it says `x-internal`."""
    return operation.get("x-roles") == ["service"] or "x-internal" in operation


def calls(name: str) -> frozenset[str]:
    """The operations that a service calls, none where there is no such service."""
    return frozenset(CALLS.get(name, ()))


def calls_by_token(name: str) -> frozenset[str]:
    """Those of them that need a token."""
    return calls(name) - PUBLIC
