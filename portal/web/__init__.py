"""The Flask toolkit that all rooms share."""
