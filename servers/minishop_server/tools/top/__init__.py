"""The present figures of running shops, out of their metrics."""
