"""The page of a run, for a person to read: `index.html`, with nothing outside it."""

from __future__ import annotations

import platform
from collections.abc import Iterator, Sequence
from importlib import metadata
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

from ...kit.clock import now_as_datetime
from ...kit.documents import document, operations
from .findings import Plan
from .run import Outcome

DISTRIBUTIONS = ("minishop-server", "minishop-contracts", "schemathesis", "hypothesis")


def write_page(outcomes: Sequence[Outcome], plan: Plan, folder: Path) -> Path:
    """Write the page and return its path."""
    environment = Environment(
        loader=PackageLoader(__package__, ""), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    text = environment.get_template("report.html").render(
        outcomes=[(outcome, statuses(outcome), list(table(outcome))) for outcome in outcomes],
        findings=[finding for outcome in outcomes for finding in outcome.findings],
        plan=plan,
        at=now_as_datetime().isoformat(sep=" ", timespec="seconds"),
        versions=[
            ("Python", platform.python_version()),
            *((name, metadata.version(name)) for name in DISTRIBUTIONS),
            *((f"{outcome.service}.yaml", document(outcome.service)["info"]["version"]) for outcome in outcomes),
        ],
    )
    page = folder / "index.html"
    page.write_text(text, "utf-8")
    return page


def statuses(outcome: Outcome) -> list[int]:
    """Every status that is documented or was seen."""
    documented = {status for _, expected in _documented(outcome) for status in expected}
    return sorted(documented.union(*outcome.answers.values()))


def table(outcome: Outcome) -> Iterator[tuple[str, list[str]]]:
    """A row an operation: its id, and for each of `statuses` a count, `0` only where the status is documented."""
    for operation, expected in _documented(outcome):
        counts = outcome.answers[operation]
        yield (
            operation,
            [
                str(counts[status]) if status in counts else "0" if status in expected else ""
                for status in statuses(outcome)
            ],
        )


def _documented(outcome: Outcome) -> list[tuple[str, set[int]]]:
    return [
        (operation["operationId"], {int(status) for status in operation["responses"]})
        for operation in operations(document(outcome.service)).values()
    ]
