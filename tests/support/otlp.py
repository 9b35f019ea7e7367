"""A receiver of spans: OTLP over HTTP, as a collector speaks it."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span

KINDS = {
    Span.SPAN_KIND_SERVER: "server",
    Span.SPAN_KIND_CLIENT: "client",
    Span.SPAN_KIND_PRODUCER: "producer",
    Span.SPAN_KIND_CONSUMER: "consumer",
}
PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Received:
    """A span.

    The first of a trace has an empty text as its parent.
    """

    service: str
    name: str
    kind: str
    trace_id: str
    span_id: str
    parent_id: str
    seconds: float
    failed: bool
    attributes: Mapping[str, str | int]


class Receiver:
    """Takes spans until the end of its block.

    Attributes:
        url: for OTEL_EXPORTER_OTLP_ENDPOINT.
        bodies: the messages as they came.
        status: of its next responses.
    """

    def __init__(self) -> None:
        self.bodies: list[bytes] = []
        self.status = 200
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                if self.headers.get("Content-Encoding") == "gzip":
                    body = gzip.decompress(body)
                assert ("/v1/traces", "application/x-protobuf") == (self.path, self.headers["Content-Type"])
                if receiver.status == 200:
                    receiver.bodies.append(body)
                self.send_response(receiver.status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"

    def settings(self, share: float = 1.0) -> dict[str, str]:
        """The environment of a process that sends its spans here at once."""
        return {
            "OTEL_EXPORTER_OTLP_ENDPOINT": self.url,
            "OTEL_TRACES_SAMPLER_ARG": str(share),
            "OTEL_BSP_SCHEDULE_DELAY": "50",
        }

    def spans(self, trace_id: str | None = None) -> list[Received]:
        """Those that have come so far, of one trace or of all."""
        found = [
            Received(
                next(each.value.string_value for each in one.resource.attributes if each.key == "service.name"),
                span.name,
                KINDS[span.kind],
                span.trace_id.hex(),
                span.span_id.hex(),
                span.parent_span_id.hex(),
                (span.end_time_unix_nano - span.start_time_unix_nano) / 1e9,
                span.status.code == 2,
                {each.key: each.value.string_value or each.value.int_value for each in span.attributes},
            )
            for body in list(self.bodies)
            for one in ExportTraceServiceRequest.FromString(body).resource_spans
            for scope in one.scope_spans
            for span in scope.spans
        ]
        return [span for span in found if trace_id in (None, span.trace_id)]

    def wait_for(self, trace_id: str, service: str, name: str) -> list[Received]:
        """The spans of a trace, once it has one of this name."""
        give_up = time.monotonic() + PATIENCE
        while True:
            found = self.spans(trace_id)
            if any((span.service, span.name) == (service, name) for span in found):
                return found
            assert time.monotonic() < give_up, f"no {name} of {service} among {[span.name for span in found]}"
            time.sleep(0.01)


@contextmanager
def receiving() -> Iterator[Receiver]:
    """A receiver on a free port."""
    receiver = Receiver()
    thread = threading.Thread(target=receiver.server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield receiver
    finally:
        receiver.server.shutdown()
        receiver.server.server_close()
        thread.join()
