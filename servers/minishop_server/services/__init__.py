"""The seven services, all of one shape."""
