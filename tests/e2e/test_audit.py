"""`minishop audit` tells whether the books add up, and by its exit code."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.support.processes import run, running_shop


def test_the_audit_counts_the_books_of_a_shop_and_names_what_does_not_add_up(tmp_path: Path) -> None:
    with running_shop(tmp_path / "shop") as (_, url):
        run(tmp_path, "demo", "--url", url)

        clean = run(tmp_path, "audit", "--url", url)
        with closing(sqlite3.connect(tmp_path / "shop" / "data" / "shipping.db")) as database:
            database.executescript("UPDATE shipments SET status = 'cancelled'")
        spoiled = run(tmp_path, "audit", "--url", url, "--patience", "0")

    assert (0, "") == (clean.returncode, clean.stderr)
    assert "The books add up." in clean.stdout
    assert ["shipments", "1"] in [line.split() for line in clean.stdout.splitlines()]
    assert (1, "") == (spoiled.returncode, spoiled.stderr)
    assert "shipping: ORD-101: 0 shipments" in spoiled.stdout


def test_an_audit_that_cannot_be_made_says_why(tmp_path: Path) -> None:
    nowhere = run(tmp_path, "audit", "--url", "http://127.0.0.1:9")
    with running_shop(tmp_path / "shop") as (_, url):
        refused = run(tmp_path, "audit", "--url", url, "--user", "ada")
        unknown = run(tmp_path, "audit", "--url", url, settings={"MINISHOP_AUDIT_PASSWORD": "not-the-password"})

    for ended, word in (nowhere, "No shop answers at http://127.0.0.1:9: "), (refused, "refused"), (unknown, "refused"):
        assert (2, "") == (ended.returncode, ended.stdout)
        assert word in ended.stderr
        assert "not-the-password" not in ended.stderr
