"""What services ask of each other is what `x-calls` declares, and it never runs in a circle."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator, Mapping
from graphlib import TopologicalSorter
from importlib import import_module
from pathlib import Path

import pytest

from minishop_server.kit.documents import CLIENTS, document
from minishop_server.kit.settings import SERVICES, ServiceName
from tests.support.operations import OPERATIONS, Operation

OUTSIDE = ("__init__", "lifespan", "handlers", "settings", "store")
"""The modules of a service that hold no rules."""
OWN_TOKEN = "auth.issue_token"
Functions = dict[str, ast.AsyncFunctionDef | ast.FunctionDef]


def modules(service: str, which: Callable[[str], bool]) -> Iterator[ast.Module]:
    """The syntax trees of a service's modules of such names."""
    file = import_module(f"minishop_server.services.{service}").__file__
    assert file is not None
    for path in sorted(Path(file).parent.glob("*.py")):
        if which(path.stem):
            yield ast.parse(path.read_text(encoding="utf-8"))


def functions(modules: Iterable[ast.Module]) -> Functions:
    """Functions and methods, by name."""
    nodes = [node for module in modules for node in ast.walk(module)]
    return {node.name: node for node in nodes if isinstance(node, ast.AsyncFunctionDef | ast.FunctionDef)}


def rules(service: str) -> Functions:
    """Those of the domain, in however many modules."""
    return functions(modules(service, lambda name: name not in OUTSIDE))


def kinds_of_work(service: str) -> dict[str, str]:
    """The name of the function that does each kind of work: of dictionaries such as `{"ship": self.ship}`."""
    trees = modules(service, lambda name: name not in OUTSIDE)
    dicts = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Dict)]
    return {
        key.value: value.attr
        for node in dicts
        for key, value in zip(node.keys, node.values, strict=True)
        if isinstance(key, ast.Constant) and isinstance(key.value, str) and isinstance(value, ast.Attribute)
    }


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


def reached(start: ast.AST, owner: str, known: Functions, work: Mapping[str, str]) -> set[str]:
    """The names of the functions that one leads to, also by the work that it leaves to be done (`….add("ship", …)`);
    `owner` is what it calls the domain object.
    """
    names, waiting = set[str](), [(start, owner)]
    while waiting:
        function, domain_object = waiting.pop()
        for node in ast.walk(function):
            if not isinstance(node, ast.Call):
                continue
            match node:
                case ast.Call(func=ast.Attribute(attr="add"), args=[ast.Constant(value=kind), *_]) if kind in work:
                    name = work[kind]
                case ast.Call(func=ast.Attribute(attr=name) as method) if root(method) == domain_object:
                    pass
                case ast.Call(func=ast.Name(id=name)):
                    pass
                case _:
                    continue
            if name in known and name not in names:
                names.add(name)
                waiting.append((known[name], "self"))
    return names


def root(node: ast.expr) -> str | None:
    """What a chain of public attributes begins with: `self` in `self.checkouts.buy`, nothing in `self._store.add`."""
    while isinstance(node, ast.Attribute):
        node = node.value
        if isinstance(node, ast.Attribute) and node.attr.startswith("_"):
            return None
    return node.id if isinstance(node, ast.Name) else None


@pytest.mark.parametrize("operation", OPERATIONS, ids=str)
def test_an_operation_calls_exactly_what_it_declares(operation: Operation) -> None:
    known, work = rules(operation.service), kinds_of_work(operation.service)
    handlers = functions(modules(operation.service, lambda name: name == "handlers"))
    handler = handlers.get(operation.node["operationId"])  # the probes come from the kit
    names = reached(handler, handler.args.args[0].arg, known, work) if handler else set()

    calls = {call for name in names for call in peer_calls(known[name])}

    assert set(operation.node.get("x-calls", [])) == calls


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_calls_nothing_that_it_does_not_declare(service: ServiceName) -> None:
    declared = {
        call for operation in OPERATIONS if operation.service == service for call in operation.node.get("x-calls", [])
    }

    calls = {call for function in rules(service).values() for call in peer_calls(function)}

    assert declared | set(document(service).get("x-calls", [])) == calls


def test_calls_never_run_in_a_circle() -> None:
    """Services may call each other; no operation leads back to itself."""
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

    assert {"orders.get_order", "catalog.list_products", "auth.issue_token"} == peer_calls(ast.parse(code))


def test_the_services_with_credentials_are_those_that_call_under_their_own_name() -> None:
    callers = [
        name for name in SERVICES if any(OWN_TOKEN in peer_calls(tree) for tree in modules(name, lambda _: True))
    ]

    assert callers == list(CLIENTS)
