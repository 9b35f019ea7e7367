"""Write all generated code from openapi/: the contracts package and the client's service packages.

    python -m scripts.generate            # write
    python -m scripts.generate --check    # fail if the files differ from the output

The output depends on the documents, the templates and the pinned generators alone: two runs give
the same bytes.
"""

import argparse
import filecmp
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from scripts.bundle import bundle, to_yaml
from scripts.client_problems import problems_module
from scripts.client_services import write_services
from scripts.operations import operations
from scripts.sensitive import sensitive_names
from scripts.server_interface import answer_documents, server_interface
from scripts.spec_document import load

ROOT = Path(__file__).resolve().parent.parent
OPENAPI = ROOT / "openapi"
SPECS = "contracts/specs"
# The generated folders.
PLACES = {
    "contracts": ROOT / "generated" / "minishop_contracts",
    "services": ROOT / "clients" / "minishop_client" / "services",
}
HEADER = "# Generated from openapi/ by scripts/generate.py: do not edit.\n"
RUFF = ("--isolated", "--no-cache", "--quiet", "--line-length=100", "--target-version=py311")
MODEL_OPTIONS = (
    "--ignore-pyproject",
    "--input-file-type=openapi",
    "--output-model-type=pydantic_v2.BaseModel",
    "--target-python-version=3.11",
    "--target-pydantic-version=2.12",
    "--base-class=minishop_contracts.model.Model",
    "--disable-timestamp",
    "--no-formatters",
    "--strict-nullable",
    "--strict-refs",
    "--capitalise-enum-members",
    "--use-annotated",
    "--use-decimal-in-field-forms",
    "--use-double-quotes",
    "--use-exact-imports",
    "--use-field-description",
    "--use-schema-description",
    "--use-single-line-docstring",
    "--use-single-value-enum-as-const",
    "--use-specialized-enum",
    "--use-type-alias",
    "--type-mappings",
    "string+email=string",  # EmailStr wants another package
    "string+password=string",  # SecretStr loses the pattern
    "string+uri=string",  # AnyUrl loses the length
)
ANSWER_OPTIONS = (
    "--ignore-pyproject",
    "--input-file-type=openapi",
    "--output-model-type=typing.TypedDict",
    "--target-python-version=3.11",
    "--no-use-closed-typed-dict",  # mypy does not know PEP 728
    "--disable-timestamp",
    "--no-formatters",
    "--strict-nullable",
    "--strict-refs",
    "--enum-field-as-literal=all",
    "--use-double-quotes",
    "--use-exact-imports",
    "--use-field-description",
    "--use-schema-description",
    "--use-single-line-docstring",
    "--type-mappings",  # responses contain the texts that are sent
    *(f"string+{format}=string" for format in ("date-time", "email", "password", "uri")),
)
SENSITIVE = '''"""What no log, error or trace may hold."""

SENSITIVE = frozenset({{{names}}})
"""The names of all properties, parameters and headers that a document calls `x-sensitive`."""
'''
PROBLEMS = '''"""The problems of the shop."""

PROBLEMS = {problems}
"""By code: the status, the title, the condition, and the advice to the caller, which may be empty."""
'''
CALLS = '''"""Who calls whom and reaches what: `x-calls` of each document and its operations, and `x-reaches`."""

CALLS = {calls}
"""The operations that each service calls, for example `payments.process_payment`."""
PUBLIC = frozenset({public})
"""The operations among them that need no token."""
REACHES = {reaches}
"""The external systems that each service connects to."""
'''
# A datetime holds no pattern either; that of Timestamp is checked where the document itself is.
KNOWN_WARNING = "Pydantic does not take max_length, min_length, pattern on AwareDatetime; Timestamp"


class GenerationError(Exception):
    """A generator stumbled over a document, if only with a warning: an operation may be missing."""


def services() -> list[str]:
    """The names of the services, from the documents there are."""
    return sorted(path.stem for path in OPENAPI.glob("*.yaml") if path.stem != "common")


def build(target: Path) -> None:
    """Write the folders `contracts` and `services` into the target, an empty folder."""
    build_specs(target / SPECS)
    build_models(target / "contracts")
    build_interfaces(target / "contracts")
    documents = {name: bundle(OPENAPI / f"{name}.yaml") for name in services()}
    common = load()["common"]
    write_services(target / "services", ROOT / "clients" / "templates", documents, set(common["components"]["schemas"]))
    text = problems_module(common["x-problems"])
    (target / "services" / "problems.py").write_text(text, encoding="utf-8", newline="\n")
    tidy(target)


def build_specs(folder: Path) -> None:
    """A self-contained document a service."""
    folder.mkdir(parents=True)
    for name in services():
        text = to_yaml(bundle(OPENAPI / f"{name}.yaml"))
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8", newline="\n")


def build_models(package: Path) -> None:
    """The Pydantic models, a module a document, and the package they live in."""
    warnings = ("-W", "error", "-W", f"ignore:{KNOWN_WARNING}")
    documents = package.with_name("openapi")
    documents.mkdir()
    for name, document in load().items():
        (documents / f"{name}.yaml").write_text(to_yaml(_with_decimals(document)), encoding="utf-8")
    folders = (f"--input={documents}", f"--output={package / 'models'}")
    run(*warnings, "-m", "datamodel_code_generator", *MODEL_OPTIONS, *folders)
    for template in (ROOT / "scripts" / "templates").iterdir():
        shutil.copyfile(template, package / template.name)
    names = sorted(set().union(*(sensitive_names(bundle(OPENAPI / f"{name}.yaml")) for name in services())))
    (package / "sensitive.py").write_text(SENSITIVE.format(names=", ".join(f'"{name}"' for name in names)))
    (package / "calls.py").write_text(CALLS.format(**_connections()))
    problems = {
        code: (problem["status"], problem["title"], problem["when"], problem.get("remedy", ""))
        for code, problem in load()["common"]["x-problems"].items()
    }
    (package / "problems.py").write_text(PROBLEMS.format(problems=problems), encoding="utf-8")
    (package / "py.typed").touch()


def _connections() -> dict[str, Any]:
    """The calls between services, those of them without a token, and the systems outside that each reaches."""
    documents = {name: load()[name] for name in services()}
    calls = {name: _calls(document) for name, document in documents.items()}
    roles = {
        f"{name}.{operation['operationId']}": operation.get("x-roles")
        for name, document in documents.items()
        for _, _, operation in operations(document)
    }
    return {
        "calls": calls,
        "public": tuple(sorted({call for named in calls.values() for call in named if not roles[call]})),
        "reaches": {name: tuple(sorted(document.get("x-reaches", ()))) for name, document in documents.items()},
    }


def _calls(document: dict[str, Any]) -> tuple[str, ...]:
    nodes = document, *(operation for _, _, operation in operations(document))
    return tuple(sorted({call for node in nodes for call in node.get("x-calls", ())}))


def build_interfaces(package: Path) -> None:
    """For each service a module with the signatures of its handlers, and one with the typed dicts of their answers."""
    documents = load()
    bundles = {name: bundle(OPENAPI / f"{name}.yaml") for name in services()}
    written = package.with_name("answers")
    written.mkdir()
    for name, document in answer_documents(documents, bundles).items():
        (written / f"{name}.yaml").write_text(to_yaml(document), encoding="utf-8")
    folders = (f"--input={written}", f"--output={package / 'answers'}")
    run("-W", "error", "-m", "datamodel_code_generator", *ANSWER_OPTIONS, *folders)
    (package / "interfaces").mkdir()
    (package / "interfaces" / "__init__.py").touch()
    for name, bundled in bundles.items():
        text = server_interface(name, bundled, documents["common"])
        (package / "interfaces" / f"{name}.py").write_text(text, encoding="utf-8")


def _with_decimals(node: Any) -> Any:
    """The same with the format that marks a Decimal for the generator of models."""
    if isinstance(node, list):
        return [_with_decimals(item) for item in node]
    if not isinstance(node, dict):
        return node
    told = {"format": "decimal"} if "x-decimals" in node else {}
    return {key: _with_decimals(value) for key, value in node.items()} | told


def tidy(target: Path) -> None:
    """One style and a warning at the top of each file."""
    for module in target.rglob("*.py"):
        text = module.read_text(encoding="utf-8").removeprefix(HEADER).lstrip()
        module.write_text(f"{HEADER}{text}", encoding="utf-8", newline="\n")
    run("-m", "ruff", "check", *RUFF, "--fix", "--select=F401,F811,I", str(target))
    run("-m", "ruff", "format", *RUFF, str(target))


def run(*arguments: str) -> None:
    """Run a tool of this environment.

    Raises GenerationError with its output.
    """
    done = subprocess.run([sys.executable, *arguments], capture_output=True, text=True)
    if done.returncode:
        raise GenerationError(f"{' '.join(arguments[:6])} …\n{done.stdout}{done.stderr}")


def files(folder: Path) -> set[Path]:
    """The files below a folder, relative to it, without Python's caches."""
    found = (p.relative_to(folder) for p in folder.rglob("*") if p.is_file())
    return {path for path in found if "__pycache__" not in path.parts}


def differences(wanted: Path, present: Path) -> Iterator[tuple[str, Path]]:
    """The differences of `present`: ("missing" | "surplus" | "differs", relative path) a file."""
    expected, actual = files(wanted), files(present)
    for path in sorted(expected | actual):
        if path not in actual:
            yield "missing", path
        elif path not in expected:
            yield "surplus", path
        elif not filecmp.cmp(wanted / path, present / path, shallow=False):
            yield "differs", path


def write(wanted: Path, place: Path) -> int:
    """Make `place` equal to `wanted`, and return the number of changed files."""
    changes = list(differences(wanted, place))
    for kind, path in changes:
        if kind == "surplus":
            (place / path).unlink()
        else:
            (place / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(wanted / path, place / path)
    return len(changes)


def main() -> int:
    """0 if all is written, or with --check if no file differs, else 1."""
    parser = argparse.ArgumentParser(description="Write everything that is made from openapi/.")
    parser.add_argument("--check", action="store_true", help="only say what would change")
    check: bool = parser.parse_args().check
    stale = 0
    with tempfile.TemporaryDirectory() as folder:
        try:
            build(Path(folder))
        except (GenerationError, ValueError) as error:
            print(error, file=sys.stderr)
            return 1
        for name, place in PLACES.items():
            shown = place.relative_to(ROOT)
            if not check:
                print(f"{shown}: {write(Path(folder) / name, place)} files changed")
                continue
            for kind, path in differences(Path(folder) / name, place):
                print(f"{kind}: {shown / path}")
                stale += 1
    if check:
        print(f"{stale} generated files differ from what openapi/ says.")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
