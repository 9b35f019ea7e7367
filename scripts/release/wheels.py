"""The wheels of the three distributions.

The same sources give the same bytes, as uv_build writes neither times nor the umask into them.
"""

import hashlib
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

DISTRIBUTIONS: Mapping[str, str] = {
    "minishop_client": "clients",
    "minishop_contracts": "generated",
    "minishop_server": "servers",
}
"""The folder of each distribution, by the name of its package."""
BUILD = "import sys, uv_build; uv_build.build_wheel(sys.argv[1])"


def build_wheels(sources: Path, folder: Path, python: Path = Path(sys.executable)) -> dict[str, Path]:
    """Build the wheels of a checkout into a folder, and return them by the name of their package.

    Args:
        python: that of an environment with uv_build.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for distribution in DISTRIBUTIONS.values():
        subprocess.run(
            [python, "-c", BUILD, str(folder)],
            cwd=sources / distribution,
            env={"PATH": str(python.parent)},  # where uv_build is
            stdout=subprocess.DEVNULL,
            check=True,
        )
    return {name: next(folder.glob(f"{name}-*.whl")) for name in DISTRIBUTIONS}


def sums(files: list[Path]) -> dict[str, str]:
    """The SHA-256 of files, by name."""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(files)}
