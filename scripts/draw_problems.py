"""Write docs/problems.md, the table of all problem codes, from the documents in openapi/.

    python -m scripts.draw_problems [--check]

With `--check` it writes nothing, and exits with 1 if the page is not up to date.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from scripts.spec_document import Document, Node, absolute, load

PAGE = Path(__file__).resolve().parent.parent / "docs" / "problems.md"
MANY = 10
HEAD = """# Problems

Written by `make generate` from the documents in [openapi/](../openapi); do not edit.

Every refusal is `application/problem+json` ([RFC 9457](https://www.rfc-editor.org/rfc/rfc9457)): `type`, `title`,
`status`, `detail`, `instance` (the path), `code`, `request_id`, and `errors` with `in`, `pointer`, `code` and `detail`
for each bad field. The `code` is stable, for programs; `type` is `/problems/` and the code with dashes, a page of the
shop with the text below. No problem repeats a value of the request. The Python client has an exception for each code,
with the name of the code: `OutOfStock` for `out_of_stock`.

| code | status | when | remedy | operations |
|---|---|---|---|---|
"""


def page() -> str:
    """The page."""
    return HEAD + "".join(_rows())


def _rows() -> Iterator[str]:
    roots = {name: absolute(root, name) for name, root in load().items()}
    for code, problem in roots["common"]["x-problems"].items():
        names = [f"`{name}`" for name in _operations(roots, code)]
        operations = ", ".join(names) if len(names) < MANY else "many"
        cells = [f"`{code}`", str(problem["status"]), problem["when"], problem.get("remedy", ""), operations]
        yield f"| {' | '.join(cells)} |\n"


def _operations(roots: dict[str, Node], code: str) -> Iterator[str]:
    for name in roots:
        for operation in Document(name, roots).operations:
            if any(code in response.get("x-problems", []) for response in operation.responses.values()):
                yield f"{name}.{operation.node['operationId']}"


def main() -> int:
    """1 if the page is not up to date and `--check` was given, else 0."""
    if "--check" not in sys.argv[1:]:
        PAGE.write_text(page(), encoding="utf-8")
    elif PAGE.read_text(encoding="utf-8") != page():
        print(f"{PAGE.name} is not up to date: run make generate.")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
