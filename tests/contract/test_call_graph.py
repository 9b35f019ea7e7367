"""Services call each other only as `x-calls` declares, and the calls have no cycle."""

from __future__ import annotations

import ast
import re
from functools import cache
from graphlib import TopologicalSorter

import pytest

from minishop_contracts.calls import REACHES
from minishop_server.kit.documents import CLIENTS, document
from minishop_server.kit.settings import SERVICES, ServiceName
from scripts.imports import imports
from scripts.service_calls import (
    OWN_TOKEN,
    Functions,
    calls_for_tokens,
    functions,
    in_order,
    jobs,
    modules,
    own_paths,
    peer_call,
    steps,
)
from scripts.service_calls import SERVICES as SOURCES
from tests.support.operations import OPERATIONS, Operation


@cache
def source(service: str) -> tuple[Functions, dict[str, str], Functions]:
    """The functions of the domain, the jobs and the handlers of a service."""
    return functions(modules(service)), jobs(service), functions(modules(service, "handlers".__eq__))


@pytest.mark.parametrize("operation", OPERATIONS, ids=str)
def test_an_operation_calls_exactly_what_it_declares(operation: Operation) -> None:
    known, work, handlers = source(operation.service)
    handler = handlers.get(operation.node["operationId"])  # the probes come from the kit
    found = steps(handler, handler.args.args[0].arg, known, work) if handler else ()

    calls = {step for step in found if step.partition(".")[0] in SERVICES}

    assert set(operation.node.get("x-calls", [])) == calls


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_calls_nothing_that_it_does_not_declare(service: ServiceName) -> None:
    declared = {
        call for operation in OPERATIONS if operation.service == service for call in operation.node.get("x-calls", [])
    }

    found = [peer_call(call) for function in functions(modules(service)).values() for call in in_order(function)]

    calls = {call for call in found if call} | calls_for_tokens(service) | _posts(service)

    assert declared | set(document(service).get("x-calls", [])) == calls


def _posts(service: ServiceName) -> set[str]:
    """The operations behind the paths that the code of a service names itself."""
    return {
        f"{service}.{operation.node['operationId']}"
        for operation in OPERATIONS
        for path in own_paths(service)
        if operation.method == "post" and re.fullmatch(re.sub(r"\{[^}]+}", "[^/]+", operation.path), path)
    }


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_reaches_outside_of_the_shop_only_what_it_declares(service: ServiceName) -> None:
    libraries = {"aiosmtplib": "smtp", "smtplib": "smtp", "stripe": "stripe"}
    imported = {name.partition(".")[0] for path in (SOURCES / service).rglob("*.py") for name in imports(path)}

    assert {libraries[name] for name in imported & libraries.keys()} == set(REACHES[service])
    assert not imported & {"httpx", "requests", "socket", "urllib.request"}


def test_calls_never_run_in_a_circle() -> None:
    """No operation leads back to itself, although services may call each other."""
    graph = {
        f"{operation.service}.{operation.node['operationId']}": operation.node.get("x-calls", [])
        for operation in OPERATIONS
    }

    order = list(TopologicalSorter(graph).static_order())  # raises CycleError

    assert graph.keys() >= set(order)


def test_a_call_is_found_on_a_shop_and_on_a_part_of_it() -> None:
    code = """
async def some(self):
    shop = self._peers.as_itself()
    catalog = self._peers.as_caller(caller).catalog
    await ask(shop.orders.get_order(1))
    await ask(catalog.list_products())
    await self._store.orders(1)
"""

    assert ["auth.issue_token", "orders.get_order", "catalog.list_products"] == [
        found for call in in_order(ast.parse(code)) if (found := peer_call(call))
    ]


def test_steps_are_in_the_order_of_the_source_and_follow_the_domain_and_its_jobs() -> None:
    code = """
class Some:
    def handlers(self):
        return {"ship": self.ship}
    async def buy(self):
        await self.priced()
        await self._shop.payments.process_payment(1)
        connection.add("ship", 1)
    async def priced(self):
        await self._shop.catalog.list_products()
    async def ship(self):
        await self._shop.shipping.create_shipment()
async def checkout(some):
    await some.buy()
"""
    known = functions([ast.parse(code)])

    found = list(steps(known["checkout"], "some", known, {"ship": "ship"}))

    assert ["catalog.list_products", "payments.process_payment", "ship", "shipping.create_shipment"] == found


def test_the_services_with_credentials_are_those_that_call_under_their_own_name() -> None:
    callers = [
        name
        for name in SERVICES
        if any(peer_call(call) == OWN_TOKEN for tree in modules(name, lambda _: True) for call in in_order(tree))
    ]

    assert callers == list(CLIENTS)
