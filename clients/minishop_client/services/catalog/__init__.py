# Generated from openapi/ by scripts/generate.py: do not edit.
"""The catalog service."""

from .client import AsyncCatalogApi, CatalogApi

__all__ = ("CatalogApi", "AsyncCatalogApi")
