"""Letters of the publishing room: from a plain dict to HTML to PDF."""
