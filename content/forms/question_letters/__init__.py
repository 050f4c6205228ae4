"""Forms of question letters."""
