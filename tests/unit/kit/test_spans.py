"""Which spans a process records, and those of statements and calls."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from minishop_server import hosting
from minishop_server.hosting.otlp import Recorder
from minishop_server.hosting.tracing import is_wanted, sampling, traced
from minishop_server.kit import spans
from minishop_server.kit.database import Database, open_database
from minishop_server.kit.database import traced as traced_database
from minishop_server.kit.peers import Peers, ask
from minishop_server.kit.problems import Unavailable
from minishop_server.kit.request_context import trace_context
from minishop_server.kit.trace_context import TraceContext, received
from minishop_server.services.settings import Settings
from tests.support.auth_servers import answering_as
from tests.support.log import Log
from tests.support.things_table import ADD

PARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
Recorded = list[tuple[str, str, dict[str, Any], str | None]]


@pytest.fixture
def recorded(monkeypatch: pytest.MonkeyPatch) -> Iterator[Recorded]:
    """Name, kind, attributes and error of each span of a sampled trace, in which the test is."""
    found: Recorded = []

    class Noting:
        def decide(self, trace: TraceContext) -> None: ...

        def record(
            self, name: str, kind: str, trace: TraceContext, seconds: float, attributes: Any, error: str | None
        ) -> None:
            assert seconds >= 0
            found.append((name, kind, dict(attributes), error))

    monkeypatch.setattr(spans, "recorder", Noting())
    before = trace_context.set(received(PARENT))
    yield found
    trace_context.reset(before)


@pytest.mark.parametrize(
    ("environment", "follows", "share"),
    [
        ({}, True, 0.01),
        ({"OTEL_TRACES_SAMPLER_ARG": "0.5"}, True, 0.5),
        ({"OTEL_TRACES_SAMPLER": "parentbased_traceidratio"}, True, 0.01),
        ({"OTEL_TRACES_SAMPLER": "ParentBased_TraceIdRatio", "OTEL_TRACES_SAMPLER_ARG": "1"}, True, 1.0),
        ({"OTEL_TRACES_SAMPLER": "traceidratio", "OTEL_TRACES_SAMPLER_ARG": "0.25"}, False, 0.25),
        ({"OTEL_TRACES_SAMPLER": "always_on", "OTEL_TRACES_SAMPLER_ARG": "0.25"}, False, 1.0),
        ({"OTEL_TRACES_SAMPLER": "always_off"}, False, 0.0),
        ({"OTEL_TRACES_SAMPLER": "parentbased_always_on"}, True, 1.0),
        ({"OTEL_TRACES_SAMPLER": "parentbased_always_off"}, True, 0.0),
    ],
)
def test_the_sampler_is_that_of_the_environment(environment: dict[str, str], follows: bool, share: float) -> None:
    assert (follows, share) == sampling(environment)


@pytest.mark.parametrize(
    "environment",
    [
        {"OTEL_TRACES_SAMPLER": "jaeger_remote"},
        *({"OTEL_TRACES_SAMPLER_ARG": told} for told in ("much", "-0.1", "1.1", "nan", "1%")),
    ],
)
def test_an_unknown_sampler_or_share_is_a_warning_and_the_default(environment: dict[str, str], log: Log) -> None:
    assert (True, 0.01) == sampling(environment)
    assert ["warning"] == [line["level"] for line in log.lines()]


@pytest.mark.parametrize(
    ("environment", "wanted"),
    [
        ({}, False),
        ({"OTEL_SERVICE_NAME": "shop", "OTEL_TRACES_SAMPLER": "always_on"}, False),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": ""}, False),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://collector:4318"}, True),
        ({"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT": "http://collector:4318/v1/traces"}, True),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://collector:4318", "OTEL_SDK_DISABLED": "true"}, False),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://collector:4318", "OTEL_TRACES_EXPORTER": "none"}, False),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://collector:4318", "OTEL_TRACES_EXPORTER": "otlp"}, True),
    ],
)
def test_spans_are_recorded_if_a_receiver_is_named(environment: dict[str, str], wanted: bool) -> None:
    assert wanted == is_wanted(environment)


async def test_a_process_without_the_extra_says_so_and_runs(monkeypatch: pytest.MonkeyPatch, log: Log) -> None:
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9")
    monkeypatch.delattr(hosting, "otlp", raising=False)
    monkeypatch.setitem(sys.modules, "minishop_server.hosting.otlp", None)

    async with traced():
        assert spans.recorder is None

    assert [("tracing_is_not_installed", "minishop-server[otel]")] == [
        (line["event"], line["extra"]) for line in log.lines()
    ]


async def test_a_queue_that_is_smaller_than_a_batch_turns_spans_off_and_the_process_runs(
    monkeypatch: pytest.MonkeyPatch, log: Log
) -> None:
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9")
    monkeypatch.setenv("OTEL_BSP_MAX_QUEUE_SIZE", "10")

    async with traced():
        assert spans.recorder is None

    assert ["tracing_is_off"] == [line["event"] for line in log.lines()]


async def test_a_malformed_header_for_the_receiver_is_not_in_the_log(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9")
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_HEADERS", "x-team: hunter22")

    async with traced():
        pass

    assert "Header format invalid" in caplog.text
    assert "hunter22" not in caplog.text


@pytest.mark.parametrize(
    ("follows", "share", "sent", "sampled"),
    [
        (True, 0.0, PARENT, True),
        (True, 1.0, PARENT[:-1] + "0", False),
        (False, 0.0, PARENT, False),
        (False, 1.0, PARENT[:-1] + "0", True),
        (True, 1.0, "", True),
        (True, 0.0, "", False),
    ],
)
def test_a_sender_decides_if_it_is_followed_and_else_the_share(
    follows: bool, share: float, sent: str, sampled: bool
) -> None:
    trace = received(sent)
    Recorder(None, follows, share).decide(trace)  # type: ignore[arg-type]

    assert sampled == trace.sampled


def test_one_trace_in_a_hundred_is_sampled_by_default() -> None:
    recorder = Recorder(None, *sampling({}))  # type: ignore[arg-type]
    traces = [received("") for _ in range(20_000)]
    for trace in traces:
        recorder.decide(trace)

    assert 100 < sum(trace.sampled for trace in traces) < 300


@pytest.fixture
async def database(database_url: str, migrations: Path) -> Any:
    """With a table."""
    plain = await open_database(database_url, migrations)
    yield traced_database(plain)
    await plain.close()


async def test_each_statement_is_a_span_without_values(database: Database, recorded: Recorded) -> None:
    sql = (
        "INSERT INTO things (id, name) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET name = excluded.name RETURNING id"
    )
    await database.returning(dict, sql, 7, "secret")
    async with database.transaction() as connection:
        await connection.execute("UPDATE things SET name = $1 WHERE id = $2", "secret", 7)
        assert 7 == await connection.fetchval(int, "WITH a AS (SELECT 1) SELECT id FROM things WHERE id = $1", 7)
    assert 1 == await database.execute("DELETE FROM things WHERE id = $1", 7)
    await database.fetchval(int, "SELECT 1")

    system = database.system
    assert [
        (f"{operation} {table}".rstrip(), "client", operation, table)
        for operation, table in (
            ("INSERT", "things"),
            ("UPDATE", "things"),
            ("SELECT", "things"),
            ("COMMIT", ""),
            ("DELETE", "things"),
            ("SELECT", ""),
        )
    ] == [
        (name, kind, told["db.operation.name"], told.get("db.collection.name", "")) for name, kind, told, _ in recorded
    ]
    assert {system} == {told["db.system.name"] for _, _, told, _ in recorded}
    assert "secret" not in str(recorded)


async def add_and_fail(database: Database) -> None:
    async with database.transaction() as connection:
        await connection.execute(ADD, 1, "one")
        raise RuntimeError


async def test_a_transaction_that_fails_is_rolled_back_and_told(database: Database, recorded: Recorded) -> None:
    with pytest.raises(RuntimeError):
        await add_and_fail(database)

    assert [] == await database.fetch(dict, "SELECT id FROM things")
    assert ["INSERT things", "ROLLBACK", "SELECT things"] == [name for name, *_ in recorded]


async def test_a_wrong_statement_is_a_failed_span(database: Database, recorded: Recorded) -> None:
    with pytest.raises(Exception, match="nothing"):
        await database.fetch(dict, "SELECT id FROM nothing")

    ((name, _, _, error),) = recorded
    assert "SELECT nothing" == name
    assert error


async def test_statements_outside_of_a_sampled_trace_are_no_spans(database: Database, recorded: Recorded) -> None:
    for outside in None, received(""):
        trace_context.set(outside)
        await database.fetch(dict, "SELECT id FROM things")

    assert [] == recorded


async def test_a_call_is_a_span_without_its_query(recorded: Recorded) -> None:
    settings = Settings.model_validate({"auth": {"url": "http://user:secret@auth:8000"}})
    peers = Peers("orders", settings, answering_as("auth"))
    await ask(peers.anonymous.auth.get_jwks())
    with pytest.raises(Unavailable):
        await ask(peers.anonymous.notifications.list_notifications(recipient="secret@example.com"))
    await peers.close()

    first, *others = recorded  # the client tries it again
    assert ("GET", "client", None) == (first[0], first[1], first[3])
    assert {
        "http.request.method": "GET",
        "url.full": "http://auth:8000/auth/.well-known/jwks.json",
        "server.address": "auth",
        "server.port": 8000,
        "http.response.status_code": 200,
    } == first[2]
    assert {"Stranger"} == {error for _, _, _, error in others}
    assert "secret" not in str(recorded)


async def test_a_call_that_is_refused_or_fails_is_a_failed_span(recorded: Recorded) -> None:
    def fail(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused")

    for transport in httpx.MockTransport(lambda request: httpx.Response(502)), httpx.MockTransport(fail):
        peers = Peers("orders", Settings(), transport)
        with pytest.raises(Unavailable):
            await ask(peers.anonymous.auth.get_jwks())
        await peers.close()

    assert {"502", "ConnectError"} == {error for _, _, _, error in recorded}
