"""The port that a command listens on, and a hint if it is not available."""

from __future__ import annotations

import errno
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager

from ..kit.settings import MetricsSettings
from .errors import Refusal

MOST = 65535
METRICS_PORT = 9464


@contextmanager
def listening(host: str, port: int) -> Iterator[socket.socket]:
    """Open the listening socket before the shop starts, so that a port in use is reported at once.

    Raises:
        Refusal: with a free port, in the syntax of this command.
    """
    try:
        listener = _listener(host, port)
    except OSError as error:
        raise Refusal(f"{host}, port {port}: {_reason(error)}.{_hint(host, error)}") from None
    with listener:
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # else kept-alive clients wait 40 ms for a body
        yield listener


@contextmanager
def listening_for_metrics(settings: MetricsSettings) -> Iterator[socket.socket | None]:
    """Open the listening socket for metrics, unless they are off.

    Raises:
        Refusal: the port that the settings name is not available.
    """
    if settings.port == "off":
        yield None
        return
    port = METRICS_PORT if settings.port is None else settings.port
    try:
        listener = _listener(settings.host, port)
    except OSError as error:
        if error.errno != errno.EADDRINUSE or settings.port is not None:
            reason = f"{settings.host}, port {port}: {_reason(error)}"
            raise Refusal(f"{reason}. Set MINISHOP_METRICS_PORT to another port, to 0 for any, or to off.") from None
        listener = _listener(settings.host, 0)
    with listener:
        yield listener


def address_of(listener: socket.socket) -> str:
    """The address of a listening socket, as a browser takes it."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _listener(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family, backlog=2048)


def _reason(error: OSError) -> str:
    number = error.errno or 0  # that of a name that does not resolve is negative
    return os.strerror(number).lower() if number > 0 else "the host has no address"


def _hint(host: str, error: OSError) -> str:
    """Another port, where another one helps."""
    if error.errno not in (errno.EADDRINUSE, errno.EACCES):
        return ""
    for port in range(8001, MOST):
        try:
            _listener(host, port).close()
        except OSError:
            continue
        how = f"make run PORT={port}" if "MAKELEVEL" in os.environ else f"--port {port}"  # make sets it for its recipes
        return f" Try another one: {how}"
    return ""
