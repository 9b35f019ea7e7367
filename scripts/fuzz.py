"""Fuzz the services: Schemathesis holds each one against its OpenAPI document, in a shop of its own.

Every run is the same as the one before: a fixed seed, and a new shop in a temporary folder for each service. What is
sent is read from the documents; schemathesis.toml says how and what is checked, and fuzz_hooks.py what a random
request lacks. An operation that never answered with success is a finding too: then nothing behind it was tested.

reports/fuzz/ holds, for each service, the whole output, a JUnit file, the counts and the log of its shop.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from minishop_client import SERVICES, Minishop

ROOT = Path(__file__).resolve().parent.parent
SPECS = ROOT / "generated" / "minishop_contracts" / "specs"
REPORTS = ROOT / "reports" / "fuzz"
BIN = Path(sys.executable).parent
CUSTOMER, STRANGER = "fuzz-customer", "fuzz-stranger"
ADMIN = "grace"  # of the demo data, and so is the password
PASSWORD = "correct-horse-battery"
STOCKED = (1, 2)  # the products of schemathesis.toml
# The one in the examples of Auth's document: they are sent too, and this way one succeeds.
SECRET = "a-secret-of-at-least-32-letters-x"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of fuzzing a service."""

    service: str
    seconds: float
    exit_code: int
    output: str
    statuses: dict[str, dict[int, int]]
    """The answers to each operation id: how many of each status."""

    @property
    def unreached(self) -> list[str]:
        """The operations that never answered with success."""
        return [name for name, counts in self.statuses.items() if not any(200 <= status < 300 for status in counts)]

    @property
    def green(self) -> bool:
        """Whether nothing was found."""
        return self.exit_code == 0 and not self.unreached


def main() -> int:
    """Fuzz what the command line names, tell what came of it, and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("services", nargs="*", metavar="SERVICE", help=f"of {', '.join(SERVICES)}; all by default")
    parser.add_argument("--seed", type=int, help="another one than in schemathesis.toml")
    parser.add_argument("--max-examples", type=int, help="of each operation in a phase, instead of 50")
    arguments = parser.parse_args()
    if unknown := set(arguments.services) - set(SERVICES):
        parser.error(f"there is no service {', '.join(sorted(unknown))}")
    options = [] if arguments.seed is None else [f"--seed={arguments.seed}"]
    if arguments.max_examples is not None:
        options.append(f"--max-examples={arguments.max_examples}")

    outcomes = []
    with ThreadPoolExecutor(max_workers=2) as pool:
        running = [pool.submit(fuzz, service, options) for service in arguments.services or SERVICES]
        for future in as_completed(running):
            outcomes.append(outcome := future.result())
            print(_line(outcome), flush=True)
    for outcome in outcomes:
        print(_table(outcome))
        if outcome.exit_code:
            print(_findings(outcome.output))
    return 0 if all(outcome.green for outcome in outcomes) else 1


def fuzz(service: str, options: list[str]) -> Outcome:
    """Start a shop, fuzz one service in it, and stop it.

    Raises:
        RuntimeError: the shop does not start.
    """
    started = time.monotonic()
    document, log, reached = SPECS / f"{service}.yaml", REPORTS / f"{service}.log", REPORTS / f"{service}.json"
    REPORTS.mkdir(parents=True, exist_ok=True)
    reached.unlink(missing_ok=True)
    with tempfile.TemporaryDirectory(prefix="minishop-fuzz-") as temporary, _shop(Path(temporary), log) as url:
        folder = Path(temporary)
        (folder / "shop.json").write_text(json.dumps(_prepare(url, reached)))
        (folder / "identities.json").write_text(json.dumps({"auth": _identities()}))
        done = subprocess.run(
            [BIN / "schemathesis", f"--config-file={ROOT / 'schemathesis.toml'}", "run", document, f"--url={url}",
             "--no-color", "--report=junit", f"--report-junit-path={REPORTS / service}.xml", *options],
            env={
                **os.environ,
                "MINISHOP_FUZZ_IDENTITIES": str(folder / "identities.json"),
                "MINISHOP_FUZZ_SHOP": str(folder / "shop.json"),
                "PYTHONPATH": str(ROOT / "scripts"),
            },
            cwd=folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )  # fmt: skip
    (REPORTS / f"{service}.txt").write_text(done.stdout)
    statuses = _statuses(document, reached)
    return Outcome(service, time.monotonic() - started, done.returncode, done.stdout, statuses)


@contextmanager
def _shop(folder: Path, log: Path) -> Iterator[str]:
    """A new shop with demo data in the folder; its address."""
    # None of the settings of whoever calls: they may name a real database.
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("MINISHOP_")}
    with log.open("w") as stream:
        shop = subprocess.Popen(
            [BIN / "minishop", "up", "--port=0", f"--data-dir={folder / 'data'}"],
            env={**inherited, "MINISHOP_ORDERS_CLIENT_SECRET": SECRET, "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            stderr=stream,
            text=True,
        )
    assert shop.stdout is not None
    try:
        address = next((found[0] for line in shop.stdout if (found := re.search(r"http://[0-9.:]+", line))), None)
        if address is None:
            raise RuntimeError(f"The shop does not start:\n{log.read_text()}")
        yield address
    finally:
        shop.terminate()
        shop.communicate()


def _prepare(url: str, reached: Path) -> dict[str, Any]:
    """Add users that no example of the documents names, and stock that never runs out; what the hooks must know."""
    with Minishop(url) as shop:
        for username in (STRANGER, CUSTOMER):
            user = shop.auth.register(
                username=username, email=f"{username}@example.com", password=PASSWORD, address="1 Water Street"
            )
        catalog = shop.login(ADMIN, PASSWORD).catalog
        for product in STOCKED:
            catalog.update_product(product, if_match='"1"', stock=1_000_000)
    return {
        "url": url,
        "username": CUSTOMER,
        "password": PASSWORD,
        "user_id": user.id,
        "stocked": STOCKED,
        "reached": str(reached),
    }


def _identities() -> list[dict[str, Any]]:
    """Who may call, in the Web Fuzzing Commons format: an operation is fuzzed as the first that it lets in."""
    token = {
        "extractFrom": "body",
        "extractSelector": "/access_token",
        "sendIn": "header",
        "sendName": "Authorization",
        "sendTemplate": "Bearer {token}",
    }

    def identity(name: str, path: str, content_type: str, payload: str) -> dict[str, Any]:
        login = {"verb": "POST", "endpoint": path, "contentType": content_type, "payloadRaw": payload, "token": token}
        return {"name": name, "loginEndpointAuth": login}

    def user(name: str, username: str) -> dict[str, Any]:
        payload = json.dumps({"username": username, "password": PASSWORD})
        return identity(name, "/auth/login", "application/json", payload)

    form = f"grant_type=client_credentials&client_id=orders&client_secret={SECRET}"
    return [
        user("customer", CUSTOMER),
        user("admin", ADMIN),
        identity("service", "/auth/token", "application/x-www-form-urlencoded", form),
        user("stranger", STRANGER),
    ]


def _statuses(document: Path, reached: Path) -> dict[str, dict[int, int]]:
    counts: dict[str, dict[int, int]] = defaultdict(dict)
    for label, status, count in json.loads(reached.read_text()) if reached.exists() else ():
        counts[label][status] = count
    paths = yaml.safe_load(document.read_text())["paths"]
    return {
        operation["operationId"]: counts[f"{method.upper()} {path}"]
        for path, item in paths.items()
        for method, operation in item.items()
        if isinstance(operation, dict)
    }


def _findings(output: str) -> str:
    """What Schemathesis says from its first finding on, without the ends of long lines."""
    first = re.search(r"^=+ [A-Z]+ =+$", output, re.MULTILINE)
    lines = output[first.start() if first else 0 :].splitlines()
    return "\n".join(line if len(line) < 600 else f"{line[:600]} …" for line in lines)


def _line(outcome: Outcome) -> str:
    requests = sum(sum(counts.values()) for counts in outcome.statuses.values())
    verdict = "ok" if outcome.green else "FINDINGS"
    return f"{outcome.service:14} {requests:6} requests {outcome.seconds:6.1f} s   {verdict}"


def _table(outcome: Outcome) -> str:
    rows = [f"\n{outcome.service}"]
    for operation, counts in outcome.statuses.items():
        answers = "  ".join(f"{status}: {count}" for status, count in sorted(counts.items()))
        missing = "   NO SUCCESS REACHED" if operation in outcome.unreached else ""
        rows.append(f"  {operation:20} {answers}{missing}")
    return "\n".join(rows)


if __name__ == "__main__":
    sys.exit(main())
