"""The audit: reads all seven services' books through their APIs, and reports discrepancies.

Each service is responsible for its own books only, so no service can guarantee that they agree. The audit sees all of
them: `books` reads them, `equations` has the rules, and `command` is `minishop audit`. It changes nothing, and may run
beside a shop that sells.
"""

from .books import read_books
from .equations import Finding, check_service, check_shop

__all__ = ["Finding", "check_service", "check_shop", "read_books"]
