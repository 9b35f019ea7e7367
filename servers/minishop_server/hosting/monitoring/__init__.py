"""The port beside the services: metrics and probes."""
