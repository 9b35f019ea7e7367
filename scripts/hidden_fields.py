"""Keeps what is sensitive out of the `repr` of the client's models, which ends in logs and tracebacks of others."""

import re
from collections.abc import Collection
from pathlib import Path


def hide(models: Path, names: Collection[str]) -> None:
    """In all modules of a folder, attributes of these names take no part in the `repr` of their class."""
    attribute = re.compile(rf"^(    (?:{'|'.join(sorted(names))}): [^=\n]+?)( = .+)?$", re.MULTILINE)
    for module in models.glob("*.py"):
        text = module.read_text(encoding="utf-8")
        module.write_text(attribute.sub(_hidden, text), encoding="utf-8", newline="\n")


def _hidden(attribute: re.Match[str]) -> str:
    declared, default = attribute.groups(default="")
    arguments = f"default={default.removeprefix(' = ')}, repr=False" if default else "repr=False"
    return f"{declared} = _attrs_field({arguments})"
