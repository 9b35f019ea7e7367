"""Compares the handlers of a service with its generated interface before the service starts."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from functools import cache
from types import ModuleType, UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints


@cache
def hold(handlers: ModuleType, interface: type) -> None:
    """Check that each operation has its handler, and that each public async function of the module is one.

    A handler takes every argument of its operation by name and in its whole type, has a default for an optional one,
    and returns the documented shape.

    Raises TypeError, which lists all differences.
    """
    wanted = _public_coroutines(vars(interface))
    present = _public_coroutines(vars(handlers))
    faults = [f"no handler for the operation {name}" for name in wanted if name not in present]
    faults += [f"no operation for the handler {name}" for name in present if name not in wanted]
    for name in wanted.keys() & present.keys():
        faults += [f"handler {name}: {fault}" for fault in _faults(present[name], wanted[name])]
    if faults:
        raise TypeError(f"{handlers.__name__}: {'; '.join(sorted(faults))}")


def _public_coroutines(names: Mapping[str, Any]) -> dict[str, Any]:
    return {name: found for name, found in names.items() if name[0] != "_" and inspect.iscoroutinefunction(found)}


def _faults(handler: Any, operation: Any) -> Iterator[str]:
    takes, given = _keywords(handler, skip=1), _keywords(operation, skip=2)  # the domain; `self` and the domain
    types, documented = get_type_hints(handler), get_type_hints(operation)
    written = operation.__annotations__
    yield from (f"does not take {name}" for name in given if name not in takes)
    yield from (f"takes {name}, which the operation does not have" for name in takes if name not in given)
    for name in given.keys() & takes.keys():
        if given[name].default is not inspect.Parameter.empty and takes[name].default is inspect.Parameter.empty:
            yield f"{name} may be left out, and needs a default"
        if name not in types:
            yield f"{name} has no type"
        elif not _covers(types[name], documented[name]):
            yield f"{name} is not of the type {written[name]}"
    if "return" not in types or not _covers(documented["return"], types["return"]):
        yield f"does not answer {written['return']}"


def _keywords(function: Any, skip: int) -> dict[str, inspect.Parameter]:
    return dict(list(inspect.signature(function).parameters.items())[skip:])


def _covers(wide: Any, narrow: Any) -> bool:
    """Whether a type includes another, for the types that occur in interfaces."""
    if wide == narrow or wide is Any or isinstance(narrow, TypeVar):  # the interface leaves the type variables open
        return True
    if get_origin(narrow) in (Union, UnionType):
        return all(_covers(wide, part) for part in get_args(narrow))
    if get_origin(wide) in (Union, UnionType):
        return any(_covers(part, narrow) for part in get_args(wide))
    if get_origin(narrow) is Literal:
        values = set(get_args(wide)) if get_origin(wide) is Literal else set()
        return all(value in values or wide is type(value) for value in get_args(narrow))
    outer, inner = get_origin(wide), get_origin(narrow)
    if inspect.isclass(outer) and inspect.isclass(inner) and issubclass(inner, outer):
        return all(map(_covers, get_args(wide), get_args(narrow)))
    return False
