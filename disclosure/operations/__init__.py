"""The verbs of the request room, one a file."""
