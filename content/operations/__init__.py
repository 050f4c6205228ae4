"""The verbs of the publishing room."""
