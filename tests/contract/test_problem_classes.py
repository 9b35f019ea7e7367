"""Each problem code is the code of one class, which stands where its service has its errors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from importlib import import_module

import pytest

from minishop_server.kit.problems import Problem
from minishop_server.kit.settings import SERVICES


def subclasses(kind: type[Problem]) -> Iterator[type[Problem]]:
    """The classes of problems in all modules that were imported."""
    for each in kind.__subclasses__():
        yield each
        yield from subclasses(each)


def with_a_code(room: str) -> list[type[Problem]]:
    """The classes of these modules that set a code."""
    for service in SERVICES:
        import_module(f"minishop_server.services.{service}.lifespan")
    found = subclasses(Problem)
    return [each for each in found if each.__module__.startswith(f"minishop_server.{room}.") and "code" in vars(each)]


@pytest.mark.parametrize("room", ["kit", *(f"services.{service}" for service in SERVICES)])
def test_a_code_is_that_of_one_class(room: str) -> None:
    shared = {each.code for each in with_a_code("kit")} if room != "kit" else set()
    codes = Counter(each.code for each in with_a_code(room))

    assert [] == [code for code, count in codes.items() if count > 1 or code in shared]


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_has_the_classes_of_its_codes_in_one_module(service: str) -> None:
    modules = {each.__module__ for each in with_a_code(f"services.{service}")}

    assert modules <= {f"minishop_server.services.{service}.errors"}
