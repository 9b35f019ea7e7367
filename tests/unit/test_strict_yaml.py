"""A YAML document is read strictly, by all scripts and tests: other readers refuse a key that stands twice."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from scripts import bundle, strict_yaml

ROOT = Path(__file__).resolve().parents[2]
TWICE = """
paths: {}
info:
  "403": {a: 1}
  "403": {a: 1}
"""
SERVED = ROOT / "servers" / "minishop_server" / "kit" / "documents.py"
"""Reads generated documents at run time."""


@pytest.mark.parametrize("text", [TWICE, "{a: 1, b: 2, a: 1}", "[{a: {b: 1, b: 1}}]", '{403: 1, "403": 1}'])
def test_a_key_that_stands_twice_is_refused_even_with_the_same_value(text: str) -> None:
    with pytest.raises(yaml.YAMLError, match="stands twice"):
        strict_yaml.parse(text)


def test_the_refusal_names_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "shop.yaml").write_text(TWICE)

    with pytest.raises(yaml.YAMLError, match=r'the key 403 stands twice\n  in ".*shop.yaml", line 5'):
        strict_yaml.read(tmp_path / "shop.yaml")


def test_the_same_key_of_two_mappings_is_taken() -> None:
    assert {"a": {"c": 1}, "b": {"c": 1}} == strict_yaml.parse("{a: {c: 1}, b: {c: 1}}")


def test_the_bundler_refuses_it(tmp_path: Path) -> None:
    (tmp_path / "shop.yaml").write_text(TWICE)

    with pytest.raises(yaml.YAMLError, match="stands twice"):
        bundle.bundle(tmp_path / "shop.yaml")


@pytest.mark.parametrize("folder", ["openapi", "docs/released", "generated/minishop_contracts/specs"])
def test_no_document_here_has_a_key_twice(folder: str) -> None:
    assert strict_yaml.read_all(ROOT / folder)


def test_nothing_else_reads_yaml() -> None:
    modules = [path for place in ("bench", "scripts", "tests", "servers") for path in (ROOT / place).rglob("*.py")]
    loading = re.compile(r"yaml\.(safe_)?(load|load_all|full_load)\(")

    found = {path for path in modules if loading.search(path.read_text("utf-8"))}

    assert {ROOT / "scripts" / "strict_yaml.py", SERVED} == found
