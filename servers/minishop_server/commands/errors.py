"""The error messages and exit codes of commands."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import typer
from pydantic import ValidationError
from rich.console import Console

from minishop_client import ApiError

from ..kit.database import BrokenFile, FileOutage, OldData
from ..kit.logging import trace
from ..kit.problems import Unavailable
from ..kit.settings import SERVICES, ServiceName
from ..services.settings import Settings


class Refusal(Exception):
    """An error that the user of a command can correct."""


def require_file(name: ServiceName, settings: Settings) -> None:
    """Check that there is a database to work on, so that a mistyped folder creates no empty one.

    Raises:
        Refusal: the SQLite file of the service is missing.
    """
    url = settings.database_url(name)
    file = Path(url.removeprefix("sqlite:///"))
    if url.startswith("sqlite:///") and not file.exists():
        raise Refusal(f"There is no shop in {file.parent}: {file.name} is missing. Name its folder: --data-dir")


@contextmanager
def told_plainly() -> Iterator[None]:
    """Print an error on one line and exit: with 2, with 130 after Ctrl-C, with 1 for an unusable file, folder or
    database.
    """
    try:
        yield
    except KeyboardInterrupt:
        Console().print("\nStopped.")
        sys.exit(128 + signal.SIGINT)  # as shells tell it
    except typer.Abort:
        _complain("Stopped: the input ended too early.")
        sys.exit(1)
    except Refusal as refusal:
        sys.exit(_complain(str(refusal)))
    except Unavailable as refusal:
        _complain(refusal.reason)
        sys.exit(1 if isinstance(refusal, FileOutage) else 2)
    except ApiError as error:
        sys.exit(_complain(f"The shop refused: {error}"))
    except ValidationError as error:
        # An index is that of an item in a list, which one variable holds.
        names = ["_".join(part for part in e["loc"] if isinstance(part, str)).upper() for e in error.errors()]
        reasons = [e["msg"].removeprefix("Value error, ") for e in error.errors()]
        lines = [f"MINISHOP_{name}: {reason}" for name, reason in zip(names, reasons, strict=True)]
        sys.exit(_complain("\n".join(lines)))
    except (BrokenFile, OldData) as error:
        _complain(str(error))
        sys.exit(1)
    except OSError as error:
        if error.filename is None:  # of no file
            _complain(trace(error))
        else:
            is_file = isinstance(error, FileExistsError | NotADirectoryError)
            _complain(f"{error.filename}: {'a file, not a folder' if is_file else error.strerror}")
        sys.exit(1)
    except Exception as error:  # a bug: only the trace is printed, as in the log, because a message may contain secrets
        _complain(trace(error))
        sys.exit(1)


def service_name(text: str) -> ServiceName:
    """The service of this name, or a Refusal that lists them."""
    for name in SERVICES:
        if name == text:
            return name
    raise Refusal(f"There is no service {text}. There are: {', '.join(SERVICES)}.")


def _complain(text: str) -> int:
    Console(stderr=True).print(text, style="red", markup=False, highlight=False, soft_wrap=True)
    return 2
