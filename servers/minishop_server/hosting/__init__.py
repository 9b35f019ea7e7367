"""How services are run: one of them, or all behind a gateway."""
