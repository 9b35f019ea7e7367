"""The operations of a document and the handlers of its service are the same, by name."""

from __future__ import annotations

import inspect
from importlib import import_module

import pytest

from minishop_server.kit.settings import SERVICES, ServiceName
from tests.support.operations import OPERATIONS

HANDLERS = {name: import_module(f"minishop_server.services.{name}.handlers") for name in SERVICES}
NAMED = [(service, name) for service, module in HANDLERS.items() for name in module.__all__]


@pytest.mark.parametrize("service", SERVICES)
def test_there_is_a_handler_for_each_operation_and_no_other(service: ServiceName) -> None:
    operation_ids = {operation.node["operationId"] for operation in OPERATIONS if operation.service == service}

    assert operation_ids == set(HANDLERS[service].__all__)


@pytest.mark.parametrize(("service", "name"), NAMED)
def test_a_handler_is_async_and_says_what_it_does(service: ServiceName, name: str) -> None:
    handler = getattr(HANDLERS[service], name)

    assert inspect.iscoroutinefunction(handler)
    assert inspect.getdoc(handler)
