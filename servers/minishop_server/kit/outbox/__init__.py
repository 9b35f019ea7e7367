"""The jobs of a service, stored in the transaction that requires them, and retried until they succeed.

The transactional outbox on one table: a row of `work` exists exactly as long as its job is open.

    outbox = Outbox(database, {"deliver": domain.deliver})

    async with outbox.transaction() as connection:          # a transaction of the database that may leave work
        await connection.execute("INSERT …")
        connection.add("deliver", key, {"some": "JSON"})  # one row for a kind and key; begun once it is committed

    async def deliver(job: Job) -> Finish | None:       # a handler: may run twice, or in two replicas at once
        answer = await ask(…)                             # an effect that is safe to repeat, keyed by `job.key`
        async def record(connection: Transaction) -> None:
            await connection.execute("UPDATE …")          # and `connection.add` for jobs that follow
        return record                                     # or None: there is nothing to record

    async with outbox.running(): …                          # in the service's `running`

A row is claimed with a lease and a token. The function that a handler returns runs in the transaction that deletes
the row by its token; a worker that lost the lease (frozen, slow, cut off) deletes and records nothing. A handler that
raises is called again after a pause that doubles, with jitter; after `LIMIT` tries the row is parked until an admin
resumes it. An existing row that is added again runs once more, and the present run records nothing.

The process that adds a job runs it at once. Jobs of a process that died are found by the others within `POLL` seconds
after its lease: they poll instead of being notified, because nothing is urgent there. Clocks of replicas may differ:
leases and pauses go by the clock that all share (kit/clock.py). A lease that ends early costs a repeated effect and
nothing else.

A service that uses it has this table (and on PostgreSQL the identity, as its other tables with ids have):

    CREATE TABLE work (
        id INTEGER PRIMARY KEY,
        kind TEXT NOT NULL,
        key TEXT NOT NULL,
        payload TEXT NOT NULL,
        request_id TEXT NOT NULL,
        -- The span that added it, in whose trace it runs (W3C Trace Context), if any.
        traceparent TEXT NOT NULL DEFAULT '',
        -- Milliseconds since 1970, before which it is left alone. While it is leased, the end of the lease.
        due BIGINT NOT NULL,
        token TEXT,
        attempts INTEGER NOT NULL,
        parked INTEGER NOT NULL DEFAULT 0,
        -- Why the last try failed.
        error TEXT,
        created_at TEXT NOT NULL,
        UNIQUE (key, kind)
    );

    CREATE INDEX work_due ON work (due) WHERE parked = 0;
"""

from .store import Finish, Job, Transaction, WorkRow
from .worker import Handler, Outbox

__all__ = ["Finish", "Handler", "Job", "Outbox", "Transaction", "WorkRow"]
