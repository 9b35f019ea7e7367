"""The rules and the dashboard: checked by Prometheus' own tools, and asked for data of a shop that sells."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml

import minishop_client
from minishop_client import Minishop
from scripts import strict_yaml
from tests.support.metrics import metrics_url
from tests.support.processes import PATIENCE, running, running_shop

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "deploy" / "monitoring"
RULES: list[dict[str, Any]] = [
    rule for group in strict_yaml.read(FOLDER / "rules.yml")["groups"] for rule in group["rules"]
]
ALERTS = {rule["alert"]: rule for rule in RULES if "alert" in rule}
PANELS: list[dict[str, Any]] = json.loads((FOLDER / "dashboard.json").read_text())["panels"]
COMPARISON = re.compile(r"\s(?:>|==)\s[\d.]+$")
PASSWORD = "correct-horse-battery"


def tool(name: str) -> str:
    """The path of a program of Prometheus, which CI needs."""
    found = shutil.which(name)
    if found is None:
        (pytest.fail if "CI" in os.environ else pytest.skip)(f"{name} is not installed: apt install prometheus")
    return str(found)


@pytest.mark.parametrize("arguments", [("check", "rules", "rules.yml"), ("test", "rules", "rules_test.yml")])
def test_promtool_accepts_the_rules_and_their_tests(arguments: tuple[str, ...]) -> None:
    ended = subprocess.run([tool("promtool"), *arguments], cwd=FOLDER, capture_output=True, encoding="utf-8")

    assert 0 == ended.returncode, ended.stdout + ended.stderr


def test_each_alert_has_a_test_in_which_it_fires_and_one_in_which_it_does_not() -> None:
    tests = strict_yaml.read(FOLDER / "rules_test.yml")["tests"]
    cases = [case for test in tests for case in test.get("alert_rule_test", [])]

    assert set(ALERTS) == {case["alertname"] for case in cases if case.get("exp_alerts")}
    assert set(ALERTS) == {case["alertname"] for case in cases if not case.get("exp_alerts")}


def test_each_alert_has_a_section_in_the_runbooks_that_it_names() -> None:
    sections = re.findall(r"^## (\w+)\n\n\*\*Meaning\.\*\* .*?^\*\*Look at\*\* .*?^\*\*Do\.\*\* ", text(), re.S | re.M)

    assert list(ALERTS) == sections
    assert {name: f"docs/runbooks.md#{name.lower()}" for name in ALERTS} == {
        name: rule["annotations"]["runbook"] for name, rule in ALERTS.items()
    }
    assert {"page", "ticket"} == {rule["labels"]["severity"] for rule in ALERTS.values()}


def text() -> str:
    return (ROOT / "docs" / "runbooks.md").read_text()


def expressions() -> Iterator[tuple[str, set[str]]]:
    """The expressions of rules and panels, and labels that their results need: an alert without its threshold."""
    for rule in RULES:
        wanted = set(re.findall(r"\$labels\.(\w+)", rule.get("annotations", {}).get("summary", "")))
        for part in rule["expr"].split(" and "):
            yield (COMPARISON.sub("", part) if "alert" in rule else part), wanted
    for target in (target for panel in PANELS for target in panel["targets"]):
        wanted = set(re.findall(r"{{(\w+)}}", target["legendFormat"]))
        yield target["expr"].replace("$__rate_interval", "1m"), wanted


@contextmanager
def prometheus(folder: Path, *targets: str) -> Iterator[httpx.Client]:
    """A Prometheus that scrapes these every second, and a client of it."""
    config = {
        "global": {"scrape_interval": "1s", "evaluation_interval": "1s"},
        "rule_files": [str(FOLDER / "rules.yml")],
        "scrape_configs": [{"job_name": "minishop", "static_configs": [{"targets": list(targets)}]}],
    }
    (folder / "prometheus.yml").write_text(yaml.safe_dump(config))
    with socket.create_server(("127.0.0.1", 0)) as free:
        address = f"127.0.0.1:{free.getsockname()[1]}"
    options = ["--config.file=prometheus.yml", "--storage.tsdb.path=tsdb", f"--web.listen-address={address}"]
    with (folder / "prometheus.log").open("wb") as log:
        process = subprocess.Popen([tool("prometheus"), *options], cwd=folder, stdout=log, stderr=log)
    try:
        with httpx.Client(base_url=f"http://{address}", timeout=PATIENCE) as http:
            yield http
    finally:
        process.terminate()
        process.wait()


def lacking(http: httpx.Client) -> list[str]:
    """The expressions without data, or without a label that they need."""
    found = []
    for expression, labels in expressions():
        answer = http.get("/api/v1/query", params={"query": expression}).json()
        assert "success" == answer["status"], (expression, answer)
        result = answer["data"]["result"]
        if not result or not all(labels <= sample["metric"].keys() for sample in result):
            found.append(expression)
    return found


def test_every_expression_has_data_of_a_shop_that_sells(tmp_path: Path, seven_databases: dict[str, str]) -> None:
    tool("prometheus")
    settings = {**seven_databases, "MINISHOP_METRICS_PORT": "0"}
    with running_shop(tmp_path / "shop", settings) as (shop, url):
        alone = {
            "MINISHOP_CATALOG_DATABASE_URL": seven_databases["MINISHOP_CATALOG_DATABASE_URL"],
            "MINISHOP_AUTH_URL": url,
            "MINISHOP_METRICS_PORT": "0",
        }
        with (
            running(tmp_path / "catalog", "serve", "catalog", "--port=0", settings=alone) as catalog,
            Minishop(url, timeout=PATIENCE).login("ada", PASSWORD) as ada,
            prometheus(tmp_path, *(metrics_url(each).removeprefix("http://") for each in (shop, catalog))) as http,
        ):
            give_up, left = time.monotonic() + 2 * PATIENCE, ["prometheus"]
            while left:
                assert time.monotonic() < give_up, left
                buy(ada, payment_token="tok_declined")
                buy(ada, payment_token="tok_approved")
                with suppress(httpx.TransportError):  # it is not up yet
                    left = lacking(http)
                time.sleep(0.5)


def buy(ada: Minishop, **wish: str) -> None:
    """A purchase, which may be declined."""
    ada.cart.add_cart_item(product_id=1, quantity=1)
    with suppress(minishop_client.PaymentDeclined):
        ada.orders.checkout(user_id=1, payment_method="credit_card", **wish)
