"""The engine with the image, which the tests with containers share."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.support.containers import Engine, engine_with_image, missing


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
