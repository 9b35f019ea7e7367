"""The engine with the image, and the lab with its shop, which several files of tests share."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from minishop_server.kit.settings import SERVICES
from scripts.deploy.plan import callees
from tests.support.containers import Engine, engine_with_image, missing
from tests.support.lab import Lab, running_lab
from tests.support.lab import missing as missing_for_lab
from tests.support.lab_shop import LabShop
from tests.support.manifests import KUBERNETES, Node, Peer, peers, policies, rendered


@pytest.fixture(scope="session")
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """A Docker engine that has the image."""
    if lacking := missing():
        (pytest.fail if "CI" in os.environ else pytest.skip)(lacking)
    capture = request.config.pluginmanager.getplugin("capturemanager")

    def say(text: str) -> None:
        with capture.global_and_fixture_disabled():
            print(f"\n{text}", flush=True)

    with engine_with_image(say) as engine:
        yield engine


@pytest.fixture(scope="session")
def kind() -> list[Node]:
    """The objects of the overlay `kind`, on a machine that can run the lab."""
    if lacking := missing_for_lab():
        (pytest.fail if "CI" in os.environ else pytest.skip)(lacking)
    return rendered(KUBERNETES / "overlays" / "kind")


@pytest.fixture(scope="session")
def lab(kind: list[Node]) -> Iterator[Lab]:
    """The pods and outsiders, with a second pod of each service that calls itself."""
    found = peers(kind)
    twins = [Peer(f"{each.name}-2", each.namespace, each.labels) for each in found if _calls_itself(each.name)]
    with running_lab([*found, *twins]) as lab:
        lab.enforce(policies(kind))
        yield lab


@pytest.fixture(scope="session")
def shop(lab: Lab, kind: list[Node], tmp_path_factory: pytest.TempPathFactory) -> Iterator[LabShop]:
    """The shop, started while the policies are in force."""
    shop = LabShop(lab, kind, tmp_path_factory.mktemp("lab"))
    with shop.running():
        yield shop


def _calls_itself(name: str) -> bool:
    return any(name == service and service in callees(service) for service in SERVICES)
