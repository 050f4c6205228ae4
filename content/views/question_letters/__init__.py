"""Pages of question letters."""
