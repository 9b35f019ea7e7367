"""`minishop fuzz`: the runs, their progress and the summary."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from ...kit.settings import ServiceName
from .findings import Plan
from .report import write_page
from .run import Outcome, fuzz

# A shop and its fuzzer wait for each other, and one core is enough for two pairs.
AT_ONCE = max(2, 2 * (os.cpu_count() or 1))


def fuzz_services(services: Sequence[ServiceName], plan: Plan, reports: Path, console: Console) -> int:
    """Fuzz each service in its own shop, print the results, and write the reports.

    Returns:
        The exit code: 1 if there are findings.
    """
    console.print(f"Fuzzing with seed {plan.seed}" + (" on PostgreSQL" if plan.postgres else ""))
    outcomes = _outcomes(services, plan, reports, console)
    for finding in (finding for outcome in outcomes for finding in outcome.findings):
        console.print(str(finding), soft_wrap=True, markup=False, highlight=False)
    page = write_page(outcomes, plan, reports)
    total = sum(len(outcome.findings) for outcome in outcomes)
    console.print(f"Findings: {total}, see {page}" if total else f"Nothing found; the counts are in {page}")
    return 1 if total else 0


def _outcomes(services: Sequence[ServiceName], plan: Plan, reports: Path, console: Console) -> list[Outcome]:
    columns = (
        SpinnerColumn(),
        TextColumn("{task.fields[service]:14}"),
        TimeElapsedColumn(),
        TextColumn("{task.description}"),
    )
    pool = ThreadPoolExecutor(AT_ONCE)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:

        def run(service: ServiceName) -> Outcome:
            task = progress.add_task("", service=service, total=None)
            try:
                return fuzz(service, plan, reports, lambda text: progress.update(task, description=text))
            finally:
                progress.remove_task(task)

        try:
            running = {pool.submit(run, service): service for service in services}
            for future in as_completed(running):
                _tell(future.result(), console)
        finally:
            pool.shutdown(cancel_futures=True)
    return [future.result() for future in running]


def _tell(outcome: Outcome, console: Console) -> None:
    verdict = f"findings: {len(outcome.findings)}" if outcome.findings else "ok"
    console.print(
        f"{outcome.service:14} {outcome.count:6} requests {outcome.seconds:6.1f} s   {verdict}", highlight=False
    )
