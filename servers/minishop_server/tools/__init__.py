"""Tools that examine a running shop from outside: audit, doctor, demo and fuzzing."""
