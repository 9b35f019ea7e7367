"""The seven Minishop services, and the command `minishop` that runs them."""
