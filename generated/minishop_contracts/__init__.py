# Generated from openapi/ by scripts/generate.py: do not edit.
"""The Minishop contract as a package: Pydantic models and the self-contained OpenAPI documents.

`minishop_contracts.models.orders` and its like hold the models of a document;
`importlib.resources.files("minishop_contracts") / "specs" / "orders.yaml"` is the document itself.
"""
