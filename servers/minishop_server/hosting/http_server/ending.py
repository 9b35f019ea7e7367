"""The time limits of a process that ends, in seconds."""

DRAIN = 5.0
"""From SIGTERM to a closed port, if a proxy may be in front.

It is more than the gateway and the services keep an idle connection to a service, and than two failed probes take.
"""
ANSWERING = 20.0
"""For the requests under way: more than a checkout waits by default."""
CLOSING = 5.0
"""For the rest: jobs are given back, and connections to the database are closed."""


def longest_end(drain: float) -> float:
    """From the signal to the end of the process, at the most."""
    return drain + ANSWERING + CLOSING
