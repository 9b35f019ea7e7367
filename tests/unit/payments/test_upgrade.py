"""This version does the work that the version before owes to the provider."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from minishop_server.kit.database import Database, migrations_of, open_database
from minishop_server.services.settings import Settings
from tests.support.payments import SECRET, SERVICES, Till, running_till
from tests.support.postgres import NewDatabase

TIME = "2025-10-06T18:21:00Z"
CHARGES = [
    ("PAY-555.20251006182100", "authorised"),
    ("PAY-556.20251006182100", "authorised"),
    ("PAY-557.20251006182100", "captured"),
]
DONE = [("captured", 9998, 0), ("cancelled", 9998, 0), ("captured", 9998, 5998)]
"""The first is to be captured, the second cancelled, and of the third something is to be given back."""


async def leave_owing(database: Database) -> None:
    """Write the rows that the version before leaves when the provider is away."""
    for number, (key, state) in enumerate(CHARGES, 1):
        await database.execute(
            "INSERT INTO sandbox_charges (id, amount, state, outcome, decided_at) VALUES ($1, 9998, $2, '', 0)",
            key,
            state,
        )
        await database.execute(
            "INSERT INTO payments (id, order_id, amount, method, capture, state, created_at)"
            " VALUES ($1, $2, 9998, 'credit_card', 0, 'authorised', $3)",
            number,
            f"ORD-{100 + number}",
            TIME,
        )
        await database.execute(
            "INSERT INTO ledger (payment_id, kind, amount, created_at) VALUES ($1, 'authorise', 9998, $2)", number, TIME
        )
    await database.execute("UPDATE payments SET due = 'capture' WHERE id = 1")
    await database.execute("UPDATE payments SET state = 'voided', due = 'cancel' WHERE id = 2")
    await database.execute(
        "UPDATE payments SET state = 'captured', captured = 9998, promised = 5998, refunded = 2000 WHERE id = 3"
    )
    for key, amount, done in ("key-1", 2000, 1), ("key-2", 3998, 0):
        await database.execute(
            "INSERT INTO refunds (payment_id, idempotency_key, provider_key, amount, done, created_at)"
            " VALUES (3, $1, $1, $2, $3, $4)",
            key,
            amount,
            done,
            TIME,
        )
    await database.execute("UPDATE sandbox_charges SET refunded = 2000 WHERE id = $1", CHARGES[2][0])


async def settled(till: Till) -> list[tuple[str, int, int]]:
    """Wait until nothing is owed, and return the books of the provider."""
    await till.tried()
    assert [] == await till.owed()
    assert ["authorise", "authorise", "authorise", "capture", "refund", "void"] == sorted(
        kind for kind, _ in await till.ledger()
    )
    return await till.outside()


@pytest.fixture
def chosen(new_database: NewDatabase, tmp_path: Path) -> Settings:
    """Empty databases."""
    urls = {name: {"database_url": new_database(f"old_{name}")} for name in SERVICES}
    urls["payments"]["webhook_secret"] = SECRET
    return Settings.model_validate({"data_dir": tmp_path, **urls})


async def test_work_that_is_owed_at_the_upgrade_is_done_after_it(chosen: Settings, tmp_path: Path) -> None:
    (released := tmp_path / "payments" / "migrations").mkdir(parents=True)
    for revision in migrations_of("payments").glob("000[1-5]_*.py"):
        shutil.copy(revision, released)
    assert chosen.payments.database_url is not None
    database = await open_database(chosen.payments.database_url.get_secret_value(), released)
    await leave_owing(database)
    await database.close()

    async with running_till(chosen) as till:
        assert DONE == await settled(till)


async def test_work_of_a_replica_of_the_version_before_is_taken_over_once(till: Till) -> None:
    await leave_owing(till.payments.database)

    for _ in range(2):
        await till.payments.take_over()

    assert DONE == await settled(till)
    assert {"capture": 1, "cancel": 1, "refund": 1} == {kind: till.line.calls.count(kind) for kind in till.line.calls}
