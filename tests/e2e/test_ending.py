"""A serving process from its start to its end: it is ready late, not ready early, and ends within a time limit."""

from __future__ import annotations

import os
import re
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
import pytest

from minishop_server.tools import processes
from tests.support.canary_shop import until
from tests.support.http_server import PROBLEM
from tests.support.metrics import metrics_url
from tests.support.processes import OPTIONS, PATIENCE, Process, is_running, running, running_shop, workers_of

CART = {"MINISHOP_AUTH_URL": "http://127.0.0.1:9", "MINISHOP_CATALOG_URL": "http://127.0.0.1:9"}
AUTH = {
    "MINISHOP_AUTH_KEY_SECRET": "k" * 32,
    "MINISHOP_ORDERS_CLIENT_SECRET": "o" * 32,
    "MINISHOP_SHIPPING_CLIENT_SECRET": "s" * 32,
    "MINISHOP_NOTIFICATIONS_URL": "http://127.0.0.1:9",
}

MAIN = processes.COMMAND[-1]


def hurried(code: str) -> tuple[str, str, str]:
    """The command that runs this code, with a time limit of a second at the end."""
    limits = "from minishop_server.hosting.http_server import ending; ending.ANSWERING = ending.CLOSING = 0.4"
    return sys.executable, "-c", f"{limits}; {code}"


def handles_sigterm(pid: int) -> bool:
    """Whether a process has begun to serve."""
    (caught,) = re.findall(r"^SigCgt:\s*(\w+)$", Path(f"/proc/{pid}/status").read_text("utf-8"), re.MULTILINE)
    return bool(int(caught, 16) >> (signal.SIGTERM - 1) & 1)


@pytest.fixture
def auth(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[tuple[Process, str]]:
    """A ready `serve auth` with some more settings, and its address."""
    settings = {**AUTH, **getattr(request, "param", {})}
    with running(tmp_path, "serve", "auth", "--port=0", settings=settings) as process:
        process.wait_until_ready("auth")
        yield process, process.wait_for_address()


def test_a_service_that_starts_answers_its_probes_alone(tmp_path: Path) -> None:
    settings = {**CART, "MINISHOP_CART_DATABASE_URL": "postgresql://127.0.0.1:9/cart"}
    with running(tmp_path, "serve", "cart", "--port=0", settings=settings) as process:
        url, port = process.wait_for_address(), metrics_url(process)

        assert [200, 200] == [httpx.get(f"{each}/cart/livez").status_code for each in (url, port)]
        for each in f"{url}/cart/readyz", f"{url}/cart", f"{url}/nothing", f"{port}/readyz", f"{port}/cart/readyz":
            answer = httpx.get(each, headers={"Authorization": "Bearer x.y.z"})
            assert (503, "unavailable") == (answer.status_code, answer.json()["code"]), each
            PROBLEM.validate(answer.json())


@pytest.mark.parametrize("auth", [{"MINISHOP_DRAIN_SECONDS": "1"}], indirect=True)
def test_sigterm_ends_readiness_first_then_the_port_and_then_the_process(auth: tuple[Process, str]) -> None:
    process, url = auth
    port = metrics_url(process)
    with httpx.Client() as http:
        http.get(f"{url}/auth/livez")

        process.process.terminate()
        began = time.monotonic()
        until(lambda: httpx.get(f"{port}/readyz").status_code == 503)
        ready, live = httpx.get(f"{url}/auth/readyz"), http.get(f"{url}/auth/livez")

        assert (503, "The process ends.") == (ready.status_code, ready.json()["detail"])
        assert (200, "close") == (live.status_code, live.headers["connection"])
        assert time.monotonic() - began < 1
        assert 0 == process.process.wait(PATIENCE)
        assert time.monotonic() - began >= 1
    with pytest.raises(httpx.ConnectError):
        httpx.get(url)


def test_ctrl_c_does_not_wait_for_proxies(auth: tuple[Process, str]) -> None:
    process, _ = auth
    began = time.monotonic()

    assert 0 == process.interrupt()

    assert time.monotonic() - began < 4  # and not the five seconds of SIGTERM


def test_a_second_signal_ends_the_process_at_once(auth: tuple[Process, str]) -> None:
    process, url = auth
    process.process.terminate()
    until(lambda: httpx.get(f"{url}/auth/readyz").status_code == 503)

    process.process.terminate()

    assert 128 + signal.SIGTERM == process.process.wait(2)


def test_a_process_that_hangs_at_its_end_is_ended_by_the_time_limit(tmp_path: Path) -> None:
    hang = "import time, uvicorn.lifespan.on; uvicorn.lifespan.on.LifespanOn.shutdown = lambda _: time.sleep(600)"
    settings = {**OPTIONS, **AUTH, "MINISHOP_DRAIN_SECONDS": "0"}
    process = processes.Process(
        tmp_path, "serve", "auth", "--port=0", settings=settings, command=hurried(f"{hang}; {MAIN}")
    )
    try:
        url = process.wait_for_address()
        until(lambda: httpx.get(f"{url}/auth/readyz").is_success)

        process.process.terminate()

        assert 1 == process.process.wait(PATIENCE)
        assert "Timeout (0:00:00" in process.log
    finally:
        process.process.kill()


def test_a_worker_that_hangs_at_its_end_is_killed_after_the_time_limit(
    tmp_path: Path, seven_databases: dict[str, str]
) -> None:
    settings = {**OPTIONS, **seven_databases, "MINISHOP_WORKERS": "2"}
    process = processes.Process(tmp_path, "up", "--port=0", settings=settings, command=hurried(MAIN))
    try:
        process.wait_for_address()
        until(lambda: len(workers_of(process)) == 3)
        workers = workers_of(process)
        until(lambda: handles_sigterm(workers[1]))  # before, the signal ends it even if it stands still
        os.kill(workers[1], signal.SIGSTOP)

        process.process.terminate()

        assert 0 == process.process.wait(PATIENCE)
        assert [] == [pid for pid in workers if is_running(pid)]
        assert 1 == process.log.count('"workers_killed"')
    finally:
        process.process.kill()


def test_a_second_signal_ends_all_workers_at_once(tmp_path: Path, seven_databases: dict[str, str]) -> None:
    settings = {**seven_databases, "MINISHOP_WORKERS": "2", "MINISHOP_DRAIN_SECONDS": "30"}
    with running_shop(tmp_path, settings) as (process, _):
        until(lambda: len(workers_of(process)) == 3)
        port, workers = metrics_url(process), workers_of(process)
        until(lambda: httpx.get(f"{port}/readyz").is_success)
        process.process.terminate()
        until(lambda: httpx.get(f"{port}/readyz").status_code == 503)  # of the workers, through the port of the set
        assert is_running(workers[0])

        process.process.terminate()

        process.process.wait(2)
        assert [] == [pid for pid in workers if is_running(pid)]


def test_children_that_the_parent_of_workers_did_not_start_are_none_of_its_workers(
    tmp_path: Path, seven_databases: dict[str, str]
) -> None:
    settings = {**OPTIONS, **seven_databases, "MINISHOP_WORKERS": "2"}
    born_with = ("sh", "-c", 'sleep 0.1 & sleep 600 & exec "$@"', "sh", *processes.COMMAND)
    process = processes.Process(tmp_path, "up", "--port=0", settings=settings, command=born_with)
    try:
        process.wait_for_address()
        until(lambda: len(workers_of(process)) == 3 + 1)  # and not the shorter sleep
        for pid in workers_of(process):
            if Path(f"/proc/{pid}/comm").read_text("utf-8") == "sleep\n":
                os.kill(pid, signal.SIGKILL)

        until(lambda: len(workers_of(process)) == 3)
        process.process.send_signal(signal.SIGINT)

        assert 0 == process.process.wait(PATIENCE)
        assert "worker_ended" not in process.log
    finally:
        process.process.kill()


def test_a_killed_parent_of_workers_leaves_no_folder_behind(tmp_path: Path, seven_databases: dict[str, str]) -> None:
    with TemporaryDirectory() as short, ExitStack() as stack:  # the path of a socket has a hundred characters
        folder = Path(short)
        settings = {**seven_databases, "MINISHOP_WORKERS": "2", "TMPDIR": short}
        process, _ = stack.enter_context(running_shop(tmp_path, settings))
        until(lambda: len(list(folder.glob("minishop-*/*"))) == 2)
        metrics_url(process)
        process.kill()

        until(lambda: not list(folder.iterdir()))


def test_workers_without_metrics_make_no_folder(tmp_path: Path, seven_databases: dict[str, str]) -> None:
    folder = tmp_path / "tmp"
    folder.mkdir()
    settings = {**seven_databases, "TMPDIR": str(folder), "MINISHOP_METRICS_PORT": "off", "MINISHOP_WORKERS": "2"}
    with running_shop(tmp_path, settings) as (process, _):
        assert [] == list(folder.iterdir())
        assert 0 == process.interrupt()
