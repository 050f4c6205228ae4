"""The verbs on accounts and sessions, one a file."""
