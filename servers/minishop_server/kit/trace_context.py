"""W3C Trace Context, level 1: the trace of a request, in and out (https://www.w3.org/TR/trace-context-1/).

Each request, each call to a peer and each try of a job has a span id of its own, whether spans are recorded or not: the
log names it. A malformed `traceparent` is ignored, as the standard demands, and the request begins a new trace. The
alternative was a declared parameter of every operation, which would answer it with 400.
"""

from __future__ import annotations

import os
import random
import re

_PARENT = re.compile(
    r"(?!ff|00.{54})[0-9a-f]{2}"  # a version; after version 00, nothing may follow the flags
    r"-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-[0-9a-f]([0-9a-f])(?:-.*)?",
    re.DOTALL,
)
_STATE = re.compile(r"[\t -~]{1,512}")
"""The length is the least that the standard asks for."""
_SAMPLED = "13579bdf"

# A generator of its own, which no library seeds: other processes then never repeat its ids. A child process that copied
# its state would.
_RANDOM = random.Random()
if hasattr(os, "register_at_fork"):  # no fork on Windows
    os.register_at_fork(after_in_child=_RANDOM.seed)


class TraceContext:
    """A span and its trace.

    Attributes:
        trace_id: 32 hexadecimal digits.
        span_id: 16 hexadecimal digits.
        parent_id: the span id of the parent, or an empty text.
        sampled: whether the spans of the trace are recorded, as far as the process that began it knows.
        state: the `tracestate` of the trace, unchanged, or an empty text.
    """

    __slots__ = ("parent_id", "sampled", "span_id", "state", "trace_id")

    def __init__(self, trace_id: str, span_id: str, parent_id: str, sampled: bool, state: str) -> None:
        self.trace_id, self.span_id, self.parent_id = trace_id, span_id, parent_id
        self.sampled, self.state = sampled, state

    @property
    def traceparent(self) -> str:
        """The header that makes this span the parent."""
        return f"00-{self.trace_id}-{self.span_id}-{'01' if self.sampled else '00'}"

    def child(self) -> TraceContext:
        """A new span whose parent is this one."""
        span_id = f"{_RANDOM.getrandbits(64):016x}"
        return TraceContext(self.trace_id, span_id, self.span_id, self.sampled, self.state)


def new_trace() -> TraceContext:
    """The first span of a new trace, which is not recorded."""
    digits = f"{_RANDOM.getrandbits(192):048x}"
    return TraceContext(digits[:32], digits[32:], "", False, "")


def received(traceparent: str, tracestate: str = "") -> TraceContext:
    """A new span of the trace that the sender names, or of a new trace."""
    sender = sent(traceparent, tracestate) if traceparent else None
    return new_trace() if sender is None else sender.child()


def sent(traceparent: str, tracestate: str = "") -> TraceContext | None:
    """The span of the sender, or None if the first header is malformed.

    A malformed or too long `tracestate` is dropped.
    """
    found = _PARENT.fullmatch(traceparent)
    if found is None:
        return None
    trace_id, span_id, flag = found.groups()
    state = tracestate if tracestate and _STATE.fullmatch(tracestate) else ""
    return TraceContext(trace_id, span_id, "", flag in _SAMPLED, state)
