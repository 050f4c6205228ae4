"""The tables of the request room, one noun a file."""
