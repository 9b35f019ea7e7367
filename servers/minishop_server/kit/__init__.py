"""Code that every service uses; code for a single service belongs to that service."""
