"""The verbs of the letters' room."""
