"""The manifests in a lab: policies in force, the seven services on PostgreSQL, nginx in front, and an outsider."""

from __future__ import annotations

from functools import partial

import httpx
import pytest

from minishop_server.kit.settings import SERVICES
from scripts.deploy.plan import callees
from scripts.deploy.workloads import NGINX_UID, UID
from tests.support.first_sale import first_sale
from tests.support.lab import Lab
from tests.support.lab_shop import LabShop
from tests.support.manifests import KUBERNETES, Node, expected_edges, policies, rendered
from tests.support.shop import PASSWORD


def test_exactly_the_expected_connections_are_open(lab: Lab, shop: LabShop) -> None:
    assert expected_edges("kind") == lab.open_edges()


@pytest.mark.parametrize(("pod", "user"), [*((name, UID) for name in SERVICES), ("gateway", NGINX_UID)])
def test_the_processes_have_no_more_rights_than_in_the_manifests(shop: LabShop, pod: str, user: int) -> None:
    status = dict(line.split(":\t", 1) for line in shop.process_file(pod, "status").splitlines())
    (root,) = (line.split() for line in shop.process_file(pod, "mountinfo").splitlines() if line.split()[4] == "/")

    assert [str(user)] * 4 == status["Uid"].split()
    assert {0} == {int(status[name], 16) for name in ("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb")}
    assert "1" == status["NoNewPrivs"]
    assert "ro" in root[5].split(",")


def test_a_purchase_from_outside_goes_through_the_gateway(lab: Lab, shop: LabShop) -> None:
    assert "paid" == lab.inside("edge", partial(first_sale, shop.gateway))
    assert "The books add up." in shop.run("edge", "audit", "--url", shop.gateway, "--password", PASSWORD)


def test_monitoring_reads_the_metrics_of_each_service(lab: Lab, shop: LabShop) -> None:
    for name in SERVICES:
        url = f"http://{lab.addresses[name]}:9464/metrics"
        answer = lab.inside("monitoring", partial(httpx.get, url))
        assert 200 == answer.status_code
        assert f'service="{name}"' in answer.text


def test_the_lab_finds_faults_of_the_policies(lab: Lab, shop: LabShop, kind: list[Node]) -> None:
    found = rendered(KUBERNETES / "overlays" / "kind")
    of = {each["metadata"]["name"]: each["spec"] for each in policies(found)}
    of["cart"]["ingress"][0]["from"].append({"namespaceSelector": {}})
    of["orders"]["egress"] = []

    lab.enforce(policies(found))
    try:
        different = expected_edges("kind") ^ lab.open_edges()
    finally:
        lab.enforce(policies(kind))

    too_wide = {f"{name} -> cart:8000" for name in ("dns", "edge", "monitoring", "operator", "stranger")}
    missing_ones = {f"orders -> {name}:8000" for name in callees("orders")}
    assert too_wide | missing_ones == different


def test_the_doctor_in_a_pod_finds_no_fault_until_policies_let_too_much_through(
    lab: Lab, shop: LabShop, kind: list[Node]
) -> None:
    told = shop.run("orders", "doctor", "--deployment", "--replicas", "2", code=1)
    assert "MINISHOP_ORDERS_DATABASE_URL does not require TLS" in told  # the database of `kind` has no certificate
    assert "Unsafe: 1" in told
    found = rendered(KUBERNETES / "overlays" / "kind")
    for each in policies(found):
        each["spec"]["egress"] = [{}]
        each["spec"]["ingress"] = [{}]

    lab.enforce(policies(found))
    try:
        told = shop.run("cart", "doctor", "--deployment", code=1)
    finally:
        lab.enforce(policies(kind))

    assert "cart can connect to orders, payments, shipping, notifications, which it never calls" in told
    assert "no network policy is enforced" in told
