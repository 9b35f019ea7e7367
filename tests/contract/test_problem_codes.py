"""The problems that the services raise are the problems of the documents."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

from minishop_contracts.problems import PROBLEMS
from minishop_server import services
from minishop_server.kit.problems import Conflict, Problem, Unprocessable

BASES = {Conflict.code, Unprocessable.code}
"""No operation answers with these: their subclasses name the conflict, or are of the command line."""


def problems(problem: type[Problem] = Problem) -> Iterator[type[Problem]]:
    """The problem and all its subclasses in the server."""
    if problem.__module__.startswith("minishop_server.") and problem.code not in BASES:
        yield problem
    for subclass in problem.__subclasses__():
        yield from problems(subclass)


def test_each_problem_has_the_status_and_the_title_of_its_code() -> None:
    for module in pkgutil.walk_packages(services.__path__, f"{services.__name__}."):
        if ".migrations" not in module.name:
            importlib.import_module(module.name)

    raised = {(problem.code, problem.status, problem.title) for problem in problems()}

    assert {(code, status, title) for code, (status, title, _, _) in PROBLEMS.items()} == raised
