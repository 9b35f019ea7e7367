"""Find documented answers that nothing observed: tests or fuzzing see every status of every operation.

    python scripts/coverage_statuses.py

Reads what `pytest` and `minishop fuzz` left in reports/. Prints each operation with the statuses that it documents and
that nothing saw, and exits with 1 if there is any.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent
SPECS = ROOT / "generated" / "minishop_contracts" / "specs"
REPORTS = ROOT / "reports"

UNSEEN = {
    500: "only a fault of the program causes it; the tests of the kit cause some on purpose, in handlers of their own",
    503: "only a fault of a database or of a peer causes it; the tests cause it for those operations that call others",
}
"""Statuses that need not be seen for each operation, and why."""

Answer = tuple[str, str, int]
"""Service, operation id, status."""


def documented() -> set[Answer]:
    """What the documents say."""
    return {
        (specification.stem, operation["operationId"], int(status))
        for specification in SPECS.glob("*.yaml")
        for item in yaml.load(specification.read_text("utf-8"), yaml.CSafeLoader)["paths"].values()
        for operation in item.values()
        if isinstance(operation, dict)
        for status in operation["responses"]
    }


def in_tests() -> Iterator[Answer]:
    """What tests/statuses.py noted."""
    for path in (REPORTS / "statuses").glob("*.json"):
        yield from ((service, operation, status) for service, operation, status in json.loads(path.read_text("utf-8")))


def in_fuzzing() -> Iterator[Answer]:
    """What `minishop fuzz` counted."""
    for path in (REPORTS / "fuzz").glob("*.json"):
        for operation, counts in json.loads(path.read_text("utf-8")).items():
            yield from ((path.stem, operation, int(status)) for status in counts)


def main() -> int:
    """Print what is missing; the exit code."""
    expected, tested, fuzzed = documented(), set(in_tests()), set(in_fuzzing())
    for name, seen in {"pytest": tested, "minishop fuzz": fuzzed}.items():
        if not seen:
            print(f"Nothing noted: run {name} first.")
            return 1
    needed = {answer for answer in expected if answer[2] not in UNSEEN}
    missing = sorted(needed - tested - fuzzed)
    for service, operation, status in missing:
        print(f"{service}.{operation}: no test and no fuzzing saw {status}")
    print(
        f"{len(needed - set(missing))} of {len(needed)} documented answers seen: "
        f"{len(needed & tested)} in tests, {len(needed & fuzzed)} in fuzzing"
    )
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
