"""What the letters' room reads."""
