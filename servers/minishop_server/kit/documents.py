"""The OpenAPI documents that the services serve, and what they say of who calls whom."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

import yaml

from .settings import ServiceName


@cache
def document(name: ServiceName) -> dict[str, Any]:
    """The self-contained OpenAPI document of a service; not to be changed by the reader."""
    text = resources.files("minishop_contracts").joinpath("specs", f"{name}.yaml").read_bytes()
    loaded: dict[str, Any] = yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return loaded


def calls(name: ServiceName) -> frozenset[str]:
    """What a service asks of others (`payments.process_payment`): the `x-calls` of its document and its operations."""
    root = document(name)
    operations = [
        operation for item in root["paths"].values() for operation in item.values() if isinstance(operation, dict)
    ]
    return frozenset(call for node in [root, *operations] for call in node.get("x-calls", ()))
