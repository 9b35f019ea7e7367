"""Within Schemathesis: records requests and results, for `run.py` to read."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import schemathesis
from schemathesis.cli import handler
from schemathesis.cli.commands.run.context import ExecutionContext
from schemathesis.cli.commands.run.handlers import EventHandler
from schemathesis.cli.commands.run.handlers.output import warning_blocks
from schemathesis.core.failures import Failure
from schemathesis.core.transport import Response
from schemathesis.engine import events
from schemathesis.engine.statistic import GroupedFailures

from .observed_fields import Field, fields
from .target import FOLDER_VARIABLE, PROGRESS_FILE, RESULT_FILE

FOLDER = Path(os.environ[FOLDER_VARIABLE])
BODY_LENGTH = 2000
RANDOM = re.compile(r"SES-[0-9a-f]{32}|(?<=refresh_token\": \")[A-Za-z0-9_-]{43}")
"""Values that Auth generates, independent of the seed."""
SHOWN_HEADERS = ("content-type", "location", "etag", "allow", "retry-after", "www-authenticate", "x-request-id")

_answers: dict[str, Counter[int]] = defaultdict(Counter)
_fields: dict[str, set[Field]] = defaultdict(set)
_requests = hashlib.sha256()
_failed: list[dict[str, object]] = []
"""The requests that were answered with 5xx, as they were sent."""


def note(case: schemathesis.Case[Any], response: Response) -> None:
    """Count an answer to an operation, note its fields, and add the request to the fingerprint of all."""
    label, request = case.operation.label, response.request
    meant = case.method.upper() == case.operation.method.upper()
    # A method that the document does not name is refused for every operation of the path.
    if meant or response.status_code == 405:
        _answers[label][response.status_code] += 1
    if meant:
        query = request.path_url.partition("?")[2]
        headers = {name: _text(value) for name, value in request.headers.items()}
        body = request.body.encode() if isinstance(request.body, str) else request.body
        sent = body if isinstance(body, bytes) else b""
        _fields[label] |= fields(query, headers, sent, response.status_code, response.content)
    if response.status_code >= 500:
        _failed.append(_sent(case, response))
    drawn = RANDOM.sub("…", f"{request.method} {request.path_url} {request.body!r}\n")
    _requests.update(drawn.encode())


def _sent(case: schemathesis.Case[Any], response: Response) -> dict[str, object]:
    request = response.request
    body = request.body.encode() if isinstance(request.body, str) else request.body
    return {
        "request_id": _request_id(response),
        "label": case.operation.label,
        "phase": "" if case.meta is None else case.meta.phase.name.value,
        "method": request.method,
        "url": request.url,
        "headers": {name: _text(value) for name, value in request.headers.items()},
        "body": _text(body if isinstance(body, bytes) else b""),
        "answer": _shown(response),
    }


def _request_id(response: Response) -> str:
    return ", ".join(response.headers.get("x-request-id", ()))


def _text(value: str | bytes) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else value


@handler()
class Recorder(EventHandler[ExecutionContext]):
    """Writes its progress to a file, and at the end all results."""

    def __init__(self, *args: object, **parameters: object) -> None:
        self._phases: dict[str, str] = {}

    def handle_event(self, ctx: ExecutionContext, event: events.EngineEvent) -> None:
        if isinstance(event, events.ScenarioStarted):
            label = event.label or ""
            count = sum(counts.total() for counts in _answers.values())
            (FOLDER / PROGRESS_FILE).write_text(f"{count} requests, {event.phase.name.lower()} {label}", "utf-8")
        elif isinstance(event, events.ScenarioFinished):
            for case_id in event.recorder.failing_case_ids():
                self._phases[case_id] = event.phase.name.lower()

    def shutdown(self, ctx: ExecutionContext) -> None:
        """The run is over, however it ended."""
        result = {
            "answers": _answers,
            "fields": {label: sorted(found) for label, found in _fields.items()},
            "requests": _requests.hexdigest(),
            "failed": _failed,
            "findings": [*self._failures(ctx), *_errors(ctx), *_warnings(ctx)],
        }
        (FOLDER / RESULT_FILE).write_text(json.dumps(result), "utf-8")

    def _failures(self, ctx: ExecutionContext) -> Iterator[dict[str, object]]:
        for label, groups in ctx.statistic.failures.items():
            for group in groups.values():
                for failure in group.failures:
                    yield {
                        "label": failure.operation or label,
                        "check": next(iter(failure.checks), type(failure).__name__),
                        "reason": _reason(failure),
                        "phase": self._phases.get(group.case_id or "", ""),
                        "requests": _commands(group),
                        "answer": "" if group.response is None else _shown(group.response),
                        "request_id": "" if group.response is None else _request_id(group.response),
                    }


def _reason(failure: Failure) -> str:
    return f"{failure.title}\n{failure.message}" if failure.message else failure.title


def _commands(group: GroupedFailures) -> list[str]:
    steps = [step.curl for step in group.steps]
    return steps or [group.code_sample or ""]


def _shown(response: Response) -> str:
    lines = [f"{response.status_code} {response.message}"]
    lines += [f"{name}: {', '.join(response.headers[name])}" for name in SHOWN_HEADERS if name in response.headers]
    return "\n".join([*lines, "", response.content.decode("utf-8", "replace")[:BODY_LENGTH]])


def _errors(ctx: ExecutionContext) -> Iterator[dict[str, object]]:
    for error in sorted(ctx.errors, key=lambda error: error.label):
        yield {"label": error.label, "check": "error", "reason": f"{type(error.value).__name__}\n{error.value}"}


def _warnings(ctx: ExecutionContext) -> Iterator[dict[str, object]]:
    for block in warning_blocks(ctx):
        for item in (item for group in block.groups for item in group.items):
            told = "".join([item.text, *(f"; {detail}" for detail in item.details), block.suffix])
            yield {"label": item.operation or block.title, "check": "warning", "reason": f"{block.title}: {told}"}
