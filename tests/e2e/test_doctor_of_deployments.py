"""`minishop doctor --deployment` beside services that run in processes of their own."""

from __future__ import annotations

import resource
import socket
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from pathlib import Path

import psycopg
import pytest

from minishop_server.tools.postgres import running_postgres
from tests.support.ports import free_port
from tests.support.processes import run, running

SECRET = "hV3-kQ9zXw_2LmTr7bYcNd5JfPs8aGeU"


@dataclass(frozen=True)
class Deployment:
    """Auth and Catalog on PostgreSQL, as Cart sees them: its settings, and the address of its server."""

    folder: Path
    server: str
    settings: dict[str, str]

    def execute(self, statement: str) -> None:
        with closing(psycopg.connect(self.server, autocommit=True)) as connection:
            connection.execute(statement)

    def doctor(self, *options: str, **changed: str) -> tuple[int, str]:
        """The exit code and the findings."""
        settings = {**self.settings, **{f"MINISHOP_{name}": value for name, value in changed.items()}}
        done = run(self.folder, "doctor", "--deployment", *options, settings=settings)
        assert "" == done.stderr
        return done.returncode, done.stdout


@pytest.fixture(scope="module")
def deployment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployment]:
    folder = tmp_path_factory.mktemp("deployment")
    with running_postgres() as server, ExitStack() as stack:
        deployment = Deployment(folder, server.url, {})
        for name in ("auth", "catalog", "orders"):
            deployment.execute(f"CREATE DATABASE {name}")
        urls = {name: server.url.replace("/postgres?", f"/{name}?") for name in ("auth", "catalog", "orders")}
        common = {
            "MINISHOP_RATE_LIMITS": "on",
            "MINISHOP_AUTH_URL": f"http://127.0.0.1:{free_port()}",
            "MINISHOP_AUTH_KEY_SECRET": SECRET[::-1],
            "MINISHOP_ORDERS_CLIENT_SECRET": SECRET,
        }
        others = {
            "MINISHOP_SHIPPING_CLIENT_SECRET": SECRET.swapcase(),
            "MINISHOP_NOTIFICATIONS_URL": f"http://127.0.0.1:{free_port()}",
        }
        processes = []
        for name in ("auth", "catalog"):
            settings = {**common, **others, f"MINISHOP_{name.upper()}_DATABASE_URL": urls[name]}
            port = common["MINISHOP_AUTH_URL"].rpartition(":")[2] if name == "auth" else "0"
            processes.append(stack.enter_context(running(folder, "serve", name, "--port", port, settings=settings)))
            processes[-1].wait_until_ready(name)
        mine = {
            **common,
            "MINISHOP_CATALOG_URL": processes[1].wait_for_address(),
            "MINISHOP_ORDERS_DATABASE_URL": urls["orders"],
        }
        del mine["MINISHOP_AUTH_KEY_SECRET"]
        assert 0 == run(folder, "migrate", "orders", settings=mine).returncode
        yield replace(deployment, settings=mine)


def test_a_deployment_without_faults_has_no_finding_but_those_that_may_be_intended(deployment: Deployment) -> None:
    code, told = deployment.doctor()

    assert 0 == code
    assert "Nothing is unsafe." in told
    assert "environment variables contain secrets: MINISHOP_ORDERS_DATABASE_URL" in told
    assert SECRET not in told


def test_a_wrong_address_is_named_with_the_service_that_answers_there(deployment: Deployment) -> None:
    code, told = deployment.doctor(
        CATALOG_URL=deployment.settings["MINISHOP_AUTH_URL"], PAYMENTS_URL=f"http://127.0.0.1:{free_port()}"
    )

    assert 1 == code
    assert "MINISHOP_CATALOG_URL leads to another server" in told
    assert "the auth service answers at" in told
    assert "payments does not answer at" in told
    assert "Unsafe: 2" in told


def test_a_client_secret_that_auth_does_not_know_is_named(deployment: Deployment) -> None:
    code, told = deployment.doctor(ORDERS_CLIENT_SECRET=SECRET.lower())

    assert 1 == code
    assert "Auth does not accept MINISHOP_ORDERS_CLIENT_SECRET" in told
    assert SECRET.lower() not in told


def test_secret_files_are_read_and_those_that_every_user_can_read_are_named(
    deployment: Deployment, tmp_path: Path
) -> None:
    file = tmp_path / "orders-client-secret"
    file.write_text(SECRET)
    file.chmod(0o644)
    settings = {name: value for name, value in deployment.settings.items() if not name.endswith("CLIENT_SECRET")}
    mounted = replace(deployment, settings={**settings, "MINISHOP_ORDERS_CLIENT_SECRET_FILE": str(file)})
    assert f"every user of this machine can read {file}" in mounted.doctor()[1]

    file.chmod(0o600)

    assert 0 == mounted.doctor()[0]


@pytest.mark.parametrize(
    ("fault", "repair", "finding"),
    [
        (
            "ALTER DATABASE orders SET synchronous_commit = off",
            "ALTER DATABASE orders RESET synchronous_commit",
            "synchronous_commit is off for the database of orders",
        ),
        (
            "ALTER DATABASE orders CONNECTION LIMIT 5",
            "ALTER DATABASE orders CONNECTION LIMIT -1",
            "the database of orders may have 5 connections",
        ),
    ],
)
def test_settings_of_the_database_that_lose_orders_or_refuse_connections_are_named(
    deployment: Deployment, fault: str, repair: str, finding: str
) -> None:
    deployment.execute(fault)
    try:
        code, told = deployment.doctor()
    finally:
        deployment.execute(repair)

    assert 1 == code
    assert finding in told
    assert "Unsafe: 1" in told


def test_more_replicas_than_the_server_has_connections_for_are_named(deployment: Deployment) -> None:
    code, told = deployment.doctor("--replicas", "20")

    assert 1 == code
    assert "the PostgreSQL of orders takes 97 connections" in told
    assert "20 processes of each service may open 200" in told


def test_a_schema_that_is_behind_is_named_and_stays_as_it_is(deployment: Deployment) -> None:
    deployment.execute("CREATE DATABASE cart")
    url = deployment.server.replace("/postgres?", "/cart?")

    told = [deployment.doctor(CART_DATABASE_URL=url)[1] for _ in range(2)]

    assert all("the schema of cart is behind" in text for text in told)


def test_a_database_that_does_not_answer_makes_no_clock_of_another_look_wrong(deployment: Deployment) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"postgresql://payments@127.0.0.1:{silent.getsockname()[1]}/payments"

        code, told = deployment.doctor(PAYMENTS_DATABASE_URL=url, DATABASE_CONNECT_SECONDS="7")

    assert 1 == code
    assert "the database of payments does not answer" in told
    assert "the clock of" not in told


def test_a_schema_of_a_later_version_is_named_as_that(deployment: Deployment) -> None:
    url = deployment.server.replace("/postgres?", "/orders?")
    with closing(psycopg.connect(url, autocommit=True)) as connection:
        ((before,),) = connection.execute("SELECT version_num FROM alembic_version").fetchall()
        connection.execute("UPDATE alembic_version SET version_num = '9900'")
        try:
            code, told = deployment.doctor()
        finally:
            connection.execute("UPDATE alembic_version SET version_num = %s", [before])

    assert 1 == code
    assert "the schema of orders is of a later version" in told
    assert "correct MINISHOP_ORDERS_DATABASE_URL" not in told


def test_a_low_limit_of_open_files_is_named(deployment: Deployment) -> None:
    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_NOFILE, (300, 300))

    done = run(deployment.folder, "doctor", "--deployment", settings=deployment.settings, before=limit)

    assert 1 == done.returncode
    assert "a process may open 300 files" in done.stdout
    assert "Raise the limit to 2110" in done.stdout
