"""The documents hold our rules."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest
from connexion.spec import create_spec_validator

from minishop_server.kit.documents import document
from minishop_server.kit.settings import SERVICES, ServiceName

ROOT = Path(__file__).resolve().parents[2]


def test_the_documents_hold_every_rule() -> None:
    command = [sys.executable, "-m", "scripts.lint_specs"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)

    assert (0, "") == (done.returncode, done.stderr), done.stdout
    assert done.stdout.startswith("All 8 documents hold ")


def test_each_service_has_a_document_and_each_document_a_service() -> None:
    assert sorted(SERVICES) == sorted({path.stem for path in (ROOT / "openapi").glob("*.yaml")} - {"common"})


PRICES = [cents / 100 for cents in range(10_001)]


def amounts(node: Any) -> Iterator[Any]:
    """Every schema of a number."""
    if isinstance(node, dict):
        if node.get("type") == "number":
            yield node
        node = [*node.values()]
    for child in node if isinstance(node, list) else ():
        yield from amounts(child)


def test_a_validator_that_computes_in_doubles_takes_every_price_of_whole_cents() -> None:
    schemas = [schema for name in SERVICES for schema in amounts(document(name))]

    refused = [
        price for schema in schemas for price in PRICES[1:] if not jsonschema.Draft4Validator(schema).is_valid(price)
    ]

    assert [] == refused
    assert len(schemas) > 5


@pytest.mark.parametrize("name", SERVICES)
def test_the_documents_are_openapi_3_0_and_every_default_holds_its_schema(name: ServiceName) -> None:
    schema = resources.files("connexion").joinpath("resources", "schemas", "v3.0", "schema.json").read_text("utf-8")

    errors = create_spec_validator(document(name))(json.loads(schema)).iter_errors(document(name))

    assert [] == [f"{error.json_path}: {error.message}" for error in errors]
