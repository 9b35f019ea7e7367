"""Notes for scripts/contract_coverage.py: the statuses and problems of each operation, and its sent or refused fields.

Answers of separate processes are not noted.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from starlette.types import Message, Receive, Scope, Send

from minishop_server.hosting.request_log import RequestLog
from minishop_server.kit.documents import document, operations
from minishop_server.kit.settings import SERVICES
from minishop_server.tools.fuzz.observed_fields import fields

FOLDER = Path(__file__).parents[2] / "reports" / "statuses"


def forget() -> None:
    """Begin anew."""
    shutil.rmtree(FOLDER, ignore_errors=True)


@contextmanager
def noted() -> Iterator[None]:
    """Note the status of every answer in this block and the fields it tells of, and write them down at its end."""
    answers: set[tuple[str, str, int]] = set()
    seen: set[tuple[str, str, str, str, str]] = set()
    log = RequestLog.__call__

    async def call(self: RequestLog, scope: Scope, receive: Receive, send: Send) -> None:
        status, body, answer = 0, b"", b""

        async def note_request() -> Message:
            nonlocal body
            message = await receive()
            body += message.get("body", b"")
            return message

        async def note_answer(message: Message) -> None:
            nonlocal status, answer
            status = message.get("status", status)
            answer += message.get("body", b"")
            await send(message)

        await log(self, scope, note_request, note_answer)
        if scope["type"] == "http":
            headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
            told = fields(scope["query_string"].decode("latin-1"), headers, body, status, answer)
            for service, operation, _ in (found := set(_answers(scope, status))):
                seen.update((service, operation, *field) for field in told)
            answers.update(found)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(RequestLog, "__call__", call)
        yield
    FOLDER.mkdir(parents=True, exist_ok=True)
    worker = os.environ.get("PYTEST_XDIST_WORKER", "all")
    (FOLDER / f"{worker}.json").write_text(json.dumps({"answers": sorted(answers), "fields": sorted(seen)}), "utf-8")


def _answers(scope: Scope, status: int) -> Iterator[tuple[str, str, int]]:
    """Service, operation and status.

    If the answer was given before the operation was known, it counts for each possible one.
    """
    service = next((name for name in SERVICES if f"{scope['path']}/".startswith(f"/{name}/")), None)
    if service is None:
        return
    if "operation_id" in scope:
        yield service, scope["operation_id"], status
    elif status in (405, 408, 431):
        documented = [(*label.split(), node["operationId"]) for label, node in operations(document(service)).items()]
        paths = {path for _, path, _ in documented if re.fullmatch(re.sub("{[^}]*}", "[^/]+", path), scope["path"])}
        paths = paths & {scope["path"]} or paths
        for method, path, name in documented:
            if path in paths and (status == 405 or method == scope["method"]):
                yield service, name, status
