"""The forms of the request room."""
