"""The documents hold our rules."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib import resources
from pathlib import Path

import pytest
from connexion.spec import create_spec_validator

from minishop_server.kit.documents import document
from minishop_server.kit.settings import SERVICES, ServiceName

ROOT = Path(__file__).resolve().parents[2]


def test_the_documents_hold_every_rule() -> None:
    command = [sys.executable, str(ROOT / "scripts" / "lint_specs.py")]
    done = subprocess.run(command, capture_output=True, text=True)

    assert (0, "") == (done.returncode, done.stderr), done.stdout
    assert done.stdout.startswith("All 8 documents hold ")


@pytest.mark.parametrize("name", SERVICES)
def test_the_documents_are_openapi_3_0_and_every_default_holds_its_schema(name: ServiceName) -> None:
    schema = resources.files("connexion").joinpath("resources", "schemas", "v3.0", "schema.json").read_text("utf-8")

    errors = create_spec_validator(document(name))(json.loads(schema)).iter_errors(document(name))

    assert [] == [f"{error.json_path}: {error.message}" for error in errors]
