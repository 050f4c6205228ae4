"""The pages of the staff who answer requests."""
