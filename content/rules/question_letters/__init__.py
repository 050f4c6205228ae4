"""Question letters as they are written: read into numbered questions without losing or moving a line."""
