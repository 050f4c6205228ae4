"""The doors of the letters' room: checking a letter, and the public record."""
