"""Times in whole seconds since 1970, with which statements compute."""

from __future__ import annotations

from typing import NewType

from ...kit.clock import unix_time

UnixSeconds = NewType("UnixSeconds", int)


def present() -> UnixSeconds:
    """The present time."""
    return UnixSeconds(int(unix_time()))
