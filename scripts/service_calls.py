"""The calls between services and the jobs of each service, read from the source of the services."""

import ast
import copy
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from scripts.imports import parsed

SERVICES = Path(__file__).resolve().parent.parent / "servers" / "minishop_server" / "services"
NAMES = sorted(path.parent.name for path in SERVICES.glob("*/handlers.py"))
OUTSIDE = ("__init__", "lifespan", "handlers", "settings", "store")
"""The modules of a service that contain no rules."""
ISSUER = SERVICES.parent / "kit" / "issuer.py"
OWN_TOKEN = "auth.issue_token"
Functions = dict[str, ast.AsyncFunctionDef | ast.FunctionDef]


def modules(service: str, which: Callable[[str], bool] = lambda name: name not in OUTSIDE) -> Iterator[ast.Module]:
    """The syntax trees of the modules of a service whose names match, by default those of its domain."""
    for path in sorted((SERVICES / service).rglob("*.py")):
        if which(path.stem) and path.parent.name != "migrations":
            yield parsed(path)


def functions(trees: Iterable[ast.Module]) -> Functions:
    """Functions and methods by name.

    Those with the same name count as one, with the statements of all.
    """
    found: Functions = {}
    for node in (node for tree in trees for node in ast.walk(tree)):
        if isinstance(node, ast.AsyncFunctionDef | ast.FunctionDef):
            if node.name in found:
                both = copy.copy(node)
                both.body = [*found[node.name].body, *node.body]
                found[node.name] = both
            else:
                found[node.name] = node
    return found


def jobs(service: str) -> dict[str, str]:
    """The function of each kind of job, from dictionaries like `{"ship": self.ship}`."""
    dicts = [node for tree in modules(service) for node in ast.walk(tree) if isinstance(node, ast.Dict)]
    return {
        key.value: value.attr
        for node in dicts
        for key, value in zip(node.keys, node.values, strict=True)
        if isinstance(key, ast.Constant) and isinstance(key.value, str) and isinstance(value, ast.Attribute)
    }


def in_order(node: ast.AST) -> Iterator[ast.Call]:
    """The calls within a node in the order of the source."""
    calls = [found for found in ast.walk(node) if isinstance(found, ast.Call)]
    return iter(sorted(calls, key=lambda call: (call.func.end_lineno or 0, call.func.end_col_offset or 0)))


def peer_call(call: ast.Call) -> str | None:
    """The call to another service, if it is one.

    It looks like `….catalog.reserve_stock(…)` on a shop, or `catalog.list_products(…)` on its part. `as_itself()`
    counts as a call for the service's own token.
    """
    if not isinstance(call.func, ast.Attribute):
        return None
    owner = call.func.value
    if isinstance(owner, ast.Attribute) and owner.attr == "with_headers":
        owner = owner.value
    name = owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", None)
    if name in NAMES:
        return f"{name}.{call.func.attr}"
    return OWN_TOKEN if call.func.attr == "as_itself" else None


def calls_for_tokens(service: str) -> set[str]:
    """The calls of `kit/issuer.py`, which each service makes to verify tokens unless it has an issuer of its own."""
    if (SERVICES / service / "issuer.py").exists():
        return set()
    calls = (peer_call(call) for function in functions([parsed(ISSUER)]).values() for call in in_order(function))
    return {call for call in calls if call}


def own_paths(service: str) -> set[str]:
    """The paths of the service itself that its code names, as the sandbox of Payments names that of its webhooks."""
    nodes = [node for tree in modules(service) for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    return {str(node.value) for node in nodes if re.fullmatch(f"/{service}/[a-z/]+", str(node.value))}


def added_job(call: ast.Call) -> str | None:
    """The kind of the job that a call adds to an outbox, if it adds one: `connection.add("ship", key)`."""
    match call:
        case ast.Call(func=ast.Attribute(attr="add"), args=[ast.Constant(value=str(kind)), *_]):
            return kind
    return None


def steps(start: ast.AST, owner: str, known: Functions, work: Mapping[str, str] | None = None) -> Iterator[str]:
    """The calls to other services and the kinds of new jobs that a function leads to, in the order of the source.

    Args:
        owner: the name of the domain object in the function.
        known: the functions of the domain.
        work: the functions of the jobs to follow too, by kind.
    """
    seen, work = set[str](), work or {}

    def follow(function: ast.AST, domain_object: str) -> Iterator[str]:
        for call in in_order(function):
            name = None
            if isinstance(call.func, ast.Name):
                name = call.func.id
            elif isinstance(call.func, ast.Attribute) and root(call.func) == domain_object:
                name = call.func.attr
            elif step := peer_call(call) or added_job(call):
                yield step
                name = work.get(step)
            if name in known and name not in seen:
                seen.add(name)
                yield from follow(known[name], "self")

    yield from follow(start, owner)


def root(node: ast.expr) -> str | None:
    """The start of a chain of public attributes: `self` in `self.checkouts.buy`, None in `self._store.add`."""
    while isinstance(node, ast.Attribute):
        node = node.value
        if isinstance(node, ast.Attribute) and node.attr.startswith("_"):
            return None
    return node.id if isinstance(node, ast.Name) else None
