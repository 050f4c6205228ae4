"""What the pages of question letters show."""
