"""`minishop fuzz`: the runs, their progress and the summary."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from ...kit.settings import ServiceName
from .findings import Finding, Plan
from .report import write_page
from .run import Outcome, fuzz

FOUND, REFUSED = 1, 3
"""Exit codes."""
# A shop and its fuzzer wait for each other, and one core is enough for two pairs.
AT_ONCE = max(2, 2 * (os.cpu_count() or 1))


def fuzz_services(services: Sequence[ServiceName], plan: Plan, reports: Path, console: Console) -> int:
    """Fuzz each service in its own shop, print the results, and write the reports.

    Returns:
        The exit code: 1 if there are findings, and 3 if there are none because the operation of the plan refused all
        requests.
    """
    console.print(f"Fuzzing with seed {plan.seed}" + (" on PostgreSQL" if plan.postgres else ""))
    outcomes = _outcomes(services, plan, reports, console)
    for finding in (finding for outcome in outcomes for finding in outcome.findings):
        for line in (str(finding), *_shown(finding)):
            console.print(line, soft_wrap=True, markup=False, highlight=False)
    page = write_page(outcomes, plan, reports)
    total = sum(len(outcome.findings) for outcome in outcomes)
    if total:
        console.print(f"Findings: {total}, see {page}")
        return FOUND
    refused = [outcome.service for outcome in outcomes if plan.operation and outcome.only_refused(plan.operation)]
    if refused:
        console.print(
            f"Nothing was tested: {plan.operation} of {', '.join(refused)} refused every request; "
            f"the counts are in {page}. Try a run without --operation.",
            soft_wrap=True,
        )
        return REFUSED
    console.print(f"Nothing found; the counts are in {page}")
    return 0


def _shown(finding: Finding) -> list[str]:
    """The smallest request with the cause, and the lines of the log with its id."""
    return [f"  {line}" for line in (*finding.requests, *finding.log)] if finding.log else []


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
