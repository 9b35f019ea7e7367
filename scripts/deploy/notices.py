"""Write the licences of all installed distributions: their names, versions and terms, and the texts that they carry.

    python notices.py > FILE

The build of the image runs it in the environment of the image, which has nothing to import from this package.
"""

import sys
from collections.abc import Iterator
from importlib.metadata import Distribution, distributions
from pathlib import Path, PurePath

TEXTS = ("AUTHORS", "COPYING", "COPYRIGHT", "LICENCE", "LICENSE", "NOTICE")
"""The beginnings of the names of licence files."""
CLASSIFIER = "License :: "


def notices(found: list[Distribution]) -> Iterator[str]:
    """The lines of the notices, in the order of the names."""
    yield "Distributions of Python in this image, with the licences that they declare."
    for each in sorted(found, key=lambda each: each.name.lower()):
        yield f"\n{'=' * 100}\n{each.name} {each.version}: {declared(each)}"
        for file in each.files or ():
            if is_text(file):
                yield f"{'-' * 100}\n{file.name}\n"
                yield Path(file.locate()).read_text("utf-8", errors="replace").rstrip()


def declared(distribution: Distribution) -> str:
    """The licence in the metadata: an expression, else classifiers, else the first line of a text."""
    fields = distribution.metadata
    if expressions := fields.get_all("License-Expression"):
        return str(expressions[0])
    classifiers = fields.get_all("Classifier") or []
    if licences := [each.rpartition(" :: ")[2] for each in classifiers if each.startswith(CLASSIFIER)]:
        return ", ".join(licences)
    return next((str(each).splitlines()[0] for each in fields.get_all("License") or ()), "see the text")


def is_text(file: PurePath) -> bool:
    """Whether a file is a licence beside the metadata of its distribution."""
    return file.parts[0].endswith(".dist-info") and file.name.upper().startswith(TEXTS)


if __name__ == "__main__":
    sys.stdout.write("\n".join(notices(list(distributions()))) + "\n")
