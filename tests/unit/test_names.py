"""The names of the settings, in the documents and in the environment."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from minishop_server.hosting.setting_names import known_names, unknown_names
from minishop_server.kit.settings import SERVICES

ROOT = Path(__file__).parents[2]
DOCUMENTS = [ROOT / "README.md", *sorted(ROOT.glob("docs/*.md"))]
TEXT = "\n".join(path.read_text("utf-8") for path in DOCUMENTS)
FOR_EACH_SERVICE = [f"MINISHOP_{name.upper()}_{what}" for name in SERVICES for what in ("URL", "DATABASE_URL")]


def test_each_setting_that_a_document_names_exists() -> None:
    named = re.findall(r"MINISHOP_[A-Z0-9_]*[A-Z0-9](?![A-Z0-9_…<])", TEXT)

    assert [] == list(unknown_names(set(named)))


def test_each_setting_is_in_a_document() -> None:
    def is_there(name: str) -> bool:
        words = name.split("_")
        short = ["…_" + "_".join(words[start:]) for start in range(2, len(words))]
        return any(f"`{shown}" in TEXT for shown in (name, *short))

    names = set(known_names()) - {*FOR_EACH_SERVICE, "MINISHOP_FUZZ_FOLDER"}
    names = {name for name in names if not name.endswith(("_CLIENT_SECRET", "_FILE"))}  # one line tells of all

    assert [] == [name for name in sorted(names) if not is_there(name)]


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("MINISHOP_RATE_LIMTS", "MINISHOP_RATE_LIMITS"),
        ("minishop_prot", "MINISHOP_PORT"),
        ("MINISHOP_QQQQQQQQQQQQQQQQ", None),
    ],
)
def test_a_name_that_sets_nothing_is_told_with_the_one_that_was_meant(name: str, meant: str | None) -> None:
    assert [(name, meant)] == list(unknown_names(["PATH", "MINISHOP_PORT", name]))
