"""Spans in the SDK of OpenTelemetry, which has the queue, the exporter and the resource.

Its tracers are not used: they take 5 µs for a span that is not recorded, and have one resource for all services of a
process. Here only a sampled span gets to the SDK, when it ends.
"""

from __future__ import annotations

import logging
from functools import cache
from importlib.metadata import version

from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import SERVICE_NAME, SERVICE_VERSION, Resource
from opentelemetry.sdk.trace import ReadableSpan, SpanProcessor
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.sdk.trace.sampling import TraceIdRatioBased
from opentelemetry.trace import SpanContext, SpanKind, Status, StatusCode, TraceFlags

from ..kit.clock import monotonic, unix_time
from ..kit.request_context import current_service
from ..kit.spans import Attributes, Kind
from ..kit.trace_context import TraceContext

QUIET_SECONDS = 60.0
LOGGERS = (
    "opentelemetry.exporter.otlp.proto.http.trace_exporter",
    "opentelemetry.sdk._shared_internal",
    "urllib3.connectionpool",
)
READS_HEADERS = "opentelemetry.util.re"
SAMPLED = TraceFlags(TraceFlags.SAMPLED)
UNSET, FAILED = Status(StatusCode.UNSET), Status(StatusCode.ERROR)


class Recorder:
    """Hands sampled spans to a processor of the SDK, each with the resource of its service.

    Args:
        follows: whether the decision of a sender is followed.
        share: of the traces that begin here, and of all others if it is not followed.
    """

    def __init__(self, processor: SpanProcessor, follows: bool, share: float) -> None:
        self._processor = processor
        self._follows = follows
        self._bound = TraceIdRatioBased.get_bound_for_rate(share)

    def decide(self, trace: TraceContext) -> None:
        """See `spans.Recorder`."""
        if not (self._follows and trace.parent_id):
            trace.sampled = int(trace.trace_id[16:], 16) < self._bound

    def record(
        self, name: str, kind: Kind, trace: TraceContext, seconds: float, attributes: Attributes, error: str | None
    ) -> None:
        """See `spans.Recorder`."""
        end = int(unix_time() * 1e9)
        self._processor.on_end(
            ReadableSpan(
                name,
                _context(trace, trace.span_id, is_remote=False),
                _context(trace, trace.parent_id, is_remote=kind in ("server", "consumer")) if trace.parent_id else None,
                _resource(current_service.get()),
                attributes if error is None else {**attributes, "error.type": error},
                kind=SpanKind[kind.upper()],
                status=UNSET if error is None else FAILED,
                start_time=end - int(seconds * 1e9),
                end_time=end,
            )
        )


class _Seldom(logging.Filter):
    """Lets a line of a logger through once a minute: a receiver that is away fills no log."""

    def __init__(self) -> None:
        super().__init__()
        self._next = 0.0

    def filter(self, record: logging.LogRecord) -> bool:
        if monotonic() < self._next:
            return False
        self._next = monotonic() + QUIET_SECONDS
        return True


def _without_header(record: logging.LogRecord) -> bool:
    """The warning about a malformed OTEL_EXPORTER_OTLP_HEADERS quotes it, and it usually contains a secret."""
    record.args = ("(not shown)",) if record.args else None
    return True


def processor() -> SpanProcessor:
    """Sends spans from a bounded queue in a thread, so that no request waits for a receiver.

    Raises:
        ValueError: the settings of the queue contradict each other.
    """
    logging.getLogger(READS_HEADERS).addFilter(_without_header)
    for name in LOGGERS:
        logger = logging.getLogger(name)
        if not any(isinstance(each, _Seldom) for each in logger.filters):
            logger.addFilter(_Seldom())
    return BatchSpanProcessor(OTLPSpanExporter())


def _context(trace: TraceContext, span_id: str, *, is_remote: bool) -> SpanContext:
    # Without the state of the trace: the SDK logs a malformed one, which any client can send.
    return SpanContext(int(trace.trace_id, 16), int(span_id, 16), is_remote, SAMPLED)


@cache
def _resource(service: str | None) -> Resource:
    """That of the environment, with the name of the service unless OTEL_SERVICE_NAME gives another one."""
    found = Resource.create()
    told = {SERVICE_VERSION: version("minishop-server")}
    if str(found.attributes[SERVICE_NAME]).startswith("unknown_service"):
        told[SERVICE_NAME] = "minishop" if service is None else f"minishop-{service}"
    return found.merge(Resource(told))
