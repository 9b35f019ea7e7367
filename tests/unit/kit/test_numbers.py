"""Numbers that others know are not given out again, on both databases."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from minishop_server.kit.database import (
    Database,
    Numbered,
    Numbers,
    NumbersBehind,
    migrations_of,
    open_database,
    recover,
)
from minishop_server.kit.problems import Unavailable
from minishop_server.services.shipping.store import Store

SHIPMENTS = Numbered("shipping", "shipments", "feed")


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """That of Shipping."""
    database = await open_database(database_url, migrations_of("shipping"))
    yield database
    await database.close()


async def ship(database: Database, order: int) -> int:
    """The number of a new shipment."""
    row, _ = await Store(database).open(f"ORD-{order}", f"identity-{order}", "1 Water Street", "Canada Post", 1, None)
    return int(row["id"])


async def test_numbers_go_on_above_what_others_know_once_they_were_recovered(database: Database) -> None:
    assert [1, 2] == [await ship(database, 101), await ship(database, 102)]
    numbers = Numbers(database, SHIPMENTS, lambda why: None)
    await numbers.learn(2)
    await numbers.require_ahead()
    await numbers.learn(7)
    with pytest.raises(NumbersBehind, match="minishop recover shipping"):
        await numbers.require_ahead()

    assert (True, 7) == await recover(database, SHIPMENTS)

    await numbers.require_ahead()
    assert [8, 9] == [await ship(database, 103), await ship(database, 104)]
    assert (False, 7) == await recover(database, SHIPMENTS)
    assert 10 == await ship(database, 105)


async def test_a_recovery_moves_the_feed_beyond_any_place_that_was_read(database: Database) -> None:
    await recover(database, SHIPMENTS)

    row = await database.fetchrow(dict, "SELECT last FROM feed")
    assert row is not None
    assert 1_000_000 == row["last"]


async def test_numbers_go_on_above_the_one_that_an_operator_knows(database: Database) -> None:
    await ship(database, 101)

    assert (True, 9) == await recover(database, SHIPMENTS, above=9)

    assert 10 == await ship(database, 102)


async def test_a_recovery_lowers_no_number_that_a_transaction_under_way_may_have(database: Database) -> None:
    await ship(database, 101)
    for _ in range(3):
        row = await database.fetchrow(dict, f"SELECT {database.next_id('shipments')} AS id")
    assert row is not None

    await recover(database, SHIPMENTS)

    assert row["id"] <= await ship(database, 102)


async def test_a_replica_steps_back_when_another_one_was_told(database: Database) -> None:
    stepped_back: dict[str, Unavailable] = {}
    told = Numbers(database, SHIPMENTS, lambda why: stepped_back.update(told=why))
    other = Numbers(database, SHIPMENTS, lambda why: stepped_back.update(other=why))

    await told.learn(3)
    await told.learn(3)
    await other.look()

    assert {"told", "other"} == set(stepped_back)


async def test_the_highest_number_is_never_forgotten_for_a_lower_one(database: Database) -> None:
    numbers = Numbers(database, SHIPMENTS, lambda why: None)

    await numbers.learn(5)
    await numbers.learn(2)

    assert (True, 5) == await recover(database, SHIPMENTS)
