"""What services ask of each other is what `x-calls` declares, and it never runs in a circle."""

from __future__ import annotations

import ast
from graphlib import TopologicalSorter
from importlib import import_module
from pathlib import Path

import pytest

from minishop_server.kit.settings import SERVICES, ServiceName

from .operations import OPERATIONS, Operation

OWN_TOKEN = "auth.issue_token"
Functions = dict[str, ast.AsyncFunctionDef | ast.FunctionDef]


def functions(module: str) -> Functions:
    """The functions and methods of a module of minishop_server, by name."""
    file = import_module(f"minishop_server.{module}").__file__
    assert file is not None
    tree = ast.parse(Path(file).read_text(encoding="utf-8"))
    return {n.name: n for n in ast.walk(tree) if isinstance(n, ast.AsyncFunctionDef | ast.FunctionDef)}


def peer_calls(function: ast.AST) -> set[str]:
    """The calls in a function itself: `….catalog.reserve_stock(…)` on a shop, `catalog.list_products(…)` on its part.

    Whoever speaks in its own name, by `as_itself()`, fetches a token for that first.
    """
    found = set()
    for node in ast.walk(function):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        owner = node.func.value
        name = owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", None)
        if name in SERVICES:
            found.add(f"{name}.{node.func.attr}")
        if node.func.attr == "as_itself":
            found.add(OWN_TOKEN)
    return found


def reached(start: ast.AST, owner: str, domain: Functions) -> set[str]:
    """The names of the domain's functions that a function leads to; `owner` is what it calls the domain object."""
    names, waiting = set[str](), [(start, owner)]
    while waiting:
        function, domain_object = waiting.pop()
        for node in ast.walk(function):
            if not isinstance(node, ast.Call):
                continue
            match node.func:
                case ast.Attribute(value=ast.Name(id=here), attr=name) if here == domain_object:
                    pass
                case ast.Name(id=name):
                    pass
                case _:
                    continue
            if name in domain and name not in names:
                names.add(name)
                waiting.append((domain[name], "self"))
    return names


@pytest.mark.parametrize("operation", OPERATIONS, ids=str)
def test_an_operation_calls_exactly_what_it_declares(operation: Operation) -> None:
    domain = functions(f"{operation.service}.domain")
    handler = functions(f"{operation.service}.handlers").get(operation.node["operationId"])
    names = reached(handler, handler.args.args[0].arg, domain) if handler else set()  # the probes come from the kit

    calls = {call for name in names for call in peer_calls(domain[name])}

    assert set(operation.node.get("x-calls", [])) == calls


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_calls_nothing_that_none_of_its_operations_declares(service: ServiceName) -> None:
    declared = {
        call for operation in OPERATIONS if operation.service == service for call in operation.node.get("x-calls", [])
    }

    calls = {call for function in functions(f"{service}.domain").values() for call in peer_calls(function)}

    assert declared == calls


def test_calls_never_run_in_a_circle() -> None:
    graph: dict[str, set[str]] = {}
    for operation in OPERATIONS:
        called = {call.partition(".")[0] for call in operation.node.get("x-calls", [])}
        graph.setdefault(operation.service, set()).update(called)

    order = list(TopologicalSorter(graph).static_order())  # raises CycleError

    assert set(SERVICES) == set(order)


def test_a_call_is_found_on_a_shop_and_on_a_part_of_it() -> None:
    code = """
async def some(self):
    shop = self._peers.as_itself()
    catalog = self._peers.as_caller(caller).catalog
    await ask(shop.orders.get_order(1))
    await ask(catalog.list_products())
    await self._store.orders(1)
"""

    assert {"orders.get_order", "catalog.list_products", "auth.issue_token"} == peer_calls(ast.parse(code))
