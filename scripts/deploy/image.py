"""Build the image with the engine that is installed, and write its SBOM and licence notices into dist/.

    python -m scripts.deploy.image [--base IMAGE] [--twice]

The other base replaces that of the Containerfile. Podman and Buildah build the same image from the same commit and base
every time. `--twice` proves it, and writes the image into dist/. Docker writes the time into it.
"""

import argparse
import shutil
import subprocess
import sys
from collections.abc import Iterable

from scripts.deploy.image_archive import SAVES, save
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


def engine(names: Iterable[str] = BUILDS) -> str | None:
    """The first of these engines that works here: Docker needs its daemon."""
    for name in names:
        if shutil.which(name) and subprocess.run([name, "info"], capture_output=True, check=False).returncode == 0:
            return name
    return None


def build(name: str, base: str | None = None, *options: str) -> None:
    """Build the image.

    Args:
        base: another base than the one in the Containerfile, for example that of a company.
        options: more of the engine's.
    """
    revision, _, time = subprocess.run(
        ["git", "log", "-1", "--format=%H %ct"], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    ).stdout.partition(" ")
    values = {"VERSION": IMAGE.partition(":")[2], "REVISION": revision or "unknown"} | ({"BASE": base} if base else {})
    arguments = [f"--build-arg={key}={value}" for key, value in values.items()]
    if time and name in SAVES:
        arguments.append(f"--timestamp={time.strip()}")
    command = [*BUILDS[name], "--file=Containerfile", f"--tag={IMAGE}", *arguments, *options, "."]
    subprocess.run(command, cwd=ROOT, check=True)


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
    parser.add_argument("--twice", action="store_true")
    options = parser.parse_args()
    name = engine(SAVES if options.twice else BUILDS)
    if name is None:
        print(
            "No container engine works here: install Docker and start it, or install Podman or Buildah. "
            "On Debian and Ubuntu: apt install buildah",
            file=sys.stderr,
        )
        return 1
    folder = ROOT / "dist"
    folder.mkdir(exist_ok=True)
    build(name, options.base)
    if options.twice:
        archive, again = folder / f"{IMAGE.replace(':', '-')}.tar", folder / "again.tar"
        first = save(name, IMAGE, archive)
        build(name, options.base, "--no-cache")
        same = first == save(name, IMAGE, again)
        again.unlink()
        if not same:
            print("The image is not the same when it is built again.", file=sys.stderr)
            return 1
    (folder / "notices.txt").write_text(notices(name), "utf-8")
    shutil.copy(SBOM, folder)
    print(f"{name} has built {IMAGE}. dist/ has its licences, notices.txt, and its parts, {SBOM.name}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
