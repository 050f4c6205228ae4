"""Pages that everybody may see and that belong to no request."""
