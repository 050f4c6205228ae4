"""The verbs of question letters: filed, opened, assigned, answered."""
