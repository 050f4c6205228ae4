"""The pages of the request room."""
