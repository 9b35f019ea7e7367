"""The lint of docs/style.md: patterns that plain English avoids, in all text of the project.

    python -m scripts.lint_prose

Prints a line for each match, and exits with 1 if there is any.
"""

import ast
import io
import re
import subprocess
import sys
import tokenize
from collections.abc import Iterator
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent

PATTERNS = {
    "what": r"\bwhat\b(?![^.!?]*\?)",  # a question may ask it
    "whoever": r"\b(who|what|which)ever\b",
    "nobody": r"\b(no|any|some|every)body\b",
    "hold against": r"\bh(o|e)ld(s|ing)?\b(\s+\S+){0,6}?\s+against\b",
    "such as": r"\bsuch as\b",
    "for ever": r"\bfor ever\b",
    "all that": r"\ball (that|else)\b",
    "of before": r"\bof before\b|\bthe ones? before\b",
    "sentences": r"\A\"[^\n]*[.;] [^\n]*\Z",  # in a docstring of one line
}
COMPILED = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in PATTERNS.items()}
NO_PROSE = re.compile(r"#\s*(noqa|type:|pragma|mypy:|!)|#: ")
MARKDOWN_CODE = re.compile(r"^```.*?^```$|`[^`\n]*`|\]\([^)]*\)|\"[^\"\n]*\"", re.MULTILINE | re.DOTALL)
QUOTED = re.compile(r"`[^`\n]*`")
SQL = re.compile(r"\s*(SELECT|INSERT|UPDATE|DELETE|CREATE|ALTER|DROP|PRAGMA|WITH|AND|WHERE|FROM)\b")
HELP = re.compile(r"servers/minishop_server/(commands/|tools/\w+/command\.py)")

Text = tuple[str, int, str]
"""An area, a line and the text that begins there."""


def of_markdown(text: str) -> Iterator[Text]:
    """The prose of a page: no code, no link targets, nothing in quotation marks."""
    yield "docs", 1, MARKDOWN_CODE.sub(lambda match: "\n" * match[0].count("\n"), text)


def of_python(text: str, path: str) -> Iterator[Text]:
    """The docstrings, comments and messages of a module.

    Those of the command line are `help`.
    """
    is_help = bool(HELP.match(path))
    tree = ast.parse(text)
    statements = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
            continue
        if id(node) in statements:
            yield "help" if is_help else "comments", node.lineno, '"' + QUOTED.sub("", node.value)
        elif path.startswith(("servers/", "clients/")) and node.value.count(" ") > 1 and not SQL.match(node.value):
            yield "help" if is_help else "messages", node.lineno, QUOTED.sub("", node.value)
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT and not NO_PROSE.match(token.string):
            yield "help" if is_help else "comments", token.start[0], QUOTED.sub("", token.string)


def of_document(text: str) -> Iterator[Text]:
    """The descriptions and summaries of an OpenAPI document."""
    nodes: list[yaml.Node | None] = [yaml.compose(text, yaml.CSafeLoader)]
    while nodes:
        node = nodes.pop()
        if isinstance(node, yaml.SequenceNode):
            nodes += node.value
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                if key.value in ("description", "summary", "title") and isinstance(value, yaml.ScalarNode):
                    yield "contract", value.start_mark.line + 1, QUOTED.sub("", value.value)
                nodes.append(value)


def texts(path: str) -> Iterator[Text]:
    """All prose of a file."""
    text = (ROOT / path).read_text(encoding="utf-8")
    if path == "CHANGELOG.md":
        text = re.split(r"^## ", text, flags=re.MULTILINE)[1]  # released entries stay as they were
    if path.endswith(".md"):
        yield from of_markdown(text)
    elif path.endswith(".py"):
        yield from of_python(text, path)
    else:
        yield from of_document(text)


def files() -> list[str]:
    """The files with prose that people write, relative to the root."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.md", "*.py", "openapi/*.yaml"],
        cwd=ROOT, capture_output=True, encoding="utf-8", check=True,
    ).stdout.split()  # fmt: skip
    generated = ("generated/", "clients/minishop_client/services/")
    released = "/migrations/0"  # never edited
    return [p for p in listed if not p.startswith(generated) and released not in p and (ROOT / p).exists()]


def matches(text: str) -> Iterator[tuple[str, int, str]]:
    """The name of each pattern in a text, the line of the match in the text, and the words around it."""
    for name, pattern in COMPILED.items():
        for match in pattern.finditer(text):
            around = text[max(0, match.start() - 30) : match.end() + 40]
            yield name, text.count("\n", 0, match.start()), " ".join(around.split())


def findings() -> list[str]:
    """A line for each match, with its place, area and pattern."""
    return [
        f"{path}:{line + offset}: {area}: {name}: … {words} …"
        for path in files()
        for area, line, text in texts(path)
        for name, offset, words in matches(text)
    ]


def main() -> int:
    """1 if a text has a match, else 0."""
    lines = findings()
    print("\n".join(lines) or "The prose keeps to docs/style.md.")
    return int(bool(lines))


if __name__ == "__main__":
    sys.exit(main())
