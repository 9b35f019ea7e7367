"""The handlers of a service match its generated interface: each start checks it, and so does mypy."""

from __future__ import annotations

import ast
import inspect
from importlib import import_module
from pathlib import Path
from typing import Any

import mypy.api
import pytest

from minishop_server.contract.interface import hold
from minishop_server.hosting.service import Service
from minishop_server.kit.settings import SERVICES, ServiceName
from minishop_server.services.settings import Settings
from tests.support.operations import OPERATIONS, Operation

ROOT = Path(__file__).resolve().parents[2]
HANDLERS: dict[ServiceName, Any] = {
    name: import_module(f"minishop_server.services.{name}.handlers") for name in SERVICES
}

OF_SERVICES = [operation for operation in OPERATIONS if operation.node["operationId"] not in ("livez", "readyz")]
"""All but the probes, whose handlers are the kit's."""


@pytest.mark.parametrize("service", SERVICES)
def test_the_interface_of_a_service_has_its_operations_and_no_other(service: ServiceName) -> None:
    interface = import_module(f"minishop_contracts.interfaces.{service}").Handlers
    operation_ids = {operation.node["operationId"] for operation in OPERATIONS if operation.service == service}

    assert operation_ids == {name for name in vars(interface) if not name.startswith("_")}


@pytest.mark.parametrize("operation", OPERATIONS, ids=str)
def test_a_handler_is_async_and_says_what_it_does(operation: Operation) -> None:
    handler = getattr(HANDLERS[operation.service], operation.node["operationId"])

    assert inspect.iscoroutinefunction(handler)
    assert inspect.getdoc(handler)


@pytest.mark.parametrize("operation", OF_SERVICES, ids=str)
def test_a_handler_makes_one_call_and_that_to_its_domain(operation: Operation) -> None:
    handler = ast.parse(inspect.getsource(getattr(HANDLERS[operation.service], operation.node["operationId"]))).body[0]
    assert isinstance(handler, ast.AsyncFunctionDef)
    domain = handler.args.args[0].arg

    awaited = [node.value for node in ast.walk(handler) if isinstance(node, ast.Await)]
    used = [node for node in ast.walk(handler) if isinstance(node, ast.Name) and node.id == domain]

    assert (1, 1) == (len(awaited), len(used))
    assert used[0] in ast.walk(awaited[0])


def test_a_service_with_a_handler_of_another_signature_does_not_start(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    async def get_order(orders: Any, caller: Any, order: str) -> None: ...

    monkeypatch.setattr(HANDLERS["orders"], "get_order", get_order)
    hold.cache_clear()  # another test of this process has started the service

    with pytest.raises(TypeError, match=r"handler get_order: does not take order_id; .*takes order, which"):
        Service("orders", Settings(data_dir=tmp_path))


@pytest.mark.parametrize("service", SERVICES)
def test_mypy_holds_the_handlers_of_each_service_to_its_interface(service: ServiceName) -> None:
    text = Path(HANDLERS[service].__file__).read_text(encoding="utf-8")

    assert f"minishop_contracts.interfaces.{service} import Handlers" in text
    assert "Caller] = handlers\n" in text


MADE_UP = """
from __future__ import annotations

from typing import TYPE_CHECKING

from minishop_contracts.answers import common
from minishop_contracts.answers import notifications as answers
from minishop_contracts.models import notifications as models

if TYPE_CHECKING:
    from minishop_contracts.interfaces.notifications import Handlers

    import made_up

    _: Handlers[str, str] = made_up


async def send_notification(
    domain: str, caller: str, body: models.NotificationInput, idempotency_key: int = 0
) -> answers.NotificationResult:
    return {"status": "sent", "time": ""}


async def list_notifications(
    domain: str,
    caller: str,
    limit: int,
    cursor: str = "",
    recipient: str = "",
    key_prefix: str = "",
    status: str = "",
) -> list[answers.Notification]:
    return [{"id": 1, "recipient": "", "subject": "", "status": "lost", "timestamp": ""}]


async def livez(domain: str) -> common.Health:
    return {}


async def readyz(domain: str) -> common.Health:
    return {"status": "ok"}
"""


SAID = [
    'error: Incompatible types in assignment (expression has type Module, variable has type "Handlers[str, str]")',
    'note: "ModuleType" is missing following "Handlers" protocol member:',
    "note: resend_notification",
    'note: Following member(s) of Module "made_up" have conflicts:',
    "note: Expected:",
    "note: def send_notification(str, /, *, caller: str, body: NotificationInput, idempotency_key: str = ...) -> "
    "Coroutine[Any, Any, NotificationResult | Reply[NotificationResult]]",
    "note: Got:",
    "note: def send_notification(domain: str, caller: str, body: NotificationInput, idempotency_key: int = ...) -> "
    "Coroutine[Any, Any, NotificationResult]",
    'error: Missing key "timestamp" for TypedDict "NotificationResult"',
    'error: Extra key "time" for TypedDict "NotificationResult"',
    "error: Incompatible types (expression has type \"Literal['lost']\", "
    "TypedDict item \"status\" has type \"Literal['pending', 'sent', 'failed']\")",
    'error: Missing key "status" for TypedDict "Health"',
]


def test_mypy_names_a_missing_handler_a_wrong_parameter_and_wrong_keys(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "made_up.py").write_text(MADE_UP)

    told, errors, _ = mypy.api.run(["--config-file", str(ROOT / "pyproject.toml"), "--no-error-summary", "made_up.py"])
    said = [" ".join(line.split(":", 2)[2].partition("  [")[0].split()) for line in told.splitlines()]

    assert ("", SAID) == (errors, said)
