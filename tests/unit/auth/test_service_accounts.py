"""Service accounts: two secrets at once, and no more rights than the documents give."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import jwt
import pytest

from minishop_server.hosting.local_secrets import with_secrets
from minishop_server.hosting.service import Service
from minishop_server.kit.database import Database, migrations_of, open_database
from minishop_server.kit.documents import calls
from minishop_server.services.auth.service_accounts.domain import NotRolled, ServiceAccounts, granted
from minishop_server.services.settings import Settings

FIRST, SECOND, THIRD = "f" * 32, "s" * 32, "t" * 32
FORM = {"grant_type": "client_credentials"}


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """That of Auth, once of each kind."""
    database = await open_database(database_url, migrations_of("auth"))
    yield database
    await database.close()


@pytest.fixture
def clients(database: Database) -> ServiceAccounts:
    return ServiceAccounts(database)


async def valid(clients: ServiceAccounts, client: str = "orders") -> list[str]:
    return [secret for secret in (FIRST, SECOND, THIRD) if await clients.knows(client, secret)]


async def rolled(database: Database) -> list[tuple[str, ...]]:
    rows = await database.fetch(dict, "SELECT event, actor, subject FROM audit ORDER BY id")
    return [tuple(dict(row).values()) for row in rows]


async def test_the_secret_before_stays_valid_until_it_is_retired(database: Database, clients: ServiceAccounts) -> None:
    await clients.ensure("orders", FIRST)
    assert [] == await rolled(database)

    await clients.ensure("orders", SECOND)

    assert [FIRST, SECOND] == await valid(clients)
    await clients.retire("orders")
    assert [SECOND] == await valid(clients)
    assert [("secret_rotated", "operator", "orders")] * 2 == await rolled(database)


async def test_a_third_secret_retires_the_first(clients: ServiceAccounts) -> None:
    for secret in FIRST, SECOND, THIRD:
        await clients.ensure("orders", secret)

    assert [SECOND, THIRD] == await valid(clients)


async def test_a_secret_that_was_retired_is_not_let_in_again(clients: ServiceAccounts) -> None:
    await clients.ensure("orders", FIRST)
    await clients.ensure("orders", SECOND)
    await clients.retire("orders")

    await clients.ensure("orders", FIRST)

    assert [SECOND] == await valid(clients)


async def test_a_replica_that_starts_with_the_secret_before_changes_nothing(clients: ServiceAccounts) -> None:
    for secret in FIRST, SECOND, FIRST, SECOND, FIRST:
        await clients.ensure("orders", secret)

    assert [FIRST, SECOND] == await valid(clients)


async def test_a_secret_that_is_made_is_told_once_and_kept_as_a_hash(
    database: Database, clients: ServiceAccounts
) -> None:
    await clients.ensure("orders", FIRST)

    secret = await clients.rotate("orders")

    assert len(secret) >= 32
    assert await clients.knows("orders", secret)
    assert [FIRST] == await valid(clients)
    rows = await database.fetch(dict, "SELECT * FROM client_secrets")
    assert [] == [row for row in rows if {secret, FIRST} & set(dict(row).values())]


async def test_of_two_secrets_made_at_once_one_is(clients: ServiceAccounts) -> None:
    await clients.ensure("orders", FIRST)

    outcomes = await asyncio.gather(*(clients.rotate("orders") for _ in range(4)), return_exceptions=True)

    assert 3 == sum(isinstance(outcome, NotRolled) for outcome in outcomes)
    assert 2 == len(await clients.all())


async def test_what_cannot_be_rolled_is_refused(clients: ServiceAccounts) -> None:
    with pytest.raises(NotRolled):
        await clients.rotate("nobody")
    await clients.ensure("orders", FIRST)
    with pytest.raises(NotRolled):
        await clients.retire("orders")


async def test_a_secret_is_that_of_one_client(clients: ServiceAccounts) -> None:
    await clients.ensure("orders", FIRST)
    await clients.ensure("shipping", SECOND)

    assert ([FIRST], [SECOND]) == (await valid(clients), await valid(clients, "shipping"))
    assert not await clients.knows("orders", "")


@pytest.mark.parametrize(
    ("client", "service", "operations"),
    [
        ("shipping", "notifications", ["notifications.send_notification"]),
        (
            "orders",
            "shipping",
            [
                "shipping.cancel_shipment",
                "shipping.compare_numbers",
                "shipping.create_shipment",
                "shipping.list_shipment_events",
            ],
        ),
        ("orders", "orders", []),
        ("orders", "nothing", []),
        ("payments", "orders", ["orders.get_order"]),
        ("nobody", None, ["auth.introspect"]),
        ("shipping", None, ["auth.introspect", "notifications.send_notification"]),
    ],
)
def test_a_client_may_call_what_its_document_declares(client: str, service: str | None, operations: list[str]) -> None:
    assert operations == granted(client, service)


def test_calls_are_those_of_operations_and_those_of_the_whole_document() -> None:
    assert {"payments.refund_payment", "shipping.list_shipment_events"} <= calls("orders")
    assert {"auth.get_jwks", "auth.list_revocations"} == calls("catalog")


@pytest.fixture
async def http(tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    """Auth, which knows Orders and Shipping."""
    settings = {"data_dir": tmp_path, "orders": {"client_secret": FIRST}, "shipping": {"client_secret": SECOND}}
    service = Service("auth", with_secrets(Settings.model_validate(settings)))
    async with (
        service.running(),
        httpx.AsyncClient(transport=httpx.ASGITransport(service), base_url="http://auth") as client,
    ):
        yield client


async def test_a_token_is_for_one_service_and_what_the_client_calls_there(http: httpx.AsyncClient) -> None:
    answer = await http.post("/auth/token", data={**FORM, "resource": "payments"}, auth=("orders", FIRST))

    claims = jwt.decode(answer.json()["access_token"], options={"verify_signature": False})
    scope = "payments.compare_numbers payments.process_payment payments.refund_payment payments.void_order_payment"
    assert ("payments", scope, "orders") == (claims["aud"], claims["scope"], claims["client_id"])
    assert scope == answer.json()["scope"]


async def test_a_token_for_no_service_is_for_all_that_the_client_calls(http: httpx.AsyncClient) -> None:
    answer = await http.post("/auth/token", data=FORM, auth=("shipping", SECOND))

    claims = jwt.decode(answer.json()["access_token"], options={"verify_signature": False})
    assert ["auth", "notifications"] == claims["aud"]
    assert "auth.introspect notifications.send_notification" == claims["scope"]


@pytest.mark.parametrize("resource", ["payments", "shipping", "nothing", "minishop"])
async def test_a_service_that_the_client_does_not_call_is_an_invalid_target(
    http: httpx.AsyncClient, resource: str
) -> None:
    answer = await http.post("/auth/token", data={**FORM, "resource": resource}, auth=("shipping", SECOND))

    assert (400, "invalid_target") == (answer.status_code, answer.json()["error"])
    assert ["/resource"] == [error["pointer"] for error in answer.json()["errors"]]
