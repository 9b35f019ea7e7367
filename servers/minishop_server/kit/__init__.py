"""Code that every service uses, but none for a single service."""
