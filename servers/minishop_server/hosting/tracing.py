"""Spans go to an OTLP receiver, if the environment names one and the extra `otel` is installed.

The settings are the environment variables that OpenTelemetry defines.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from threading import Thread

import structlog

from ..kit import spans

ENDPOINTS = ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT")
PROTOCOLS = ("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "OTEL_EXPORTER_OTLP_PROTOCOL")
PROTOCOL = "http/protobuf"
SAMPLERS: Mapping[str, float | None] = {"always_on": 1.0, "always_off": 0.0, "traceidratio": None}
"""The share of the traces that begin here, or None for that of OTEL_TRACES_SAMPLER_ARG."""
SHARE = 0.01
FLUSH_SECONDS = 2.0
"""The time at the end of a process for the spans that were not sent yet."""

log = structlog.get_logger()


@asynccontextmanager
async def traced() -> AsyncIterator[None]:
    """Record the spans of this process while the block lasts, if the environment names a receiver."""
    if not is_wanted(os.environ):
        yield
        return
    try:
        from . import otlp
    except ImportError:
        log.warning("tracing_is_not_installed", extra="minishop-server[otel]")
        yield
        return
    protocol = next((os.environ[name] for name in PROTOCOLS if os.environ.get(name)), PROTOCOL)
    if protocol != PROTOCOL:
        log.warning("traces_are_sent_by_another_protocol", used=PROTOCOL, asked=protocol)
    try:
        processor = otlp.processor()
    except ValueError as error:  # for example a queue that is smaller than a batch
        log.error("tracing_is_off", setting="OTEL_BSP_…", why=str(error))
        yield
        return
    spans.recorder = otlp.Recorder(processor, *sampling(os.environ))
    try:
        yield
    finally:
        spans.recorder = None
        # It waits longer for a receiver that does not answer; a thread that is left then ends with the process.
        flush = Thread(target=processor.shutdown, daemon=True)
        flush.start()
        flush.join(FLUSH_SECONDS)


def is_wanted(environment: Mapping[str, str]) -> bool:
    """Whether spans are to be exported."""
    return (
        any(environment.get(name) for name in ENDPOINTS)
        and environment.get("OTEL_SDK_DISABLED", "").strip().lower() != "true"
        and environment.get("OTEL_TRACES_EXPORTER", "").strip() in ("otlp", "")
    )


def sampling(environment: Mapping[str, str]) -> tuple[bool, float]:
    """Whether the decision of a sender is followed, and the share of the other traces that is sampled."""
    name = environment.get("OTEL_TRACES_SAMPLER", "").strip().lower() or "parentbased_traceidratio"
    root = name.removeprefix("parentbased_")
    if root not in SAMPLERS:
        log.warning("unknown_sampler", setting="OTEL_TRACES_SAMPLER", share=SHARE)
        return True, SHARE
    share = SAMPLERS[root]
    return root != name, _share(environment) if share is None else share


def _share(environment: Mapping[str, str]) -> float:
    told = environment.get("OTEL_TRACES_SAMPLER_ARG", "").strip()
    if not told:
        return SHARE
    try:
        share = float(told)
    except ValueError:
        share = -1.0
    if 0 <= share <= 1:
        return share
    log.warning("unknown_share_of_traces", setting="OTEL_TRACES_SAMPLER_ARG", share=SHARE)
    return SHARE
