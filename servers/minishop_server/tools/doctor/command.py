"""`minishop doctor`: unsafe settings, the risk of each, and its fix."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from ...services.settings import Settings
from .checks import CHECKS
from .finding import Finding, Installation


def findings(settings: Settings, environment: Mapping[str, str]) -> list[Finding]:
    """All findings, the unsafe ones first."""
    installation = Installation(settings, environment)
    found = [finding for check in CHECKS for finding in check(installation)]
    return sorted(found, key=lambda finding: finding.severity != "unsafe")


def doctor(
    data_dir: Annotated[
        Path, typer.Option(envvar="MINISHOP_DATA_DIR", help="The folder of the SQLite files and the mailbox.")
    ] = Path("data"),
) -> None:
    """List unsafe settings and how to fix them.

    It reads the same environment variables as `minishop up` and `minishop serve`. The exit code is 1 if there are any.
    """
    found = findings(Settings(data_dir=data_dir), os.environ)
    console = Console()
    for finding in found:
        severity = Text(f"{finding.severity:<8}", "bold red" if finding.severity == "unsafe" else "yellow")
        # Lines instead of a table: a name is never truncated, and can be copied at any width.
        console.print(severity + Text(finding.what, "bold"), soft_wrap=True)
        console.print(Text(f"{'':<8}{finding.why}\n{'':<8}{finding.remedy}\n"), soft_wrap=True, highlight=False)
    unsafe = sum(finding.severity == "unsafe" for finding in found)
    console.print(f"[bold red]Unsafe: {unsafe}[/]" if unsafe else "[bold green]Nothing is unsafe.[/]")
    sys.exit(1 if unsafe else 0)
