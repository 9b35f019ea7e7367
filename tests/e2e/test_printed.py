"""Commands and programs in documents and pages can be pasted unchanged, into a fresh shop."""

from __future__ import annotations

import html
import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import httpx
import pytest
import typer

from minishop_server.commands.main import app
from tests.support.printed_commands import (
    ADDRESS,
    DOCUMENTS,
    ROOT,
    SHELLS,
    blocks,
    commands,
    has_blocks_of_no_language,
    ran,
    shells,
    typed,
)
from tests.support.processes import running, running_shop

PROGRAMS = {
    "README.md": "ORD-101 paid 99.98\n",
    "clients/README.md": "ORD-101 paid 99.98\n127.0.0.1 ",
}
"""The documents with programs, and the start of their output."""
STAND_IN = """#!/bin/sh
{ printf '%s' "$0"; for word; do printf '\\t%s' "$word"; done; echo; } >> "$CALLS"
"""
in_each_shell = pytest.mark.parametrize("shell", shells())


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """That of a fresh shop."""
    with running_shop(tmp_path / "shop") as (_, url):
        yield url


def name(document: Path) -> str:
    return str(document.relative_to(ROOT))


@pytest.mark.parametrize("document", DOCUMENTS, ids=name)
def test_nothing_is_printed_that_no_test_would_find(document: Path) -> None:
    assert not has_blocks_of_no_language(document)
    assert bool(blocks(document, "python")) == (name(document) in PROGRAMS)


@pytest.mark.parametrize("document", PROGRAMS)
def test_the_programs_of_a_document_run_one_after_the_other_in_a_fresh_shop(
    tmp_path: Path, address: str, document: str
) -> None:
    program = "\n".join(blocks(ROOT / document, "python"))

    ended = ran(program.replace(ADDRESS, address), tmp_path)

    assert (0, "") == (ended.returncode, ended.stderr)
    assert ended.stdout.startswith(PROGRAMS[document]), ended.stdout
    if document == "clients/README.md":
        assert "Another card?\n" in ended.stdout


def test_the_program_of_the_start_page_runs(tmp_path: Path, address: str) -> None:
    (program,) = re.findall("<pre><code>(.*?)</code></pre>", httpx.get(address).text, re.DOTALL)

    ended = ran(html.unescape(program), tmp_path)

    assert (0, "", "ORD-101 99.98\n") == (ended.returncode, ended.stderr, ended.stdout)


@in_each_shell
def test_the_purchase_by_curl_runs(tmp_path: Path, address: str, shell: str) -> None:
    (text,) = (block for block in blocks(ROOT / "README.md", "sh") if "curl" in block)

    ended = typed(shell, text.replace(ADDRESS, address), tmp_path)

    assert 0 == ended.returncode, ended.stderr
    me, cart, order, orders = map(json.loads, re.findall(r"^[{\[].*[}\]]$", ended.stdout, re.MULTILINE))
    assert (1, "ada", 99.98) == (me["id"], me["username"], cart["total_price"])
    assert ("ORD-101", "paid") == (order["order_id"], order["status"])
    assert ["ORD-101"] == [each["order_id"] for each in orders]


@in_each_shell
def test_what_a_start_prints_runs(tmp_path: Path, shell: str) -> None:
    with running(tmp_path / "shop", "up", "--port", "0") as process:
        process.wait_until_printed("catalog/products")
        text = process.output.partition("TOKEN=")[2]

        ended = typed(shell, f"TOKEN={text}", tmp_path)

    assert 0 == ended.returncode, ended.stderr
    (products,) = re.findall(r"^\[.*\]", ended.stdout, re.MULTILINE)
    assert 3 == len(json.loads(products))


@in_each_shell
@pytest.mark.parametrize("document", [each for each in DOCUMENTS if blocks(each, "sh")], ids=name)
def test_a_shell_takes_each_line_as_it_is_printed(tmp_path: Path, document: Path, shell: str) -> None:
    for command in "make", "pip", "pg_basebackup", "pg_verifybackup", ".venv/bin/minishop", ".venv/bin/python":
        path = tmp_path / command
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(STAND_IN)
        path.chmod(0o755)
    calls = tmp_path / "calls"
    found = {"CALLS": str(calls), "PATH": f"{tmp_path}:/usr/local/bin:/usr/bin:/bin"}
    text = "\n".join(block for block in blocks(document, "sh") if "curl" not in block)
    lines = [line for line in text.splitlines() if not line.startswith("export ")]

    ended = typed(shell, text, tmp_path, found)

    assert 0 == ended.returncode, ended.stderr
    heard = [line.split("\t") for line in calls.read_text("utf-8").splitlines()]
    assert [[word.removeprefix(f"{tmp_path}/") for word in words] for words in heard] == [
        shlex.split(line) for line in lines if line
    ]


@pytest.mark.parametrize("document", DOCUMENTS, ids=name)
def test_each_command_of_ours_that_is_named_exists(document: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))

    for tool, *words in commands(document):
        if tool == "make":
            assert {word for word in words if "=" not in word} <= targets, words
        elif Path(tool).name == "python":
            file = words[1].replace(".", "/") + ".py" if words[0] == "-m" else words[0]
            assert (ROOT / file).exists(), words
        elif Path(tool).name == "minishop":
            assert_is_taken(words)


def assert_is_taken(words: list[str]) -> None:
    """The command line takes these words."""
    context = click.Context(typer.main.get_command(app))
    words = [word for word in words if word != "--help"]
    while isinstance(context.command, click.Group) and words:
        _, command, words = context.command.resolve_command(context, words)
        assert command is not None
        if isinstance(command, click.Group):
            context = click.Context(command, parent=context)
        else:
            command.make_context(command.name, words, parent=context)
            return


def test_all_shells_are_known() -> None:
    assert {"bash", "dash", "zsh"} == set(SHELLS)
