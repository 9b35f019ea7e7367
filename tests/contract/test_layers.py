"""Who may import whom: the house stays as it was drawn."""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path

import pytest

from minishop_server.kit.documents import document
from minishop_server.kit.settings import SERVICES
from scripts.imports import imports, parsed

ROOT = Path(__file__).resolve().parents[2]
SERVER = ROOT / "servers" / "minishop_server"
CLIENT = ROOT / "clients" / "minishop_client"
CONTRACTS = ROOT / "generated" / "minishop_contracts"
GENERATED = (CONTRACTS, CLIENT / "services")
MARK = "# Generated from openapi/ by scripts/generate.py: do not edit.\n"

DRIVERS = {"alembic", "asyncpg", "psycopg", "sqlalchemy", "sqlite3"}
HTTP = {"connexion", "httpx", "starlette", "uvicorn"}
SQL = re.compile(r"\s*(SELECT|INSERT INTO|UPDATE|DELETE FROM|CREATE|ALTER|DROP|PRAGMA|WITH)\b.*\S", re.DOTALL)


def modules(folder: Path, pattern: str = "*.py") -> list[Path]:
    return sorted(folder.rglob(pattern))


def shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tops(path: Path) -> set[str]:
    """The packages that a module imports from."""
    return {name.partition(".")[0] for name in imports(path)}


def own(path: Path) -> set[str]:
    """The parts of the server that a module imports, for example `kit.database` and `services.orders`."""
    parts = [name.split(".") for name in imports(path) if name.startswith("minishop_server.")]
    return {".".join(part[1:3]) for part in parts}


def siblings(service: str, name: str) -> set[str]:
    """The modules of its own service that a module of a service imports."""
    parts = [name.split(".") for name in imports(SERVER / "services" / service / f"{name}.py")]
    return {part[3] for part in parts if part[:3] == ["minishop_server", "services", service]}


ROOMS: dict[str, set[str]] = {
    "kit": {"kit"},
    "contract": {"kit", "contract"},
    "services": {"kit", "services"},
    "hosting": {"kit", "contract", "services", "hosting"},
    "tools": {"kit", "contract", "services", "hosting", "tools"},
    "commands": {"kit", "contract", "services", "hosting", "tools", "commands"},
}
"""The permitted imports of each room."""
SERVICE_MODULES = [path for service in SERVICES for path in modules(SERVER / "services" / service)]
SERVER_MODULES = modules(SERVER)
SHARED_MODULES = [path for room in ("kit", "hosting", "contract") for path in modules(SERVER / room)]


def test_the_reader_of_imports_understands_each_form() -> None:
    services = SERVER / "services"

    assert "minishop_server.kit.database.Connection" in set(imports(services / "orders" / "store.py"))
    assert "minishop_server.services.orders.store.Store" in set(imports(services / "orders" / "domain.py"))
    assert "minishop_server.kit.documents.document" in set(imports(SERVER / "hosting" / "pages" / "pages.py"))
    assert "sqlite3" in tops(SERVER / "kit" / "database" / "sqlite.py")


def test_the_house_has_these_rooms_and_no_other() -> None:
    rooms = {path.relative_to(SERVER).parts[0] for path in SERVER_MODULES}

    assert {*ROOMS, "__init__.py"} == rooms


@pytest.mark.parametrize("path", SERVER_MODULES, ids=shown)
def test_a_room_imports_those_below_it(path: Path) -> None:
    room = path.relative_to(SERVER).parts[0]

    assert {name.split(".")[0] for name in own(path)} <= ROOMS.get(room, set())


@pytest.mark.parametrize("path", SERVICE_MODULES, ids=shown)
def test_a_service_imports_the_kit_and_itself(path: Path) -> None:
    service = path.relative_to(SERVER).parts[1]

    assert {name for name in own(path) if not name.startswith("kit.")} <= {f"services.{service}"}


@pytest.mark.parametrize("service", SERVICES)
def test_every_service_has_the_same_modules(service: str) -> None:
    there = {path.name for path in (SERVER / "services" / service).iterdir()}

    assert {"__init__.py", "handlers.py", "domain.py", "store.py", "lifespan.py", "migrations"} <= there


@pytest.mark.parametrize("path", [path for path in SERVICE_MODULES if path.name == "__init__.py"], ids=shown)
def test_no_code_stands_in_the_init_of_a_package(path: Path) -> None:
    nodes = parsed(path).body

    assert [] == [node for node in nodes if not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))]


def codes(path: Path) -> list[str]:
    """The classes of a module that have a problem code of their own."""
    classes = [node for node in ast.walk(parsed(path)) if isinstance(node, ast.ClassDef)]
    names = [(each.name, node) for each in classes for child in each.body for node in ast.walk(child)]
    return [name for name, node in names if isinstance(node, ast.Name) and node.id == "code"]


def test_the_reader_of_codes_finds_each_class_that_has_one() -> None:
    assert ["NotForward", "ShipmentCancelled", "Delivered"] == codes(SERVER / "services" / "shipping" / "errors.py")


@pytest.mark.parametrize("path", SERVICE_MODULES, ids=shown)
def test_the_problem_codes_of_a_service_stand_in_its_errors(path: Path) -> None:
    assert path.name == "errors.py" or [] == codes(path)


@pytest.mark.parametrize("service", SERVICES)
def test_within_a_service_handlers_use_the_domain_and_the_domain_uses_the_store(service: str) -> None:
    above = {"store": {"domain", "handlers"}, "domain": {"handlers"}, "handlers": {"store"}}
    for name, forbidden in above.items():
        assert siblings(service, name).isdisjoint(forbidden)


@pytest.mark.parametrize(
    "path", [path for room in ("kit", "hosting", "contract") for path in modules(SERVER / room)], ids=shown
)
def test_what_services_share_knows_none_of_them_by_name(path: Path) -> None:
    tree = parsed(path)
    types = {id(name) for node in ast.walk(tree) if isinstance(node, ast.Subscript) for name in ast.walk(node.slice)}
    constants = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in types]

    assert [] == [node.value for node in constants if node.value in SERVICES]


@pytest.mark.parametrize("path", SERVER_MODULES, ids=shown)
def test_databases_are_the_business_of_stores_migrations_a_package_of_the_kit_and_the_audit(path: Path) -> None:
    """The audit copies its records into a temporary database, and its rules are queries of it."""
    if path.parent in (SERVER / "kit" / "database", SERVER / "tools" / "audit"):
        return
    assert tops(path).isdisjoint(DRIVERS)
    if path.name != "store.py" and path.parent.name != "migrations":
        texts = (node.value for node in ast.walk(parsed(path)) if isinstance(node, ast.Constant))
        assert [] == [text for text in texts if isinstance(text, str) and SQL.fullmatch(text)]


@pytest.mark.parametrize("path", [path for path in SERVICE_MODULES if path.name != "handlers.py"], ids=shown)
def test_domains_and_stores_know_nothing_of_http(path: Path) -> None:
    assert tops(path).isdisjoint(HTTP)


@pytest.mark.parametrize("path", SERVICE_MODULES, ids=shown)
def test_contracts_are_for_handlers_and_the_client_for_domains(path: Path) -> None:
    """A handler gets the contract's models. A domain reaches its peers through the kit and takes no more of the
    client than its typed refusals and the models it sends: those are a service's own words, not HTTP.
    """
    assert path.name == "handlers.py" or "minishop_contracts" not in tops(path)
    assert path.name not in ("handlers.py", "store.py") or "minishop_client" not in tops(path)
    assert {"minishop_client.AsyncMinishop", "minishop_client.Minishop"}.isdisjoint(imports(path))


def foreign(folder: Path, *known: str) -> set[str]:
    """The imports of a package apart from itself, Python's modules and known ones."""
    return {top for path in modules(folder) for top in tops(path)} - {folder.name, *known} - sys.stdlib_module_names


def test_the_client_needs_httpx_and_attrs_alone() -> None:
    assert set() == foreign(CLIENT, "httpx", "attrs")


def test_the_contracts_need_pydantic_alone() -> None:
    assert set() == foreign(CONTRACTS, "pydantic", "typing_extensions")  # the latter comes with the former


@pytest.mark.parametrize(
    "name",
    [
        "generate",
        "bundle",
        "client_document",
        "lint_specs",
        "lint_writing",
        "sensitive",
        "server_interface",
        "spec_document",
    ],
)
def test_what_makes_and_checks_the_contract_does_not_need_what_is_made_from_it(name: str) -> None:
    needed = tops(ROOT / "scripts" / f"{name}.py")

    assert {"minishop_server", "minishop_client", "minishop_contracts"}.isdisjoint(needed)


def test_all_that_lies_in_a_generated_folder_is_generated() -> None:
    by_hand = [path for folder in GENERATED for path in modules(folder) if not path.read_text().startswith(MARK)]
    others = {path.suffix or path.name for folder in GENERATED for path in modules(folder, "*") if path.is_file()}

    assert [] == by_hand
    assert {".py", ".yaml", ".typed"} >= others - {".pyc"}


@pytest.mark.parametrize("service", SERVICES)
def test_the_client_has_a_module_for_each_resource_of_a_service(service: str) -> None:
    resources = {tag["name"] for tag in document(service)["tags"]}

    assert {"__init__", "models", *resources} == {path.stem for path in modules(CLIENT / "services" / service)}


def test_nothing_generated_lies_elsewhere() -> None:
    elsewhere = [path for folder in ("servers", "clients", "scripts", "bench") for path in modules(ROOT / folder)]

    assert [] == [
        shown(path)
        for path in elsewhere
        if CLIENT / "services" not in path.parents and path.read_text().startswith(MARK)
    ]
