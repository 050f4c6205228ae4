"""Letters: from a plain dict to HTML to PDF."""
