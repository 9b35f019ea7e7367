"""The audit: reads all seven services' books through their APIs, and names what does not add up.

Each service answers for its own books and reads nobody else's, so that they agree is nobody's promise but that of the
whole. The audit is the one place that sees all: `books` reads them, `equations` says what must hold, and `command` is
`minishop audit`. It changes nothing, and may run beside a shop that sells.
"""

from .books import read_books
from .equations import Finding, check_service, check_shop

__all__ = ["Finding", "check_service", "check_shop", "read_books"]
