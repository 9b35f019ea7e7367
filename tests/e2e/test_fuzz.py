"""`minishop fuzz` finds deliberate faults, reports them plainly, and finds them again."""

from __future__ import annotations

import json
import re
import shlex
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.support import processes

# Loaded by every Python process that finds it: in the shop, only the users of the run can log in.
BROKEN_LOGIN = """
import sys
if "up" in sys.orig_argv:
    import warnings
    warnings.simplefilter("ignore")
    from minishop_server.services.auth import handlers

    async def login(auth: handlers.Auth, body: handlers.models.Login) -> handlers.Reply[handlers.answers.Token]:
        if body.username not in ("fuzz-customer", "fuzz-stranger", "grace"):
            raise ZeroDivisionError
        return await right(auth, body)

    right, handlers.login = handlers.login, login
"""
UNDOCUMENTED_FIELD = """
import sys
if "up" in sys.orig_argv:
    from minishop_server.services.cart import handlers

    def cart(*arguments, **headers):
        reply = right(*arguments, **headers)
        reply.body["internal_note"] = "bought twice"
        return reply

    right, handlers._cart = handlers._cart, cart
"""
MANY_BREAK = """
import sys
if "up" in sys.orig_argv:
    from minishop_server.services.cart import domain

    async def add(carts, caller, product_id, quantity):
        if quantity >= 37:
            raise ZeroDivisionError
        return await right(carts, caller, product_id, quantity)

    right, domain.Carts.add = domain.Carts.add, add
"""
# A cart may be filled with that many, but its owner can no longer read it.
FULL_BREAKS = """
import sys
if "up" in sys.orig_argv:
    from minishop_server.services.cart import domain

    async def cart(carts, *arguments):
        found = await right(carts, *arguments)
        if any(line.quantity >= 37 for line in found.lines):
            raise ZeroDivisionError
        return found

    right, domain.Carts.cart = domain.Carts.cart, cart
"""
UNDOCUMENTED_STATUS = """
import sys
if "up" in sys.orig_argv:
    from minishop_server.services.cart import handlers

    async def get_cart(carts: handlers.Carts, caller: handlers.Caller) -> handlers.Reply[handlers.answers.Cart]:
        reply = await right(carts, caller)
        return handlers.Reply(reply.body, status=202, headers=reply.headers)

    right, handlers.get_cart = handlers.get_cart, get_cart
"""
NO_OWNER = """
import sys
if "up" in sys.orig_argv:
    from minishop_server.kit.ids import ORDERS
    from minishop_server.services.orders import domain

    async def seen(orders, caller, order_id):
        order = await orders._store.order(ORDERS.row(order_id))
        return await right(orders, caller, order_id) if order is None else order

    right, domain.Orders._seen = domain.Orders._seen, seen
"""
NO_ORDER = """
import sys
if "up" in sys.orig_argv:
    from minishop_server.services.orders import domain

    async def order(orders, caller, order_id):
        raise domain.NotFound("There is no order.")

    domain.Orders.order = order
"""
EXAMPLE_PASSWORD = "a-long-walk-by-the-sea"


@dataclass(frozen=True)
class Run:
    """A run of the command that has ended."""

    exit_code: int
    lines: list[str]
    folder: Path

    def report(self, name: str) -> str:
        return (self.folder / "reports" / "fuzz" / name).read_text("utf-8")

    @property
    def fingerprint(self) -> str:
        found = re.search("Fingerprint of the requests: <code>([0-9a-f]+)", self.report("index.html"))
        assert found is not None
        return found[1]


def fuzz(folder: Path, *arguments: str, **settings: str) -> Run:
    """The command in a new folder, or in one where it ran before."""
    folder.mkdir(exist_ok=True)
    ended = processes.run(folder, "fuzz", *arguments, settings=settings)
    assert ended.returncode in (0, 1, 3), ended.stdout + ended.stderr
    return Run(ended.returncode, ended.stdout.splitlines(), folder)


def planted(folder: Path, fault: str) -> dict[str, str]:
    """The setting with which the shop has a fault."""
    (folder / "sitecustomize.py").write_text(fault, "utf-8")
    return {"PYTHONPATH": str(folder)}


def command(line: str) -> list[str]:
    """The arguments of the command that a finding ends with."""
    found = re.search(r"\[replay: minishop fuzz (.*)\]$", line)
    assert found is not None, line
    return shlex.split(found[1])


def test_a_broken_operation_is_told_in_a_line_that_finds_it_again(tmp_path: Path) -> None:
    broken = planted(tmp_path, BROKEN_LOGIN)

    first = fuzz(tmp_path / "first", "auth", "--operation", "login", "--max-examples", "1", **broken)

    assert 1 == first.exit_code
    told = [line for line in first.lines if line.startswith("auth login ")]
    assert re.match(
        r"auth login exception: ZeroDivisionError at \S+:10 in login \(an exception in login\), \d+ times ",
        told[0],
    )
    assert 1 == len(told)
    assert f"Findings: {len(told)}, see reports/fuzz/index.html" == first.lines[-1]
    failures = ElementTree.fromstring(first.report("auth.xml")).findall(".//failure")
    assert 1 == len(failures)
    for name in ("index.html", "auth.xml", "auth.txt", "auth.json"):
        assert EXAMPLE_PASSWORD not in first.report(name)
    assert "POST" in first.report("index.html")

    again = fuzz(tmp_path / "again", *command(told[0]), **broken)

    assert told == [line for line in again.lines if line.startswith("auth login ")]
    assert first.fingerprint == again.fingerprint
    mended = fuzz(tmp_path / "mended", *command(told[0]))
    assert (0, 0) == (mended.exit_code, sum("findings" in line.lower() for line in mended.lines))


@pytest.mark.parametrize(
    ("fault", "arguments", "told"),
    [
        (
            UNDOCUMENTED_FIELD,
            "cart --operation add_cart_item --max-examples 2",
            "contract: body /internal_note is not in the contract (201 of add_cart_item), N times",
        ),
        (
            MANY_BREAK,
            "cart --operation add_cart_item --max-examples 20",
            "exception: ZeroDivisionError at sitecustomize.py:8 in add (an exception in add_cart_item), N times",
        ),
        (
            UNDOCUMENTED_STATUS,
            "cart --operation get_cart --max-examples 2",
            "contract: the status is not documented (202 of get_cart), N times",
        ),
        (
            NO_OWNER,
            "orders --operation get_order --max-examples 10",
            "object_level_authorization: 200 OK: Object-level authorization bypass `stranger` received the `Order`",
        ),
    ],
    ids=["a field", "an exception", "a status", "an order of another customer"],
)
def test_a_cause_is_one_finding_that_its_command_finds_again(
    tmp_path: Path, fault: str, arguments: str, told: str
) -> None:
    broken = planted(tmp_path, fault)
    first = fuzz(tmp_path / "first", *arguments.split(), **broken)

    (line,) = [line for line in first.lines if "[replay: " in line]
    service, _, operation = arguments.split()[:3]
    assert re.sub(r", \d+ times", ", N times", line).startswith(f"{service} {operation} {told}")
    if told.startswith(("contract", "exception")):
        request = first.lines[first.lines.index(line) + 1]
        lines = first.lines[first.lines.index(line) + 2 : -1]
        assert request.startswith("  curl -X ")
        assert 1 == len({json.loads(text)["request_id"] for text in lines})
    if "in add " in told:
        assert """--data-raw '{"product_id":1,"quantity":37}'""" in request

    again = fuzz(tmp_path / "again", *command(line), **broken)

    assert 1 == again.exit_code
    assert [line] == [line for line in again.lines if "[replay: " in line]


def test_a_finding_that_needs_other_operations_has_the_command_of_the_service(tmp_path: Path) -> None:
    broken = planted(tmp_path, FULL_BREAKS)

    first = fuzz(tmp_path / "first", "cart", "--max-examples", "1", **broken)

    (line,) = [line for line in first.lines if line.startswith("cart get_cart exception: ")]
    assert ["cart", "--seed", "20251006", "--max-examples", "1"] == command(line)


def test_a_run_of_refusals_is_no_success(tmp_path: Path) -> None:
    broken = planted(tmp_path, NO_ORDER)

    run = fuzz(tmp_path / "run", "orders", "--operation", "get_order", "--max-examples", "1", **broken)

    assert 3 == run.exit_code
    assert run.lines[-1].startswith("Nothing was tested: get_order of orders refused every request; ")
