"""Write the SBOM of the image from its lock, with CycloneDX's own tool.

    python -m scripts.deploy.sbom

The same lock gives the same bytes: there is no time and no random number in it.
"""

import json
import subprocess
import sys

from scripts.deploy.image import SBOM
from scripts.deploy.plan import DEPLOY, ROOT

LOCK = DEPLOY / "image" / "requirements.lock"


def text() -> str:
    """The SBOM of the lock."""
    command = [str(ROOT / ".venv-deploy" / "bin" / "cyclonedx-py"), "requirements", "--output-reproducible"]
    command += ["--pyproject", "servers/pyproject.toml", "--mc-type", "application", "--spec-version", "1.6"]
    command += ["--output-format", "JSON", "--output-file", "-", str(LOCK)]
    ended = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8", check=True)
    sbom = json.loads(ended.stdout)
    for component in (*sbom["components"], *sbom["metadata"]["tools"]["components"]):
        # The index that the tool assumes, though a build may use another one, and the hashes that are in the lock.
        component.pop("externalReferences", None)
        component.pop("description", None)
    return json.dumps(sbom, indent=2) + "\n"


def main() -> int:
    SBOM.write_text(text(), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
