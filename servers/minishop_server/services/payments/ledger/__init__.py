"""The ledger: the entries that the provider confirmed."""
