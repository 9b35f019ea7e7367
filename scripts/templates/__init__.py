"""The Minishop contract as a package: models, the interface of servers and the self-contained OpenAPI documents.

`minishop_contracts.models.orders` holds the Pydantic models of a document, `minishop_contracts.interfaces.orders` the
signatures of its handlers, and `minishop_contracts.answers.orders` the typed dicts that they answer;
`importlib.resources.files("minishop_contracts") / "specs" / "orders.yaml"` is the document itself.
"""
