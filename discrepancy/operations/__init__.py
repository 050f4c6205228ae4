"""The verbs of cases and reports."""
