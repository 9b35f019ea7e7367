"""Spans: the duration and outcome of requests, calls, statements and jobs (OpenTelemetry's semantic conventions).

A span is made when it ends, and only in a trace that is sampled; before, it is no more than its `TraceContext`. Only
`hosting/tracing.py` knows OpenTelemetry. A span has names of our documents and code, numbers and paths, never a value
of a statement, a header, a query or a body.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, Protocol

from .request_context import trace_context
from .trace_context import TraceContext

Kind = Literal["server", "client", "producer", "consumer"]
Attributes = Mapping[str, str | int]


class Recorder(Protocol):
    """Takes the spans of this process."""

    def decide(self, trace: TraceContext) -> None:
        """Set whether a request is sampled, by its sender or else by the share of traces."""
        ...

    def record(
        self, name: str, kind: Kind, trace: TraceContext, seconds: float, attributes: Attributes, error: str | None
    ) -> None:
        """Take a span that ends now, of the service in hand."""
        ...


recorder: Recorder | None = None
"""Of this process, if it records spans."""


def decide(trace: TraceContext) -> None:
    """Let the recorder decide whether the trace of a request is sampled.

    Without one, the decision of the sender stands, so that it reaches services which do record.
    """
    if recorder is not None:
        recorder.decide(trace)


def record(
    name: str, kind: Kind, trace: TraceContext, seconds: float, attributes: Attributes, error: str | None = None
) -> None:
    """Record a span of a sampled trace that ends now.

    Args:
        error: its class, if it failed: a status, or the name of an exception.
    """
    if recorder is not None and trace.sampled:
        recorder.record(name, kind, trace, seconds, attributes, error)


def send_job(kind: str) -> str:
    """The `traceparent` of a job of this kind, which is added now."""
    trace = trace_context.get()
    if trace is None:
        return ""
    if recorder is not None and trace.sampled:
        trace = trace.child()
        record(f"send {kind}", "producer", trace, 0.0, _of_job(kind, "send"))
    return trace.traceparent


def process_job(kind: str, id: int, trace: TraceContext, seconds: float, error: str | None) -> None:
    """Record a try of a job."""
    if trace.sampled:
        attributes = {**_of_job(kind, "process"), "messaging.message.id": str(id)}
        record(f"process {kind}", "consumer", trace, seconds, attributes, error)


def _of_job(kind: str, operation: str) -> Attributes:
    return {
        "messaging.system": "minishop",
        "messaging.destination.name": kind,
        "messaging.operation.name": operation,
        "messaging.operation.type": operation,
    }
