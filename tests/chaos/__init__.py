"""The real site while its processes are killed at random."""
