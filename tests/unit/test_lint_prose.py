"""The lint of docs/style.md finds each pattern in each kind of text."""

from __future__ import annotations

import pytest

from scripts import lint_prose

SLIPS = [
    ("what", "Pay what is owed."),
    ("whoever", "Whoever calls must have a token."),
    ("nobody", "Nobody is told of it."),
    ("hold against", "It holds every answer of a service against its document."),
    ("such as", "A path such as /shop."),
    ("for ever", "A void is for ever."),
    ("all that", "All that is missing is applied."),
    ("of before", "The address of before is told."),
]


def found(texts: list[lint_prose.Text]) -> set[tuple[str, int, str]]:
    return {(area, line + offset, name) for area, line, text in texts for name, offset, _ in lint_prose.matches(text)}


@pytest.mark.parametrize(("pattern", "text"), SLIPS)
def test_a_pattern_is_found_in_a_page(pattern: str, text: str) -> None:
    page = f"# Title\n\nGood.\n{text}\n"

    assert {("docs", 4, pattern)} == found([*lint_prose.of_markdown(page)])


@pytest.mark.parametrize(("pattern", "text"), SLIPS)
def test_a_pattern_is_found_in_a_comment_a_docstring_and_a_message(pattern: str, text: str) -> None:
    module = f'"""Good."""\n\n# {text}\n\ndef f():\n    """{text}"""\n    raise Error("{text}")\n'

    texts = [*lint_prose.of_python(module, "servers/minishop_server/kit/x.py")]

    assert {("comments", 3, pattern), ("comments", 6, pattern), ("messages", 7, pattern)} == found(texts)


@pytest.mark.parametrize(("pattern", "text"), SLIPS)
def test_a_pattern_is_found_in_an_openapi_document(pattern: str, text: str) -> None:
    document = f"info:\n  title: Orders\n  description: >-\n    Good.\n    {text}\n"

    assert {("contract", pattern)} == {(area, name) for area, _, name in found([*lint_prose.of_document(document)])}


def test_every_pattern_but_the_one_for_docstrings_has_a_slip() -> None:
    assert {*lint_prose.PATTERNS} - {"sentences"} == {pattern for pattern, _ in SLIPS}


def test_a_docstring_of_one_line_is_one_sentence() -> None:
    module = '"""Good. Bad."""\n\ndef f():\n    """Good.\n\n    A reason. Another reason.\n    """\n'

    texts = [*lint_prose.of_python(module, "tests/unit/x.py")]

    assert {("comments", 1, "sentences")} == found(texts)


def test_the_texts_of_the_command_line_are_an_area_of_their_own() -> None:
    module = '"""Say what to do."""\n\nOption(help="For nobody in particular.")\n'

    texts = [*lint_prose.of_python(module, "servers/minishop_server/commands/x.py")]

    assert {("help", 1, "what"), ("help", 3, "nobody")} == found(texts)


@pytest.mark.parametrize(
    "text",
    [
        "What happens when the process dies?",
        "The field `what` is kept.",
        "```sh\necho what\n```",
        'The audit prints "nobody".',
        "[text](what.md)",
    ],
)
def test_questions_code_links_and_quotations_are_no_slips(text: str) -> None:
    assert set() == found([*lint_prose.of_markdown(text)])


@pytest.mark.parametrize("text", ['query = "SELECT what FROM nobody"', "x = 'what'", "import what  # noqa: E402"])
def test_sql_names_and_directives_are_no_prose(text: str) -> None:
    assert set() == found([*lint_prose.of_python(text, "servers/minishop_server/kit/x.py")])


def test_the_text_of_the_project_is_read() -> None:
    files = lint_prose.files()

    assert {"README.md", "docs/adr/README.md", "openapi/orders.yaml", "tests/conftest.py"} <= {*files}
    assert [] == [path for path in files if path.startswith(("generated/", "clients/minishop_client/services/"))]


def test_the_project_has_no_match() -> None:
    assert [] == lint_prose.findings()
