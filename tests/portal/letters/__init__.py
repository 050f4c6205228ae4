"""The room of the letters."""
