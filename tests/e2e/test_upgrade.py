"""A shop of the last release goes on with the present code, on its data, wherever it was stopped or killed.

The last release runs from its wheels, which are built from its tag, on the libraries of this environment. Until there
is a release, the wheels of this checkout stand for it.
"""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from minishop_client import Minishop
from scripts.release.records import ROOT, extract, records, tree_of
from scripts.release.wheels import build_wheels
from tests.support.canary_shop import until
from tests.support.processes import run, running_shop

PASSWORD = "correct-horse-battery"
WHERE = "import minishop_client, minishop_contracts, minishop_server as s; print(s.__file__, minishop_client.__file__)"


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Settings of a process that runs the last release."""
    folder, sources = tmp_path_factory.mktemp("released"), ROOT
    if found := records():
        sources = folder / "sources"
        extract(tree_of(found[-1]), sources)
    for wheel in build_wheels(sources, folder / "wheels").values():
        zipfile.ZipFile(wheel).extractall(folder / "unpacked")
    return {"PYTHONPATH": str(folder / "unpacked")}


def test_the_last_release_runs_from_its_wheels(released: dict[str, str], tmp_path: Path) -> None:
    ended = subprocess.run([sys.executable, "-c", WHERE], cwd=tmp_path, env=released, capture_output=True, text=True)

    assert "" == ended.stderr
    assert [True] * 2 == [path.startswith(released["PYTHONPATH"]) for path in ended.stdout.split()]


@pytest.mark.parametrize("end", ["stopped", "killed"])
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_shop_of_the_last_release_is_upgraded_with_its_orders_and_open_work(
    tmp_path: Path, request: pytest.FixtureRequest, released: dict[str, str], kind: str, end: str
) -> None:
    settings: dict[str, str] = {} if kind == "sqlite" else request.getfixturevalue("seven_databases")
    with running_shop(tmp_path, {**settings, **released}) as (process, url), Minishop(url) as shop:
        sold = run(tmp_path, "demo", "--url", url, settings=released)
        assert (0, "") == (sold.returncode, sold.stderr)
        refresh = shop.auth.login(username="ada", password=PASSWORD).refresh_token
        ada = shop.login("ada", PASSWORD)
        ada.cart.add_cart_item(product_id=1, quantity=2)
        order = ada.orders.checkout(user_id=1, payment_method="credit_card", idempotency_key="key-1")
        ada.cart.add_cart_item(product_id=2, quantity=1)  # the shipment and the confirmation may still be owed
        if end == "killed":
            process.kill()
        else:
            process.interrupt()

    if end == "stopped":  # with the two steps of a deployment
        migrated = run(tmp_path, "migrate", "--data-dir", "data", settings=settings)
        assert (0, "") == (migrated.returncode, migrated.stderr)
        settings = {**settings, "MINISHOP_MIGRATE": "off"}
    with running_shop(tmp_path, settings) as (_, url), Minishop(url) as shop:
        ada = shop.with_refresh_token(refresh)
        again = ada.orders.checkout(user_id=1, payment_method="credit_card", idempotency_key="key-1")
        until(lambda: ada.orders.get_order(order.order_id).status == "shipped")
        second = ada.orders.checkout(user_id=1, payment_method="credit_card")
        sold = run(tmp_path, "demo", "--url", url)
        audited = run(tmp_path, "audit", "--url", url)

        assert order.order_id == again.order_id
        assert [(2, 1)] == [(line.product_id, line.quantity) for line in ada.orders.get_order(second.order_id).lines]
    assert [(0, "")] * 2 == [(ended.returncode, ended.stderr) for ended in (sold, audited)]
    assert "The books add up." in audited.stdout
