"""All the SQL of the sandbox: its own books."""

from __future__ import annotations

from typing import Literal, TypedDict

from .....kit.clock import unix_time
from .....kit.database import Connection, Database, columns
from .....kit.money import Cents

State = Literal["processing", "needs_action", "authorised", "captured", "declined", "cancelled"]


class ChargeRow(TypedDict):
    """A charge."""

    id: str
    amount: Cents
    state: State
    reason: str | None
    refunded: Cents


CHARGE = columns(ChargeRow)

OPEN = f"""
    INSERT INTO sandbox_charges (id, amount, state, reason, outcome, decided_at)
    VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (id) DO NOTHING
    RETURNING {CHARGE}
"""


class Books:
    """The SQL of charges, one for each key, and of refunds, one for each of their keys, in cents."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def open(self, key: str, amount: Cents, state: State, reason: str | None = None) -> tuple[ChargeRow, bool]:
        """The charge of this key, and whether this call made it."""
        row = await self._database.returning(ChargeRow, OPEN, key, amount, state, reason, "", unix_time())
        if row is not None:
            return row, True
        found = await self.charge(key)
        assert found is not None
        return found, False

    async def open_within(
        self, connection: Connection, key: str, amount: Cents, state: State, outcome: State | None, delay: float
    ) -> bool:
        """Make the charge of this key, unless there is one, and let an undecided one turn into `outcome` by itself."""
        charge = key, amount, state, None, outcome or "", unix_time() + delay
        return await connection.fetchrow(ChargeRow, OPEN, *charge) is not None

    async def charge(self, key: str) -> ChargeRow | None:
        """The charge of this key, decided if its time has come."""
        row = await self._database.fetchrow(ChargeRow, f"SELECT {CHARGE} FROM sandbox_charges WHERE id = $1", key)
        if row is None or row["state"] not in ("processing", "needs_action"):
            return row
        decided = await self._database.returning(
            ChargeRow,
            f"""
            UPDATE sandbox_charges
            SET state = outcome
            WHERE id = $1 AND state IN ('processing', 'needs_action') AND decided_at <= $2
            RETURNING {CHARGE}
            """,
            key,
            unix_time(),
        )
        return decided or row

    async def move(self, key: str, state: State, *before: State) -> ChargeRow:
        """The charge, in another state if it was in one of those before."""
        states = ", ".join(f"'{each}'" for each in before)
        moved = await self._database.returning(
            ChargeRow,
            f"""
            UPDATE sandbox_charges
            SET state = $2
            WHERE id = $1 AND state IN ({states})
            RETURNING {CHARGE}
            """,
            key,
            state,
        )
        row = moved or await self.charge(key)
        assert row is not None
        return row

    async def refund(self, charge: str, key: str, amount: Cents) -> bool:
        """Record a refund, or return False if it exceeds the amount that is left."""
        async with self._database.transaction() as connection:
            new = await connection.execute(
                """
                INSERT INTO sandbox_refunds (id, charge_id, amount)
                VALUES ($1, $2, $3)
                ON CONFLICT (id) DO NOTHING
                """,
                key,
                charge,
                amount,
            )
            if not new:
                return True
            covered = await connection.execute(
                """
                UPDATE sandbox_charges
                SET refunded = refunded + $2
                WHERE id = $1 AND state = 'captured' AND amount - refunded >= $2
                """,
                charge,
                amount,
            )
            if not covered:
                await connection.execute("DELETE FROM sandbox_refunds WHERE id = $1", key)
        return covered == 1
