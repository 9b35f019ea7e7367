"""What looks at a running shop from outside: audit, doctor, demo and fuzzing."""
