"""The findings of a run, without secrets."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ...kit.documents import document, operations
from ...kit.redaction import REDACTED, redacted_text
from ...kit.settings import ServiceName
from ..demo.seed import PASSWORD
from .causes import Failure
from .shop import SECRET

SEED, EXAMPLES = 20251006, 50
SUMMARY_LENGTH = 300
ALONE = ("examples", "coverage", "fuzzing")
"""The phases that test each operation alone, unlike the one in which a request follows from others."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How to fuzz.

    Attributes:
        seed: the same one sends the same requests.
        examples: how many an operation gets in each phase.
        seconds: fuzz for so long instead of for so many examples.
        operation: its id, to fuzz it alone.
        postgres: whether the shop runs on PostgreSQL.
    """

    seed: int = SEED
    examples: int = EXAMPLES
    seconds: int | None = None
    operation: str | None = None
    postgres: bool = False

    def replay(self, service: ServiceName, operation: str | None) -> str:
        """The command that sends the requests of a finding again."""
        words = ["minishop", "fuzz", service]
        words += [] if operation is None else ["--operation", operation]
        words += ["--seed", str(self.seed)]
        words += [] if self.examples == EXAMPLES else ["--max-examples", str(self.examples)]
        words += [] if self.seconds is None else ["--time", str(self.seconds)]
        words += ["--postgres"] if self.postgres else []
        return shlex.join(words)


@dataclass(frozen=True, slots=True)
class Finding:
    """A breach of the document.

    Attributes:
        operation: its id, or Schemathesis's name of the place if there is none.
        check: the one that failed.
        reason: why; the first line is the shortest way to say it.
        phase: of Schemathesis.
        requests: the requests that lead there, as curl commands.
        answer: status, some headers and the beginning of the body.
        replay: the command that finds it again.
        log: the lines of the log with the id of the request, if they give the cause.
        count: how often the cause occurred.
    """

    service: ServiceName
    operation: str
    check: str
    reason: str
    replay: str
    phase: str = ""
    requests: Sequence[str] = ()
    answer: str = ""
    log: Sequence[str] = ()
    count: int = 1

    @property
    def identity(self) -> tuple[str, str, str]:
        """The same for findings of two runs that have the same cause."""
        return self.operation, self.check, self.reason.splitlines()[0] if self.log else ""

    def __str__(self) -> str:
        if self.log:  # the cause explains the status
            times = "once" if self.count == 1 else f"{self.count} times"
            cause = f"{self.reason.splitlines()[0]}, {times}"
            return f"{self.service} {self.operation} {self.check}: {cause} [replay: {self.replay}]"
        status = f"{self.answer.splitlines()[0]}: " if self.answer else ""
        summary = " ".join(self.reason.split())
        if len(summary) > SUMMARY_LENGTH:
            summary = f"{summary[:SUMMARY_LENGTH]} …"
        return f"{self.service} {self.operation} {self.check}: {status}{summary} [replay: {self.replay}]"


def with_operation(services: Sequence[ServiceName], operation: str | None) -> list[ServiceName]:
    """The services that have an operation with this id, or all of them for None."""
    ids = {service: {each["operationId"] for each in operations(document(service)).values()} for service in services}
    return [service for service in services if operation is None or operation in ids[service]]


def found(
    service: ServiceName, plan: Plan, rows: Sequence[Mapping[str, Any]], failures: Sequence[Failure], url: str
) -> list[Finding]:
    """The findings about a shop at this address: one for each cause in its log, and the failed checks that have none.

    Args:
        rows: the recorder's notes.
    """
    ids = {label: operation["operationId"] for label, operation in operations(document(service)).items()}
    explained = {request for failure in failures for request in failure.requests}
    failed = {label for failure in failures for label, _ in failure.labels}
    findings = [_of_cause(service, plan, failure, rows, ids, url) for failure in failures]
    for row in rows:
        # A warning about an operation that fails is a result of the failure.
        if row.get("request_id") in explained or (row["check"] == "warning" and row["label"] in failed):
            continue
        findings.append(
            Finding(
                service=service,
                operation=ids.get(row["label"], row["label"]),
                check=row["check"],
                reason=redacted(row["reason"]),
                replay=plan.replay(service, plan.operation),
                phase=row.get("phase", ""),
                requests=[_to_be_sent(text, url) for text in row.get("requests", ())],
                answer=redacted(row.get("answer", "")),
            )
        )
    return findings


def _of_cause(
    service: ServiceName,
    plan: Plan,
    failure: Failure,
    rows: Sequence[Mapping[str, Any]],
    ids: Mapping[str, str],
    url: str,
) -> Finding:
    # Those of an operation alone come first, because a shorter command may find them again.
    label, phase = min(failure.labels, key=lambda place: place[1] not in ALONE, default=("", ""))
    checks = dict.fromkeys(row["check"] for row in rows if row.get("request_id") in failure.requests)
    reason = failure.cause.words
    return Finding(
        service=service,
        operation=ids.get(label, failure.cause.operation),
        check=failure.cause.check,
        reason=redacted("\n".join([reason, f"Failed checks: {', '.join(checks)}"] if checks else [reason])),
        replay=plan.replay(service, plan.operation),
        phase=phase,
        requests=[] if failure.shortest is None else [_to_be_sent(failure.shortest.curl(), url)],
        answer=redacted(failure.answer),
        log=[redacted(line) for line in failure.lines],
        count=failure.count,
    )


def _to_be_sent(command: str, url: str) -> str:
    """A curl command for the shop of `minishop up`, with a token of one's own."""
    command = redacted(command).replace(url, "http://127.0.0.1:8000")
    return command.replace(f"'Authorization: {REDACTED}'", '"Authorization: Bearer $TOKEN"')


def redacted(text: str) -> str:
    """The text without secrets, those of the fuzzed shop itself included."""
    return redacted_text(text.replace(PASSWORD, REDACTED).replace(SECRET, REDACTED))
