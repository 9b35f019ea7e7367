"""Build the image with the engine that is installed, and write its SBOM and licence notices into dist/.

    python -m scripts.deploy.image [--base IMAGE]

The other base replaces that of the Containerfile.
"""

import argparse
import shutil
import subprocess
import sys

from scripts.deploy.plan import DEPLOY, ROOT, SETTINGS

IMAGE: str = SETTINGS["images"]["minishop"]
SBOM = DEPLOY / "image" / "sbom.cdx.json"
NOTICES = "/usr/share/doc/minishop/notices.txt"
# A health check is a part of Docker's format alone. Docker itself writes no other.
BUILDS = {
    "docker": ["docker", "build"],
    "podman": ["podman", "build", "--format=docker"],
    "buildah": ["buildah", "build", "--format=docker"],
}


def engine() -> str | None:
    """The first engine that works here: Docker needs its daemon."""
    for name in BUILDS:
        if shutil.which(name) and subprocess.run([name, "info"], capture_output=True, check=False).returncode == 0:
            return name
    return None


def build(name: str, base: str | None = None) -> None:
    """Build the image.

    Args:
        base: another base than the one in the Containerfile, for example that of a company.
    """
    revision = subprocess.run(
        ["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    ).stdout.strip()
    values = {"VERSION": IMAGE.partition(":")[2], "REVISION": revision or "unknown"} | ({"BASE": base} if base else {})
    arguments = [f"--build-arg={key}={value}" for key, value in values.items()]
    subprocess.run([*BUILDS[name], "--file=Containerfile", f"--tag={IMAGE}", *arguments, "."], cwd=ROOT, check=True)


def notices(name: str) -> str:
    """The licence notices in the image."""
    if name != "buildah":
        return _output(name, "run", "--rm", "--network=none", "--entrypoint=cat", IMAGE, NOTICES)
    container = _output(name, "from", "--pull-never", IMAGE).strip()
    try:
        return _output(name, "run", container, "--", "cat", NOTICES)
    finally:
        _output(name, "rm", container)


def _output(*words: str) -> str:
    return subprocess.run(words, stdout=subprocess.PIPE, encoding="utf-8", check=True).stdout


def main() -> int:
    """1 if no engine works here, else 0."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--base")
    base = parser.parse_args().base
    name = engine()
    if name is None:
        print(
            "No container engine works here: install Docker and start it, or install Podman or Buildah. "
            "On Debian and Ubuntu: apt install buildah",
            file=sys.stderr,
        )
        return 1
    build(name, base)
    folder = ROOT / "dist"
    folder.mkdir(exist_ok=True)
    (folder / "notices.txt").write_text(notices(name), "utf-8")
    shutil.copy(SBOM, folder)
    print(f"{name} has built {IMAGE}. dist/ has its licences, notices.txt, and its parts, {SBOM.name}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
