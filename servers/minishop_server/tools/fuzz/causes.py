"""The causes of failed responses, from the log of the fuzzed shop.

A service answers 500 if its response breaks the contract or its code raises an exception. The response never says
which, so a check of Schemathesis can only repeat the status. The log has the cause, with the id of the request.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import orjson

from .shrinking import Request, as_sent, shrunk

MOST_LINES = 20
_FRAME = re.compile(r'File "([^"]+)", line (\d+), in (\S+)')


@dataclass(frozen=True, slots=True)
class Cause:
    """A breach of the contract by a response, or an exception: the same one at the same place.

    Attributes:
        operation: the id of the failed operation, of any service.
        check: `contract` or `exception`.
        words: the cause in words, without values.
    """

    operation: str
    check: str
    words: str


class Log:
    """The log of a running shop, read as it grows.

    Attributes:
        requests: the ids of the requests in which each cause occurred, in the order of the log and with repetitions.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._read = 0
        self._lines: dict[str, list[str]] = {}
        self.requests: dict[Cause, list[str]] = {}

    def read_on(self) -> None:
        """Read the lines that were written since the last time."""
        with self._path.open("rb") as file:
            file.seek(self._read)
            text = file.read()
        whole = text[: text.rfind(b"\n") + 1]
        self._read += len(whole)
        for line in whole.splitlines():
            self._note(line)

    def _note(self, line: bytes) -> None:
        try:
            event = orjson.loads(line)
        except ValueError:
            return  # of the terminal, for example the address
        if not isinstance(event, dict) or "request_id" not in event:
            return
        request = event["request_id"]
        self._lines.setdefault(request, []).append(line.decode())
        cause = cause_of(event)
        if cause is not None:
            self.requests.setdefault(cause, []).append(request)

    def lines(self, request: str) -> list[str]:
        """The lines with this request id, at most 20."""
        return self._lines.get(request, [])[:MOST_LINES]


def cause_of(event: Mapping[str, Any]) -> Cause | None:
    """The cause that a line of the log gives, if it does."""
    operation = event.get("operation") or "no operation"
    if event["event"] == "response_breaks_contract":
        return Cause(operation, "contract", f"{event['breach']} ({event['status']} of {operation})")
    if event["event"] == "unhandled_exception":
        return Cause(operation, "exception", f"{_place(event['exception'])} (an exception in {operation})")
    return None


def _place(trace: str) -> str:
    """The type of an exception and the last line of its trace."""
    frames = _FRAME.findall(trace)
    kind = trace.rstrip().rpartition("\n")[2]
    if not frames:
        return kind
    file, line, function = frames[-1]
    return f"{kind} at {Path(file).name}:{line} in {function}"


@dataclass(frozen=True, slots=True)
class Failure:
    """A cause with everything that shows it.

    Attributes:
        count: how often it occurred.
        requests: the ids of the requests in which it occurred.
        labels: the operations of these requests, in Schemathesis's names, and the phases.
        shortest: the shortest of the noted requests that shows it, shrunk if it shows it again; None if only requests
            of the hooks and of other services show it.
        lines: the lines of the log with the id of that request.
    """

    cause: Cause
    count: int
    requests: frozenset[str]
    labels: tuple[tuple[str, str], ...]
    shortest: Request | None
    answer: str
    lines: list[str]


def failures(log: Log, noted: Sequence[Mapping[str, Any]]) -> list[Failure]:
    """Every cause in the log of a shop that still runs.

    Args:
        noted: the recorder's notes about failed requests.
    """
    log.read_on()
    rows = {row["request_id"]: row for row in noted}
    with httpx.Client(timeout=10) as client:
        return [_failure(log, cause, requests, rows, client) for cause, requests in list(log.requests.items())]


def _failure(
    log: Log, cause: Cause, requests: Sequence[str], rows: Mapping[str, Mapping[str, Any]], client: httpx.Client
) -> Failure:
    count = len(requests)
    known = [rows[request] for request in dict.fromkeys(requests) if request in rows]
    shown = min(known, key=lambda row: len(row["url"]) + len(row["body"]), default=None)
    shown_by = requests[0] if shown is None else shown["request_id"]
    request = None
    if shown is not None:
        request = as_sent(shown["method"], shown["url"], shown["headers"], shown["body"])
        last = shown_by

        def fails(candidate: Request) -> bool:
            nonlocal last
            try:
                sent = candidate.send(client).headers.get("X-Request-ID", "")
            except (httpx.HTTPError, httpx.InvalidURL, ValueError, TypeError):
                return False
            log.read_on()
            if sent not in log.requests[cause]:
                return False
            last = sent
            return True

        if fails(request):
            request = shrunk(request, fails)
            shown_by = last
    labels = tuple(dict.fromkeys((row["label"], row["phase"]) for row in known))
    answer = "" if shown is None else shown["answer"]
    return Failure(cause, count, frozenset(requests), labels, request, answer, log.lines(shown_by))
