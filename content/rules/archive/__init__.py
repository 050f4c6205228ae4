"""The archive: what its data files may hold, and how they are read and checked."""
