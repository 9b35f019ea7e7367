"""The page of a run lists seen and unseen statuses, and quotes requests without running them."""

from __future__ import annotations

import re
from pathlib import Path

from minishop_server.kit.documents import document, operations
from minishop_server.tools.fuzz.findings import Finding, Plan
from minishop_server.tools.fuzz.report import statuses, table, write_page
from minishop_server.tools.fuzz.run import Outcome

SEEN = {"process_payment": {201: 3, 418: 1}, "get_payment": {200: 12}}
NAMES = [operation["operationId"] for operation in operations(document("payments")).values()]
ANSWERS = {name: SEEN.get(name, {}) for name in NAMES}


def outcome(*findings: Finding) -> Outcome:
    return Outcome("payments", 1.0, ANSWERS, "f" * 64, list(findings))


def test_the_table_tells_a_status_not_seen_from_one_not_documented() -> None:
    rows = dict(table(outcome()))
    cells = dict(zip(statuses(outcome()), rows["get_payment"], strict=True))

    assert list(ANSWERS) == list(rows)
    assert ("12", "0", "", "") == (cells[200], cells[404], cells[201], cells[418])


def test_a_page_needs_nothing_outside_it(tmp_path: Path) -> None:
    text = write_page([outcome()], Plan(seed=77), tmp_path).read_text("utf-8")

    assert [] == re.findall(r"<script|<link|<img|src=|url\(|@import", text)
    assert "No findings." in text
    assert "77" in text


def test_what_was_sent_is_shown_as_text(tmp_path: Path) -> None:
    attack = "<script>alert(1)</script>"
    finding = Finding("payments", "get_payment", "a_check", attack, "a replay", requests=[attack], answer=attack)

    text = write_page([outcome(finding)], Plan(), tmp_path).read_text("utf-8")

    assert attack not in text
    assert "&lt;script&gt;alert(1)" in text
    assert "Findings: 1" in text
