"""The audit: reads all seven services' books through their APIs, and reports discrepancies.

Each service is responsible for its own books only, so no service can guarantee that they agree. The audit sees all of
them. `reading` copies the lists into `books`, a temporary database; `equations` names the rules, which are queries,
`within` each service and `between` them; `command` is `minishop audit`. It changes nothing, and may run beside a shop
that sells.
"""
