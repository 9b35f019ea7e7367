"""Logs are lines of JSON without secrets, from every logger."""

from __future__ import annotations

import asyncio
import gc
import logging
import warnings
from typing import Any

import pytest
import structlog

from minishop_server.kit.logging import configure_logging, write_request
from minishop_server.kit.redaction import REDACTED
from tests.support.log import Log

SECRET = "hunter2hunter2"
JWT = f"eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJ4In0.{SECRET}"


pytestmark = pytest.mark.usefixtures("logging_as_before")


def fail(message: str) -> None:
    raise ValueError(message)


def test_a_line_of_ours_holds_no_secret(log: Log) -> None:
    structlog.get_logger().bind(token=SECRET).warning(f"asked with {JWT}", url=f"postgresql://a:{SECRET}@db", id=7)

    (line,) = log.lines()
    assert {
        "event": f"asked with {REDACTED}",
        "token": REDACTED,
        "url": f"postgresql://{REDACTED}db",
        "id": 7,
        "level": "warning",
        "time": line["time"],
    } == line


def test_a_line_of_a_library_holds_no_secret(log: Log) -> None:
    logging.getLogger("library").error("sent %s with %r", f"password={SECRET}", {"Authorization": f"Bearer {SECRET}"})

    (line,) = log.lines()
    assert f"sent password= {REDACTED} with {{'Authorization': {REDACTED}}}" == line["event"]


@pytest.mark.parametrize("told", [True, "error", "tuple"])
@pytest.mark.parametrize("library", [False, True])
def test_an_exception_is_told_without_its_message(log: Log, told: Any, library: bool) -> None:
    logger = logging.getLogger("library") if library else structlog.get_logger()
    try:
        fail(SECRET)
    except ValueError as error:
        exc_info = {"error": error, "tuple": (ValueError, error, error.__traceback__)}.get(told, True)
        logger.error("failed", exc_info=exc_info)

    (line,) = log.lines()
    assert ("failed", "raise ValueError(message)\nValueError") == (line["event"], line["exception"][-36:].strip())
    assert "test_logging.py" in line["exception"]
    assert SECRET not in str(line)


def test_code_in_a_traceback_stays_although_it_speaks_of_secrets(log: Log) -> None:
    password = "x"
    try:
        fail(message=password)
    except ValueError:
        structlog.get_logger().error("failed", exc_info=True)

    (line,) = log.lines()
    assert "fail(message=password)" in line["exception"]


async def test_a_task_whose_failure_nobody_took_is_told_without_its_message(log: Log) -> None:
    async def work() -> None:
        fail(f"value {SECRET}")

    task = asyncio.create_task(work())
    await asyncio.wait([task])
    del task
    gc.collect()

    (line,) = log.lines()
    assert "Task exception was never retrieved" == line["event"]
    assert "ValueError" in line["exception"]
    assert SECRET not in str(line)


def test_warnings_of_python_are_lines_too(log: Log) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(True)
        warnings.warn(f"do not send password={SECRET}", stacklevel=1)

    (line,) = log.lines()
    assert "UserWarning: do not send" in line["event"]
    assert SECRET not in str(line)


async def test_all_lines_of_a_burst_arrive_whole_and_in_order(capfd: pytest.CaptureFixture[str]) -> None:
    configure_logging()
    sizes = [1, 11, 12, 13, 100, 1]
    turns = [[f'{{"request_id":"{turn}-{number:060}"}}\n' for number in range(size)] for turn, size in enumerate(sizes)]

    for lines in turns:
        for line in lines:
            write_request(line)
        await asyncio.sleep(0)

    assert "".join(line for lines in turns for line in lines) == capfd.readouterr().err


async def test_requests_are_not_logged_where_only_errors_are(capfd: pytest.CaptureFixture[str]) -> None:
    configure_logging("error")

    write_request('{"event":"request"}\n')
    await asyncio.sleep(0)

    assert "" == capfd.readouterr().err
