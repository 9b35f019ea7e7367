"""`make chaos`: faults of every kind in shops of processes; afterwards everything has to add up.

    .venv/bin/python -m tests.chaos --seed 7 --database postgresql --replicas 3

A run is the crash matrix, purchases while everything breaks, and rushes for the last pieces, each in a new shop. The
exit code 1 means that something did not add up; the discrepancy and the command that repeats the run are printed.
"""

from __future__ import annotations

import argparse
import asyncio
import shutil
import sys
import tempfile
import time
import warnings
from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager, ExitStack
from dataclasses import dataclass
from pathlib import Path

warnings.filterwarnings("ignore", message="Using `httpx` with `starlette.testclient`")

from minishop_server.kit.settings import SERVICES  # noqa: E402
from tests.chaos.chaos import ENDINGS, SETTINGS, Chaos, Tally  # noqa: E402
from tests.chaos.deployment import Deployment, Forker, running  # noqa: E402
from tests.chaos.matrix import ENDS, kill_everywhere, stocked  # noqa: E402
from tests.chaos.proof import findings  # noqa: E402
from tests.chaos.rush import last_items, opposite_carts  # noqa: E402
from tests.support.postgres import Postgres, running_postgres  # noqa: E402


def main() -> int:
    """Run the deployment of the arguments, or all deployments one after the other."""
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--seed", type=int, default=1, help="decides what is bought and what breaks (default 1)")
    parser.add_argument("--checkouts", type=int, default=500, help="of each run (default 500)")
    parser.add_argument("--no-matrix", action="store_true", help="leave the crash matrix out")
    parser.add_argument("--database", choices=["sqlite", "postgresql"], help="default: both")
    parser.add_argument("--replicas", type=int, choices=[1, 3], help="of Orders, on PostgreSQL (default: both)")
    arguments = parser.parse_args()
    if arguments.database == "sqlite" and arguments.replicas == 3:
        parser.error("SQLite is for one process")
    runs = [("sqlite", 1), ("postgresql", 1), ("postgresql", 3)]
    chosen = [
        (database, replicas)
        for database, replicas in runs
        if arguments.database in (None, database) and arguments.replicas in (None, replicas)
    ]
    codes = [one(database, replicas, arguments) for database, replicas in chosen]
    return max(codes)


def one(database: str, replicas: int, arguments: argparse.Namespace) -> int:
    """Run once and return the exit code."""
    seed, checkouts = arguments.seed, arguments.checkouts
    started, folder = time.monotonic(), Path(tempfile.mkdtemp(prefix="minishop-chaos-"))
    with ExitStack() as stack:
        postgres = stack.enter_context(running_postgres()) if database == "postgresql" else None
        run = Run(stack.enter_context(Forker()), folder, postgres, replicas)
        wrong = [] if arguments.no_matrix else asyncio.run(run.matrix())
        wrong += asyncio.run(run.chaos(seed, checkouts))
    seconds = time.monotonic() - started
    print(f"{database}, {replicas} × Orders, seed {seed}: {'WRONG' if wrong else 'right'} after {seconds:.0f} s")
    if wrong:
        print(*(f"  {each}" for each in wrong), sep="\n")
        options = f"--seed {seed} --checkouts {checkouts} --database {database} --replicas {replicas}"
        print(f"  Logs and data: {folder}\n  Again: {sys.executable} -m tests.chaos {options}")
    else:
        shutil.rmtree(folder)
    return bool(wrong)


@dataclass(frozen=True, slots=True)
class Run:
    """The deployment of a run, whose methods return the errors."""

    forker: Forker
    folder: Path
    postgres: Postgres | None
    replicas: int

    def shop(self, name: str, settings: Mapping[str, str]) -> AbstractAsyncContextManager[Deployment]:
        """A new shop."""
        databases = {service: self.postgres.new_database(service) for service in SERVICES} if self.postgres else {}
        return running(self.forker, self.folder / name, databases, self.replicas, settings)

    async def matrix(self) -> list[str]:
        """Everything that may happen to an order, killed at each of its moments."""
        async with self.shop("matrix", {}) as deployment:
            buyer, kills = await stocked(deployment), 0
            for act in ENDS:
                try:
                    async for moment in kill_everywhere(deployment, buyer, act):
                        kills += 1
                        tell(f"{kills} kills: {act.__name__}, {moment}")
                except AssertionError as error:
                    return [str(error)]
            tell(f"{kills} kills at as many moments\n")
            return await findings(deployment)

    async def chaos(self, seed: int, checkouts: int) -> list[str]:
        """Purchases while everything breaks, and then two rushes in the shop that survived it."""

        def show(tally: Tally) -> None:
            done, faults = sum(tally.answers[end] for end in ENDINGS), tally.faults.total()
            tell(f"{done}/{checkouts} checkouts, {faults} faults, {len(tally.wrong)} wrong")

        async with self.shop("chaos", {**SETTINGS, "CHAOS_SEED": str(seed)}) as deployment:
            tally = await Chaos(deployment, self.postgres, seed, checkouts, buyers=24, progress=show).run()
            tell(f"answers: {dict(tally.answers)}\nfaults: {dict(sorted(tally.faults.items()))}\n")
            return [*tally.wrong, *await rushes(deployment)]


async def rushes(deployment: Deployment) -> list[str]:
    """The errors when many buyers want the last pieces."""
    wrong = []
    for rush in last_items, opposite_carts:
        ends, left = await rush(deployment)
        if ends["paid"] != 10 or any(left):
            wrong.append(f"{rush.__name__}: {dict(ends)}, and {left} left of 10")
    return [*wrong, *await findings(deployment)]


def tell(text: str) -> None:
    """How far it is, on a line that is written again and again."""
    print(f"\r{text}\033[K", end="", flush=True)


if __name__ == "__main__":
    sys.exit(main())
