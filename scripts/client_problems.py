"""Write the exceptions of the client for problem codes."""

from collections.abc import Mapping
from typing import Any

from scripts.implied import REFUSALS

MODULE = '''"""The problem codes of the shop, and the exception for each of them."""

from typing import Literal

from ..errors import {bases}

ProblemCode = Literal[{codes}]
"""Every code of a problem. A newer shop may send others."""

{classes}

BY_CODE: dict[str, type[ApiError]] = {{{entries}}}
"""The exception for each code."""
'''


def problems_module(problems: Mapping[str, Any]) -> str:
    """A class for each code with its name, as `OutOfStock`, below the class of its status.

    A code with the name of its status, as `not_found`, has the class of the status.
    """
    names = {code: "".join(word.capitalize() for word in code.split("_")) for code in problems}
    of_status = {**REFUSALS, "500": "ServerError"}
    bases = {code: of_status[str(problem["status"])] for code, problem in problems.items()}
    classes = [
        f'class {names[code]}({base}):\n    """{problems[code]["status"]}: {problems[code]["when"]}"""'
        for code, base in bases.items()
        if names[code] != base
    ]
    return MODULE.format(
        bases=", ".join(sorted({"ApiError", *bases.values()})),
        codes=", ".join(f'"{code}"' for code in problems),
        classes="\n\n\n".join(classes),
        entries=", ".join(f'"{code}": {name}' for code, name in names.items()),
    )
