"""The forms of the person who asks for their records."""
