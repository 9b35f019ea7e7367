"""`minishop doctor`: unsafe settings, the risk of each, and its fix."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from ...services.settings import Settings
from .checks import CHECKS
from .finding import Finding, Installation


def findings(settings: Settings, environment: Mapping[str, str]) -> list[Finding]:
    """All findings in the settings, the unsafe ones first."""
    installation = Installation(settings, environment)
    return unsafe_first(finding for check in CHECKS for finding in check(installation))


async def findings_around(installation: Installation) -> list[Finding]:
    """All findings in the surroundings of the processes, the unsafe ones first."""
    from . import deployment, machine
    from .databases import databases

    found = [finding for check in machine.CHECKS for finding in check(installation)]
    found += [finding for check in (*deployment.CHECKS, databases) async for finding in check(installation)]
    return unsafe_first(found)


def unsafe_first(found: Iterable[Finding]) -> list[Finding]:
    """Sort findings by severity."""
    return sorted(found, key=lambda finding: finding.severity != "unsafe")


def doctor(
    data_dir: Annotated[
        Path, typer.Option(envvar="MINISHOP_DATA_DIR", help="The folder of the SQLite files and the mailbox.")
    ] = Path("data"),
    deployment: Annotated[
        bool,
        typer.Option(
            "--deployment",
            help="Check the surroundings too: the other services, the databases, clocks, secrets, network policies, "
            "open files and free space. Run it where a service runs.",
        ),
    ] = False,
    replicas: Annotated[
        int, typer.Option(min=1, help="The processes of each service: replicas times workers. For --deployment.")
    ] = 1,
) -> None:
    """List unsafe settings and how to fix them.

    It reads the same environment variables as `minishop up` and `minishop serve`. The exit code is 1 if there are any.
    """
    settings = Settings(data_dir=data_dir)
    found = findings(settings, os.environ)
    if deployment:
        found += asyncio.run(findings_around(Installation(settings, os.environ, replicas)))
        found = unsafe_first(found)
    console = Console()
    for finding in found:
        severity = Text(f"{finding.severity:<8}", "bold red" if finding.severity == "unsafe" else "yellow")
        # Lines instead of a table: a name is never truncated, and can be copied at any width.
        console.print(severity + Text(finding.what, "bold"), soft_wrap=True)
        console.print(Text(f"{'':<8}{finding.why}\n{'':<8}{finding.remedy}\n"), soft_wrap=True, highlight=False)
    unsafe = sum(finding.severity == "unsafe" for finding in found)
    console.print(f"[bold red]Unsafe: {unsafe}[/]" if unsafe else "[bold green]Nothing is unsafe.[/]")
    sys.exit(1 if unsafe else 0)
