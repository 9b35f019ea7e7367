"""A text in a document has one way to be written: on a line, or in a folded block if it does not fit."""

from __future__ import annotations

import pytest

from scripts import spec_document
from scripts.lint_layout import text_layout

LONG = " ".join(["word"] * 30)
SHORT_BLOCK, LONG_BLOCK, CLIPPED_BLOCK, LITERAL_BLOCK = (
    "description: >-\n  One word.\n",
    f"description: >-\n  {LONG[:59]}\n  {LONG[60:]}\n",
    f"description: >\n  {LONG}\n",
    f"description: |-\n  {LONG}\n",
)
FOLD = [("description", "must be a folded block (>-)")]
ON_A_LINE = [("description", "must stand on its line, with double quotes only if YAML needs them")]


@pytest.mark.parametrize(
    "source",
    [
        "description: One word.\n",
        LONG_BLOCK,
        'description: "One word: this."\n',
        "description: One word, and another.\n",
        '{description: "One word, and another.", type: string}\n',
        f"{{description: {LONG}, type: string}}\n",
    ],
)
def test_a_text_may_be_plain_quoted_if_it_has_to_be_or_folded_if_it_is_long(source: str) -> None:
    assert [] == list(text_layout(source))


@pytest.mark.parametrize("source", [f"description: {LONG}\n", CLIPPED_BLOCK, LITERAL_BLOCK])
def test_a_long_text_is_a_folded_block_without_a_line_break_at_its_end(source: str) -> None:
    assert FOLD == list(text_layout(source))


@pytest.mark.parametrize(
    "source",
    [
        'description: "One word."\n',
        "description: 'One word: this.'\n",
        "description: One\n  word.\n",
        SHORT_BLOCK,
        '{description: "One word.", type: string}\n',
    ],
)
def test_a_short_text_stands_on_its_line_without_needless_quotes(source: str) -> None:
    assert ON_A_LINE == list(text_layout(source))


def test_the_finding_names_the_place() -> None:
    source = "paths:\n  /orders:\n    get:\n      tags: [{name: orders}]\n      summary: 'List orders'\n"

    assert ["paths./orders.get.summary"] == [place for place, _ in text_layout(source)]


def test_examples_and_properties_are_no_texts() -> None:
    source = "example: {title: 'A title'}\nproperties:\n  title: {type: 'string'}\n"

    assert [] == list(text_layout(source))


def test_the_documents_keep_to_it() -> None:
    findings = {path.name: list(text_layout(path.read_text("utf-8"))) for path in spec_document.OPENAPI.glob("*.yaml")}

    assert {} == {name: found for name, found in findings.items() if found}
