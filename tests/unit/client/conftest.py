"""Fixtures that the tests of the client share."""

from collections.abc import Iterator

import pytest

from tests.support.scripted_service import Service, running_service


@pytest.fixture
def service() -> Iterator[Service]:
    """A service of the test's own."""
    with running_service() as made:
        yield made
