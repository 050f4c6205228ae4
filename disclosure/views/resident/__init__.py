"""The pages of the person who asks for their records."""
