"""One run: a new shop, Schemathesis on one service of it, and the results."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import httpx

from minishop_client import ApiError, AsyncMinishop

from ...kit.clock import monotonic
from ...kit.documents import document, operations
from ...kit.settings import ServiceName
from ..audit.command import look
from ..audit.equations import check_service
from ..demo.seed import PASSWORD
from ..processes import environment, running_shop
from .causes import Log, failures
from .dialect import fuzzable
from .findings import ALONE, Finding, Plan, found, redacted
from .producers import producers
from .shop import ADMIN, identities, postgresql, prepare, settings
from .target import FOLDER_VARIABLE, GROUND_FILE, PROGRESS_FILE, RESULT_FILE

CONFIGURATION = Path(__file__).with_name("schemathesis.toml")
MOST_REPLAYED = 3
"""Operations of a service whose findings are looked for again by the operation alone: each takes some seconds."""
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """The results of fuzzing a service.

    Attributes:
        answers: how many of each status, by operation id, for all operations of the service.
        requests: a fingerprint of all requests; two runs that sent the same ones have the same.
    """

    service: ServiceName
    seconds: float
    answers: Mapping[str, Mapping[int, int]]
    requests: str
    findings: list[Finding]

    @property
    def count(self) -> int:
        """How many requests were sent to the operations."""
        return sum(sum(counts.values()) for counts in self.answers.values())

    def only_refused(self, operation: str) -> bool:
        """Whether no request to this operation got a response that is not an error."""
        return not any(200 <= status < 400 for status in self.answers[operation])


def fuzz(service: ServiceName, plan: Plan, reports: Path, tell: Tell) -> Outcome:
    """Fuzz one service, and leave its reports in the folder.

    Args:
        tell: receives the progress, a few times a second.

    Raises:
        Unavailable: the shop does not start.
    """
    outcome = _outcome(service, plan, reports, tell)
    if plan.operation is not None or plan.seconds is not None:
        return outcome
    return replace(outcome, findings=_replayed(outcome, plan, tell))


def _replayed(outcome: Outcome, plan: Plan, tell: Tell) -> list[Finding]:
    """The findings, with the command for their operation alone if that command finds them again.

    It is tried, because an operation may depend on others in ways that the document does not show.
    """
    alone = dict.fromkeys(finding.operation for finding in outcome.findings if finding.phase in ALONE)
    operations_alone = [operation for operation in alone if operation in outcome.answers][:MOST_REPLAYED]
    findings = outcome.findings
    for operation in operations_alone:
        with tempfile.TemporaryDirectory(prefix="minishop-fuzz-") as reports:
            tell(f"trying {operation} alone")
            again = _outcome(outcome.service, replace(plan, operation=operation), Path(reports), lambda text: None)
        seen = {finding.identity for finding in again.findings}
        findings = [
            replace(finding, replay=plan.replay(outcome.service, operation))
            if finding.operation == operation and finding.identity in seen
            else finding
            for finding in findings
        ]
    return findings


def _outcome(service: ServiceName, plan: Plan, reports: Path, tell: Tell) -> Outcome:
    started = monotonic()
    reports.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="minishop-fuzz-") as folder:
        result, exit_code = _fuzz(service, plan, reports, Path(folder), tell)
    for suffix in ("txt", "xml"):
        written = reports / f"{service}.{suffix}"
        if written.exists():
            written.write_text(redacted(written.read_text("utf-8")), "utf-8")
    names = {label: operation["operationId"] for label, operation in operations(document(service)).items()}
    answers = {
        name: {int(status): n for status, n in result["answers"].get(label, {}).items()}
        for label, name in names.items()
    }
    noted = {name: result["fields"].get(label, []) for label, name in names.items()}
    (reports / f"{service}.json").write_text(json.dumps({"answers": answers, "fields": noted}), "utf-8")
    findings = found(service, plan, result["findings"], result["failures"], result["url"])
    failed = {finding.operation for finding in findings if finding.log}
    findings += [finding for finding in _unreached(service, plan, answers) if finding.operation not in failed]
    replay = plan.replay(service, plan.operation)
    findings += [Finding(service, "-", "audit", text, replay) for text in result["audited"]]
    if exit_code and not findings:
        reason = f"Schemathesis ended with {exit_code}, see {reports / service}.txt"
        findings.append(Finding(service, "-", "run", reason, replay))
    return Outcome(service, monotonic() - started, answers, result["requests"], findings)


def _fuzz(service: ServiceName, plan: Plan, reports: Path, folder: Path, tell: Tell) -> tuple[dict[str, Any], int]:
    """The recorder's notes, with the failures and the shop's address, and the exit code of Schemathesis."""
    log = (reports / f"{service}.log").absolute()
    tell("starting a shop")
    opened: AbstractContextManager[dict[str, str]] = postgresql() if plan.postgres else nullcontext({})
    with (
        opened as addresses,
        running_shop(folder, folder / "data", settings(addresses), log) as (_, url),
    ):
        (folder / GROUND_FILE).write_text(json.dumps(asdict(prepare(url, folder / "data"))), "utf-8")
        (folder / "identities.json").write_text(json.dumps({"auth": identities()}), "utf-8")
        (folder / "spec.json").write_text(json.dumps(fuzzable(document(service))), "utf-8")
        exit_code = _run_schemathesis(service, plan, reports, folder, url, tell)
        written = folder / RESULT_FILE
        nothing: dict[str, Any] = {"answers": {}, "fields": {}, "requests": "", "failed": [], "findings": []}
        result = json.loads(written.read_text("utf-8")) if written.exists() else nothing
        tell("looking for causes")
        causes = failures(Log(log), result["failed"])
        tell("auditing the books")
        audited = asyncio.run(_audit(url))
    return {**result, "url": url, "failures": causes, "audited": audited}, exit_code


async def _audit(url: str) -> list[str]:
    """The discrepancies within each service's books.

    The books are not compared with each other, because the fuzzer calls each service arbitrarily.
    """
    try:
        async with AsyncMinishop(url) as shop:
            _, findings = await look(shop.login(ADMIN, PASSWORD), limit=60, patience=10, rules=check_service)
    except (ApiError, httpx.TransportError) as error:
        return [f"They cannot be read: {type(error).__name__}"]
    return [str(finding) for finding in findings]


def _run_schemathesis(service: ServiceName, plan: Plan, reports: Path, folder: Path, url: str, tell: Tell) -> int:
    options = [f"--seed={plan.seed}", f"--max-examples={plan.examples}"]
    options += [] if plan.seconds is None else [f"--max-time={plan.seconds}"]
    if plan.operation is not None:
        included = [plan.operation, *producers(document(service), plan.operation)]
        options += [f"--include-operation-id={name}" for name in included]
        options += [f"--phases={','.join(ALONE)}", "--warnings=off"]
    junit = f"--report-junit-path={reports.absolute() / service}.xml"
    with (reports / f"{service}.txt").open("w", encoding="utf-8") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "schemathesis.cli", f"--config-file={CONFIGURATION}", "run", "spec.json",
             f"--url={url}", "--no-color", "--report=junit", junit, *options],
            # Python's own seed, too: some generated values come out of sets.
            env=environment({"PYTHONHASHSEED": "0", "PYTHONUNBUFFERED": "1", FOLDER_VARIABLE: str(folder)}),
            cwd=folder,
            stdout=output,
            stderr=subprocess.STDOUT,
        )  # fmt: skip
        progress = folder / PROGRESS_FILE
        while True:
            try:
                return process.wait(0.3)
            except subprocess.TimeoutExpired:
                tell(progress.read_text("utf-8") if progress.exists() else "reading the document")


def _unreached(service: ServiceName, plan: Plan, answers: Mapping[str, Mapping[int, int]]) -> list[Finding]:
    """Operations that never answered with success: nothing behind them was tested.

    One that is fuzzed alone may find nothing to succeed with.
    """
    return [
        Finding(service, operation, "success", "No answer was a success", plan.replay(service, None))
        for operation, counts in answers.items()
        if plan.operation is None and not any(200 <= status < 300 for status in counts)
    ]
