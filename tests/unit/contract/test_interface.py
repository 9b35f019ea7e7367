"""Differences between handlers and their interface, and the messages about them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from types import ModuleType
from typing import Any, Literal, Protocol, TypedDict, TypeVar

import pytest
from pydantic import BaseModel

from minishop_contracts.reply import Reply
from minishop_server.contract.interface import hold

Domain = TypeVar("Domain", contravariant=True)
Caller = TypeVar("Caller", contravariant=True)


class NewName(BaseModel):
    """A body."""


class Thing(TypedDict):
    """An answer."""

    name: str


class OtherThing(TypedDict):
    """An answer of the same shape, of another operation."""

    name: str


class Handlers(Protocol[Domain, Caller]):
    """An interface as it is generated."""

    async def rename(
        self, domain: Domain, /, *, caller: Caller, body: NewName, number: int
    ) -> Thing | Reply[Thing]: ...

    async def search(
        self, domain: Domain, /, *, limit: int, kind: Literal["new", "old"] = ..., ids: list[int] = ...
    ) -> list[Thing] | Reply[list[Thing]]: ...


async def rename(domain: str, caller: str, body: NewName, number: int) -> Thing:
    return {"name": "it"}


async def search(
    domain: str, limit: int, kind: Literal["new", "old"] = "new", ids: list[int] | None = None
) -> Reply[list[Thing]]:
    return Reply([])


def refusal(**functions: Any) -> str:
    """The message about a module with these functions in place of the right ones, or without those that are None."""
    module = ModuleType("made_up")
    vars(module).update({"rename": rename, "search": search} | functions)
    for name in [name for name, function in functions.items() if function is None]:
        delattr(module, name)
    with pytest.raises(TypeError) as refused:
        hold(module, Handlers)
    return str(refused.value)


def test_a_handler_for_each_operation_is_what_the_interface_wants() -> None:
    module = ModuleType("made_up")
    vars(module).update(rename=rename, search=search, _private=rename, Thing=Thing, limit=20, helper=refusal)

    hold(module, Handlers)


def test_an_operation_without_a_handler_is_named() -> None:
    assert "made_up: no handler for the operation search" == refusal(search=None)


def test_a_function_that_is_not_async_is_no_handler() -> None:
    assert "made_up: no handler for the operation search" == refusal(search=lambda domain, limit, kind, ids: None)


def test_a_handler_without_an_operation_is_named() -> None:
    assert "made_up: no operation for the handler forget" == refusal(forget=rename)


def test_all_that_is_wrong_is_told_at_once() -> None:
    assert (
        "made_up: no handler for the operation rename; no handler for the operation search; "
        "no operation for the handler forget"
    ) == refusal(rename=None, search=None, forget=rename)


async def without_the_caller(domain: str, body: NewName, number: int) -> Thing: ...
async def with_more(domain: str, caller: str, body: NewName, number: int, more: int = 0) -> Thing: ...
async def with_another_name(domain: str, caller: str, body: NewName, amount: int) -> Thing: ...
async def with_another_type(domain: str, caller: str, body: NewName, number: str) -> Thing: ...
async def with_another_model(domain: str, caller: str, body: Thing, number: int) -> Thing: ...
async def without_a_type(domain, caller, body: NewName, number) -> Thing: ...
async def with_another_answer(domain: str, caller: str, body: NewName, number: int) -> OtherThing: ...
async def with_another_reply(domain: str, caller: str, body: NewName, number: int) -> Reply[OtherThing]: ...
async def with_any_reply(domain: str, caller: str, body: NewName, number: int) -> Reply: ...
async def without_an_answer(domain: str, caller: str, body: NewName, number: int): ...


@pytest.mark.parametrize(
    ("handler", "faults"),
    [
        (without_the_caller, ["does not take caller"]),
        (with_more, ["takes more, which the operation does not have"]),
        (with_another_name, ["does not take number", "takes amount, which the operation does not have"]),
        (with_another_type, ["number is not of the type int"]),
        (with_another_model, ["body is not of the type NewName"]),
        (without_a_type, ["caller has no type", "number has no type"]),
        *((wrong, ["does not answer Thing | Reply[Thing]"]) for wrong in (with_another_answer, with_another_reply)),
        *((wrong, ["does not answer Thing | Reply[Thing]"]) for wrong in (with_any_reply, without_an_answer)),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_handler_of_another_signature_is_refused(handler: Callable[..., Awaitable[Any]], faults: list[str]) -> None:
    told = "; ".join(f"handler rename: {fault}" for fault in faults)

    assert f"made_up: {told}" == refusal(rename=handler)


async def without_defaults(domain: str, limit: int, kind: str, ids: list[int] | None = None) -> list[Thing]: ...
async def with_fewer_values(domain: str, limit: int, kind: Literal["new"] = "new", ids: Any = None) -> list[Thing]: ...
async def of_other_items(domain: str, limit: int, kind: str = "", ids: list[str] = ()) -> list[Thing]: ...


@pytest.mark.parametrize(
    ("handler", "fault"),
    [
        (without_defaults, "kind may be left out, and needs a default"),
        (with_fewer_values, "kind is not of the type Literal['new', 'old']"),
        (of_other_items, "ids is not of the type list[int]"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_parameter_takes_all_that_may_come(handler: Callable[..., Awaitable[Any]], fault: str) -> None:
    assert f"made_up: handler search: {fault}" == refusal(search=handler)


async def test_a_parameter_may_take_more() -> None:
    async def wider(
        domain: str, limit: int | float, kind: str | None = None, ids: Sequence[int] | None = ()
    ) -> list[Thing] | Reply[list[Thing]]:
        return []

    module = ModuleType("made_up")
    vars(module).update(rename=rename, search=wider)

    hold(module, Handlers)
